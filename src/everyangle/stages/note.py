"""Notes: what people want remembered about a case or an item, sealed as a private field."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.errors import BadInputError
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds import NoteAdded
from everyangle.stages.acts import Act, record
from everyangle.stages.project import project
from everyangle.stages.view import find_item


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """A note to be recorded: its text, the item that it is about (as named, or None), and who writes it."""

    text: str
    about: str | None = None
    by: str | None = None


def add_note(request: NoteRequest, bench: Workbench) -> int:
    """Record a note and return the index of its entry.

    Raises:
        EveryAngleError: where the text is empty or the item unknown; nothing was recorded then.
    """
    if not request.text.strip():
        raise BadInputError("note-empty", "The note is empty.", holds="Nothing was recorded.", todo="Write some words.")
    project(bench.case, bench.catalogue)
    about = None if request.about is None else find_item(bench.catalogue, request.about).id
    private = {"note": request.text, "by": request.by or ""}
    return record(bench.case, [Act(NoteAdded(about), private)])[0]
