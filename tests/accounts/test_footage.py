"""Where statements and footage may meet: proposals only, each with its reason. Invented."""

from __future__ import annotations

import hashlib

import pytest

from everyangle.accounts.bearings import candidates_of
from everyangle.accounts.footage import Footage, heard, running, transcripts_by_name
from everyangle.accounts.measured import Clocks
from everyangle.core.accounts import AccountDocument, Form, Passage, Span, Statement, TimedText
from everyangle.core.ids import Digest, ItemId
from everyangle.core.ledger import Bearing, LedgerStatement, Moment
from everyangle.core.time import ClockMap, Jump, WallTie, parse_instant
from everyangle.core.weighing import BearingKind, By


def digest(name: str) -> Digest:
    return Digest(hashlib.sha256(name.encode()).hexdigest())


def script(path: str, *said: tuple[float, str]) -> AccountDocument:
    text, timed = "", []
    for at_s, words in said:
        text += ("\n" if text else "") + words
        timed.append(TimedText(Span(len(text) - len(words), len(text)), at_s, at_s + 2.0, ""))
    return AccountDocument(path, digest(path), text, kind="subtitles", timed=tuple(timed))


def stated(words: str, document: Digest | None = None, start: int = 0, key: str = "k1") -> LedgerStatement:
    one = Statement("s1", Passage((Span(start, start + len(words)),), words), Form.INDIRECT)
    return LedgerStatement(key, document or digest("news"), one, "", "", "", said_known=False)


CAM, DOOR = ItemId(digest("cam.mp4")), ItemId(digest("door.mp4"))
SPOKEN = script("received/cam.srt", (4.0, "Good evening."), (9.0, "Please step out of the boat now."), (30.0, "No."))
FOOTAGE = (
    Footage(CAM, "cam.mp4", ClockMap(100.0, error_s=0.02), 60.0, (SPOKEN,)),
    Footage(DOOR, "door.mp4", ClockMap(90.0, error_s=0.5), 400.0),
)
TIE = Clocks({CAM: FOOTAGE[0].clock}, wall=WallTie(100.0, parse_instant("2031-05-02T23:59:00Z"), 1.0))


def test_words_that_a_transcript_holds_are_proposed_where_they_are_heard() -> None:
    (found,) = heard([stated("They told him to “step out of the boat”, he said")], FOOTAGE)
    assert (found.item, found.from_s, found.kind, found.by) == (CAM, 109.0, BearingKind.CONTEXT, By.MACHINE)
    assert found.reason == "“step out of the boat” is heard at 1:49, by the transcript cam.srt"


@pytest.mark.parametrize("words", ["He was told to get off the boat", "out of the car", "it was in the end of it"])
def test_a_few_words_in_common_are_not_proposed(words: str) -> None:
    assert heard([stated(words)], FOOTAGE) == []


def test_what_stands_in_a_transcript_is_heard_where_it_is_spoken() -> None:
    words = "Please step out of the boat now."
    (found,) = heard([stated(words, SPOKEN.digest, SPOKEN.text.index(words))], FOOTAGE)
    assert (found.from_s, found.reason) == (109.0, "it is heard at 1:49, by the transcript cam.srt")


def test_what_is_spoken_after_the_recording_ends_is_not_proposed() -> None:
    late = script("cam.srt", (61.0, "Please step out of the boat now."))
    assert heard([stated("Please step out of the boat")], [Footage(CAM, "cam.mp4", ClockMap(0.0), 60.0, (late,))]) == []


def test_the_longest_run_of_words_counts() -> None:
    twice = script("cam.srt", (1.0, "Please step out of here."), (20.0, "Please step out of the boat at once."))
    footage = [Footage(CAM, "cam.mp4", ClockMap(0.0), 60.0, (twice,))]
    (found,) = heard([stated("She said: please step out of the boat")], footage)
    assert found.from_s == 20.0


def test_a_time_is_proposed_where_a_recording_runs_the_most_surely_placed_one() -> None:
    (found,) = running(stated("at 23:59"), [120.0], FOOTAGE)
    assert (found.item, found.from_s) == (CAM, 120.0)
    assert found.reason == "it gives a time at which this recording runs, as 1 other does: 2:00"
    assert running(stated("at noon"), [5000.0], FOOTAGE) == []


def test_no_time_is_proposed_in_what_a_recording_lost() -> None:
    lost = Footage(CAM, "cam.mp4", ClockMap(0.0, jumps=(Jump(10.0, 30.0),)), 60.0)
    assert running(stated("then"), [25.0], [lost]) == []


@pytest.mark.parametrize(
    ("value", "at"), [("2031-05-02T23:59", 100.0), ("T23:59", 100.0), ("T00:02", 280.0), ("2031-05-02T00:02", None)]
)
def test_a_time_without_a_day_is_of_the_day_on_which_recordings_run(value: str, at: float | None) -> None:
    one = stated("then")
    found = candidates_of([one], {one.key: [value]}, [], TIE, [], FOOTAGE)
    assert [each.from_s for each in found] == ([] if at is None else [at])


def test_a_moment_near_a_time_is_proposed_in_place_of_a_recording() -> None:
    one = stated("then")
    moment = Moment(12, "rope is cut", CAM, 20.0, 21.0, 120.0, 121.0, 0.02, 0.1)
    (found,) = candidates_of([one], {one.key: ["T23:59"]}, [moment], TIE, [], FOOTAGE)
    assert (found.target, found.item) == (12, None)


def test_what_a_person_judged_is_not_proposed_again() -> None:
    one = stated("They told him to step out of the boat")
    judged = Bearing(one.key, BearingKind.SUPPORTS, None, CAM, By.PERSON, "heard", 40)
    assert candidates_of([one], {}, [], TIE, [judged], FOOTAGE) == ()
    assert len(candidates_of([one], {}, [], TIE, [], FOOTAGE)) == 1


def test_transcripts_are_told_by_their_names() -> None:
    names = {CAM: "cam.mp4", DOOR: "door.mp4"}
    ones = [
        script(path, (1.0, "Yes.")) for path in ("cam.srt", "x/cam.en.vtt", "CAM.mp4.json", "camera.srt", "door.srt")
    ]
    found = transcripts_by_name(ones, names)
    assert {item: [one.path for one in ones] for item, ones in found.items()} == {
        CAM: ["cam.srt", "x/cam.en.vtt", "CAM.mp4.json"],
        DOOR: ["door.srt"],
    }


def test_a_name_that_fits_two_recordings_is_of_none_nor_is_a_text_without_times() -> None:
    both = {CAM: "cam.mp4", DOOR: "cam.mov"}
    untimed = AccountDocument("cam.txt", digest("cam.txt"), "Yes.")
    assert transcripts_by_name([script("cam.srt", (1.0, "Yes."))], both) == {}
    assert transcripts_by_name([untimed], {CAM: "cam.mp4"}) == {}
