"""Reads made sets: files with their truth, as ``everyangle.testing.collection`` writes them. Judges nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.syncing.engine import Clip
from benchmarks.syncing.truth import Common, Known, Pair, Truth

from everyangle.core.time import ClockMap, Jump

FORMAT = "everyangle.collection-truth/1"


@dataclass(frozen=True, slots=True)
class MadeSet:
    """A set on disk: its files, its truth, and its own account of itself."""

    clips: tuple[Clip, ...]
    truth: Truth
    about: Mapping[str, Any]


def read_set(folder: Path) -> MadeSet:
    """Return a made set.

    Raises:
        ValueError: if the folder's ``truth.json`` has another format.
    """
    said = json.loads((folder / "truth.json").read_bytes())
    if said["format"] != FORMAT:
        raise ValueError(f"{folder}: expected {FORMAT}, found {said['format']}")
    known = {r["file"]: _known(r) for r in said["recordings"]}
    clips = tuple(Clip(r["file"], folder / r["file"], _created(r)) for r in said["recordings"])
    shared = {
        frozenset((s["a"], s["b"])): " and ".join(sorted({c["cause"] for c in s["causes"]})) for s in said["shared"]
    }
    about = {k: v for k, v in said.items() if k not in {"recordings", "pairs", "shared"}}
    return MadeSet(clips, Truth(known, tuple(_pair(p, known) for p in said["pairs"]), shared), about)


def _created(said: Mapping[str, Any]) -> datetime | None:
    when = (said.get("created") or {}).get("said")
    return datetime.fromisoformat(when) if when else None


def _known(said: Mapping[str, Any]) -> Known:
    jumps = tuple(Jump(j["at_s"], j["lost_s"]) for j in said["jumps"])
    clock = ClockMap(said["offset_s"], said["rate"], jumps=jumps)
    return Known(said["file"], str(said["event"]), clock, said["duration_s"])


def _pair(said: Mapping[str, Any], known: Mapping[str, Known]) -> Pair:
    # A source's shift is its delay to a less that to b; the residual is the other way round.
    sources = tuple(
        Common(s["source"], s["kind"], -s["shift_range_s"][1], -s["shift_range_s"][0]) for s in said["sources"]
    )
    return Pair(known[said["a"]], known[said["b"]], sources, tuple(said.get("periods_s") or ()))
