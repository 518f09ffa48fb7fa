"""Which rows of the catalogue one entry of the log makes, and which decisions it replaces. No database here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from sqlalchemy import Table

from everyangle.adapters import catalogue_tables as tables
from everyangle.core.casefile import DecisionKind
from everyangle.core.ids import ItemId
from everyangle.record import kinds
from everyangle.record.bodies import body_json, read_body
from everyangle.record.entries import Entry
from everyangle.record.kinds_accounts import AccountBody, AccountWithdrawn
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What an entry does to the catalogue.

    Attributes:
        added: tables with a new row's values.
        replaced: items whose standing decision no longer stands.
        withdrawn: indices of rejections that no longer stand.
        taken_back: indices of acts on accounts that no longer stand.
    """

    added: list[tuple[Table, dict[str, Any]]] = field(default_factory=list)
    replaced: tuple[ItemId, ...] = ()
    withdrawn: tuple[int, ...] = ()
    taken_back: tuple[int, ...] = ()


def rows_of(index: int, entry: Entry) -> Rows:
    """Return what the entry at an index of the log does to the catalogue."""
    at = {"us": entry.time.us, "clock": entry.time.clock}
    match entry.body:
        case kinds.CaseOpened(key, title):
            opened = {"opened_us": at["us"], "opened_clock": at["clock"]}
            return Rows([(tables.HEAD, {"id": entry.case, "title": title, "key": key, **opened})])
        case kinds.ItemReceived() as body:
            return Rows([(tables.RECEPTION, _reception(index, entry, body))])
        case kinds.ItemDerived() as body:
            return Rows(_derivative(index, body))
        case kinds.PlacementConfirmed() | kinds.PlacementOverridden() as body:
            return Rows([(tables.DECISION, _decision(index, entry, body))], (body.item,))
        case kinds.PlacementWithdrawn(_, item):
            return Rows(replaced=(item,))
        case kinds.ClockTied() as body:
            return Rows([(tables.TIE, _tie(index, body))])
        case kinds.DossierPublished(manifest, files, size, why):
            made = {"made_us": at["us"], "made_clock": at["clock"]}
            row = {"entry": index, "manifest": manifest, "files": files, "size": size, "why": why, **made}
            return Rows([(tables.PUBLICATION, row)])
        case kinds.NoteAdded() | InvitationMade() | InvitationRevoked():
            return Rows()
        case (CaptureBegun() | CaptureCheckpoint() | CaptureEnded()) as body:
            return Rows([(tables.CAPTURE, _capture(index, entry, body))])
        case (
            kinds.PairRejected() | kinds.RejectionWithdrawn() | kinds.DeviceStated() | kinds.HintsChosen()
        ) as guidance:
            return _guidance(index, guidance)
        case AccountWithdrawn(taken_back):
            return Rows(taken_back=(taken_back,))
        case body:
            return Rows([(tables.ACCOUNT, _account(index, entry, body))])


def _guidance(
    index: int, body: kinds.PairRejected | kinds.RejectionWithdrawn | kinds.DeviceStated | kinds.HintsChosen
) -> Rows:
    match body:
        case kinds.PairRejected():
            return Rows([(tables.REJECTION, {"entry": index, **asdict(body), "stands": True})])
        case kinds.RejectionWithdrawn(rejection):
            return Rows(withdrawn=(rejection,))
        case kinds.DeviceStated(item, device):
            return Rows([(tables.DEVICE, {"entry": index, "item": item, "device": device})])
        case kinds.HintsChosen(weighed, source):
            return Rows([(tables.HINTS, {"entry": index, "metadata": weighed, "device_from": source.value})])


def _capture(index: int, entry: Entry, body: CaptureBegun | CaptureCheckpoint | CaptureEnded) -> dict[str, Any]:
    far = (0, 0) if isinstance(body, CaptureBegun) else (body.heads, body.missing)
    return {
        "entry": index,
        "recording": body.recording,
        "heads": far[0],
        "missing": far[1],
        "item": body.item if isinstance(body, CaptureEnded) else None,
        "ended": body.ended if isinstance(body, CaptureEnded) else False,
        "made_us": entry.time.us,
        "made_clock": entry.time.clock,
    }


def relation_text(relation: kinds.Relation) -> str:
    """Return a relation as the catalogue keeps it: JSON."""
    return json.dumps(asdict(relation), sort_keys=True)


def relation_from_text(text: str) -> kinds.Relation:
    """Return the relation that :func:`relation_text` wrote."""
    fields = json.loads(text)
    jumps = tuple(kinds.LostStretch(**jump) for jump in fields.pop("jumps"))
    return kinds.Relation(jumps=jumps, **fields)


def account_of(kind: str, text: str) -> AccountBody:
    """Return the act on accounts that a row holds."""
    return cast("AccountBody", read_body(kind, json.loads(text)))


def _account(index: int, entry: Entry, body: AccountBody) -> dict[str, Any]:
    return {
        "entry": index,
        "kind": body.kind,
        "body": json.dumps(body_json(body), sort_keys=True),
        "made_us": entry.time.us,
        "made_clock": entry.time.clock,
        "stands": True,
    }


def _reception(index: int, entry: Entry, body: kinds.ItemReceived) -> dict[str, Any]:
    return {
        "entry": index,
        "item": body.digest,
        "size": body.size,
        "name": body.name.raw,
        "path": None if body.path is None else body.path.raw,
        "modified_us": None if body.modified is None else body.modified.us,
        "modified_clock": None if body.modified is None else body.modified.clock,
        "received_us": entry.time.us,
        "received_clock": entry.time.clock,
    }


def _derivative(index: int, body: kinds.ItemDerived) -> list[tuple[Table, dict[str, Any]]]:
    own = {
        "entry": index,
        "sha256": body.digest,
        "size": body.size,
        "recipe": body.recipe,
        "media_type": body.media_type,
    }
    parents = [(tables.PARENT, {"entry": index, "place": n, "parent": p}) for n, p in enumerate(body.parents)]
    return [(tables.DERIVATIVE, own), *parents]


def _decision(index: int, entry: Entry, body: kinds.PlacementConfirmed | kinds.PlacementOverridden) -> dict[str, Any]:
    confirmed = isinstance(body, kinds.PlacementConfirmed)
    return {
        "entry": index,
        "kind": (DecisionKind.CONFIRMED if confirmed else DecisionKind.OVERRIDDEN).value,
        "item": body.item,
        "like": body.like,
        "relation": relation_text(body.relation),
        "said": body.said,
        "why": body.why,
        "made_us": entry.time.us,
        "made_clock": entry.time.clock,
        "stands": True,
    }


def _tie(index: int, body: kinds.ClockTied) -> dict[str, Any]:
    return {
        "entry": index,
        "item": body.item,
        "media_us": body.media_us,
        "wall_us": body.wall.us,
        "wall_clock": body.wall.clock,
        "within_us": body.within_us,
        "said": body.said,
        "why": body.why,
    }
