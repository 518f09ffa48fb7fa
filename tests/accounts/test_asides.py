"""Cues and speakers where the parse shows no complement or no subject. All names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.accounts import Statement

Read = Callable[[str], tuple[Statement, ...]]


def told(read: Read, text: str) -> tuple[str, str]:
    """Return who speaks in the first outermost statement, and what is said."""
    one = next(one for one in read(text) if one.within is None)
    return (one.speaker.passage.text if one.speaker else "", one.content.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "If she can build a wall, he observed this week, without tractors, then he can build one along the coast.",
            ("he", "If she can build a wall without tractors, then he can build one along the coast"),
        ),
        (
            "Kirby also said for the first time that some emails between Marsh and the president have been located.",
            ("Kirby", "that some emails between Marsh and the president have been located"),
        ),
        ("While he's said he'll fight all the way, Ruiz must decide.", ("he", "he'll fight all the way")),
        (
            "“It is not the position that everything is fine,” Gene Sperlin, a top outside adviser, said at an event.",
            ("Gene Sperlin, a top outside adviser", "“It is not the position that everything is fine,”"),
        ),
        (
            "About 4 in 10 say they want the next president to have more liberal policies.",
            ("About 4 in 10", "they want the next president to have more liberal policies"),
        ),
        (
            "Jolly said he would be cautious in restructuring spending because he’d worry about creating waste.",
            ("Jolly", "he would be cautious in restructuring spending because he’d worry about creating waste"),
        ),
        (
            "Later that day, Marsh fired back a response saying he would not support the agenda.",
            ("Marsh", "he would not support the agenda"),
        ),
        ("The union called on Mayor Ruiz to resign.", ("The union", "Mayor Ruiz to resign")),
    ],
)
def test_who_speaks_and_what_is_said(read: Read, text: str, expected: tuple[str, str]) -> None:
    assert told(read, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ladder, which the crew had, was short.",
        "The street called Long Row is closed.",
        "He's accused of nothing.",
    ],
)
def test_nothing_is_made_a_statement_of_the_wrong_one(read: Read, text: str) -> None:
    assert [one for one in read(text) if one.speaker is not None] == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("20:40   Detainee asks for a lawyer.\n20:58   Detainee says that he asked in the car.", "Detainee"),
        ("Log of the night.\n2105 - Duty officer reports that the cell is locked.", "Duty officer"),
    ],
)
def test_the_time_of_an_entry_is_no_part_of_who_speaks(read: Read, text: str, speaker: str) -> None:
    assert {one.speaker.passage.text for one in read(text) if one.speaker} == {speaker}
