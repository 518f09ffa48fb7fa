from __future__ import annotations

import numpy as np
import pytest

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair, agreed_jumps, most_likely_s
from everyangle.sync.check import Finding
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.jumps import Lost
from everyangle.sync.match import Match, Piece
from everyangle.sync.turning import CURVE_STEP_S

NOTHING = Seconds(0, 0, 0.1, 0.0)
SAME = Finding(Verdict.SAME_EVENT, 60.0, sure=True, kinds=(), lags_s=(0.0,), period_s=None, why="")


def piece(first_s: float, last_s: float, lag_s: float, nats: float = 40.0) -> Piece:
    counted = Seconds(10, 20, 0.1, nats)
    seconds = tuple(range(int(first_s), int(last_s)))
    return Piece(first_s, last_s, Line(lag_s, 0.0, 0.0), counted, counted, NOTHING, None, 0.0, 0.0, 0.0, seconds)


def lost(
    at_s: float, lost_s: float, *, first: bool = False, firm: bool = True, nats: float = 30.0, sharp: float = 20.0
) -> Lost:
    """A loss whose curve falls off by so many nats a second on both sides."""
    step = round((at_s - 4.0) / CURVE_STEP_S)
    curve = tuple(-sharp * abs((step + k) * CURVE_STEP_S - at_s) for k in range(round(8.0 / CURVE_STEP_S)))
    return Lost(first, at_s, lost_s, nats, firm, at_s, step, curve)


def pair(a: str, b: str, *found: Lost, pieces: tuple[Piece, ...] = ()) -> Pair:
    return Pair(a, b, Match(pieces, (), 60.0), SAME, found)


def test_a_place_is_where_all_pairs_together_hear_it_not_the_mean_of_what_each_says() -> None:
    vague = [lost(30.0, 2.0, sharp=1.0), lost(31.0, 2.0, sharp=1.5)]
    assert most_likely_s([*vague, lost(29.5, 2.0, sharp=40.0)]) == pytest.approx(29.5, abs=1e-6)


def test_a_loss_that_two_pairs_see_is_believed_and_one_that_a_single_unsure_pair_sees_is_not() -> None:
    seen = [pair("other", "live", lost(20.0, 2.0, firm=False)), pair("more", "live", lost(20.1, 2.02, firm=False))]
    (jump,) = agreed_jumps(seen)["live"]
    assert jump.at_s == pytest.approx(20.05, abs=0.1)
    assert jump.lost_s == pytest.approx(2.01, abs=1e-9)
    assert agreed_jumps(seen[:1]) == {}


def test_a_loss_that_a_pair_contradicts_by_running_on_is_not_believed() -> None:
    seen = pair("other", "live", lost(20.0, 2.0, nats=30.0))
    against = pair("more", "live", pieces=(piece(0.0, 60.0, 5.0, nats=150.0),))
    assert agreed_jumps([seen])["live"]
    assert agreed_jumps([seen, against]) == {}


def test_what_two_recordings_lost_at_about_the_same_time_is_not_taken_for_one_loss() -> None:
    """Both stop for a while: each of them shows its own loss against a third, and the difference against the other."""
    seen = [
        pair("whole", "one", lost(30.0, 5.0)),
        pair("whole", "two", lost(31.0, 3.5)),
        pair("more", "one", lost(30.0, 5.0)),
        pair("more", "two", lost(31.0, 3.5)),
        pair("two", "one", lost(30.4, 1.5)),
    ]
    found = agreed_jumps(seen)
    assert {name: [round(j.lost_s, 2) for j in jumps] for name, jumps in found.items()} == {"one": [5.0], "two": [3.5]}


def test_one_loss_that_pairs_place_some_seconds_apart_is_one() -> None:
    seen = [pair("other", "live", lost(20.0, 2.0, sharp=1.0)), pair("more", "live", lost(29.0, 2.01, sharp=30.0))]
    (jump,) = agreed_jumps(seen)["live"]
    assert jump.at_s == pytest.approx(29.0, abs=0.1)


def test_two_losses_that_one_pair_sees_stay_two_although_they_are_as_long() -> None:
    found = agreed_jumps([pair("other", "live", lost(20.0, 2.0), lost(32.0, 2.0))])
    assert [round(j.at_s) for j in found["live"]] == [20, 32]


def test_nothing_is_lost_where_no_pair_shows_it() -> None:
    rng = np.random.default_rng(2)
    quiet = [pair(f"a{k}", "b", pieces=(piece(0.0, 60.0, float(rng.uniform(-9, 9))),)) for k in range(20)]
    assert agreed_jumps(quiet) == {}
