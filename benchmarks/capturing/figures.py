"""What the benchmark of capture is asked, and the rows and percentiles that it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of what.

    Attributes:
        runs: browsers to kill, each way.
        peer_runs: the same for peers.
        kills: of the server.
        states: of the power-loss model.
        offline_s: how long the phone is offline.
        slow_s: how long the link is slow.
        mutations: forged chunks, at least.
        load_s: how long each load lasts.
        phones: how many at once are tried, from the fewest.
        width: of the camera's picture.
        seed: of what is random.
        keep: the cache.
    """

    runs: int
    peer_runs: int
    kills: int
    states: int
    offline_s: float
    slow_s: float
    mutations: int
    load_s: float
    phones: tuple[int, ...]
    width: int
    seed: int
    keep: Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what was done, what came of it, what at least is wanted, and the aim."""

    what: str
    found: str
    least: str = ""
    aim: str = ""


@dataclass
class Told:
    """Rows, and lines on how they were measured."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, found: str, least: str = "", aim: str = "") -> None:
        """Add a row."""
        self.rows.append(Row(what, found, least, aim))

    def print(self) -> None:
        """Print a Markdown table and the notes."""
        print("| | measured | at least | aim |\n|---|---|---|---|")
        for row in self.rows:
            print(f"| {row.what} | {row.found} | {row.least} | {row.aim} |")
        print()
        for note in self.notes:
            print(f"- {note}")


def seconds(values: Sequence[float | None]) -> str:
    """Return median, 95th percentile and most of some losses in seconds; None is a loss of everything."""
    known = [value for value in values if value is not None]
    gone = len(values) - len(known)
    if not known:
        return f"everything in all {gone} runs" if gone else "nothing was measured"
    # A run that lost everything counts as worse than any other.
    every = np.array(known + [np.inf] * gone)
    p50, p95 = (np.percentile(every, at, method="higher") for at in (50, 95))
    tail = f"; everything in {gone}" if gone else ""
    told = "everything" if np.isinf(p95) else f"{p95:.2f} s"
    middle = "everything" if np.isinf(p50) else f"{p50:.2f}"
    return f"p95 **{told}** (median {middle}, most {max(known):.2f}, {len(values)} runs{tail})"
