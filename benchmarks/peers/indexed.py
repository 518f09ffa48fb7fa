"""Peers that keep an index of fingerprints: every recording is stored, then each is asked for. All pairs are judged."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers.claims import Files, best
from benchmarks.peers.environment import HERE, NotMeasuredError, last_line, need, python_of, said, source_of
from benchmarks.peers.kept import Told, kept

AUDFPRINT = ("https://github.com/dpwe/audfprint", "cb03ba99feafd41b8874307f0f4e808a6ce34362")
OLAF = ("https://github.com/JorenSix/Olaf", "e5d89fba1b4ed9f5c8bd38ea3cdce799a6a67222")
OLAF_PARTS = ["pffft", "midl", "mdb", "hash-table", "queue", "olaf"]
OLAF_PARTS += [
    f"olaf_{part}"
    for part in (
        *("deque", "max_filter_perceptual_van_herk", "fp_file_writer", "db", "fp_db_writer", "fp_db_writer_cache"),
        *("ep_extractor", "fp_extractor", "reader_stream", "runner", "stream_processor", "fp_matcher", "config"),
    )
]
MATCH = re.compile(
    r"^Matched (?P<query>\S+) [\d.]+ sec \d+ raw hashes as (?P<ref>\S+) at +(?P<at>-?[\d.]+) s "
    r"with +(?P<count>\d+) of"
)


def audfprint(files: Files, keep: Path, given: Path | None) -> Told:
    """Return what audfprint says with its default settings, all matches reported.

    Raises:
        NotMeasuredError: if it cannot be run.
    """
    how = json.dumps([AUDFPRINT, (HERE / "audfprint.txt").read_text()])
    return kept(keep, how, files, None, lambda: _audfprint(files, keep, given))


def _audfprint(files: Files, keep: Path, given: Path | None) -> Told:
    need("ffmpeg")
    program = source_of("audfprint", *AUDFPRINT, keep, given) / "audfprint.py"
    python = python_of("audfprint", keep)
    before = _children_s()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = {str(path): id_ for id_, path in files.items()}
        (folder / "list").write_text("\n".join(names) + "\n", encoding="utf-8")
        _do([python, program, "new", "--dbase", folder / "all.pklz", "--list", folder / "list"], folder)
        every = str(len(files))
        options: list[str | Path] = ["--max-matches", every, "--search-depth", every, "--list", folder / "list"]
        text = _do([python, program, "match", "--dbase", folder / "all.pklz", *options], folder)
    # The query's time zero is at ``at`` in the reference: t_query - t_reference = -at.
    hits = (
        (names[m["query"]], names[m["ref"]], -float(m["at"]), float(m["count"]))
        for m in map(MATCH.match, text.splitlines())
        if m
    )
    return Told(tuple(best(hits)), _children_s() - before)


def olaf(files: Files, keep: Path, given: Path | None) -> Told:
    """Return what Olaf says with its default settings. It is under the AGPL: run as a program, never linked or kept.

    Raises:
        NotMeasuredError: if it cannot be built or run.
    """
    return kept(keep, json.dumps(OLAF), files, None, lambda: _olaf(files, keep, given))


def _olaf(files: Files, keep: Path, given: Path | None) -> Told:
    need("ffmpeg")
    program = _olaf_program(source_of("olaf", *OLAF, keep, given))
    before = _children_s()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / ".olaf" / "db").mkdir(parents=True)
        stored: list[str | Path] = []
        for n, (id_, path) in enumerate(files.items()):
            raw = home / f"{n}.raw"
            _do(["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", "16000", "-f", "f32le", raw], home)
            stored += [raw, id_]
        _do([program, "store", *stored], home)
        hits = [hit for n, id_ in enumerate(files) for hit in _olaf_hits(program, home / f"{n}.raw", id_, home)]
    return Told(tuple(best(hits)), _children_s() - before)


def _olaf_program(source: Path) -> Path:
    """Return the core program, built with a C compiler (its own build wants Zig, for its wrapper only)."""
    program = source / "bin" / "everyangle-olaf"
    if program.exists():
        return program
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NotMeasuredError("a C compiler is needed to build it")
    print("building olaf", file=sys.stderr, flush=True)
    program.parent.mkdir(exist_ok=True)
    parts: list[str | Path] = [source / "src" / f"{part}.c" for part in OLAF_PARTS]
    wrong = said([compiler, "-O2", "-w", "-std=gnu11", "-pthread", "-o", program, *parts, "-lm"])
    if wrong:
        raise NotMeasuredError(f"it could not be built ({wrong})")
    return program


def _olaf_hits(program: Path, raw: Path, query: str, home: Path) -> Iterator[tuple[str, str, float, float]]:
    for line in _do([program, "query", raw, query], home).splitlines():
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) == 7 and cells[0].isdigit():
            # The query's start and the reference's start show the same sound.
            yield query, cells[3], float(cells[1]) - float(cells[5]), float(cells[0])


def _do(command: list[str | Path], home: Path) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=home,
            env={"HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=1800,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasuredError(str(error)) from error
    if done.returncode != 0:
        raise NotMeasuredError(f"it ended with status {done.returncode} ({last_line(done.stderr or done.stdout)})")
    return done.stdout


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
