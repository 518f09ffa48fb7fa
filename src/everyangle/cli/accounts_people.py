"""``everyangle accounts people``: each party's people, with where it was read for whom they speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.layout import console, heading, paragraph
from everyangle.cli.options import CasePath
from everyangle.core.ids import Digest
from everyangle.core.ledger import Ledger, Party, Person
from everyangle.dossier.words import line
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger


def people(
    case: CasePath,
    party: Annotated[str | None, typer.Option("--party", metavar="NAME", help="Of this party only.")] = None,
) -> None:
    """List the people of each party: their roles, how much they say, and where it was read for whom they speak.

    Those whom a document names for a party and who say nothing are listed, too. Where a person stated the party, the
    entry of the log is given.

    Try it:

    everyangle accounts people stop
    """
    with app.open_bench(case) as bench:
        found = ledger(load(bench), bench)
    paths = {document.digest: document.path for document in found.documents}
    out = console()
    for one in found.parties:
        if party is None or one.name.casefold() == party.casefold():
            heading(out, f"{line(one.name) or 'no party known'}: {_counted(one)}")
            for person in one.people:
                paragraph(out, _told(person), indent=2, hanging=2)
                for words in _ties(person, found, paths):
                    paragraph(out, words, indent=6, hanging=2, style="dim")


def _counted(party: Party) -> str:
    count = len(party.people)
    return f"{count} {'person' if count == 1 else 'people'}, {len(party.statements)} statements"


def _told(person: Person) -> str:
    role = f", {line(person.role)}" if person.role else ""
    said = f"{len(person.statements)} statements" if person.statements else "named only"
    return f"{line(person.name)}{role}: {said}"


def _ties(person: Person, found: Ledger, paths: Mapping[Digest, str]) -> list[str]:
    """Return where the party was read or stated, a line each."""
    if person.entry is not None:
        return [f"stated by a person in entry {person.entry}"]
    if person.read_at:
        return [f"{line(paths.get(at.document, ''))}: “{line(' '.join(at.words.split()))}”" for at in person.read_at]
    keys = set(person.tied_in)
    spoken = [one for one in found.statements if one.key in keys and one.statement.speaker is not None]
    return [f"{one.key}: “{line(one.statement.speaker.passage.text)}”" for one in spoken if one.statement.speaker]
