"""Makes a folder of encoded recordings with their truth; what is there already is kept. Knows no scoring."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from everyangle.core.time import ClockMap, Jump
from everyangle.testing.collection.forms import FORMS, write_form
from everyangle.testing.collection.incident import Recorded, incident, sizes
from everyangle.testing.collection.known import causes, ceiling, common, media
from everyangle.testing.collection.levels import LEVELS
from everyangle.testing.collection.material import Material, Synthesized
from everyangle.testing.scene.ready import REPORTING_FROM

FORMAT = "everyangle.collection-truth/1"
GENERATOR = 3
"""Raised when the same arguments come to give other recordings."""

BASE = datetime(2031, 4, 17, 18, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """One incident, to be written below a folder, filmed by ``count``."""

    seed: int
    number: int
    difficulty: str
    count: int
    folder: Path
    material: Material = field(default_factory=Synthesized)
    hours: float = 3.0


def make(
    seed: int, difficulty: str, clips: int, folder: Path, *, processes: int = 2, material: Material | None = None
) -> Path:
    """Write ``clips`` recordings of many incidents, and ``truth.json``; return its path.

    The same arguments give the same files; incidents already written are kept, a complete folder is left as it is.

    Args:
        seed: development below 10,000; from there on for figures that are reported.
        difficulty: easy, medium or hard.
        clips: how many recordings, 1 or more.
        folder: where; made if absent. One folder for one set of arguments.
        processes: how many at once.
        material: speech, music and sounds; synthesized where None.

    Raises:
        ValueError: when the folder holds a complete set made with other arguments.
    """
    made_of = material if material is not None else Synthesized()
    about = {
        "format": FORMAT,
        "generator": GENERATOR,
        "seed": seed,
        "difficulty": difficulty,
        "clips": clips,
        "material": made_of.name,
    }
    path = folder / "truth.json"
    if path.exists():
        if about.items() <= json.loads(path.read_bytes()).items():
            return path
        raise ValueError(f"{folder} holds another set; it is unchanged. Choose another folder.")
    counts = sizes(seed, LEVELS[difficulty], clips)
    jobs = [Job(seed, n, difficulty, count, folder, made_of) for n, count in enumerate(counts)]
    rows: list[dict[str, Any]] = []
    for done, made in enumerate(_all_rows(jobs, processes), 1):
        rows += made
        sys.stderr.write(f"{done} of {len(jobs)} incidents\n")
    _write_whole(path, json.dumps(truth_of(about, rows, reporting=seed >= REPORTING_FROM), indent=1))
    return path


def _all_rows(jobs: list[Job], processes: int) -> Iterator[list[dict[str, Any]]]:
    if processes == 1:
        yield from map(incident_rows, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(incident_rows, jobs)


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is either there as a whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def incident_rows(job: Job) -> list[dict[str, Any]]:
    """Write one incident, unless it is there; return what is known of each recording."""
    made_of = "" if job.material.name == Synthesized().name else f"-{job.material.name}"
    kept = job.folder / f"incident-{job.difficulty}-{job.seed}-{job.number}-{job.count}-{GENERATOR}{made_of}.json"
    if kept.exists():
        return list(json.loads(kept.read_bytes()))
    made = incident(job.seed, job.number, LEVELS[job.difficulty], job.count, job.material, hours=job.hours)
    rng = np.random.default_rng([job.seed, job.number, 7])
    began = BASE + timedelta(seconds=made.wall_s)
    rows = [_row(job, made.kind, one, began, rng) for one in made.recorded]
    _write_whole(kept, json.dumps(rows))
    return rows


def _row(job: Job, kind: str, one: Recorded, began: datetime, rng: np.random.Generator) -> dict[str, Any]:
    """Write one recording; return what is known of it."""
    take, form = one.take, FORMS[one.filming.form]
    created = _created(began + timedelta(seconds=take.recorder.start_s), rng)
    name = f"d{job.number:03}{one.filming.device:02}/r{rng.integers(10**8):08}{form.file.suffix}"
    (job.folder / name).parent.mkdir(parents=True, exist_ok=True)
    write_form(job.folder / name, form, take.samples, take.recorder.rate_hz, created=created["said"])
    return {
        "file": name,
        "event": str(job.number),
        "device": name[:6],
        "place": kind,
        "offset_s": take.clock.offset_s,
        "rate": take.clock.rate,
        "jumps": [{"at_s": j.at_s, "lost_s": j.lost_s} for j in take.clock.jumps],
        "duration_s": take.duration_s,
        "starts_s": take.clock.offset_s,
        "ends_s": take.clock.event_from_media(take.duration_s),
        "format": one.filming.form,
        "stranger": job.count == 1,
        "created": created,
        "heard": one.heard,
    }


def _created(began: datetime, rng: np.random.Generator) -> dict[str, Any]:
    """Return a true creation time and what the container says: 10 % missing, 5 % hours off, 5 % in another zone."""
    luck = rng.random()
    error = "missing" if luck < 0.1 else "hours" if luck < 0.15 else "zone" if luck < 0.2 else "none"
    hours = float(rng.uniform(1, 30)) if error == "hours" else int(rng.integers(1, 10)) if error == "zone" else 0
    said = began + timedelta(hours=hours, seconds=float(rng.normal(0, 2)))
    return {
        "true": began.isoformat(timespec="milliseconds"),
        "said": None if error == "missing" else said.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "error": error,
    }


def truth_of(about: Mapping[str, Any], rows: list[dict[str, Any]], *, reporting: bool) -> dict[str, Any]:
    """Return what ``truth.json`` says of recordings: each one, the pairs of one incident, and what others share."""
    pairs, shared = [], []
    for a, b in combinations(rows, 2):
        if a["event"] == b["event"]:
            pairs += _pair(a, b)
        else:
            why = causes(a["heard"], b["heard"])
            shared += [{"a": a["file"], "b": b["file"], "causes": why}] if why else []
    recordings = [{k: v for k, v in row.items() if k != "heard"} for row in rows]
    return {
        **about,
        "reporting": reporting,
        "ceiling": ceiling(pairs),
        "recordings": recordings,
        "pairs": pairs,
        "shared": shared,
    }


def _pair(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the truth of a pair of one event: one row, or none where they do not overlap."""
    begin, end = max(a["starts_s"], b["starts_s"]), min(a["ends_s"], b["ends_s"])
    if end <= begin:
        return []
    sources = common(a["heard"], b["heard"], (begin, end))
    offset_s = media(_clock(a), (begin + end) / 2) - media(_clock(b), (begin + end) / 2)
    points = [offset_s + x for s in sources for x in s["shift_range_s"]]
    return [
        {
            "a": a["file"],
            "b": b["file"],
            "overlap_s": round(end - begin, 3),
            "offset_s": round(offset_s, 6),
            "sources": sources,
            "range_s": [min(points), max(points)] if points else None,
            "periods_s": sorted({s["period_s"] for s in sources if s["period_s"]}),
        }
    ]


def _clock(row: Mapping[str, Any]) -> ClockMap:
    return ClockMap(row["offset_s"], row["rate"], 0.0, tuple(Jump(j["at_s"], j["lost_s"]) for j in row["jumps"]))
