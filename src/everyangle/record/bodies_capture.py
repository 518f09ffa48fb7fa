"""The bodies of entries about live capture as JSON values and back, for ``bodies``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from everyangle.core.ids import Digest
from everyangle.record import kinds_capture as kinds
from everyangle.record import schema
from everyangle.record.canonical import Json

Members = Mapping[str, Json]


def _read_made(b: Members) -> kinds.CaptureBody:
    uses = schema.count(b["uses"])
    if uses < 1:
        raise schema.malformed("an invitation for nobody")
    return kinds.InvitationMade(schema.digest(b["link"]), uses, schema.optional(schema.instant, b["expires"]))


def _write_made(body: kinds.InvitationMade) -> Members:
    expires = None if body.expires is None else schema.instant_json(body.expires)
    return {"expires": expires, "link": body.link, "uses": body.uses}


def _read_revoked(b: Members) -> kinds.CaptureBody:
    return kinds.InvitationRevoked(schema.digest(b["link"]), schema.text(b["why"]))


def _write_revoked(body: kinds.InvitationRevoked) -> Members:
    return {"link": body.link, "why": body.why}


def _read_begun(b: Members) -> kinds.CaptureBody:
    return kinds.CaptureBegun(
        schema.identifier(b["recording"]),
        schema.digest(b["link"]),
        schema.digest(b["device"]),
        schema.digest(b["head"]),
        schema.text(b["receipts"]),
    )


def _write_begun(body: kinds.CaptureBegun) -> Members:
    return {
        "device": body.device,
        "head": body.head,
        "link": body.link,
        "receipts": body.receipts,
        "recording": body.recording,
    }


def _progress(b: Members) -> tuple[int, Digest, int]:
    heads, missing = schema.count(b["heads"]), schema.count(b["missing"])
    if missing > heads:
        raise schema.malformed("more bodies missing than there are chunks")
    return heads, schema.digest(b["head"]), missing


def _read_checkpoint(b: Members) -> kinds.CaptureBody:
    return kinds.CaptureCheckpoint(schema.identifier(b["recording"]), *_progress(b))


def _write_checkpoint(body: kinds.CaptureCheckpoint) -> Members:
    return {"head": body.head, "heads": body.heads, "missing": body.missing, "recording": body.recording}


def _read_ended(b: Members) -> kinds.CaptureBody:
    return kinds.CaptureEnded(
        schema.identifier(b["recording"]),
        schema.digest(b["item"]),
        *_progress(b),
        schema.boolean(b["ended"]),
        schema.optional(schema.integer, b["last_us"]),
    )


def _write_ended(body: kinds.CaptureEnded) -> Members:
    return {
        "ended": body.ended,
        "head": body.head,
        "heads": body.heads,
        "item": body.item,
        "last_us": body.last_us,
        "missing": body.missing,
        "recording": body.recording,
    }


Parts = tuple[tuple[str, ...], Callable[[Members], kinds.CaptureBody], Callable[[Any], Members]]
"""Names of the fields, reader and writer."""

CAPTURE: Mapping[str, Parts] = {
    "invitation-made": (("expires", "link", "uses"), _read_made, _write_made),
    "invitation-revoked": (("link", "why"), _read_revoked, _write_revoked),
    "capture-begun": (("device", "head", "link", "receipts", "recording"), _read_begun, _write_begun),
    "capture-checkpoint": (("head", "heads", "missing", "recording"), _read_checkpoint, _write_checkpoint),
    "capture-ended": (
        ("ended", "head", "heads", "item", "last_us", "missing", "recording"),
        _read_ended,
        _write_ended,
    ),
}
