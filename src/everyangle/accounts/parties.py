"""Parties: on whose behalf people speak, with their people. The ties were read or decided before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.ledger import LedgerStatement, Party, Person, ReadAt

_TIED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Someone whom documents name for a party.

    Attributes:
        name: the fullest that they give.
        party: its name.
        role: as a document says it, or "".
        read_at: where the party was read, in order of documents.
    """

    name: str
    party: str
    role: str = ""
    read_at: tuple[ReadAt, ...] = ()


def parties_of(
    statements: Sequence[LedgerStatement], stated: Mapping[str, tuple[str, int]], known: Sequence[Known] = ()
) -> tuple[Party, ...]:
    """Return the parties by name, each with those who speak for it and those whom documents only name for it.

    Statements of nobody known stand under "" at the end.

    Args:
        statements: settled.
        stated: for each name that a person gave a party: the party, and the index of the entry.
        known: whom the documents name for parties; one whose party a person stated is of that one alone.
    """
    names = sorted({one.party for one in statements}, key=lambda name: (not name, name.casefold()))
    of_party: dict[str, list[Known]] = {}
    for one in known:
        of_party.setdefault(_plain(one.party), []).append(one)
    return tuple(
        _party(name, [one for one in statements if one.party == name], stated, of_party.get(_plain(name), ()))
        for name in names
    )


def _party(
    name: str, statements: Sequence[LedgerStatement], stated: Mapping[str, tuple[str, int]], known: Sequence[Known]
) -> Party:
    speakers: dict[str, list[LedgerStatement]] = {}
    for one in statements:
        speakers.setdefault(one.speaker, []).append(one)
    by_name = {one.name: one for one in known}
    people = [
        _person(speaker, name, said, stated, by_name.get(speaker))
        for speaker, said in sorted(speakers.items())
        if speaker
    ]
    only_named = [
        Person(one.name, one.role, name, (), read_at=one.read_at[:_TIED])
        for one in known
        if name and one.read_at and one.name not in speakers and one.name not in stated
    ]
    return Party(name, (*people, *only_named), tuple(one.key for one in statements))


def _person(
    name: str,
    party: str,
    said: Sequence[LedgerStatement],
    stated: Mapping[str, tuple[str, int]],
    known: Known | None,
) -> Person:
    by_person = name in stated
    return Person(
        name,
        _role(said) or ("" if known is None else known.role),
        party,
        tuple(one.key for one in said),
        tuple(one.key for one in said if one.statement.speaker is not None and one.statement.speaker.party)[:_TIED],
        stated[name][1] if by_person else None,
        () if by_person or known is None else known.read_at[:_TIED],
    )


def _role(said: Iterable[LedgerStatement]) -> str:
    roles = (one.statement.speaker.role for one in said if one.statement.speaker is not None)
    return next((role for role in roles if role), "")


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")
