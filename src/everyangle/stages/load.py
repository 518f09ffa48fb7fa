"""Loading: the catalogue brought up to the log, the items examined, and the solution where it was made already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from everyangle.core.alignment import Solution
from everyangle.core.casefile import Decision
from everyangle.core.items import ItemKind
from everyangle.core.placements import Pin
from everyangle.core.solution_json import solution_from_json
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined, examine
from everyangle.stages.project import project
from everyangle.stages.view import CaseView
from everyangle.sync import RATE_HZ, SYNC_VERSION


def load(bench: Workbench) -> CaseView:
    """Return the case as it stands. Looks at items that were not looked at yet; aligns nothing."""
    project(bench.case, bench.catalogue)
    items = examine(bench.catalogue.items(), bench)
    decisions = tuple(bench.catalogue.decisions())
    kept = bench.derived.get(solution_key(items, decisions, bench))
    solution: Solution | None = None if kept is None else solution_from_json(kept)
    return CaseView(bench.catalogue.head(), items, decisions, tuple(bench.catalogue.ties()), solution)


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


def solution_key(items: Sequence[Examined], decisions: Sequence[Decision], bench: Workbench) -> str:
    """Return the name under which the solution of exactly these recordings and decisions is kept."""
    inputs = {
        "recordings": [[one.item.id, duration_s(one), one.has_sound] for one in timed(items, decisions)],
        "pins": [asdict(pin) for pin in pins(decisions)],
    }
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    return f"solution/1 sync/{SYNC_VERSION} {bench.media.recipe('sound', rate_hz=RATE_HZ)} {digest}"
