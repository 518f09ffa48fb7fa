"""What a lane opens: each pair seen from the recording's own side, whatever its evidence lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from everyangle.core.alignment import Alignment, Verdict
from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind, MediaInfo, Name, Reception
from everyangle.core.stated import Conflict, ConflictKind
from everyangle.core.time import Instant
from everyangle.dossier.evidence import PICTURES, evidence, evidence_path
from everyangle.dossier.model import Dossier, Publication, ShownItem, ShownPlacement
from everyangle.dossier.render import render
from everyangle.testing.sync_examples import example


def item(digest: str, kind: ItemKind = ItemKind.RECORDING, placement: ShownPlacement | None = None) -> ShownItem:
    reception = Reception(Name(b"clip.mp4"), 9, None, Instant(0), 0)
    media = MediaInfo("mp4", 60.0, None, None)
    return ShownItem(
        Digest(digest), kind, 9, (reception,), f"items/{digest}/clip.mp4", media=media, placement=placement
    )


def shown(*alignments: Alignment, placements: dict[str, ShownPlacement] | None = None) -> Dossier:
    names = sorted({name for found in alignments for name in (found.a, found.b)} | set(placements or {}))
    items = tuple(item(name, placement=(placements or {}).get(name)) for name in names)
    return Dossier("t", "5f" * 16, Instant(0), "everyangle", items, Publication("all agreed"), alignments)


def opened(dossier: Dossier, name: str) -> Any:
    return evidence(dossier, next(one for one in dossier.items if one.digest == name))


@pytest.fixture(scope="module")
def street() -> Dossier:
    """Three recordings, one of which lost a stretch, as the engine aligned them."""
    solution = example("lost-stretch").solution
    placements = {p.id: ShownPlacement(p.clock, p.component, p.anchor) for p in solution.placements}
    return shown(*solution.alignments, placements=placements)


def relation(dossier: Dossier, mine: str, other: str) -> Any:
    return next(one for one in opened(dossier, mine)["relations"] if one["other"] == other)


def test_both_sides_of_a_pair_say_the_same(street: Dossier) -> None:
    one, other = relation(street, "porch-phone", "livestream"), relation(street, "livestream", "porch-phone")
    assert one["starts"] == pytest.approx(-other["starts"], abs=0.01)
    assert one["residual"] == -other["residual"]
    assert one["circles"] == other["circles"] == [{"with": "window-phone", "closes": one["circles"][0]["closes"]}]
    assert one["profile"]["sources"] == [-x for x in reversed(other["profile"]["sources"])]
    assert one["profile"]["tenths"] == other["profile"]["tenths"][::-1]
    assert one["kinds"] == other["kinds"]


def test_seconds_stand_in_the_recordings_own_time(street: Dossier) -> None:
    mine, theirs = relation(street, "porch-phone", "livestream"), relation(street, "livestream", "porch-phone")
    clocks = {str(i.digest): i.placement.clock for i in street.items if i.placement}
    for one, other in zip(mine["pieces"], theirs["pieces"], strict=True):
        for t_mine, t_theirs in zip(one["agree"], other["agree"], strict=True):
            # The middle of the second: one that begins at the lost stretch is heard after it.
            event = clocks["livestream"].event_from_media(t_theirs + 0.5)
            assert clocks["porch-phone"].event_from_media(t_mine + 0.5) == pytest.approx(event, abs=0.2)
        assert [off is None for _, off in one["windows"]] == [off is None for _, off in other["windows"]]


def test_a_recording_tells_its_words_and_what_it_lost(street: Dossier) -> None:
    told = opened(street, "livestream")
    assert told["words"].startswith(("Placed within ±", "The clock that"))
    ((at, lost),) = told["lost"]
    assert (at, lost) == (pytest.approx(22.0, abs=0.5), pytest.approx(3.2, abs=0.05))


def test_the_correlation_is_highest_near_a_source(street: Dossier) -> None:
    for one in opened(street, "porch-phone")["relations"]:
        profile = one["profile"]
        best = max(range(len(profile["tenths"])), key=profile["tenths"].__getitem__)
        at = profile["from"] + best * profile["step"]
        assert min(abs(at - source) for source in profile["sources"]) < 30


def test_an_ambiguous_pair_gives_its_candidates_from_this_side() -> None:
    found = Alignment("a", "b", Verdict.AMBIGUOUS, None, 0.0, 0.1, 20.0, 30.0, (6.0, -2.0), 8.0, {"used": False})
    dossier = shown(found)
    assert relation(dossier, "a", "b")["candidates"] == [-2.0, 6.0]
    assert relation(dossier, "b", "a")["candidates"] == [-6.0, 2.0]
    assert relation(dossier, "b", "a")["starts"] is None


def test_what_the_times_of_files_make_of_an_open_pair_is_said_from_this_side() -> None:
    prior = {"source": "container", "offset_s": 6.0, "log_odds": 9.2, "agrees": True, "decided": "candidate"}
    evidence_ = {"used": False, "prior": prior}
    found = Alignment("a", "b", Verdict.AMBIGUOUS, 6.0, 0.0, 0.1, 20.0, 30.0, (6.0, -2.0), 8.0, evidence_)
    dossier = shown(found)
    assert "speak for 0:06.00 of this one (9.2 nats more than chance)" in relation(dossier, "a", "b")["times"]
    assert "speak for \u22120:06.00 of this one" in relation(dossier, "b", "a")["times"]
    assert relation(dossier, "a", "b")["candidates"] == [-2.0, 6.0]


def test_what_the_sound_contradicts_stands_with_both() -> None:
    pair = Alignment("a", "b", Verdict.SAME_EVENT, 2.0, 0.0, 0.1, 20.0, 90.0, (2.0,), None, {"used": False})
    conflict = Conflict(ConflictKind.PIN, "a", "b", ("b",), 7.0, 0.5, 90.0)
    dossier = replace(shown(pair), conflicts=(conflict,))
    for name in ("a", "b"):
        (words,) = opened(dossier, name)["conflicts"]
        assert "was placed by hand is off by 7.00 s" in words
    assert "was placed by hand is off by 7.00 s" in render(_with_digests(dossier))["index.html"].decode()


def _with_digests(dossier: Dossier) -> Dossier:
    names = {str(i.digest): f"{k:064x}" for k, i in enumerate(dossier.items)}
    return replace(
        dossier,
        items=tuple(replace(i, digest=Digest(names[i.digest]), original="items/x") for i in dossier.items),
        alignments=tuple(replace(x, a=names[x.a], b=names[x.b]) for x in dossier.alignments),
        conflicts=tuple(
            replace(c, a=names[c.a], b=names[c.b], pinned=tuple(names[n] for n in c.pinned)) for c in dossier.conflicts
        ),
    )


@pytest.mark.parametrize("thin", [{}, {"used": True, "pieces": 3, "profile": [], "cycles": "x", "phase": None}])
def test_evidence_may_lack_anything(thin: dict[str, object]) -> None:
    dossier = shown(Alignment("a", "b", Verdict.SAME_EVENT, 2.0, 0.0, 0.1, 20.0, 30.0, (2.0,), None, thin))
    row = relation(dossier, "b", "a")
    assert row["starts"] == -2.0
    assert row["profile"] is None
    assert row["pieces"] == row["circles"] == row["kinds"] == []


def test_only_so_many_relations_carry_pictures_but_all_are_told() -> None:
    pair = example("drift").solution.alignments[0]
    many = [replace(pair, a="me", b=f"other{k:03d}", score=1000.0 - k) for k in range(PICTURES + 9)]
    rows = opened(shown(*many), "me")["relations"]
    assert len(rows) == PICTURES + 9
    assert [("profile" in row) for row in rows] == [True] * PICTURES + [False] * 9


def test_each_recording_has_a_file_of_its_own(street: Dossier) -> None:
    street = _with_digests(street)
    document = item("d" * 64, ItemKind.DOCUMENT)
    files = render(replace(street, items=(*street.items, document)))
    paths = [path for path in files if "evidence-" in path]
    assert paths == [evidence_path(i) for i in street.items]
    assert evidence_path(document) is None
    assert max(len(files[path]) for path in paths) < 12_000


def test_the_page_says_without_scripts_on_what_each_place_rests(street: Dossier) -> None:
    page = render(_with_digests(street))["index.html"].decode()
    assert page.count("2 other recordings, 3 kinds of evidence, 1 circle of three") == 3


def test_the_page_says_without_scripts_why_a_pair_was_not_used() -> None:
    why = "contradicts the other recordings of the same event"
    pair = Alignment(
        "a", "b", Verdict.SAME_EVENT, 2.0, 0.0, 0.1, 20.0, 30.0, (2.0,), None, {"used": False, "why_not": why}
    )
    assert f"Not used: {why}" in render(_with_digests(shown(pair)))["index.html"].decode()


def test_the_longest_stretch_goes_on_over_short_gaps_only() -> None:
    piece = {"a_from_s": 100.0, "a_to_s": 140.0, "b_from_s": 0.0, "b_to_s": 40.0}
    agreeing = [0.0, 1.0, 2.0, 10.0, 11.0, 13.0, 16.0, 17.0, 30.0]
    pair = Alignment(
        "a",
        "b",
        Verdict.SAME_EVENT,
        100.0,
        0.0,
        0.1,
        40.0,
        30.0,
        (100.0,),
        None,
        {"pieces": [{**piece, "agreeing_s": agreeing}]},
    )
    assert relation(shown(pair), "a", "b")["listen"] == [110.0, 118.0]
    assert relation(shown(pair), "b", "a")["listen"] == [10.0, 18.0]
