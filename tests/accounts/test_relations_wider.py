"""Relations between accounts that are built differently, and what keeps them apart. All sentences are invented."""

from __future__ import annotations

import pytest
from tests.accounts.test_relations import DENIES, related, side

from everyangle.accounts.relations import relate
from everyangle.accounts.sides import Side
from everyangle.core.accounts import Act
from everyangle.core.weighing import RelationKind, Slot


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The gates had been left unlocked.", "The gates were locked."),
        ("He had been warned twice about the ladder.", "He received no warning."),
        ("She has apologised to the family.", "The family has had no apology."),
        ("He had asked for water.", "He did not ask for anything."),
        ("He obeyed every instruction.", "He ignored repeated commands."),
        ("A lifeguard was on duty all afternoon.", "There wasn't a lifeguard in sight."),
        ("The dogs were muzzled.", "The dogs had no muzzles."),
        (DENIES + "the claim that the trawler was in foreign waters", "The trawler was in foreign waters."),
        ("The camera was working.", "The camera was broken."),
        ("The alarm went off at once.", "The alarm never sounded."),
        ("A constable had slapped the boy.", "No officer laid a hand on the boy."),
        ("The boy set the hut alight.", "Nobody set fire to the hut."),
        ("He was unarmed.", "He was carrying a knife."),
        ("She never asked.", "She asked four times, twice in writing."),
        ("They would not let the medics in.", "They let the medics in."),
        ("No one was in the building.", "A family of five was inside the building."),
        ("Our officers were never on the roof.", "Two officers stood on the roof."),
        ("that he was refused medication", "he got all of his medication"),
        ("They were left without water.", "They were given plenty of water."),
        ("The letter never arrived.", "The letter was delivered on Friday."),
        ("No restraint was used.", "The prisoner was restrained."),
        ("Nobody came.", "A deputy looked in on the cell."),
        ("Throughout the encounter the engine was running.", "The engine of the car was off."),
    ],
)
def test_a_denial_meets_what_is_built_differently(a: str, b: str) -> None:
    found = related(a, b)
    assert (found.kind, found.slot) == (RelationKind.CONTRADICT, Slot.POLARITY)


@pytest.mark.parametrize(
    ("a", "b", "slot"),
    [
        ("The lorry turned left.", "The lorry turned right.", Slot.OBJECT),
        ("They fired rubber bullets.", "They were firing live rounds.", Slot.OBJECT),
        ("A demonstrator threw the first bottle.", "A police officer threw the first bottle.", Slot.ACTOR),
        ("The raid began at 4 a.m.", "The raid began at about 6.30 a.m.", Slot.TIME),
        ("The warning was given twice.", "The warning was given once.", Slot.NUMBER),
        ("The pursuit lasted eleven minutes.", "They chased him for half an hour.", Slot.NUMBER),
        ("He was hit once.", "He had been hit five times.", Slot.NUMBER),
        ("He was warned at least six times.", "She heard one warning.", Slot.NUMBER),
        ("Between 200 and 300 people took part.", "Some 5,000 people marched.", Slot.NUMBER),
    ],
)
def test_two_words_of_which_one_can_be_true_exclude_each_other(a: str, b: str, slot: Slot) -> None:
    found = related(a, b)
    assert (found.kind, found.slot) == (RelationKind.CONTRADICT, slot)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The driver was not drunk.", "The passenger was drunk."),
        ("The first inquiry found no fault.", "The second inquiry found grave faults."),
        ("He did not sign the second statement.", "He had signed a statement."),
        ("The lights were off in the corridor.", "The lights in the cell were on."),
        ("He left at eight.", "She left at nine."),
        ("He did not ask.", "She asked twice."),
        ("He heard no warning.", "A warning was given."),
        ("She was not hurt.", "The boy was hurt."),
        ("The crew was not fed on Monday.", "The crew was fed."),
        ("The lawyer was not allowed in.", "The family was allowed in."),
        ("A white car was parked outside.", "A black car drove off."),
        ("He turned left.", "She turned right."),
        ("The deputy did not fire.", "Another deputy fired twice."),
        ("The fence was two metres high.", "The fence was forty metres long."),
        ("He had not been given a blanket.", "He was given a meal."),
        ("He was in the cell on Friday.", "He was not in the cell on Saturday."),
    ],
)
def test_other_people_places_and_orders_are_no_contradiction(a: str, b: str) -> None:
    assert related(a, b).kind is not RelationKind.CONTRADICT


def test_a_pronoun_means_what_stands_around_it() -> None:
    driver, he = side("The driver was sober."), side("He was clearly drunk.")
    told = Side(Act.ASSERTS, he.slots, before=frozenset({"driver", "truck"}))
    of_another = Side(Act.ASSERTS, he.slots, before=frozenset({"passenger"}))
    assert relate(driver, told).kind is RelationKind.CONTRADICT
    assert relate(driver, of_another).kind is not RelationKind.CONTRADICT


def test_a_relation_says_what_is_denied() -> None:
    assert "left" in related("The lorry turned left.", "The lorry turned right.").reason
