"""Relations: what contradicts, and above all what does not. All sentences are invented."""

from __future__ import annotations

from functools import cache

import pytest

from everyangle.accounts import quantities, times
from everyangle.accounts.relations import relate
from everyangle.accounts.sides import Found, Side
from everyangle.accounts.slots import slots_of
from everyangle.accounts.wording import content_of
from everyangle.adapters.language_lazy import LazyLanguage
from everyangle.core.accounts import Act, Form, Passage, Span, Statement
from everyangle.core.weighing import RelationKind, Slot

LANGUAGE = LazyLanguage()
DENIES = "DENIES "
DECLINES = "DECLINES "
UNKNOWN = "UNKNOWN "
ACTS = {DENIES: Act.DENIES, DECLINES: Act.DECLINES, UNKNOWN: Act.DOES_NOT_KNOW}


@cache
def side(text: str) -> Side:
    act = next((act for mark, act in ACTS.items() if text.startswith(mark)), Act.ASSERTS)
    words = text.split(" ", 1)[1] if act is not Act.ASSERTS else text
    passage = Passage((Span(0, len(words)),), words)
    dated, numbers = times.mentions(words, "2031-04-17"), quantities.mentions(words)
    content = content_of(Statement("s1", passage, Form.INDIRECT, times=dated, quantities=numbers))
    (parsed,) = LANGUAGE.parse([content.text])
    return Side(act, slots_of(parsed, content.amounts, content.times))


def related(a: str, b: str) -> Found:
    found, back = relate(side(a), side(b)), relate(side(b), side(a))
    assert found.kind is back.kind, "a relation depends on which statement comes first"
    return found


@pytest.mark.parametrize(
    ("a", "b", "slot"),
    [
        ("The warrant was shown to him through the window.", "They never showed us a warrant.", Slot.POLARITY),
        ("that no shot was fired", "that guards had fired two shots", Slot.POLARITY),
        (DENIES + "that the officers had entered the house", "Officers entered the house at once.", Slot.POLARITY),
        ("The engine was running.", "The engine of the car was off.", Slot.POLARITY),
        ("the gate had been chained", "the gate was open at all times", Slot.POLARITY),
        ("Nobody negotiated at all.", "Our officers negotiated with him for about 25 minutes.", Slot.POLARITY),
        ("There was no warning.", "Three warnings were given over the loudhailer.", Slot.POLARITY),
        ("The clerk refused to open the door.", "The clerk opened the door.", Slot.POLARITY),
        ("They held him for about 25 minutes.", "They held him for less than four minutes.", Slot.NUMBER),
        ("She counted five officers.", "that no more than four officers were there", Slot.NUMBER),
        ("eleven shells were fired", "that four shells had been fired", Slot.NUMBER),
        ("Officers broke two windows.", "One window was broken.", Slot.NUMBER),
        ("The window was broken at 7.53 p.m.", "The window was broken at 8.17 p.m.", Slot.TIME),
    ],
)
def test_two_claims_that_cannot_both_be_contradict_each_other(a: str, b: str, slot: Slot) -> None:
    found = related(a, b)
    assert (found.kind, found.slot) == (RelationKind.CONTRADICT, slot)
    assert found.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Officers had a warrant.", "Officers showed no warrant."),
        ("The warrant was shown to him.", "I did not see a warrant being shown to the driver."),
        ("The driver was warned six times.", "I did not hear a warning."),
        (UNKNOWN + "whether the warrant was shown", "The warrant was shown to him."),
        (DECLINES + "to say whether the warrant was shown", "The warrant was not shown."),
        ("No shots were fired at any person.", "Warning shots had been fired into the air."),
        ("They held him for about 25 minutes.", "They held him for 21 minutes."),
        ("The officers waited ten minutes.", "The ambulance needed forty minutes."),
        ("We asked six times.", "My client asked five times to see it."),
        ("Two of the men had dogs.", "Eight men were there."),
        ("Officers fired three shots.", "Two more shots were fired."),
        ("No stone was thrown before 6:30 p.m.", "A stone was thrown."),
        ("The window was broken at about 8 p.m.", "The window was broken at 7.53 p.m."),
        ("He said that the door was open.", "The door was not open."),
        ("If the door was open, he saw it.", "The door was not open."),
        ("Officers may have entered the house.", "No officer entered the house."),
        ("The driver refused to get out.", "I got out and switched on my camera."),
        ("Ottmar Vey broke the lamp.", "Nele Brandis did not break the lamp."),
        ("The sergeant did not open the gate.", "The porter opened the gate."),
        ("Five officers stopped the car.", "Two officers searched the house."),
    ],
)
def test_in_doubt_nothing_contradicts(a: str, b: str) -> None:
    assert related(a, b).kind is not RelationKind.CONTRADICT


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (UNKNOWN + "whether the warrant was shown", "The warrant was shown to him."),
        (DECLINES + "to say whether the warrant was shown", "The warrant was not shown."),
        ("No shots were fired at any person.", "Warning shots had been fired into the air."),
        ("We asked six times.", "My client asked five times to see it."),
    ],
)
def test_what_is_left_open_says_why(a: str, b: str) -> None:
    found = related(a, b)
    assert found.kind is RelationKind.LEAVES_OPEN
    assert found.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The window was broken.", "An officer smashed the window."),
        ("They held him for 21 minutes.", "They held him for about 20 minutes."),
        ("The engine was not running.", "The engine was off."),
        ("Two shells were fired.", "that two shells had been fired"),
    ],
)
def test_two_claims_of_one_thing_agree_or_one_is_closer(a: str, b: str) -> None:
    assert related(a, b).kind in (RelationKind.AGREE, RelationKind.NARROWS)


def test_statements_on_different_things_are_not_related() -> None:
    assert related("The ferry sails on Mondays.", "Officers broke two windows.").kind is None


def test_a_difference_in_numbers_is_stated() -> None:
    found = related("They held him for about 25 minutes.", "They held him for less than four minutes.")
    assert found.difference == "16 min"
