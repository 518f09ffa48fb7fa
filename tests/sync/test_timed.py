"""What files' times do to scenes whose sound leaves something open, and what they must never do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.name_times import NamedTime
from everyangle.core.placements import Pin
from everyangle.core.stated import ConflictKind, Rejection
from everyangle.core.time import ClockMap
from everyangle.sync.align import align
from everyangle.sync.features import features_from_sound
from everyangle.sync.recording import Recording
from everyangle.testing.sync_scenes import F32, RATE_HZ, Recorder, Source, looped, record, siren, song, street

T0 = 1_934_215_200.0
HERE = Recorder(2.0, 45.0, 1, 1, noise=0.02)


def solved(sounds: Mapping[str, F32], said: Mapping[str, Any], **more: Any) -> Solution:
    """Align sounds whose files say when they began: a number, a name's time, or nothing."""
    recordings = []
    for name, sound in sounds.items():
        time = said.get(name)
        named = time if isinstance(time, NamedTime) else None
        created = time if isinstance(time, float) else None
        device = more.get("devices", {}).get(name)
        recordings.append(Recording(name, len(sound) / RATE_HZ, created, named, device))
    features = {name: features_from_sound(sound) for name, sound in sounds.items()}
    return align(recordings, features, sounds.__getitem__, more.get("pins", ()), more.get("rejections", ()))


def placed(solution: Solution) -> dict[str, Placement]:
    return {p.id: p for p in solution.placements}


def only(solution: Solution) -> Alignment:
    (found,) = solution.alignments
    return found


@pytest.fixture(scope="module")
def concert() -> dict[str, F32]:
    """Two phones at one concert, 7 s apart: music above all, voices beside it."""
    return at_a_concert(song_seed=7, level=2.5)


def at_a_concert(song_seed: int, level: float) -> dict[str, F32]:
    scene = [*street(20, 70), Source(song(song_seed, 70), 3, 3, level)]
    recorders = {"a": Recorder(2.0, 45.0, 1, 1, noise=0.02), "b": Recorder(9.0, 45.0, 4, -2, noise=0.02)}
    return {name: record(scene, r, k) for k, (name, r) in enumerate(recorders.items())}


@pytest.fixture(scope="module")
def broadcast() -> dict[str, F32]:
    """The same broadcast at the same moment in two homes, each with its own voices."""
    music = song(5, 70)
    return {
        name: record([*street(seed, 50), Source(music, 5, 5, 3.0, start_s=-start)], HERE, seed)
        for name, seed, start in (("a", 20, 3.0), ("b", 21, 3.0))
    }


def test_music_alone_joins_nothing_without_times(concert: dict[str, F32]) -> None:
    found = only(solved(concert, {}))
    assert found.verdict is Verdict.REPLAYED_CONTENT
    assert found.evidence["used"] is False
    assert found.evidence["prior"] is None


@pytest.mark.parametrize("late_s", [0.0, 2.5, -4.0])
def test_times_that_agree_join_a_concert_whose_voices_agree_too(concert: dict[str, F32], late_s: float) -> None:
    solution = solved(concert, {"a": T0, "b": T0 + 7.0 + late_s})
    stands = placed(solution)
    assert stands["a"].component == stands["b"].component
    assert stands["b"].clock.offset_s - stands["a"].clock.offset_s == pytest.approx(7.0, abs=0.05)
    found = only(solution)
    assert found.verdict is Verdict.REPLAYED_CONTENT
    assert found.evidence["used"] is True
    prior: Any = found.evidence["prior"]
    assert (prior["source"], prior["decided"], prior["agrees"]) == ("container", "placed", True)
    assert prior["gap_s"] == pytest.approx(late_s, abs=0.1)
    assert [p.prior is not None for p in solution.placements if not p.anchor] == [True]
    assert [p.prior for p in solution.placements if p.anchor] == [None]


@pytest.mark.parametrize(
    "said",
    [
        {"a": T0, "b": T0 + 60.0},
        {"a": T0, "b": T0 + 7.0 + 3600},
        {"a": T0, "b": T0 - 40_000},
        {"a": T0},
        {"a": T0, "b": NamedTime(T0 + 7.0 - 5 * 3600, utc=False)},
    ],
    ids=["a minute off", "another zone", "another day", "one says nothing", "a name without zone"],
)
def test_times_that_do_not_clearly_agree_join_nothing(concert: dict[str, F32], said: dict[str, Any]) -> None:
    solution = solved(concert, said)
    assert len({p.component for p in solution.placements}) == 2
    assert only(solution).evidence["used"] is False


def test_a_song_that_repeats_itself_is_placed_where_voices_and_times_agree() -> None:
    sounds = at_a_concert(song_seed=8, level=1.6)
    assert only(solved(sounds, {})).evidence["used"] is False
    solution = solved(sounds, {"a": T0, "b": T0 + 6.0})
    assert len({p.component for p in solution.placements}) == 1
    found = only(solution)
    assert found.verdict in {Verdict.AMBIGUOUS, Verdict.REPLAYED_CONTENT}
    assert found.offset_s == pytest.approx(7.0, abs=0.1)
    assert found.evidence["used"] is True


def test_one_second_that_many_files_name_says_nothing(concert: dict[str, F32]) -> None:
    third = record(street(90, 20), Recorder(0.0, 15.0), 9)
    apart = solved({**concert, "c": third}, {"a": T0, "b": T0 + 7.4, "c": T0 + 7.4})
    assert any(x.evidence["prior"] is not None for x in apart.alignments)
    copies = solved({**concert, "c": third}, {"a": T0, "b": T0, "c": T0})
    assert all(x.evidence["prior"] is None for x in copies.alignments)


def test_names_of_one_zone_speak_as_containers_do(concert: dict[str, F32]) -> None:
    said = {"a": NamedTime(T0, utc=False), "b": NamedTime(T0 + 7.0, utc=False)}
    assert len({p.component for p in solved(concert, said).placements}) == 1


def test_a_broadcast_heard_in_two_homes_at_one_moment_stays_a_link(broadcast: dict[str, F32]) -> None:
    solution = solved(broadcast, {"a": T0, "b": T0})
    assert len({p.component for p in solution.placements}) == 2
    assert all(p.prior is None for p in solution.placements)


@pytest.fixture(scope="module")
def together() -> dict[str, F32]:
    """Three phones at one street scene that sound places well."""
    scene = street(61, 60)
    recorders = {"a": Recorder(0, 35, 5, 5), "b": Recorder(8, 35, -6, 2), "c": Recorder(12, 35, 3, -9)}
    return {name: record(scene, r, k) for k, (name, r) in enumerate(recorders.items())}


@pytest.mark.parametrize("wrong_s", [5.0, 3600.0, -86_400.0, 1e8])
def test_a_wrong_time_moves_and_blocks_nothing_that_sound_decides(together: dict[str, F32], wrong_s: float) -> None:
    plain = solved(together, {})
    wrong = solved(together, {"a": T0 + wrong_s, "b": T0 + 8, "c": T0 + 12 - wrong_s})
    assert wrong == plain
    assert len({p.component for p in plain.placements}) == 1


@pytest.fixture(scope="module")
def loop() -> dict[str, F32]:
    """One looped tune of 20 s, twice at the same place, 26 s apart in the tune."""
    tune = looped(song(6, 20.0), 140)
    recorders = {"a": Recorder(0.0, 70, 1, 1), "b": Recorder(26.0, 70, 1, 2)}
    return {name: record([Source(tune, 3, 4, 3.0)], r, k) for k, (name, r) in enumerate(recorders.items())}


def test_times_choose_among_the_offsets_of_a_loop_and_say_so(loop: dict[str, F32]) -> None:
    plain, said = only(solved(loop, {})), only(solved(loop, {"a": T0, "b": T0 + 27.0}))
    assert plain.verdict is said.verdict is Verdict.AMBIGUOUS
    assert plain.offset_s is None
    assert said.offset_s == pytest.approx(26.0, abs=0.1)
    prior: Any = said.evidence["prior"]
    assert (prior["decided"], said.evidence["used"]) == ("candidate", False)
    assert prior["share"] > 0.95


@pytest.mark.parametrize("said_s", [36.0, 3600 + 26.0, 20_000.0])
def test_times_between_the_offsets_of_a_loop_or_far_from_them_choose_none(loop: dict[str, F32], said_s: float) -> None:
    found = only(solved(loop, {"a": T0, "b": T0 + said_s}))
    assert found.offset_s is None
    prior: Any = found.evidence["prior"]
    assert prior["decided"] is None


def test_a_siren_of_five_seconds_is_too_quick_for_times_of_two_seconds() -> None:
    wail = siren(80, period_s=4.9)
    sounds = {
        name: record([*street(seed, 50), Source(wail, 15, 5, 8.0, start_s=-start)], HERE, seed)
        for name, seed, start in (("a", 22, 3.0), ("b", 23, 6.0))
    }
    found = only(solved(sounds, {"a": T0, "b": T0 + 3.0}))
    assert found.offset_s is None
    assert found.evidence["used"] is False


def test_recordings_of_one_device_are_not_joined_and_strong_sound_against_it_is_reported(
    together: dict[str, F32],
) -> None:
    solution = solved(together, {}, devices={"a": "phone", "b": "phone"})
    stands = placed(solution)
    assert stands["a"].component != stands["b"].component
    (conflict,) = solution.conflicts
    assert (conflict.kind, conflict.pinned) == (ConflictKind.DEVICE, ("a", "b"))
    assert conflict.by_s == pytest.approx(27.0, abs=1.0)
    pair = next(x for x in solution.alignments if {x.a, x.b} == {"a", "b"})
    assert "one device" in str(pair.evidence["why_not"])


def test_a_rejected_pair_is_kept_apart_and_what_sound_says_of_it_is_reported(together: dict[str, F32]) -> None:
    solution = solved(together, {}, rejections=[Rejection("a", "c")])
    stands = placed(solution)
    assert stands["a"].component != stands["c"].component
    assert [c.kind for c in solution.conflicts] == [ConflictKind.REJECTION]
    pair = next(x for x in solution.alignments if {x.a, x.b} == {"a", "c"})
    assert pair.evidence["why_not"] == "a person rejected it"


def test_rejecting_another_offset_than_the_sound_gives_changes_nothing(together: dict[str, F32]) -> None:
    assert solved(together, {}, rejections=[Rejection("a", "c", 30.0)]) == solved(together, {})


def test_a_pin_that_the_sound_contradicts_is_reported_with_how_much(together: dict[str, F32]) -> None:
    solution = solved(together, {}, pins=(Pin("b", "a", ClockMap(15.0, error_s=0.5)),))
    first = next(c for c in solution.conflicts if (c.a, c.b) == ("a", "b"))
    assert (first.kind, first.pinned) == (ConflictKind.PIN, ("b",))
    assert abs(first.by_s or 0.0) == pytest.approx(7.0, abs=0.2)
    assert first.allowed_s < 1.0


@pytest.mark.parametrize("pin", [Pin("b", "a", ClockMap(8.1)), Pin("b", "a", ClockMap(9.5, error_s=2.0))])
def test_a_pin_within_its_error_is_no_conflict(together: dict[str, F32], pin: Pin) -> None:
    solution = solved(together, {}, pins=(pin,))
    assert [c for c in solution.conflicts if {c.a, c.b} == {"a", "b"}] == []


def test_an_event_clock_of_its_own_that_the_sound_contradicts_is_reported(together: dict[str, F32]) -> None:
    solution = solved(together, {}, pins=(Pin("b", None, ClockMap(100.0)),))
    assert {c.kind for c in solution.conflicts} == {ConflictKind.OWN_CLOCK}
    assert all(c.pinned == ("b",) and c.by_s is None for c in solution.conflicts)
