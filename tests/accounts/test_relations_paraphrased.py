"""Relations between accounts in other words: what implies, excludes or counts what. All sentences are invented."""

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
        ("An officer punched the boy in the face.", DENIES + "that any officer hit the boy"),
        ("They put him in a chokehold.", DENIES + "using a chokehold"),
        ("The sergeant drew his pistol.", DENIES + "that any officer drew a weapon"),
        ("A guard hit him with a baton.", "No batons were used."),
        ("They searched the flat without a warrant.", "Officers had a warrant to search the flat."),
        ("The camera was switched off.", "The camera was running throughout."),
        ("Staff made no attempt to help him.", "Staff gave him first aid."),
        ("They called an ambulance.", "No ambulance was called."),
        ("He cooperated fully.", "He resisted violently."),
        ("The lights were working.", "The lights had broken down."),
        ("The dog was on a lead.", "The dog was loose."),
        ("There were no injuries.", "Two women were injured."),
        ("No one was hurt.", "She suffered a broken arm."),
        ("The demonstrators were peaceful.", "The crowd was violent."),
        ("The siren was on.", "There was no siren."),
        ("He had a knife in his hand.", "He had nothing in his hands."),
        ("They announced themselves before entering.", "Nobody knocked or announced anything."),
    ],
)
def test_a_denial_meets_what_another_word_affirms(a: str, b: str) -> None:
    found = related(a, b)
    assert (found.kind, found.slot) == (RelationKind.CONTRADICT, Slot.POLARITY)


@pytest.mark.parametrize(
    ("a", "b", "slot"),
    [
        ("It was the driver who broke the window.", "The window was broken by the sergeant.", Slot.ACTOR),
        ("He was holding a phone.", "He was holding a gun.", Slot.OBJECT),
        ("He was shot in the back.", "He was shot in the chest.", Slot.OBJECT),
        ("The arrest took place at 9.15 p.m.", "He was arrested at 10.40 p.m.", Slot.TIME),
        (
            "They waited twenty minutes before they called an ambulance.",
            "An ambulance was called immediately.",
            Slot.TIME,
        ),
    ],
)
def test_what_both_affirm_may_exclude_each_other(a: str, b: str, slot: Slot) -> None:
    found = related(a, b)
    assert (found.kind, found.slot) == (RelationKind.CONTRADICT, slot)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He was not kicked.", "An officer punched him."),
        ("No one was arrested in the house.", "A man was arrested in the street."),
        ("The gate was closed at 10 p.m.", "The gate was open at 8 a.m."),
        ("There was no gun in the car.", "He had a knife."),
        ("The camera was on.", "The phone was off."),
        ("She was not hurt.", "The boy was hurt."),
        ("He was not given food.", "He was given water."),
        ("Three shots were fired at the car.", "Two windows were broken."),
        ("She had no ticket.", "Her brother had a ticket."),
        ("Officers did not use batons.", "Officers used handcuffs."),
        ("He never asked for a doctor.", "He asked for a lawyer."),
        ("No shots were fired by police.", "Shots were heard."),
        ("The officer was not charged.", "The driver was charged."),
        ("Nobody from the council came.", "The police came at once."),
        ("He was carrying no weapon.", "He was carrying a bag."),
        ("The search was not recorded.", "The arrest was recorded."),
        ("Go back or we shoot.", "Nobody shot at them."),
        ("Three cartridge cases were recovered.", "Four shots were fired."),
        ("The first shot came from the roof.", "The van was parked."),
    ],
)
def test_what_only_looks_alike_is_no_contradiction(a: str, b: str) -> None:
    assert related(a, b).kind is not RelationKind.CONTRADICT


def around(text: str, before: str) -> Side:
    bare, words = side(text), side(before)
    return Side(Act.ASSERTS, bare.slots, bare.slots.terms, words.slots.terms)


def test_a_bare_number_counts_what_was_spoken_of_before() -> None:
    shots, others = (
        around("It was four.", "How many shots did the guards fire?"),
        around("It was eleven.", "He counted the shots."),
    )
    assert relate(shots, others).slot is Slot.NUMBER
    minutes = around("It was forty minutes.", "How long was he held on the floor?")
    assert relate(shots, minutes).kind is not RelationKind.CONTRADICT


def test_those_who_acted_are_the_least_that_were_there() -> None:
    assert related("Four officers kicked him.", "There were two officers.").slot is Slot.NUMBER
    assert related("Two officers kicked him.", "There were four officers.").kind is not RelationKind.CONTRADICT


def test_numbers_that_add_up_to_the_other_are_one() -> None:
    assert related("One shot, then four shots.", "Five shots were fired.").kind is not RelationKind.CONTRADICT
