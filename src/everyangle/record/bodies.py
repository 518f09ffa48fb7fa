"""The body of each kind of entry as a JSON value and back. What surrounds a body is in ``entries``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from itertools import pairwise
from typing import Any

from everyangle.core.stated import DeviceFrom
from everyangle.record import bodies_accounts, kinds, schema
from everyangle.record.bodies_capture import CAPTURE
from everyangle.record.canonical import Json

Members = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind is written and read.

    Attributes:
        fields: the names that the body has, all of them, always.
        read: from the body's members to the value; refuses what does not fit.
        write: from the value to the body's members.
    """

    fields: tuple[str, ...]
    read: Callable[[Members], kinds.Body]
    write: Callable[[Any], Members]


def body_json(body: kinds.Body) -> Members:
    """Return the JSON object of a body."""
    return SHAPES[body.kind].write(body)


def read_body(kind: str, value: Json) -> kinds.Body:
    """Return the body that a JSON value spells.

    Raises:
        BadInputError: ``entry-malformed`` for an unknown kind, a missing or unknown field, or an unfit value.
    """
    shape = SHAPES.get(kind)
    if shape is None:
        raise schema.malformed(f"unknown kind {kind[:40]!r}")
    return shape.read(schema.fields(value, shape.fields))


def _read_opened(b: Members) -> kinds.Body:
    return kinds.CaseOpened(schema.text(b["key"]), schema.text(b["title"]))


def _write_opened(body: kinds.CaseOpened) -> Members:
    return {"key": body.key, "title": body.title}


def _read_received(b: Members) -> kinds.Body:
    return kinds.ItemReceived(
        schema.digest(b["sha256"]),
        schema.count(b["size"]),
        schema.name(b["name"]),
        schema.optional(schema.name, b["path"]),
        schema.optional(schema.instant, b["modified"]),
    )


def _write_received(body: kinds.ItemReceived) -> Members:
    return {
        "modified": None if body.modified is None else schema.instant_json(body.modified),
        "name": schema.name_json(body.name),
        "path": None if body.path is None else schema.name_json(body.path),
        "sha256": body.digest,
        "size": body.size,
    }


def _read_derived(b: Members) -> kinds.Body:
    parents = tuple(schema.digest(parent) for parent in schema.array(b["parents"]))
    if not parents:
        raise schema.malformed("a derivative without parents")
    return kinds.ItemDerived(
        schema.digest(b["sha256"]),
        schema.count(b["size"]),
        parents,
        schema.text(b["recipe"]),
        schema.text(b["media_type"]),
    )


def _write_derived(body: kinds.ItemDerived) -> Members:
    return {
        "media_type": body.media_type,
        "parents": body.parents,
        "recipe": body.recipe,
        "sha256": body.digest,
        "size": body.size,
    }


def _read_relation(value: Json) -> kinds.Relation:
    b = schema.fields(value, ("drift_ppt", "error_us", "jumps", "offset_us"))
    jumps = tuple(_read_jump(jump) for jump in schema.array(b["jumps"]))
    if any(later.at_us < earlier.at_us for earlier, later in pairwise(jumps)):
        raise schema.malformed("lost stretches out of order")
    drift = schema.integer(b["drift_ppt"])
    if drift <= -(10**12):
        raise schema.malformed("a clock that stands still or runs backwards")
    return kinds.Relation(schema.integer(b["offset_us"]), drift, schema.optional(schema.count, b["error_us"]), jumps)


def _read_jump(value: Json) -> kinds.LostStretch:
    b = schema.fields(value, ("at_us", "lost_us"))
    return kinds.LostStretch(schema.integer(b["at_us"]), schema.integer(b["lost_us"]))


def _write_relation(relation: kinds.Relation) -> Members:
    return {
        "drift_ppt": relation.drift_ppt,
        "error_us": relation.error_us,
        "jumps": [{"at_us": jump.at_us, "lost_us": jump.lost_us} for jump in relation.jumps],
        "offset_us": relation.offset_us,
    }


def _placement_reader(
    kind: type[kinds.PlacementConfirmed | kinds.PlacementOverridden],
) -> Callable[[Members], kinds.Body]:
    def read(b: Members) -> kinds.Body:
        return kind(
            schema.digest(b["item"]),
            schema.optional(schema.digest, b["like"]),
            _read_relation(b["relation"]),
            schema.text(b["said"]),
            schema.text(b["why"]),
        )

    return read


def _write_placement(body: kinds.PlacementConfirmed | kinds.PlacementOverridden) -> Members:
    return {
        "item": body.item,
        "like": body.like,
        "relation": _write_relation(body.relation),
        "said": body.said,
        "why": body.why,
    }


def _read_withdrawn(b: Members) -> kinds.Body:
    return kinds.PlacementWithdrawn(schema.count(b["entry"]), schema.digest(b["item"]), schema.text(b["why"]))


def _write_withdrawn(body: kinds.PlacementWithdrawn) -> Members:
    return {"entry": body.entry, "item": body.item, "why": body.why}


def _read_rejected(b: Members) -> kinds.Body:
    offset = schema.optional(schema.integer, b["offset_us"])
    within = schema.optional(schema.count, b["within_us"])
    if offset is None and within is not None:
        raise schema.malformed("an error without an offset")
    return kinds.PairRejected(
        schema.digest(b["item"]),
        schema.digest(b["like"]),
        offset,
        within,
        schema.text(b["said"]),
        schema.text(b["why"]),
    )


def _write_rejected(body: kinds.PairRejected) -> Members:
    return {
        "item": body.item,
        "like": body.like,
        "offset_us": body.offset_us,
        "said": body.said,
        "why": body.why,
        "within_us": body.within_us,
    }


def _read_rejection_withdrawn(b: Members) -> kinds.Body:
    return kinds.RejectionWithdrawn(schema.count(b["entry"]), schema.digest(b["item"]), schema.text(b["why"]))


def _write_rejection_withdrawn(body: kinds.RejectionWithdrawn) -> Members:
    return {"entry": body.entry, "item": body.item, "why": body.why}


def _read_device(b: Members) -> kinds.Body:
    device = schema.optional(schema.text, b["device"])
    if device == "":
        raise schema.malformed("a device without a name")
    return kinds.DeviceStated(schema.digest(b["item"]), device, schema.text(b["why"]))


def _write_device(body: kinds.DeviceStated) -> Members:
    return {"device": body.device, "item": body.item, "why": body.why}


def _read_hints(b: Members) -> kinds.Body:
    source = schema.text(b["device_from"])
    if source not in {each.value for each in DeviceFrom}:
        raise schema.malformed("an unknown source of devices")
    return kinds.HintsChosen(schema.boolean(b["metadata"]), DeviceFrom(source), schema.text(b["why"]))


def _write_hints(body: kinds.HintsChosen) -> Members:
    return {"device_from": body.device_from.value, "metadata": body.metadata, "why": body.why}


def _read_tied(b: Members) -> kinds.Body:
    return kinds.ClockTied(
        schema.optional(schema.digest, b["item"]),
        schema.integer(b["media_us"]),
        schema.instant(b["wall"]),
        schema.optional(schema.count, b["within_us"]),
        schema.text(b["said"]),
        schema.text(b["why"]),
    )


def _write_tied(body: kinds.ClockTied) -> Members:
    return {
        "item": body.item,
        "media_us": body.media_us,
        "said": body.said,
        "wall": schema.instant_json(body.wall),
        "why": body.why,
        "within_us": body.within_us,
    }


def _read_note(b: Members) -> kinds.Body:
    return kinds.NoteAdded(schema.optional(schema.digest, b["about"]))


def _write_note(body: kinds.NoteAdded) -> Members:
    return {"about": body.about}


def _read_published(b: Members) -> kinds.Body:
    redaction = schema.fields(b["redaction"], ("state", "why"))
    if redaction["state"] != "unredacted":
        raise schema.malformed("an unknown state of redaction")
    return kinds.DossierPublished(
        schema.digest(b["manifest"]), schema.count(b["files"]), schema.count(b["size"]), schema.text(redaction["why"])
    )


def _write_published(body: kinds.DossierPublished) -> Members:
    return {
        "files": body.files,
        "manifest": body.manifest,
        "redaction": {"state": "unredacted", "why": body.why},
        "size": body.size,
    }


_PLACEMENT = ("item", "like", "relation", "said", "why")

SHAPES: Mapping[str, Shape] = {
    "case-opened": Shape(("key", "title"), _read_opened, _write_opened),
    "item-received": Shape(("modified", "name", "path", "sha256", "size"), _read_received, _write_received),
    "item-derived": Shape(("media_type", "parents", "recipe", "sha256", "size"), _read_derived, _write_derived),
    "placement-confirmed": Shape(_PLACEMENT, _placement_reader(kinds.PlacementConfirmed), _write_placement),
    "placement-overridden": Shape(_PLACEMENT, _placement_reader(kinds.PlacementOverridden), _write_placement),
    "placement-withdrawn": Shape(("entry", "item", "why"), _read_withdrawn, _write_withdrawn),
    "pair-rejected": Shape(("item", "like", "offset_us", "said", "why", "within_us"), _read_rejected, _write_rejected),
    "rejection-withdrawn": Shape(("entry", "item", "why"), _read_rejection_withdrawn, _write_rejection_withdrawn),
    "device-stated": Shape(("device", "item", "why"), _read_device, _write_device),
    "hints-chosen": Shape(("device_from", "metadata", "why"), _read_hints, _write_hints),
    "clock-tied": Shape(("item", "media_us", "said", "wall", "why", "within_us"), _read_tied, _write_tied),
    "note-added": Shape(("about",), _read_note, _write_note),
    "dossier-published": Shape(("files", "manifest", "redaction", "size"), _read_published, _write_published),
    **{kind: Shape(*parts) for kind, parts in CAPTURE.items()},
    **{
        kind.kind: Shape(tuple(field.name for field in fields_of(kind)), read, bodies_accounts.write)
        for kind, read in bodies_accounts.READERS.items()
    },
}
"""Every kind of entry that this version knows."""
