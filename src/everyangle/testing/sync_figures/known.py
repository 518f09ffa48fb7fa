"""An alignment beside the truth of the scene that its recordings were made from, as a table of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from everyangle.core.alignment_json import Document
from everyangle.core.time import ClockMap, Jump
from everyangle.dossier.words import error


def table(document: Document, truth: Mapping[str, Any]) -> str:
    """Return a row for each recording placed against the anchor: where it starts, where it should, and the error.

    The error is that of the recording's middle second, so that drift counts.

    Args:
        document: the alignment.
        truth: a document ``everyangle.scene-truth/1``.
    """
    return "\n".join(
        ["| recording | starts | in truth | off by | stated |", "|---|---:|---:|---:|---:|", *_rows(document, truth)]
    )


def _rows(document: Document, truth: Mapping[str, Any]) -> Iterator[str]:
    names = {source.id: PurePath(source.path).name for source in document.sources}
    known = {row["file"]: _clock(row) for row in _recordings(truth)}
    anchor = next(p for p in document.solution.placements if p.anchor and p.component == 0)
    base = known[names[anchor.id]]
    for one in sorted(document.solution.placements, key=lambda p: p.clock.offset_s):
        if one.component or one.anchor or names[one.id] not in known:
            continue
        true = known[names[one.id]]
        start, middle = ((true.event_from_media(t) - base.offset_s) / base.rate for t in (0.0, one.duration_s / 2))
        off = one.clock.event_from_media(one.duration_s / 2) - middle
        yield (
            f"| {names[one.id]} | {one.clock.offset_s:.3f} s | {start:.3f} s | {1000 * off:+.0f} ms "
            f"| {error(one.clock.error_s)} |"
        ).replace("| -", "| \u2212")


def _recordings(truth: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rows = truth["recordings"]
    return rows if isinstance(rows, list) else []


def _clock(row: Mapping[str, Any]) -> ClockMap:
    jumps = tuple(Jump(jump["at_s"], jump["lost_s"]) for jump in row["jumps"])
    return ClockMap(row["offset_s"], row["rate"], 0.0, jumps)
