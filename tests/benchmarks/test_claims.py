"""What other programs claim is judged as this engine's own claims are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.peers.claims import Claim, best, every_pair, sampled, score
from benchmarks.syncing.peers import placed_claims
from tests.benchmarks.known_set import known_set

from everyangle.core.alignment import Placement, Solution
from everyangle.core.time import ClockMap

TRUTH = known_set()
EVERY = every_pair(TRUTH)


def test_every_pair_of_two_incidents_is_a_negative() -> None:
    assert [p.a.id + p.b.id for p in EVERY.positives] == ["ab"]
    assert sorted("".join(sorted(n)) for n in EVERY.negatives) == ["ac", "bc"]


@pytest.mark.parametrize(
    ("offset_s", "near", "nearer"), [(20.0, 1, 1), (20.085, 1, 1), (20.12, 1, 0), (20.14, 0, 0), (19.96, 1, 0)]
)
def test_a_claim_is_right_near_the_range_of_the_sources(offset_s: float, near: int, nearer: int) -> None:
    found = score([Claim("a", "b", offset_s, claimed=True)], EVERY)
    assert (found.near, found.nearer, found.offered, found.wrong) == (near, nearer, near, 1 - near)
    assert found == score([Claim("b", "a", -offset_s, claimed=True)], EVERY)


def test_what_is_not_claimed_is_neither_right_nor_wrong_but_offered() -> None:
    found = score([Claim("a", "b", 20.0, claimed=False), Claim("a", "c", 3.0, claimed=False)], EVERY)
    assert (found.near, found.offered, found.wrong, found.false) == (0, 1, 0, 0)


def test_a_claim_on_two_incidents_is_false_whatever_its_offset() -> None:
    assert score([Claim("c", "a", None, claimed=True)], EVERY).false == 1


def test_of_several_hits_on_a_pair_the_one_with_the_most_behind_it_counts() -> None:
    (found,) = best([("a", "b", 3.0, 5.0), ("b", "a", -20.0, 9.0), ("a", "a", 0.0, 99.0)])
    assert (found.a, found.b, found.offset_s) == ("b", "a", -20.0)


def test_a_sample_takes_hard_negatives_and_is_the_same_each_time() -> None:
    some = sampled(EVERY, TRUTH, 2, seed=7)
    assert frozenset("ac") in some.negatives
    assert some == sampled(EVERY, TRUTH, 2, seed=7)


def test_placements_claim_the_pairs_of_their_component() -> None:
    a = Placement("a", 90.0, 0, anchor=True, clock=ClockMap(0.0))
    b = Placement("b", 100.0, 0, anchor=False, clock=ClockMap(20.0))
    c = Placement("c", 60.0, 1, anchor=True, clock=ClockMap(0.0))
    found = score(placed_claims(Solution((a, b, c), ())), EVERY)
    assert (found.nearer, found.wrong, found.false) == (1, 0, 0)
    assert score(placed_claims(Solution((a, b, replace(c, component=0, anchor=False)), ())), EVERY).false == 2
