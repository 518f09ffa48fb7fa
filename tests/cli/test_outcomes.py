"""What a person reads after aligning, at any width, for few recordings and for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len

from everyangle.cli.layout import console
from everyangle.cli.told import tell_document
from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.alignment_json import Document, Source, Unread
from everyangle.core.time import ClockMap, Jump

Teller = Callable[..., str]
FOLDER = "/srv/received/"


def evidence(*, used: bool, why: str = "", agreeing: Sequence[float] = (3.0, 4.0, 9.0)) -> dict[str, object]:
    piece = {"a_from_s": 13.0, "a_to_s": 40.0, "b_from_s": 3.0, "b_to_s": 30.0, "agreeing_s": list(agreeing)}
    return {
        "used": used,
        "why_not": None if used else why,
        "kinds": ["landmarks", "phase"],
        "pieces": [piece],
    }


def pair(a: str, b: str, verdict: Verdict = Verdict.SAME_EVENT, *, why: str = "", **more: object) -> Alignment:
    offsets = more.pop("offsets_s", (10.0,))
    assert isinstance(offsets, tuple)
    used = not why
    offset = None if verdict is Verdict.AMBIGUOUS else offsets[0]
    period = more.pop("period_s", None)
    assert period is None or isinstance(period, float)
    return Alignment(a, b, verdict, offset, 0.0, 0.1, 30.0, 50.0, offsets, period, evidence(used=used, why=why))


def on_clock(name: str, offset_s: float = 0.0, error_s: float = 0.1, component: int = 0) -> Placement:
    clock = ClockMap(offset_s, 1.0, error_s if offset_s else 0.0)
    return Placement(name, 60.0, component, offset_s == 0.0, clock)


def alone(name: str, component: int, reason: str) -> Placement:
    return Placement(name, 60.0, component, anchor=True, clock=ClockMap(0.0), reason=reason)


def document(placements: Sequence[Placement], alignments: Sequence[Alignment] = (), **names: str) -> Document:
    sources = tuple(Source(p.id, FOLDER + names.get(p.id, f"{p.id}.mp4"), "0" * 64) for p in placements)
    return Document(Solution(tuple(placements), tuple(alignments)), sources, ())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Teller:
    """A function that returns what is told of a document at a width, or as a pipe gets it."""

    def run(what: Document, width: int | None = None, *, whole: bool = False) -> str:
        monkeypatch.delenv("COLUMNS", raising=False)
        if width is not None:
            monkeypatch.setenv("COLUMNS", str(width))
        tell_document(console(), what, whole=whole)
        return capsys.readouterr().out

    return run


THREE = document(
    [on_clock("phone"), on_clock("porch", 5.0, 0.1234), on_clock("bus", 9.0, 0.3)],
    [pair("phone", "porch"), pair("porch", "bus"), pair("phone", "bus")],
)


def test_a_placed_recording_is_told_with_its_error_and_on_what_it_rests(told: Teller) -> None:
    lines = told(THREE, 120).splitlines()
    assert lines[1] == "On the event clock: 3 recordings, within ±0.13 s to ±0.30 s"
    porch = next(line for line in lines if line.startswith("porch.mp4"))
    assert " ".join(porch.split()) == "porch.mp4 0:05.00 1:05.00 ±0.13 s sound of 2 others, 2 kinds, 1 circle"
    assert "the clock" in next(line for line in lines if line.startswith("phone.mp4"))


def test_the_folder_that_all_are_in_is_not_repeated(told: Teller) -> None:
    assert FOLDER not in told(THREE, 120)


def test_a_lost_stretch_is_told(told: Teller) -> None:
    lossy = Placement("bus", 60.0, 0, anchor=False, clock=ClockMap(9.0, 1.0, 0.3, (Jump(22.0, 3.2),)))
    shown = told(document([on_clock("phone"), lossy], [pair("phone", "bus")]), 140)
    assert "3.20 s lost at 0:22.0" in shown


def test_replayed_content_is_told_with_its_stretch_in_both(told: Teller) -> None:
    song = pair("bar", "shop", Verdict.REPLAYED_CONTENT, why="what they share are sustained tones, as in music")
    placements = [alone("bar", 0, "only a song"), alone("shop", 1, "only a song")]
    shown = told(document(placements, [song]), 120)
    assert "Linked by content that can be replayed anywhere; not joined: 2 recordings" in shown
    assert "bar.mp4: its 0:13 to 0:20 is also in shop.mp4, there 0:03 to 0:10" in shown
    assert "what they share are sustained tones, as in music" in shown
    assert shown.count("is also in") == 1
    placements = [on_clock("bar"), on_clock("street", 4.0), alone("shop", 1, "only a song")]
    shown = told(document(placements, [song, pair("bar", "street")]), 120)
    assert "shop.mp4: its 0:03 to 0:10 is also in bar.mp4, there 0:13 to 0:20" in shown


@pytest.mark.parametrize(("agrees", "told_so"), [(True, True), (False, False)])
def test_a_link_with_which_the_files_times_agree_says_so(told: Teller, agrees: bool, told_so: bool) -> None:
    song = pair("bar", "shop", Verdict.REPLAYED_CONTENT, why="what they share are sustained tones, as in music")
    song = replace(song, evidence={**song.evidence, "prior": {"agrees": agrees, "decided": None}})
    shown = told(document([alone("bar", 0, "only a song"), alone("shop", 1, "only a song")], [song]), 140)
    assert ("as in music; the times that the files say agree with it" in shown) is told_so


def test_a_candidate_that_the_files_times_chose_is_told(told: Teller) -> None:
    loop = pair("bar", "shop", Verdict.AMBIGUOUS, why="it repeats", offsets_s=(6.0, 14.0), period_s=8.0)
    loop = replace(loop, offset_s=6.0, evidence={**loop.evidence, "prior": {"agrees": True, "decided": "candidate"}})
    shown = told(document([alone("bar", 0, "x"), alone("shop", 1, "x")], [loop]), 140)
    assert "the files' times put it at" in shown
    assert "sound leaves 2 places" in shown


def test_an_ambiguous_place_is_told_with_its_candidates_and_what_would_decide(told: Teller) -> None:
    loop = pair("bar", "shop", Verdict.AMBIGUOUS, why="it repeats", offsets_s=(6.0, 14.0, -2.0), period_s=8.0)
    shown = told(document([alone("bar", 0, "x"), alone("shop", 1, "x")], [loop]), 120)
    assert "bar.mp4: may start at -0:14.00 or -0:06.00 or 0:02.00 of shop.mp4, every 8.00 s" in shown
    assert "What would decide" in shown
    assert "everyangle place CASE bar.mp4 --like shop.mp4 --offset -6.00" in shown
    placements = [on_clock("bar"), on_clock("street", 4.0), alone("shop", 1, "x")]
    shown = told(document(placements, [loop, pair("bar", "street")], shop="the shop's door.mp4"), 120)
    assert """everyangle place CASE 'the shop'"'"'s door.mp4' --like bar.mp4 --offset 6.00""" in shown
    shown = told(document(placements, [loop, pair("bar", "street")]), 120)
    assert "shop.mp4: may start at -0:02.00 or 0:06.00 or 0:14.00 of bar.mp4, every 8.00 s" in shown


def test_those_apart_for_one_reason_are_told_together(told: Teller) -> None:
    placements = [
        on_clock("here"),
        on_clock("there", 3.0),
        *(alone(f"c{k}", k, "it has no sound") for k in range(1, 4)),
    ]
    lines = told(document(placements, [pair("here", "there")]), 120).splitlines()
    at = lines.index("Not placed: 3 items")
    assert lines[at + 1 :] == ["  c1.mp4, c2.mp4, c3.mp4", "    it has no sound"]


def test_a_wrong_pair_is_named(told: Teller) -> None:
    wrong = pair("phone", "bus", why="contradicts the other recordings of the same event")
    what = document(THREE.solution.placements, [*THREE.solution.alignments[:2], wrong])
    assert "phone.mp4 and bus.mp4: contradicts the other recordings of the same event" in told(what, 120)


def test_a_song_that_links_two_groups_is_told_with_its_stretch(told: Teller) -> None:
    placements = [
        on_clock("bar"),
        on_clock("street", 4.0),
        on_clock("hall", 0.0, 0.1, 1),
        on_clock("stage", 2.0, 0.1, 1),
    ]
    song = pair("street", "stage", Verdict.REPLAYED_CONTENT, why="what they share are sustained tones")
    shown = told(document(placements, [pair("bar", "street"), pair("hall", "stage"), song]), 120)
    assert "Set aside, although both are placed: 1 pair" in shown
    assert "street.mp4: its 0:13 to 0:20 is also in stage.mp4, there 0:03 to 0:10" in shown


def test_what_could_not_be_read_is_told(told: Teller) -> None:
    broken = Document(THREE.solution, THREE.sources, (Unread("/x/notes.mp4", "media-empty", "notes.mp4 is empty."),))
    assert "Not read: 1 file\n  /x/notes.mp4\n    notes.mp4 is empty. [media-empty]\n" in told(broken, 120)


def many() -> Document:
    placements = [on_clock("r000")]
    placements += [on_clock(f"r{k:03d}", float(k), 0.1 + k / 1000) for k in range(1, 150)]
    placements += [alone(f"x{k:03d}", k, "it has nothing in common with the other recordings") for k in range(1, 40)]
    pairs = [pair(f"r{k:03d}", f"r{k + 1:03d}") for k in range(149)]
    return document(placements, pairs)


def test_of_many_the_least_certain_come_first_and_the_way_to_all_is_named(told: Teller) -> None:
    shown = told(many(), 120)
    lines = shown.splitlines()
    assert len(lines) < 42
    assert lines[1] == "189 recordings: 150 placed, 39 not placed"
    assert lines[3].startswith("On the event clock: 150 recordings, within ±0.11 s to ±0.25 s, half of them ±0.1")
    assert [line.split()[0] for line in lines[6:9]] == ["r149.mp4", "r148.mp4", "r147.mp4"]
    assert "138 are more certain; --all lists every one." in shown
    assert "x001.mp4" in shown
    assert "and 27 more (--all)" in shown


def test_all_of_many_can_be_had_in_order_of_time(told: Teller) -> None:
    shown = told(many(), 120, whole=True)
    order = [line.split()[0] for line in shown.splitlines() if line.startswith("r") and ".mp4" in line]
    assert order == [f"r{k:03d}.mp4" for k in range(150)]
    assert shown.count("x0") == 39


def test_of_many_groups_each_has_a_line_with_what_it_rests_on_least(told: Teller) -> None:
    placements, pairs = [], []
    for group in range(20):
        ids = [f"g{group:02d}-{k}" for k in range(4)]
        placements += [on_clock(name, 2.0 * k, 0.1, group) for k, name in enumerate(ids)]
        pairs += [pair(ids[0], ids[1]), pair(ids[1], ids[2]), pair(ids[0], ids[2]), pair(ids[2], ids[3])]
    lines = told(document(placements, pairs), 120).splitlines()
    assert lines[1] == "80 recordings: 80 placed in 20 groups"
    assert len(lines) < 30
    at = lines.index("Apart, each on a clock of its own: 19 groups")
    row = " ".join(lines[at + 2].split())
    assert row == "1 4 0:00.0 1:06.0 ±0.10 s g01-3.mp4: sound of 1 other, 2 kinds"
    assert lines[-1] == "7 groups more; --all lists every recording."
    assert sum(line.startswith("g") for line in told(document(placements, pairs), 120, whole=True).splitlines()) == 80


def test_many_files_with_one_problem_are_told_once(told: Teller) -> None:
    broken = tuple(Unread(f"/x/{k}.json", "media-unsupported", f"{k}.json is no recording.") for k in range(30))
    shown = told(Document(THREE.solution, THREE.sources, broken), 120)
    assert "Not read: 30 files" in shown
    assert "and 18 more (--all)" in shown
    assert shown.count("media-unsupported") == 1


LONG = document(
    [on_clock("a"), on_clock("b", 3.0), alone("c", 1, "it has nothing in common with the other recordings " * 3)],
    [pair("a", "b"), pair("a", "c", Verdict.AMBIGUOUS, why="little evidence " * 12)],
    a="Vidéo – " + "très longue " * 12 + ".mp4",
    b="警察署前の広場で撮影された映像その二、" * 6 + ".mov",
    c="unterbrochenewortlosedateibezeichnung" * 6 + ".webm",
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(told: Teller, width: int) -> None:
    for what in (LONG, THREE, many()):
        assert max(map(cell_len, told(what, width).splitlines())) <= width


@pytest.mark.parametrize("width", [60, 120, None])
def test_lines_are_plain_text_and_end_in_no_spaces(told: Teller, width: int | None) -> None:
    shown = told(LONG, width)
    assert "\x1b" not in shown
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []


def test_a_program_gets_each_recording_on_one_line(told: Teller) -> None:
    lines = told(LONG).splitlines()
    (one,) = (line for line in lines if "その二" in line and line.startswith("警"))
    assert "±0.10 s" in one


def test_a_hostile_name_moves_nothing(told: Teller) -> None:
    shown = told(
        document([on_clock("a"), on_clock("b", 3.0)], [pair("a", "b")], a="x\x1b[2J\r\n[bold]y\u202egnp.mp4"), 120
    )
    assert "\x1b" not in shown
    assert "\r" not in shown
    assert "\u202e" not in shown
    assert "[bold]y" in shown
