"""Made sets in the cache: each is made once, and goes on where it was cut off. Measures nothing."""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from benchmarks.syncing.keep import say
from benchmarks.syncing.sets import FORMAT, MadeSet, read_set

from everyangle.testing.collection.make import GENERATOR, Job, incident_rows, make, truth_of
from everyangle.testing.collection.material import Material
from everyangle.testing.scene.ready import REPORTING_FROM

SMALL = (5, 12)
"""Fewest and most recordings of a single incident, its stranger not counted."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes sets of one material in a cache; another generation of the simulator makes other sets."""

    keep: Path
    material: Material

    def made(self, difficulty: str, seed: int, clips: int) -> MadeSet:
        """Return a set of many incidents."""
        folder = self._folder / f"{difficulty}-{seed}-{clips}"
        say(f"set {difficulty}, seed {seed}, {clips} recordings: {folder}")
        make(seed, difficulty, clips, folder, processes=os.cpu_count() or 1, material=self.material)
        return read_set(folder)

    def single(self, difficulty: str, seed: int, count: int) -> list[MadeSet]:
        """Return sets of one incident each, filmed by 5 to 12, with one recording of another place and time."""
        folders = [self._folder / f"single-{difficulty}-{seed}" / str(n) for n in range(count)]
        people = np.random.default_rng([seed, 47]).integers(SMALL[0], SMALL[1] + 1, count)
        jobs = [
            Job(seed, 2 * n + stranger, difficulty, 1 if stranger else int(people[n]), folder, self.material)
            for n, folder in enumerate(folders)
            if not (folder / "truth.json").exists()
            for stranger in (0, 1)
        ]
        if jobs:
            say(f"{len(jobs) // 2} single incidents, {difficulty}, seed {seed}: {folders[0].parent}")
            with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
                rows = zip(jobs, pool.map(incident_rows, jobs), strict=True)
                for folder, group in groupby(rows, lambda one: one[0].folder):
                    about = {"format": FORMAT, "generator": GENERATOR, "seed": seed, "difficulty": difficulty}
                    every = [row for _, some in group for row in some]
                    truth = truth_of(about, every, reporting=seed >= REPORTING_FROM)
                    part = folder / "truth.part"
                    part.write_text(json.dumps(truth), encoding="utf-8")
                    part.replace(folder / "truth.json")
                    say(f"made {folder}")
        return [read_set(folder) for folder in folders]

    @property
    def _folder(self) -> Path:
        return self.keep / "sets" / f"{GENERATOR}-{self.material.name}"
