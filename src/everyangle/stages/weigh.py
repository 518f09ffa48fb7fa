"""Weighing: the ledger of a case, from what its documents say, what people decided, and where recordings stand."""

from __future__ import annotations

from everyangle.accounts.measured import measure, moments_of
from everyangle.core.ledger import Ledger
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import MeasureSet
from everyangle.stages.mark import clocks_of
from everyangle.stages.view import CaseView


def ledger(view: CaseView, bench: Workbench) -> Ledger:
    """Return the whole ledger of a case as it stands. Records nothing.

    Deleting the catalogue and everything derived gives the same ledger again; only the log and the originals count.

    Args:
        view: the case, from ``load`` or ``build``.
        bench: the case at work.
    """
    acts = bench.catalogue.account_acts()
    clocks = clocks_of(view)
    named = moments_of(acts, clocks)
    moments = {one.entry: one for one in named.values()}
    return Ledger(
        moments=tuple(sorted(moments.values(), key=lambda m: (m.from_s is None, m.from_s or 0.0, m.entry))),
        measures=tuple(measure(act, act.body, named, clocks) for act in acts if isinstance(act.body, MeasureSet)),
    )
