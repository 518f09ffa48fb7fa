"""The loop of a process that asks one peer to read texts: runs under the peer's Python, with nothing but it.

Reads ``{name: text}`` from a file and writes one JSON line a text: ``name``, ``attributions`` (each three lists of
spans: source, cue, content), ``said`` (what went wrong, or ""), ``cpu_s`` and ``tokens`` of spaCy.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

Spans = list[tuple[int, int]]
Read = Callable[[str], "tuple[list[tuple[Spans, Spans, Spans]], int]"]
"""Takes a text; returns its attributions and how many tokens it has."""


def answer(read: Read) -> None:
    """Answer the request in the file named first on the command line."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    # What a peer prints would mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for name, text in request.items():
        before = time.process_time()
        found: list[tuple[Spans, Spans, Spans]] = []
        tokens, said = 0, ""
        try:
            found, tokens = read(text)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, StopIteration) as error:
            said = f"{type(error).__name__}: {error}"
        row = {"name": name, "attributions": found, "said": said, "tokens": tokens}
        answers.write(json.dumps({**row, "cpu_s": time.process_time() - before}) + "\n")
        answers.flush()
