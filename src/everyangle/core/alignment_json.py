"""The document ``everyangle.alignment/1``: a solution as JSON for others, and back. See docs/formats/alignment.md.

Seconds are rounded to a microsecond, rates to 1e-12, parts per million and nats to 1e-3.
:mod:`everyangle.core.solution_json` keeps a solution exactly; this document is what is handed out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.errors import BadInputError
from everyangle.core.stated import Conflict, ConflictKind
from everyangle.core.time import ClockMap, Jump

FORMAT = "everyangle.alignment/1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a recording came from: its id in the solution, its path as given, the SHA-256 of its bytes."""

    id: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be used: its path as given, a stable code, and a sentence for people."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that an alignment document says."""

    solution: Solution
    sources: tuple[Source, ...]
    errors: tuple[Unread, ...] = ()


def alignment_json(document: Document) -> bytes:
    """Return the document as UTF-8 JSON, indented, with a newline at its end.

    Raises:
        BadInputError: ``alignment-malformed`` if a recording of the solution has no source.
    """
    return (json.dumps(alignment_fields(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def alignment_fields(document: Document) -> dict[str, object]:
    """Return the document as JSON-ready values, keys in the order of the format's page.

    Raises:
        BadInputError: ``alignment-malformed`` if a recording of the solution has no source.
    """
    sources = {s.id: s for s in document.sources}
    missing = [p.id for p in document.solution.placements if p.id not in sources]
    if missing:
        raise _malformed(f"no source for {missing[0]}")
    return {
        "format": FORMAT,
        "recordings": [_recording(p, sources[p.id]) for p in document.solution.placements],
        "alignments": [_alignment(a) for a in document.solution.alignments],
        "conflicts": [conflict_fields(c) for c in document.solution.conflicts],
        "errors": [{"path": e.path, "code": e.code, "message": e.message} for e in document.errors],
    }


def _seconds(value: float) -> float:
    return round(value, 6) + 0.0


def _recording(placement: Placement, source: Source) -> dict[str, object]:
    clock = placement.clock
    return {
        "id": placement.id,
        "path": source.path,
        "sha256": source.sha256,
        "duration_s": _seconds(placement.duration_s),
        "component": placement.component,
        "anchor": placement.anchor,
        "offset_s": _seconds(clock.offset_s),
        "rate": round(clock.rate, 12),
        "error_s": _seconds(clock.error_s),
        "jumps": [{"at_s": _seconds(j.at_s), "lost_s": _seconds(j.lost_s)} for j in clock.jumps],
        "reason": placement.reason,
        "prior": placement.prior,
    }


def _alignment(found: Alignment) -> dict[str, object]:
    return {
        "a": found.a,
        "b": found.b,
        "verdict": found.verdict.value,
        "offset_s": None if found.offset_s is None else _seconds(found.offset_s),
        "drift_ppm": round(found.drift_ppm, 3) + 0.0,
        "error_s": _seconds(found.error_s),
        "overlap_s": _seconds(found.overlap_s),
        "score": round(found.score, 3) + 0.0,
        "offsets_s": [_seconds(x) for x in found.offsets_s],
        "period_s": None if found.period_s is None else _seconds(found.period_s),
        "evidence": dict(found.evidence),
    }


def conflict_fields(found: Conflict) -> dict[str, object]:
    """Return a conflict as JSON-ready values."""
    return {
        "kind": found.kind.value,
        "a": found.a,
        "b": found.b,
        "pinned": list(found.pinned),
        "by_s": None if found.by_s is None else _seconds(found.by_s),
        "allowed_s": _seconds(found.allowed_s),
        "score": round(found.score, 3) + 0.0,
    }


def document_from_json(data: bytes) -> Document:
    """Return what a document says.

    Raises:
        BadInputError: ``alignment-malformed``.
    """
    try:
        fields = json.loads(data)
        if fields["format"] != FORMAT:
            raise _malformed(f"its format is {fields['format']!r}")
        return Document(
            Solution(
                tuple(_placement_of(f) for f in fields["recordings"]),
                tuple(_alignment_of(f) for f in fields["alignments"]),
                tuple(_conflict_of(f) for f in fields.get("conflicts", ())),
            ),
            tuple(Source(f["id"], f["path"], f["sha256"]) for f in fields["recordings"]),
            tuple(Unread(f["path"], f["code"], f["message"]) for f in fields["errors"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _malformed(str(error)) from error


def _placement_of(fields: Mapping[str, object]) -> Placement:
    jumps = tuple(Jump(_number(j, "at_s"), _number(j, "lost_s")) for j in _objects(fields, "jumps"))
    clock = ClockMap(_number(fields, "offset_s"), _number(fields, "rate"), _number(fields, "error_s"), jumps)
    component, anchor, reason = fields["component"], fields["anchor"], fields["reason"]
    prior = fields.get("prior")
    if not isinstance(component, int) or not isinstance(anchor, bool):
        raise TypeError(f"recording {fields['id']!r}")
    if not isinstance(reason, str | None) or not isinstance(prior, str | None):
        raise TypeError(f"recording {fields['id']!r}")
    return Placement(str(fields["id"]), _number(fields, "duration_s"), component, anchor, clock, reason, prior)


def _alignment_of(fields: Mapping[str, object]) -> Alignment:
    offsets, evidence = fields["offsets_s"], fields["evidence"]
    if not isinstance(offsets, list) or not isinstance(evidence, dict):
        raise TypeError(f"alignment of {fields['a']!r} and {fields['b']!r}")
    return Alignment(
        a=str(fields["a"]),
        b=str(fields["b"]),
        verdict=Verdict(str(fields["verdict"])),
        offset_s=None if fields["offset_s"] is None else _number(fields, "offset_s"),
        drift_ppm=_number(fields, "drift_ppm"),
        error_s=_number(fields, "error_s"),
        overlap_s=_number(fields, "overlap_s"),
        score=_number(fields, "score"),
        offsets_s=tuple(float(x) for x in offsets),
        period_s=None if fields["period_s"] is None else _number(fields, "period_s"),
        evidence=evidence,
    )


def _conflict_of(fields: Mapping[str, object]) -> Conflict:
    pinned = fields["pinned"]
    if not isinstance(pinned, list):
        raise TypeError(f"conflict of {fields['a']!r} and {fields['b']!r}")
    return Conflict(
        kind=ConflictKind(str(fields["kind"])),
        a=str(fields["a"]),
        b=str(fields["b"]),
        pinned=tuple(str(name) for name in pinned),
        by_s=None if fields["by_s"] is None else _number(fields, "by_s"),
        allowed_s=_number(fields, "allowed_s"),
        score=_number(fields, "score"),
    )


def _number(fields: Mapping[str, object], name: str) -> float:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} is not a number")
    return float(value)


def _objects(fields: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    value = fields[name]
    if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
        raise TypeError(f"{name} is not a list of objects")
    return value


def _malformed(what: str) -> BadInputError:
    return BadInputError(
        "alignment-malformed", f"This is no alignment document: {what}.", todo=f"Give a document of format {FORMAT}."
    )
