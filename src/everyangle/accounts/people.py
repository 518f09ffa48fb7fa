"""Who speaks, and for whom: speakers resolved within and across documents, and the people of each party.

Deterministic, from the documents' words alone: full names, surnames, ranks, roles, pronouns, appositives,
organizations with their short forms. Nobody is tied on a guess: where two fit, the speaker stays unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from everyangle.accounts.people_figures import Figure, Figures, Known
from everyangle.accounts.people_roles import describe
from everyangle.accounts.people_sides import looked_on, place
from everyangle.accounts.people_speakers import Speakers
from everyangle.accounts.people_titles import rank
from everyangle.core.accounts import Person, ReadDocument, Statement, Tie


def resolve(read: Sequence[ReadDocument]) -> tuple[ReadDocument, ...]:
    """Return documents with their statements' speakers: names, roles and parties filled in.

    Args:
        read: documents about one incident; what one tells of a person counts in all.
    """
    first = [_described(each, None) for each in read]
    known = _known(first)
    return tuple(_resolved(each, _described(each, known)) for each in read)


def people(read: Sequence[ReadDocument]) -> tuple[Person, ...]:
    """Return everyone whom documents about one incident name, by party and name, with where the party was read.

    Two people with one surname stay two.
    """
    known = _known([_described(each, None) for each in read])
    found: dict[str, Person] = {}
    for each in read:
        for figure in _described(each, known).persons:
            if figure.places:
                name = figure.name
                found[name] = _with(found.get(name, Person(name)), figure, each.document.path)
    return tuple(sorted(found.values(), key=lambda person: (person.party == "", person.party, person.name)))


def _with(person: Person, figure: Figure, path: str) -> Person:
    """Return a person with what a document tells of the same one."""
    ties = person.ties
    if figure.tie is not None and figure.party and person.party in {"", figure.party}:
        ties = (*ties, Tie(path, figure.tie))
    return replace(person, party=person.party or figure.party, role=person.role or figure.role, ties=ties)


def _described(read: ReadDocument, known: Known | None) -> Figures:
    speaking = [span for each in read.statements if each.speaker for span in each.speaker.passage.spans[:1]]
    figures = Figures(read.document, speaking, known)
    describe(figures)
    rank(figures)
    place(figures)
    return figures


def _known(documents: Sequence[Figures]) -> Known:
    """Return the people and organizations that all documents together name, each once, by their fullest names."""
    known = Known()
    published = {tuple(figures.publisher.words) for figures in documents if figures.publisher is not None}
    persons = [
        each
        for figures in documents
        for each in figures.persons
        if "," not in each.name and tuple(each.words) not in published
    ]
    full = {each.words[-1] for each in persons if len(each.words) > 1}
    persons = [
        each
        for each in persons
        if len(each.words) > 1 or (each.party and not each.guessed and each.words[0] not in full)
    ]
    for each in persons:
        same = next((other for other in known.persons if other.words == each.words), None)
        if same is None:
            known.persons.append(replace(each, places=[], tie=None, party="" if each.party == "police" else each.party))
        else:
            generic = same.party in {"", "police"} or (same.party == "witnesses" and each.party == "family")
            same.party, same.role = (each.party or same.party) if generic else same.party, same.role or each.role
            same.gender = same.gender or each.gender
            same.roles, same.titles = same.roles | each.roles, same.titles | each.titles
    for figures in documents:
        for each in figures.organizations:
            if each.words not in [other.words for other in known.organizations]:
                known.organizations.append(replace(each, places=[]))
    return known


def _resolved(read: ReadDocument, figures: Figures) -> ReadDocument:
    statements = read.statements
    speakers = Speakers(figures, statements)
    found: dict[str, Figure | None] = {}
    for statement in sorted(statements, key=_place):
        found[statement.id] = speakers.resolve(statement)
    said: dict[int, list[Statement]] = {}
    for statement in statements:
        said.setdefault(id(found[statement.id]), []).append(statement)
    for figure in figures.persons:
        if not figure.party and looked_on(figure, said.get(id(figure), ())):
            figure.party = "witnesses"
    return replace(read, statements=tuple(_filled(statement, found[statement.id]) for statement in statements))


def _place(statement: Statement) -> tuple[int, bool]:
    start = statement.speaker.passage.spans[0].start if statement.speaker else -1
    return start, statement.within is not None


def _filled(statement: Statement, figure: Figure | None) -> Statement:
    if statement.speaker is None or figure is None:
        return statement
    speaker = replace(
        statement.speaker, resolved=figure.name or None, role=figure.role or None, party=figure.party or None
    )
    return replace(statement, speaker=speaker)
