"""Evidence is the logarithm of the chance tail, capped by the second and less what was looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from everyangle.sync import check, match
from everyangle.sync.evidence import ahead, binomial_seconds, count_seconds, summed_seconds


@given(looked=st.integers(1, 300), share=st.floats(0, 1), chance=st.floats(0.001, 0.9), tested=st.floats(1, 1e5))
def test_seconds_count_by_the_binomial_tail(looked: int, share: float, chance: float, tested: float) -> None:
    agreeing = round(share * looked)
    tail = -float(binom.logsf(agreeing - 1, looked, chance)) if agreeing else 0.0
    expected = max(0.0, min(tail, 2.0 * agreeing) - np.log(tested)) if agreeing else 0.0
    assert binomial_seconds(agreeing, looked, chance, tested).nats == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(rate=st.floats(0, 5))
def test_a_second_agrees_from_the_count_that_chance_rarely_gives(rate: float) -> None:
    least = next(k for k in range(2, 100) if poisson.sf(k - 1, rate) <= 0.03)
    counts = np.arange(100)
    assert count_seconds(counts, rate, 1.0).agreeing == (counts >= least).sum()


def test_certain_agreement_has_no_more_than_its_seconds() -> None:
    assert binomial_seconds(5, 5, 0.0, 1.0).nats == 10.0


def test_phase_is_left_out_only_where_no_judgement_could_turn_on_it() -> None:
    assert match.PRESENT_NATS <= check.KIND_NATS
    assert match.REPEATED_NATS <= check.LEAST_NATS


def test_many_seconds_that_agree_a_little_are_evidence_that_counting_would_miss() -> None:
    values = np.full(60, 0.9)
    assert binomial_seconds(int((values > 1.3).sum()), 60, 0.12, 1000.0).nats == 0.0
    assert summed_seconds(values, 1000.0).nats > 10


def test_chance_alone_rarely_gives_evidence_by_sums() -> None:
    rng = np.random.default_rng(7)
    found = [summed_seconds(rng.standard_normal(40), 1.0).nats for _ in range(2000)]
    assert np.mean(np.array(found) > np.log(100)) < 0.02


def test_a_lag_is_ahead_of_another_by_the_seconds_that_overlap_at_both() -> None:
    one, other = np.full(20, 1.5), np.full(20, 0.5)
    assert ahead(one, other) == pytest.approx(20 / np.sqrt(40))
    assert ahead(other, one) == pytest.approx(-20 / np.sqrt(40))
    one[:18] = np.nan
    assert ahead(one, other) == np.inf
