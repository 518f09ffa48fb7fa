"""From what aligning or a case holds to what is told of it: names on one line, reasons, and who placed what."""

from __future__ import annotations

import os.path
import re
from pathlib import Path

from rich.console import Console

from everyangle.cli.contradicted import tell_conflicts
from everyangle.cli.layout import heading, paragraph
from everyangle.cli.outcomes import tell
from everyangle.cli.recordings import WORST, Told, count
from everyangle.core.alignment_json import Document
from everyangle.core.casefile import Decision, DecisionKind
from everyangle.core.items import ItemKind
from everyangle.core.outcomes import Outcome, outcomes
from everyangle.dossier.words import line
from everyangle.stages.status import Row, rows
from everyangle.stages.view import CaseView, names_of

_SAME = 3
"""So many files with one problem are told one by one."""

_TIMED = (ItemKind.RECORDING, ItemKind.PHOTO)


def tell_document(out: Console, document: Document, *, whole: bool) -> None:
    """Print what an alignment without a case found, and which files could not be used."""
    names = _short_names({source.id: line(source.path) for source in document.sources})
    found = outcomes(document.solution)
    every = [Told(names[name], one, _reason(one, names)) for name, one in found.items()]
    tell(out, every, document.solution.alignments, names, whole=whole)
    tell_conflicts(out, document.solution.conflicts, names)
    unread = [(line(e.path), e.code, f"{line(e.message)} [{e.code}]") for e in document.errors]
    _tell_problems(out, "Not read", unread, whole=whole)


def tell_case(out: Console, view: CaseView, *, whole: bool) -> None:
    """Print what of a case is placed, with its error, and what is not, and why."""
    shown = rows(view)
    found: dict[str, Outcome] = {} if view.solution is None else outcomes(view.solution)
    names: dict[str, str] = {item: line(name) for item, name in names_of(view.items).items()}
    every = [_told(row, found.get(row.one.item.id)) for row in shown if row.placed or row.one.kind in _TIMED]
    tell(out, every, () if view.solution is None else view.solution.alignments, names, whole=whole)
    tell_conflicts(out, () if view.solution is None else view.solution.conflicts, names)
    problems = [
        (line(row.one.item.name), row.one.problem.code, line(row.one.problem.message))
        for row in shown
        if row.one.problem is not None
    ]
    _tell_problems(out, "Kept as received, but not usable in full", problems, whole=whole)


def _told(row: Row, outcome: Outcome | None) -> Told:
    reason = line(row.reason)
    if not reason and row.one.kind is ItemKind.PHOTO:
        reason = "a photo is placed by hand: everyangle place"
    stated = row.decision is None or row.decision.error_stated
    return Told(line(row.one.item.name), outcome, reason or "not built yet", _hand(row.decision), stated)


def _hand(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return "confirmed by a person" if decision.kind is DecisionKind.CONFIRMED else "placed by hand"


def _reason(one: Outcome, names: dict[str, str]) -> str:
    """Return why a recording is alone, with names in place of ids."""
    return line(re.sub(r"[\w-]+", lambda found: names.get(found[0], found[0]), one.placement.reason or ""))


def _short_names(paths: dict[str, str]) -> dict[str, str]:
    """Return paths without the folder that all of them are in."""
    folders = {str(Path(path).parent) for path in paths.values()}
    try:
        shared = os.path.commonpath(folders) if folders else ""
    except ValueError:  # some absolute, some not
        shared = ""
    return {name: os.path.relpath(path, shared) if shared else path for name, path in paths.items()}


def _tell_problems(out: Console, title: str, problems: list[tuple[str, str, str]], *, whole: bool) -> None:
    """Tell of files by what is wrong with them: of many with one problem, the names and one of the sentences."""
    if problems:
        heading(out, f"{title}: {count(len(problems), 'file', 'files')}")
    kinds: dict[str, list[tuple[str, str]]] = {}
    for name, code, why in problems:
        kinds.setdefault(code, []).append((name, why))
    for same in kinds.values():
        if len(same) <= _SAME or whole:
            for name, why in same:
                paragraph(out, name, indent=2, hanging=2)
                paragraph(out, why, indent=4, style="dim")
            continue
        more = f" and {len(same) - WORST} more (--all)" if len(same) > WORST else ""
        paragraph(out, f"{', '.join(name for name, _ in same[:WORST])}{more}", indent=2, hanging=2)
        paragraph(out, f"each like the first: {same[0][1]}", indent=4, style="dim")
