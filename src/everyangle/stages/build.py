"""Building: everything that machines can make of a case, as far as it is not made yet."""

from __future__ import annotations

from dataclasses import replace

from everyangle.core.alignment import Solution
from everyangle.core.solution_json import solution_json
from everyangle.ports.workbench import Workbench
from everyangle.stages.align import Source, align
from everyangle.stages.load import duration_s, load, pins, solution_key, timed
from everyangle.stages.see import see
from everyangle.stages.sounds import keep_sounds, sound_recipe
from everyangle.stages.view import CaseView


def build(bench: Workbench) -> CaseView:
    """Examine, align and see; return the case as it then stands. What was made before is not made again.

    Raises:
        IntegrityError: if the log is damaged.
        BadInputError: if people's placements contradict each other.
        StorageError: if results cannot be kept. What was made so far is kept.
    """
    view = load(bench)
    if view.solution is None:
        solution = _solve(view, bench)
        bench.derived.put(solution_key(view.items, view.decisions, bench), solution_json(solution))
        view = replace(view, solution=solution)
    see(view.items, bench)
    return view


def _solve(view: CaseView, bench: Workbench) -> Solution:
    recordings = timed(view.items, view.decisions)
    sounds = keep_sounds(recordings, bench)
    recipe = sound_recipe(bench)
    sources = [
        Source(one.item.id, duration_s(one), sound, f"{recipe} {one.item.id}")
        for one, sound in zip(recordings, sounds, strict=True)
    ]
    return align(sources, bench.work, pins=pins(view.decisions), cache=bench.derived, events=bench.events)
