"""Entries in words, for the custody log that people read. Says what was done, never more than the entry says."""

from __future__ import annotations

from collections.abc import Callable

from everyangle.core.ids import Digest
from everyangle.core.time import format_position
from everyangle.record import kinds
from everyangle.record.entries import Entry
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureBody,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.record.words_accounts import describe_account

NameOf = Callable[[Digest], str]
"""From an item's digest to the name that people know it by."""


def describe(entry: Entry, name_of: NameOf) -> str:
    """Return what an entry did, as one sentence without a full stop."""
    match entry.body:
        case kinds.CaseOpened(_, title):
            return f"Case opened: “{title}”"
        case kinds.ItemReceived(digest, size, name):
            return f"Received “{name.display}”, {size:,} bytes, SHA-256 {digest}"
        case kinds.ItemDerived(digest, size, parents, recipe, _):
            made_from = ", ".join(f"“{name_of(parent)}”" for parent in parents)
            return f"Made a changed copy of {made_from} ({recipe}), {size:,} bytes, SHA-256 {digest}"
        case kinds.PlacementConfirmed(item, like, relation):
            return f"Confirmed the placement of “{name_of(item)}”: {_relation(relation, like, name_of)}"
        case kinds.PlacementOverridden(item, like, relation):
            return f"Placed “{name_of(item)}” by hand: {_relation(relation, like, name_of)}"
        case kinds.PlacementWithdrawn(index, item):
            return f"Withdrew the placement of “{name_of(item)}” that entry {index} made"
        case kinds.ClockTied(item, media_us, wall, within_us):
            of = "event time" if item is None else f"“{name_of(item)}”"
            within = ", error not stated" if within_us is None else f", within ±{within_us / 1e6:g} s"
            return f"Tied {format_position(media_us / 1e6, decimals=3)} of {of} to {wall.isoformat()}{within}"
        case kinds.NoteAdded(about):
            return "Added a note" + ("" if about is None else f" about “{name_of(about)}”")
        case kinds.DossierPublished(manifest, files, size, _):
            return f"Published a dossier of {files} files, {size:,} bytes, unredacted; manifest SHA-256 {manifest}"
        case InvitationMade() | InvitationRevoked() | CaptureBegun() | CaptureCheckpoint() | CaptureEnded() as body:
            return _capture(body, name_of)
        case (
            kinds.PairRejected() | kinds.RejectionWithdrawn() | kinds.DeviceStated() | kinds.HintsChosen()
        ) as guidance:
            return _guidance(guidance, name_of)
        case body:
            return describe_account(body, name_of)


def _capture(body: CaptureBody, name_of: NameOf) -> str:
    match body:
        case InvitationMade(link, uses, expires):
            until = "" if expires is None else f", until {expires.isoformat()}"
            return f"Made invitation {link[:10]} for {_many(uses, 'device', 'devices')}{until}"
        case InvitationRevoked(link):
            return f"Revoked invitation {link[:10]}; what arrived by it stays"
        case CaptureBegun(recording, link, device):
            return f"Recording {recording[:10]} began, by invitation {link[:10]}, signed by device {device[:10]}"
        case CaptureCheckpoint(recording, heads, head, missing):
            return f"Recording {recording[:10]} had {_come(heads, missing)}; chain head {head}"
        case CaptureEnded(recording, item, heads, head, missing, ended):
            how = "was ended by its phone" if ended else "was cut off"
            return (
                f"Recording {recording[:10]} {how} with {_come(heads, missing)} in “{name_of(item)}”; chain head {head}"
            )


def _come(heads: int, missing: int) -> str:
    return _many(heads, "chunk", "chunks") + (f", {missing:,} without their bodies" if missing else "")


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _guidance(
    body: kinds.PairRejected | kinds.RejectionWithdrawn | kinds.DeviceStated | kinds.HintsChosen, name_of: NameOf
) -> str:
    match body:
        case kinds.PairRejected(item, like, offset_us):
            at = "" if offset_us is None else f" at {format_position(offset_us / 1e6, decimals=3)} of it"
            return f"Said that “{name_of(item)}” does not belong with “{name_of(like)}”{at}"
        case kinds.RejectionWithdrawn(index, item):
            return f"Withdrew what entry {index} said of “{name_of(item)}” not belonging"
        case kinds.DeviceStated(item, device):
            said = "any device" if device is None else f"“{device}”"
            verb = "Took back that" if device is None else "Said that"
            return f"{verb} “{name_of(item)}” was recorded by {said}"
        case kinds.HintsChosen(metadata, device_from):
            times = "are weighed" if metadata else "are not weighed"
            return f"Chose that times that files say {times}; devices from: {device_from.value}"


def reason(entry: Entry) -> str:
    """Return the stated reason of an entry, or nothing where its kind has none."""
    return getattr(entry.body, "why", "")


def _relation(relation: kinds.Relation, like: Digest | None, name_of: NameOf) -> str:
    at = format_position(relation.offset_us / 1e6, decimals=3)
    where = "on an event clock of its own" if like is None else f"of “{name_of(like)}”"
    drift = "" if relation.drift_ppt == 0 else f", rate {relation.drift_ppt / 1e6:+.2f} ppm"
    lost = _lost(len(relation.jumps))
    within = "" if relation.error_us is None else f", within ±{relation.error_us / 1e6:g} s"
    return f"its start is at {at} {where}{drift}{lost}{within}"


def _lost(count: int) -> str:
    return "" if count == 0 else ", 1 lost stretch" if count == 1 else f", {count} lost stretches"
