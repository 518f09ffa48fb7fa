"""Building: everything that machines can make of a case, as far as it is not made yet."""

from __future__ import annotations

from everyangle.ports.events import Warned
from everyangle.ports.workbench import Workbench
from everyangle.stages.load import load
from everyangle.stages.read import read_case
from everyangle.stages.see import see
from everyangle.stages.solve import solved
from everyangle.stages.view import CaseView


def build(bench: Workbench) -> CaseView:
    """Examine, align, see and read; return the case as it then stands. What was made before is not made again.

    Raises:
        IntegrityError: if the log is damaged.
        BadInputError: if people's placements contradict each other.
        StorageError: if results cannot be kept. What was made so far is kept.
    """
    view = solved(load(bench), bench)
    see(view.items, bench)
    for notice in read_case(view.items, bench).notices:
        bench.events(Warned(notice.code, f"{notice.path}: {notice.message}"))
    return view
