"""Solving: the solution of a case as it stands, from what is kept where that suffices, made and kept where not."""

from __future__ import annotations

from dataclasses import replace

from everyangle.core.alignment import Solution
from everyangle.core.solution_json import solution_json
from everyangle.ports.workbench import Workbench
from everyangle.stages.align import Source, align
from everyangle.stages.examine import Examined
from everyangle.stages.load import duration_s, known, pins, rejections, solution_key, timed
from everyangle.stages.sounds import KeptSound, keep_sounds, sound_recipe
from everyangle.stages.view import CaseView


def solved(view: CaseView, bench: Workbench) -> CaseView:
    """Return the case with its solution.

    Sounds, features and compared pairs that are kept are not made again: after a placement by hand, solving takes a
    moment; after new recordings, what building them takes.

    Raises:
        BadInputError: if people's placements contradict each other.
        StorageError: if results cannot be kept. What was made so far is kept.
    """
    if view.solution is not None:
        return view
    solution = _solve(view, bench)
    bench.derived.put(solution_key(view.items, view.decisions, view.guidance, bench), solution_json(solution))
    return replace(view, solution=solution)


def _solve(view: CaseView, bench: Workbench) -> Solution:
    recordings = timed(view.items, view.decisions)
    sounds = keep_sounds(recordings, bench)
    recipe = sound_recipe(bench)
    sources = [
        _source(one, sound, f"{recipe} {one.item.id}", view) for one, sound in zip(recordings, sounds, strict=True)
    ]
    return align(
        sources,
        bench.work,
        pins=pins(view.decisions),
        rejections=rejections(recordings, view.guidance),
        cache=bench.derived,
        events=bench.events,
        memory=bench.memory,
    )


def _source(one: Examined, sound: KeptSound | None, key: str, view: CaseView) -> Source:
    beside = known(one, view.guidance)
    return Source(one.item.id, duration_s(one), sound, key, beside.created_s, beside.named, beside.device)
