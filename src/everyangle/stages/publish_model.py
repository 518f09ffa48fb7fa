"""From a case as it stands to the value that the dossier's page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from everyangle.core.casefile import Decision, DecisionKind, LoggedDerivative
from everyangle.core.ids import ItemId, short
from everyangle.core.items import ItemKind
from everyangle.core.kinds import suffix_of
from everyangle.dossier.model import (
    CustodyLine,
    Dossier,
    Filmstrip,
    Peaks,
    PlacedBy,
    Publication,
    ShownDerivative,
    ShownItem,
    ShownPlacement,
    ShownTie,
)
from everyangle.ports.workbench import Workbench
from everyangle.record.entries import Entry
from everyangle.record.words import describe, reason
from everyangle.stages.acts import SOFTWARE
from everyangle.stages.examine import Examined
from everyangle.stages.publish_accounts import accounts_of
from everyangle.stages.see import PEAKS_HZ, Seen, Strip
from everyangle.stages.view import CaseView, names_of

WITHHELD = ("Who gave and who handled the recordings, notes, and the full paths they came from are sealed in the log.",)

_ACTIVE = frozenset({".htm", ".html", ".mht", ".mhtml", ".svg", ".xhtml", ".xml", ".js", ".py"})
"""Received files that a double click could run or render; they get ``.txt`` behind their name."""

_EXTENSIONS = {"video/mp4": ".mp4", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of an item, and the derivative that the log cites for it, or None."""

    seen: Seen
    logged: LoggedDerivative | None


def dossier_of(
    view: CaseView, shown: Mapping[ItemId, Shown], entries: Mapping[int, Entry], why: str, bench: Workbench
) -> Dossier:
    """Return what the page shows.

    Args:
        view: the case, built.
        shown: for each item.
        entries: those that the dossier discloses, by index, without the publication that is to come.
        why: why it goes out unredacted.
        bench: for the clock and the log's size.
    """
    names = names_of(view.items)
    return Dossier(
        title=view.head.title,
        case=view.head.id,
        generated=bench.case.clock.now(),
        software=SOFTWARE,
        items=tuple(_item(one, shown[one.item.id], view) for one in view.items),
        publication=Publication(why, WITHHELD),
        alignments=view.built().alignments,
        conflicts=view.built().conflicts,
        tie=_tie(view),
        custody=tuple(
            CustodyLine(
                index,
                entry.time,
                entry.kind,
                describe(entry, lambda item: names.get(item, short(item))),
                None,
                reason(entry),
            )
            for index, entry in sorted(entries.items())
        ),
        undisclosed=bench.case.log.size - len(entries),
        accounts=accounts_of(view, bench),
    )


def original_path(item: ItemId, name: str) -> str:
    """Return where an original lies in a dossier: below its digest, under a name that no system objects to."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip(".")[-100:] or "original"
    return f"items/{item}/{safe}{'.txt' if suffix_of(safe) in _ACTIVE else ''}"


def _item(one: Examined, shown: Shown, view: CaseView) -> ShownItem:
    item = one.item
    derivatives = () if shown.logged is None else (_derivative(shown.logged),)
    placement, why_not = _placement(one, view)
    return ShownItem(
        digest=item.id,
        kind=one.kind,
        size=item.size,
        receptions=item.receptions,
        original=original_path(item.id, item.name),
        media=one.info,
        derivatives=derivatives,
        plays=derivatives[0].path if derivatives else None,
        peaks=None if shown.seen.levels is None else Peaks(1 / PEAKS_HZ, shown.seen.levels),
        filmstrip=None if shown.seen.strip is None else _filmstrip(item.id, shown.seen.strip),
        placement=placement,
        reason=why_not,
        text=one.text,
        warnings=() if one.info is None else one.info.warnings,
    )


def _derivative(logged: LoggedDerivative) -> ShownDerivative:
    made = logged.derivative
    path = f"media/{made.digest}{_EXTENSIONS[made.media_type]}"
    return ShownDerivative(path, made.digest, made.size, made.recipe, made.media_type, logged.entry)


def _filmstrip(item: ItemId, strip: Strip) -> Filmstrip:
    return Filmstrip(
        path=f"data/filmstrip-{item}.jpg",
        columns=strip.columns,
        count=strip.count,
        tile_width=strip.tile_width,
        tile_height=strip.tile_height,
        first_s=strip.first_s,
        step_s=strip.step_s,
    )


def _placement(one: Examined, view: CaseView) -> tuple[ShownPlacement | None, str]:
    """Return where an item stands, or why it stands nowhere."""
    if one.problem is not None:
        return None, one.problem.message
    placement, decision = view.placement(one.item.id), view.decision(one.item.id)
    if placement is None:
        return None, "A photo is placed by hand." if one.kind is ItemKind.PHOTO else ""
    alone = sum(p.component == placement.component for p in view.built().placements) == 1
    if alone and decision is None:
        return None, view.reason(one.item.id) or "It has nothing in common with the others."
    machine = ShownPlacement(placement.clock, placement.component, placement.anchor, prior=placement.prior or "")
    return (machine if decision is None else _decided(machine, decision)), ""


def _decided(machine: ShownPlacement, decision: Decision) -> ShownPlacement:
    confirmed = decision.kind is DecisionKind.CONFIRMED
    return replace(
        machine,
        by=PlacedBy.CONFIRMED if confirmed else PlacedBy.PERSON,
        error_known=decision.error_stated,
        said=decision.said,
        why=decision.why,
        entry=decision.entry,
    )


def _tie(view: CaseView) -> ShownTie | None:
    tied = view.wall()
    return None if tied is None else ShownTie(tied[0], tied[1].said, tied[1].why, tied[1].entry)
