"""``everyangle status``: a case at a glance."""

from __future__ import annotations

import json
import sys

from everyangle import app
from everyangle.cli.contradicted import guidance_words
from everyangle.cli.layout import console, paragraph
from everyangle.cli.options import AsJson, CasePath, Everything
from everyangle.cli.recordings import WORST, count
from everyangle.cli.told import tell_case
from everyangle.core.alignment_json import conflict_fields
from everyangle.core.casefile import Captured
from everyangle.core.ids import short
from everyangle.core.outcomes import Outcome, outcomes
from everyangle.dossier.words import line
from everyangle.stages.load import load
from everyangle.stages.status import Status, rows, status_of


def status(case: CasePath, everything: Everything = False, as_json: AsJson = False) -> None:
    """Show what a case holds, what is placed and on what evidence, and what there is to do next.

    Try it:

    everyangle status stop
    """
    with app.open_bench(case) as bench:
        found = status_of(load(bench), bench)
    if as_json:
        sys.stdout.write(json.dumps(_fields(found), indent=2) + "\n")
    else:
        _tell(found, whole=everything)


def _tell(found: Status, *, whole: bool) -> None:
    out, view = console(), found.view
    paragraph(out, f"{line(view.head.title)}   case {view.head.id}", style="bold")
    paragraph(
        out, f"{count(len(view.items), 'item', 'items')}, {found.bytes:,} bytes; {found.entries} entries in the log"
    )
    for one in view.items if whole else view.items[: 2 * WORST]:
        paragraph(out, f"{short(one.item.id)}  {one.kind.value:<9}  {line(one.item.name)}", indent=2, hanging=25)
    if not whole and len(view.items) > 2 * WORST:
        paragraph(out, f"{len(view.items) - 2 * WORST} items more; --all lists every one.", indent=2, style="dim")
    tell_case(out, view, whole=whole)
    out.print()
    for words in guidance_words(view):
        paragraph(out, words)
    tied = view.wall()
    if tied is not None:
        paragraph(out, f"Event time {tied[0].t_event:.3f} s is {tied[0].instant.isoformat()} ({line(tied[1].why)})")
    for words in filter(None, map(_capture_words, found.captures)):
        paragraph(out, words)
    for publication in found.publications:
        words = f"Published {publication.made.isoformat()}: {publication.files} files ({line(publication.why)})"
        paragraph(out, words)
    paragraph(out, _next(found), style="dim")


def _capture_words(one: Captured) -> str:
    """Return what there is to say of a recording by a phone: that it goes on, or lacks what was only committed."""
    came = f"{count(one.heads, 'chunk', 'chunks')}"
    lacking = f", {one.missing:,} of them only committed: their bytes did not come" if one.missing else ""
    if not one.items:
        return (
            f"Recording {one.recording[:10]} goes on since {one.began.isoformat()}: {came} at the last entry{lacking}"
        )
    return f"Recording {one.recording[:10]}: {came}{lacking}" if one.missing else ""


def _next(found: Status) -> str:
    if not found.has_key:
        return "This machine does not have the case's signing key: it can verify and read, but add nothing."
    if found.view.solution is None:
        return "Next: everyangle build CASE (the case changed since it was last built)."
    return "The build is up to date."


def _fields(found: Status) -> dict[str, object]:
    solution = found.view.solution
    told = {} if solution is None else outcomes(solution)
    return {
        "id": found.view.head.id,
        "title": found.view.head.title,
        "entries": found.entries,
        "bytes": found.bytes,
        "built": found.view.solution is not None,
        "items": [
            {
                "id": row.one.item.id,
                "name": row.one.item.name,
                "kind": row.one.kind.value,
                "placed": row.placed,
                "component": None if row.placement is None else row.placement.component,
                "offset_s": None if row.placement is None or not row.placed else row.placement.clock.offset_s,
                "error_s": None if row.placement is None or not row.placed else row.placement.clock.error_s,
                "reason": row.reason or None,
                "prior": None if row.placement is None else row.placement.prior,
                "problem": None if row.one.problem is None else row.one.problem.code,
                "evidence": _evidence(told.get(row.one.item.id)),
            }
            for row in rows(found.view)
        ],
        "hints": {
            "metadata": found.view.guidance.hints.metadata,
            "device_from": found.view.guidance.hints.device_from.value,
        },
        "devices": dict(found.view.guidance.devices),
        "rejected": [
            {"entry": r.entry, "item": r.item, "like": r.like, "offset_s": r.offset_s, "why": r.why}
            for r in found.view.guidance.rejections
        ],
        "conflicts": [] if found.view.solution is None else [conflict_fields(c) for c in found.view.solution.conflicts],
    }


def _evidence(found: Outcome | None) -> dict[str, object] | None:
    """Return what became of a recording, and on what its place rests, for programs."""
    if found is None:
        return None
    support = found.support
    return {
        "fate": found.fate.value,
        "others": support.others,
        "kinds": list(support.kinds),
        "circles": support.circles,
        "prior": found.placement.prior,
        "leads": len(found.leads),
    }
