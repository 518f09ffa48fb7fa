"""Parties: on whose behalf people speak, with their people. The ties were read or decided before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from everyangle.core.ledger import LedgerStatement, Party, Person

_TIED = 3


def parties_of(statements: Sequence[LedgerStatement], stated: Mapping[str, tuple[str, int]]) -> tuple[Party, ...]:
    """Return the parties by name; statements of nobody known stand under "" at the end.

    Args:
        statements: settled.
        stated: for each name that a person gave a party: the party, and the index of the entry.
    """
    names = sorted({one.party for one in statements}, key=lambda name: (not name, name.casefold()))
    return tuple(_party(name, [one for one in statements if one.party == name], stated) for name in names)


def _party(name: str, statements: Sequence[LedgerStatement], stated: Mapping[str, tuple[str, int]]) -> Party:
    speakers: dict[str, list[LedgerStatement]] = {}
    for one in statements:
        speakers.setdefault(one.speaker, []).append(one)
    people = (_person(speaker, name, said, stated) for speaker, said in sorted(speakers.items()) if speaker)
    return Party(name, tuple(people), tuple(one.key for one in statements))


def _person(name: str, party: str, said: Sequence[LedgerStatement], stated: Mapping[str, tuple[str, int]]) -> Person:
    return Person(
        name,
        _role(said),
        party,
        tuple(one.key for one in said),
        tuple(one.key for one in said if one.statement.speaker is not None and one.statement.speaker.party)[:_TIED],
        stated[name][1] if name in stated else None,
    )


def _role(said: Iterable[LedgerStatement]) -> str:
    roles = (one.statement.speaker.role for one in said if one.statement.speaker is not None)
    return next((role for role in roles if role), "")
