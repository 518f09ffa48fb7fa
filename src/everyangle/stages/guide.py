"""Guiding the machine: what does not belong together, which device recorded what, what beside sound is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.casefile import ItemRecord, Rejected
from everyangle.core.errors import BadInputError, ConflictError, RefusedError
from everyangle.core.items import ItemKind
from everyangle.core.stated import DeviceFrom, Hints
from everyangle.core.time import format_position, parse_position
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds import Body, DeviceStated, HintsChosen, PairRejected, RejectionWithdrawn
from everyangle.stages.acts import Act, record
from everyangle.stages.load import load
from everyangle.stages.view import CaseView, find_item

_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class RejectRequest:
    """Two items that do not belong together, to be recorded; or that to be taken back.

    Attributes:
        item: as the person names it.
        other: the other one, as the person names it.
        offset: the refused start of ``item`` in the media time of ``other``, as typed, or None for any.
        within_s: how near to it is refused in seconds, or None.
        withdraw: whether earlier rejections of the two are taken back instead.
        why: the reason.
        by: who acts, or None; kept private.
    """

    item: str
    other: str
    offset: str | None = None
    within_s: float | None = None
    withdraw: bool = False
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """A device that recorded an item, to be recorded; None takes an earlier statement back."""

    item: str
    device: str | None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class HintsRequest:
    """What beside sound is weighed; what is None stays as it was."""

    metadata: bool | None = None
    device_from: DeviceFrom | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Guided:
    """What was recorded: the index of the last entry, and the act in words."""

    entry: int
    words: str


def reject(request: RejectRequest, bench: Workbench) -> Guided:
    """Record that two items do not belong together, or take that back.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    view = load(bench)
    item, other = _timed(view, bench, request.item), _timed(view, bench, request.other)
    if item.id == other.id:
        raise BadInputError("pair-alone", f"“{item.name}” cannot be apart from itself.", holds="Nothing was recorded.")
    standing = [r for r in view.guidance.rejections if {r.item, r.like} == {item.id, other.id}]
    if request.withdraw:
        return _withdrawn(standing, request, bench)
    if request.offset is None:
        _refuse_pinned(view, item, other)
    offset_s = None if request.offset is None else parse_position(request.offset)
    if offset_s is None and request.within_s is not None:
        raise BadInputError("place-how", "--within needs an --offset.", holds="Nothing was recorded.")
    said = f"--reject {request.other}" + ("" if request.offset is None else f" --offset {request.offset}")
    within = None if request.within_s is None else round(request.within_s * _MICRO)
    offset = None if offset_s is None else round(offset_s * _MICRO)
    body = PairRejected(item.id, other.id, offset, within, said, request.why)
    at = "" if offset_s is None else f" at {format_position(offset_s, decimals=3)} of it"
    return Guided(_record([body], request.by, bench), f"does not belong with {other.name}{at}")


def _withdrawn(standing: list[Rejected], request: RejectRequest, bench: Workbench) -> Guided:
    if not standing:
        raise RefusedError("nothing-to-withdraw", "Nobody rejected these two.", holds="Nothing was recorded.")
    bodies: list[Body] = [RejectionWithdrawn(one.entry, one.item, request.why) for one in standing]
    return Guided(_record(bodies, request.by, bench), "may belong with it again; the machine decides")


def state_device(request: DeviceRequest, bench: Workbench) -> Guided:
    """Record which device recorded an item, or take that back.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    view = load(bench)
    item = _timed(view, bench, request.item)
    if request.device is None and item.id not in view.guidance.devices:
        raise RefusedError("nothing-to-withdraw", "Nobody stated its device.", holds="Nothing was recorded.")
    if request.device is not None and not request.device.strip():
        raise BadInputError("device-nameless", "A device needs a name.", holds="Nothing was recorded.")
    words = "is of no stated device any more" if request.device is None else f"was recorded by “{request.device}”"
    return Guided(_record([DeviceStated(item.id, request.device, request.why)], request.by, bench), words)


def choose_hints(request: HintsRequest, bench: Workbench) -> Guided | None:
    """Record what beside sound is weighed from now on; None where that is so already."""
    now = load(bench).guidance.hints
    metadata = now.metadata if request.metadata is None else request.metadata
    source = now.device_from if request.device_from is None else request.device_from
    if Hints(metadata, source) == now:
        return None
    entry = _record([HintsChosen(metadata, source, request.why)], request.by, bench)
    times = "are weighed" if metadata else "are not weighed"
    return Guided(entry, f"times that files say {times}; devices from: {source.value}")


def _timed(view: CaseView, bench: Workbench, text: str) -> ItemRecord:
    item = find_item(bench.catalogue, text)
    kind = next(e.kind for e in view.items if e.item.id == item.id)
    if kind not in (ItemKind.RECORDING, ItemKind.PHOTO):
        raise BadInputError(
            "item-without-time",
            f"“{item.name}” is neither a recording nor a photo, so it has no place in time.",
            holds="Nothing was recorded.",
        )
    return item


def _refuse_pinned(view: CaseView, item: ItemRecord, other: ItemRecord) -> None:
    """Refuse to part what a person placed against each other."""
    for one, like in ((item, other), (other, item)):
        decision = view.decision(one.id)
        if decision is not None and decision.like == like.id:
            raise ConflictError(
                "placed-by-hand",
                f"A person placed “{one.name}” against “{like.name}”.",
                holds="Nothing was recorded.",
                todo=f"Withdraw that first: everyangle place CASE {one.name} --withdraw",
            )


def _record(bodies: list[Body], by: str | None, bench: Workbench) -> int:
    private = {} if by is None else {"by": by}
    return record(bench.case, [Act(body, private) for body in bodies])[-1]
