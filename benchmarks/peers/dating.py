"""The loop of a process that asks one peer for the dates in texts: runs under the peer's Python, with nothing else.

Reads ``{name: [text, created]}`` from a file and writes one JSON line a text: ``name``, ``found`` (start, end, TIMEX3
value of each expression), ``said`` (what went wrong, or "") and ``cpu_s``, the processor time of this process and of
those that it started.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

Date = Callable[[str, str], "Iterable[tuple[str, str]]"]
"""Takes a text and its date; returns the words and the value of each expression, in order."""


def answer(date: Date) -> None:
    """Answer the request in the file named first on the command line."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    # What a peer prints would mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for name, (text, created) in request.items():
        before = _cpu_s()
        found: list[tuple[int, int, str]] = []
        said = ""
        try:
            found = list(_placed(text, date(text, created)))
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, OSError, OverflowError) as error:
            said = f"{type(error).__name__}: {error}"
        row = {"name": name, "found": found, "said": said, "cpu_s": _cpu_s() - before}
        answers.write(json.dumps(row) + "\n")
        answers.flush()


def _placed(text: str, found: Iterable[tuple[str, str]]) -> Iterable[tuple[int, int, str]]:
    """Yield where each expression's words stand next; what stands nowhere is left out."""
    at = 0
    for words, value in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield start, at, value


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
