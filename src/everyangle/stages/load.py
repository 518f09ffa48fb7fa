"""Loading: the catalogue brought up to the log, the items examined, and the solution where it was made already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath

from everyangle.core.alignment import Solution
from everyangle.core.casefile import Captured, Decision, Guidance
from everyangle.core.items import ItemKind
from everyangle.core.placements import Pin
from everyangle.core.solution_json import solution_from_json
from everyangle.core.stated import Rejection
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined, Problem, examine
from everyangle.stages.hints import Known, known_of
from everyangle.stages.project import project
from everyangle.stages.view import CaseView
from everyangle.sync import RATE_HZ, SYNC_VERSION

NEAR_S = 1.0
"""How near to a rejected offset is refused, in seconds, where nobody stated it."""


def load(bench: Workbench) -> CaseView:
    """Return the case as it stands. Looks at items that were not looked at yet; aligns nothing."""
    project(bench.case, bench.catalogue)
    items = _current(examine(bench.catalogue.items(), bench), bench.catalogue.captures())
    decisions = tuple(bench.catalogue.decisions())
    guidance = bench.catalogue.guidance()
    kept = bench.derived.get(solution_key(items, decisions, guidance, bench))
    solution: Solution | None = None if kept is None else solution_from_json(kept)
    return CaseView(bench.catalogue.head(), items, decisions, tuple(bench.catalogue.ties()), solution, guidance)


def _current(items: Sequence[Examined], captures: Sequence[Captured]) -> tuple[Examined, ...]:
    """Return the items; a recording that a phone went on with counts once, as the last and longest item."""
    last = {item: captured.items[-1] for captured in captures for item in captured.items[:-1]}
    names = {one.item.id: one.item.name for one in items}
    return tuple(
        replace(one, kind=ItemKind.OTHER, info=None, problem=_superseded(one, names[last[one.item.id]]))
        if one.item.id in last
        else one
        for one in items
    )


def _superseded(one: Examined, by: str) -> Problem:
    words = f"“{one.item.name}” is the beginning of a recording that went on: “{by}” holds all of it."
    return Problem("capture-superseded", words)


def timed(items: Sequence[Examined], decisions: Sequence[Decision]) -> tuple[Examined, ...]:
    """Return what has a place in time: every recording, and the photos that a person placed."""
    decided = {d.item for d in decisions} | {d.like for d in decisions}
    return tuple(
        one
        for one in items
        if one.kind is ItemKind.RECORDING or (one.kind is ItemKind.PHOTO and one.item.id in decided)
    )


def duration_s(one: Examined) -> float:
    """Return a recording's duration in seconds, 0 for a photo."""
    return one.info.duration_s if one.info is not None and one.kind is ItemKind.RECORDING else 0.0


def pins(decisions: Sequence[Decision]) -> tuple[Pin, ...]:
    """Return what people decided, as the synchronization takes it."""
    return tuple(Pin(d.item, d.like, d.relation) for d in decisions)


def rejections(items: Sequence[Examined], guidance: Guidance) -> tuple[Rejection, ...]:
    """Return what people rejected, as the synchronization takes it."""
    recordings = {one.item.id for one in items}
    return tuple(
        Rejection(r.like, r.item, r.offset_s, NEAR_S if r.within_s is None else r.within_s)
        for r in guidance.rejections
        if {r.item, r.like} <= recordings
    )


def known(one: Examined, guidance: Guidance) -> Known:
    """Return what beside its sound is known of a recording, as far as people let it be weighed."""
    paths = [r.path.display for r in one.item.receptions if r.path is not None]
    folders = [folder for path in paths if (folder := str(PurePosixPath(path).parent)) != "."]
    return known_of(
        one.info, one.item.name, folders[0] if folders else None, guidance.hints, guidance.devices.get(one.item.id)
    )


def solution_key(items: Sequence[Examined], decisions: Sequence[Decision], guidance: Guidance, bench: Workbench) -> str:
    """Return the name under which the solution of exactly these recordings, decisions and hints is kept."""
    inputs = {
        "recordings": [
            [one.item.id, duration_s(one), one.has_sound, asdict(known(one, guidance))]
            for one in timed(items, decisions)
        ],
        "pins": [asdict(pin) for pin in pins(decisions)],
        "rejections": [asdict(rejection) for rejection in rejections(timed(items, decisions), guidance)],
    }
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    return f"solution/3 sync/{SYNC_VERSION} {bench.media.recipe('sound', rate_hz=RATE_HZ)} {digest}"
