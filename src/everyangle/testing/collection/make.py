"""Makes a folder of encoded recordings with their truth; what is there already is kept. Knows no scoring."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from everyangle.core.time import ClockMap, Jump
from everyangle.testing.collection.known import causes, ceiling, common, media
from everyangle.testing.scene.effects import SIREN_PERIOD_S
from everyangle.testing.scene.encode import FORMATS, write
from everyangle.testing.scene.ready import DIFFICULTIES, REPORTING_FROM, random_scene_known
from everyangle.testing.scene.truth import heard

FORMAT = "everyangle.collection-truth/1"
SCENES_PER_SEED = 1000
BASE = datetime(2031, 4, 17, 18, tzinfo=UTC)
SPANS_S = (42.0, 260.0)


@dataclass(frozen=True, slots=True)
class Job:
    """One incident and its stranger, to be written below a folder."""

    seed: int
    number: int
    difficulty: str
    folder: Path


def make(seed: int, difficulty: str, clips: int, folder: Path, *, processes: int = 2) -> Path:
    """Write ``clips`` recordings of several incidents, each with a stranger, and ``truth.json``; return its path.

    The same arguments give the same files; incidents already written are kept, a complete folder is left as it is.

    Args:
        seed: development below 10,000; from there on for figures that are reported.
        difficulty: easy, medium or hard.
        clips: how many recordings, 1 or more.
        folder: where; made if absent. One folder for one set of arguments.
        processes: how many at once.

    Raises:
        ValueError: when the folder holds a complete set made with other arguments.
    """
    about = {"format": FORMAT, "seed": seed, "difficulty": difficulty, "clips": clips}
    path = folder / "truth.json"
    if path.exists():
        if about.items() <= json.loads(path.read_bytes()).items():
            return path
        raise ValueError(f"{folder} holds another set; it is unchanged. Choose another folder.")
    each = DIFFICULTIES[difficulty].recorders + 1
    jobs = [Job(seed, n, difficulty, folder) for n in range(-(-clips // each))]
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done, made in enumerate(pool.map(scene_rows, jobs), 1):
            rows += made
            sys.stderr.write(f"{done} of {len(jobs)} scenes\n")
    _write_whole(path, json.dumps(_truth(about, rows[:clips], seed >= REPORTING_FROM), indent=1))
    return path


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is either there as a whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def scene_rows(job: Job) -> list[dict[str, Any]]:
    """Write one incident and its stranger, unless they are there; return what is known of each recording."""
    kept = job.folder / f"scene-{job.difficulty}-{job.seed}-{job.number}.json"
    if kept.exists():
        return list(json.loads(kept.read_bytes()))
    scene_seed = job.seed * SCENES_PER_SEED + job.number
    rng = np.random.default_rng([scene_seed, 7])
    span_s = float(np.exp(rng.uniform(*np.log(SPANS_S))))
    rows = []
    for n, (scene, filmed) in enumerate(random_scene_known(scene_seed, job.difficulty, span_s=span_s)):
        recorder, clock = filmed.take.recorder, filmed.take.clock
        began = BASE + timedelta(minutes=6 * job.number, seconds=recorder.start_s)
        created = _created(began, rng)
        name = f"d{job.number:03}{n:02}/r{rng.integers(10**8):08}{FORMATS[filmed.form].suffix}"
        (job.folder / name).parent.mkdir(parents=True, exist_ok=True)
        write(job.folder / name, FORMATS[filmed.form], filmed.take.samples, recorder.rate_hz, created=created["said"])
        rows.append(
            {
                "file": name,
                "event": f"{job.number} {filmed.event}",
                "device": name[:6],
                "offset_s": clock.offset_s,
                "rate": clock.rate,
                "jumps": [{"at_s": j.at_s, "lost_s": j.lost_s} for j in clock.jumps],
                "duration_s": filmed.take.duration_s,
                "starts_s": clock.offset_s,
                "ends_s": clock.event_from_media(filmed.take.duration_s),
                "format": filmed.form,
                "stranger": filmed.event == "elsewhere",
                "created": created,
                "heard": [{**row, "noise_db": recorder.noise_db} for row in heard(scene, recorder)],
            }
        )
    _write_whole(kept, json.dumps(rows))
    return rows


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


def _truth(about: Mapping[str, Any], rows: list[dict[str, Any]], reporting: bool) -> dict[str, Any]:
    pairs, shared = [], []
    for a, b in combinations(rows, 2):
        if a["event"] == b["event"]:
            pairs += _pair(a, b)
        else:
            same_tune = a["event"].split()[0] == b["event"].split()[0]
            why = causes(a["heard"], b["heard"], same_tune=same_tune)
            shared += [{"a": a["file"], "b": b["file"], "causes": why}] if why else []
    recordings = [{k: v for k, v in row.items() if k != "heard"} for row in rows]
    more = {"reporting": reporting, "material": "synthesized", "ceiling": ceiling(pairs)}
    return {**about, **more, "recordings": recordings, "pairs": pairs, "shared": shared}


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
            "periods_s": [SIREN_PERIOD_S] if any(s["kind"] == "siren" for s in sources) else [],
        }
    ]


def _clock(row: Mapping[str, Any]) -> ClockMap:
    return ClockMap(row["offset_s"], row["rate"], 0.0, tuple(Jump(j["at_s"], j["lost_s"]) for j in row["jumps"]))
