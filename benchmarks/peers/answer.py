"""The loop of a process that asks one peer about pairs of files: runs under the peer's Python, with nothing but it.

Reads a request (``{"files": {id: path}, "pairs": [[a, b], …]}``) from a file and writes one JSON line a pair: ``a``,
``b``, ``offset_s`` (``t_a - t_b``, or null), ``score``, ``claimed`` (whether the peer says that the two belong
together), ``said`` (what went wrong, or ""), and ``cpu_s``, the processor time of this process and of those that it
started.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

Compare = Callable[[str, str], "tuple[float | None, float, bool]"]
"""Takes two paths; returns the offset, the score, and whether the pair is claimed."""


class NoAnswerError(Exception):
    """The peer gave no offset for a pair, for a reason that it stated."""


def answer(compare: Compare) -> None:
    """Answer the request in the file named first on the command line."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    # What a peer prints would mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.argv[1:] = []
    for a, b in request["pairs"]:
        before = _cpu_s()
        offset_s, score, claimed, said = None, 0.0, False, ""
        try:
            offset_s, score, claimed = compare(request["files"][a], request["files"][b])
        except (NoAnswerError, ValueError, ArithmeticError, OSError, SystemExit) as error:
            said = f"{type(error).__name__}: {error}"
        row = {"a": a, "b": b, "offset_s": offset_s, "score": score, "claimed": claimed, "said": said}
        answers.write(json.dumps({**row, "cpu_s": _cpu_s() - before}) + "\n")
        answers.flush()


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
