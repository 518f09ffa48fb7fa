"""Asks other programs to read the same texts, each in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accounting.polnear import Article, Attribution, form, tokens_in
from benchmarks.peers.environment import NotMeasuredError, last_line, python_of, source_of
from benchmarks.peers.pairwise import ROOT, alone

GENDER_GAP_TRACKER = (
    "https://github.com/sfu-discourse-lab/GenderGapTracker",
    "5501de31e8598e18ace47982220e91961ca5460a",
)
"""Its repository, and the commit that is measured."""

PEERS = {"textacy": "textacy 0.13.0 direct_quotations", "gendergaptracker": "GenderGapTracker's extractor"}
LIMIT_S = 1800


@dataclass(frozen=True)
class Answers:
    """What a peer found, by article, how many articles it failed on, and its tokens a CPU second."""

    attributions: dict[str, list[Attribution]]
    failed: int
    tokens_per_s: float


def ask(name: str, articles: Sequence[Article], keep: Path, source: Path | None) -> Answers:
    """Return a peer's answers.

    Args:
        name: of :data:`PEERS`.
        articles: what it is to read.
        keep: the cache, for its environment and source.
        source: a copy of the Gender Gap Tracker's repository, or None to fetch it.

    Raises:
        NotMeasuredError: if it cannot be run.
    """
    python = python_of(name, keep)
    extra: list[str] = []
    if name == "gendergaptracker":
        address, commit = GENDER_GAP_TRACKER
        extra = [str(source_of(name, address, commit, keep, source) / "nlp" / "english")]
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder) / "request.json"
        request.write_text(json.dumps({article.name: article.text for article in articles}), encoding="utf-8")
        done = subprocess.run(
            [python, "-m", f"benchmarks.peers.{name}", request, *extra],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env=alone(),
            timeout=LIMIT_S,
            check=False,
        )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if len(rows) < len(articles):
        raise NotMeasuredError(f"it stopped after {len(rows)} of {len(articles)} texts ({last_line(done.stderr)})")
    by_name = {article.name: article for article in articles}
    found = {row["name"]: [_attribution(by_name[row["name"]], parts) for parts in row["attributions"]] for row in rows}
    cpu_s = sum(row["cpu_s"] for row in rows)
    return Answers(found, sum(bool(row["said"]) for row in rows), sum(row["tokens"] for row in rows) / cpu_s)


def _attribution(article: Article, parts: list[list[tuple[int, int]]]) -> Attribution:
    source, cue, content = ([(a, b) for a, b in spans] for spans in parts)
    return Attribution(
        source=tokens_in(article.numbers, source),
        cue=tokens_in(article.numbers, cue),
        content=tokens_in(article.numbers, content),
        cue_text=" ".join(article.text[a:b] for a, b in cue),
        kind=form(article.text, content),
    )
