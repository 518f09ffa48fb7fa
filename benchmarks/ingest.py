"""Receiving one large file, against openssl, cp and sync doing the same three things.

Each round makes a new case, so that nothing is there already. Rounds are interleaved and the figures are medians, since
the machine is never quiet. The file is in the page cache for everyone: what is measured is the work, not the disk that
the file came from. ``sync`` waits for the one copied file, as ``add`` waits for its own. Beside them, where it is
installed, bagit-python, which must have the file copied first, since it works in place.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

MIB = 1 << 20
BASE = "openssl dgst + cp + sync"

ADD = """
import sys
from pathlib import Path
from everyangle.stages.preserve import add
from everyangle.testing.cases import place_below
sys.exit(len(add(place_below(Path(sys.argv[1])).open(), [Path(sys.argv[2])]).refused))
"""
BAG = "import bagit, sys; bagit.make_bag(sys.argv[1], checksums=['sha256'])"


@dataclass(frozen=True, slots=True)
class Row:
    """One way's medians, in seconds, its ratios to the baseline's, and the least of its rounds likewise."""

    name: str
    cpu_s: float
    wall_s: float
    cpu_ratio: float
    wall_ratio: float
    least_cpu_s: float
    least_ratio: float


def measured(act: Callable[[], None]) -> tuple[float, float]:
    """Return processor and wall seconds of an act, done in a forked child so that its children count, too."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status:
        raise RuntimeError("a measured act failed")
    return usage.ru_utime + usage.ru_stime, wall


def by_hand(file: Path, folder: Path) -> None:
    """Hash, copy and wait for the disk, as one would in a shell."""
    copy = folder / "copy"
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("openssl", "dgst", "-sha256", file),
        ("cp", file, copy),
        ("sync", copy),
    )
    for command in commands:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def add_in_process(file: Path, folder: Path) -> None:
    """Add to a case by a library call, its modules loaded before."""
    from everyangle.stages.preserve import add
    from everyangle.testing.cases import place_below

    if add(place_below(folder).open(), [file]).refused:
        raise RuntimeError("the file was refused")


def add_in_new_process(file: Path, folder: Path) -> None:
    """Add to a case from a fresh interpreter, its start included."""
    subprocess.run([sys.executable, "-c", ADD, str(folder), str(file)], check=True)


def bag(file: Path, folder: Path) -> None:
    """Copy into a folder and make it a bag."""
    subprocess.run(["cp", file, folder / "copy"], check=True)
    subprocess.run([sys.executable, "-W", "ignore", "-c", BAG, str(folder)], check=True, capture_output=True)
    subprocess.run(["sync", folder / "data" / "copy"], check=True)


def ways() -> dict[str, Callable[[Path, Path], None]]:
    """Return what is measured, the baseline first."""
    found: dict[str, Callable[[Path, Path], None]] = {
        BASE: by_hand,
        "everyangle add (library)": add_in_process,
        "everyangle add (process)": add_in_new_process,
    }
    if importlib.util.find_spec("bagit"):
        found["cp + bagit-python + sync"] = bag
    return found


def run(size: int, rounds: int, below: Path | None) -> list[Row]:
    """Measure every way in every round, on a file of ``size`` bytes."""
    from everyangle.testing.cases import place_below

    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in ways()}
    with tempfile.TemporaryDirectory(dir=below) as base:
        file = Path(base) / "file"
        with file.open("wb") as stream:
            for _ in range(size // MIB):
                stream.write(os.urandom(MIB))
        subprocess.run(["sync", file], check=True)
        for number in range(rounds):
            # In another order each round, since what one way leaves in memory weighs on the next.
            for name, act in Random(number).sample(sorted(ways().items()), len(ways())):
                folder = Path(base) / "round"
                folder.mkdir()
                if act in (add_in_process, add_in_new_process):
                    place_below(folder).new()
                seconds[name].append(measured(lambda act=act, folder=folder: act(file, folder)))  # type: ignore[misc]
                shutil.rmtree(folder)
                print(f"round {number + 1}: {name}: {seconds[name][-1]}", file=sys.stderr)
    return rows(seconds)


def rows(seconds: dict[str, list[tuple[float, float]]]) -> list[Row]:
    """Return the medians and their ratios to the baseline's."""
    medians = {name: (median(c for c, _ in runs), median(w for _, w in runs)) for name, runs in seconds.items()}
    base_cpu, base_wall = medians[BASE]
    least = {name: min(c for c, _ in runs) for name, runs in seconds.items()}
    return [
        Row(name, cpu, wall, cpu / base_cpu, wall / base_wall, least[name], least[name] / least[BASE])
        for name, (cpu, wall) in medians.items()
    ]


def main() -> list[Row]:
    """Measure, print a Markdown table, and return its rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=1024, help="size of the file in MiB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where to write; default: the system's temporary folder")
    given = parser.parse_args()
    found = run(given.mib * MIB, given.rounds, given.folder)
    print(f"{given.mib} MiB, medians of {given.rounds} interleaved rounds\n")
    print("| way | CPU s | wall s | CPU ratio | wall ratio | least CPU s | its ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in found:
        medians = f"{row.cpu_s:.2f} | {row.wall_s:.2f} | {row.cpu_ratio:.2f} | {row.wall_ratio:.2f}"
        print(f"| {row.name} | {medians} | {row.least_cpu_s:.2f} | {row.least_ratio:.2f} |")
    return found


if __name__ == "__main__":
    main()
