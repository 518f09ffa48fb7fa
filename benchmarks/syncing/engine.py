"""Runs the engine on files as the command does, with each file's features and each pair kept, and with its CPU time.

Judges nothing. CPU time is of this process and all that it started, told by step.
"""

from __future__ import annotations

import hashlib
import os
import resource
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from everyangle import app
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.media_pyav import PyavMedia
from everyangle.adapters.work_serial import SerialWork
from everyangle.adapters.work_threads import ThreadWork
from everyangle.core.alignment import Solution
from everyangle.ports.cache import Cache, NoCache
from everyangle.ports.events import Event, Events, Finished, Started, silent
from everyangle.stages.align import Source, align
from everyangle.stages.sounds import KeptSound, write_sound
from everyangle.sync import RATE_HZ

EVERY_S = 0.2
"""How often memory is looked at."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One file to align: its id in the solution, its path, and when its container says that it was made."""

    id: str
    path: Path
    created: datetime | None = None


@dataclass(slots=True)
class Steps:
    """CPU and wall seconds by step of the engine, from its events."""

    cpu_s: dict[str, float] = field(default_factory=dict)
    wall_s: dict[str, float] = field(default_factory=dict)
    _since: dict[str, tuple[float, float]] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, Started):
            self._since[event.step] = (cpu_seconds(), time.perf_counter())
        if isinstance(event, Finished) and event.step in self._since:
            cpu, wall = self._since.pop(event.step)
            self.cpu_s[event.step] = self.cpu_s.get(event.step, 0.0) + cpu_seconds() - cpu
            self.wall_s[event.step] = self.wall_s.get(event.step, 0.0) + time.perf_counter() - wall


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave: the solution, seconds of sound, CPU and wall seconds in all and by step, memory at its peak."""

    solution: Solution
    sound_s: float
    cpu_s: float
    wall_s: float
    cpu_by_step: Mapping[str, float]
    peak_mib: float


def run(
    clips: Sequence[Clip],
    keep: Path,
    *,
    work: str = "serial:",
    remember: bool = False,
    times: bool = False,
    also: Events = silent,
) -> Run:
    """Align files.

    Args:
        clips: the files.
        keep: where sounds, and features and pairs if ``remember``, are kept.
        work: URL of how to work.
        remember: whether to use what an earlier run kept; then CPU and wall say nothing.
        times: whether containers' creation times are weighed; without, the engine has sound alone.
        also: is told of the steps as well.
    """
    steps = Steps()

    def told(event: Event) -> None:
        steps(event)
        also(event)

    cpu, wall = cpu_seconds(), time.perf_counter()
    derived = FolderDerived(keep)
    cache: Cache = derived if remember else NoCache()
    with Peak() as peak, closing(PyavMedia()) as media:
        steps(Started("sounds", len(clips)))
        jobs = SerialWork() if work.startswith("serial") else ThreadWork(os.cpu_count() or 1)
        sources = list(jobs.map(lambda clip: _source(clip, media, derived, remember=remember, times=times), clips))
        steps(Finished("sounds"))
        solution = align(sources, app.work(work), cache=cache, events=told)
        cpu_s, wall_s = cpu_seconds() - cpu, time.perf_counter() - wall
    return Run(solution, sum(s.duration_s for s in sources), cpu_s, wall_s, steps.cpu_s, peak.mib)


def _source(clip: Clip, media: PyavMedia, derived: FolderDerived, *, remember: bool, times: bool) -> Source:
    with clip.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        key = f"bench-sound/1 {media.recipe('sound', rate_hz=RATE_HZ)} {digest}"
        path = derived.path(key) if remember else None
        known = derived.get(f"duration {key}") if path else None
        if path and known:
            duration_s = float(known)
        else:
            file.seek(0)
            duration_s = media.probe(file, label=clip.path.name).duration_s
            samples = media.sound(file, RATE_HZ, label=clip.path.name).samples
            path = derived.make(key, lambda out: write_sound(out, samples))
            if remember:
                derived.put(f"duration {key}", repr(duration_s).encode())
    created_s = clip.created.timestamp() if times and clip.created else None
    return Source(clip.id, duration_s, KeptSound(path), digest if remember else "", created_s)


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and everything below it, ended or not."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    tick = os.sysconf("SC_CLK_TCK")
    others = sum(map(_ticks, below(os.getpid()).values())) / tick
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime + others


class Peak:
    """Watches the memory of this process and everything below it, several times a second.

    What processes share is counted once (proportional set size). Where there is no ``/proc``: 0.

    Attributes:
        mib: the most at one moment, in MiB.
    """

    def __init__(self) -> None:
        self.mib = 0.0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._keep_looking, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()

    def look(self) -> None:
        """Look once more."""
        pids = [os.getpid(), *below(os.getpid())]
        self.mib = max(self.mib, sum(map(_proportional_kib, pids)) / 1024)

    def _keep_looking(self) -> None:
        while not self._ended.is_set():
            self.look()
            self._ended.wait(EVERY_S)


def _proportional_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _ticks(stat: Sequence[str]) -> int:
    # utime, stime, and those of its ended children: proc(5), fields 14 to 17, after the name.
    return sum(int(stat[n]) for n in range(11, 15))


def below(root: int) -> dict[int, list[str]]:
    """Return ``/proc/PID/stat`` of every process below one, its name left out; none where there is no ``/proc``."""
    found: dict[int, list[str]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(place.parent.name)] = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
    family, grown = {root}, True
    while grown:
        more = {pid for pid, stat in found.items() if int(stat[1]) in family} - family
        family |= more
        grown = bool(more)
    return {pid: found[pid] for pid in family - {root}}
