"""Progress drawn from events: as bars for people, as JSON lines for programs, or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Task as Row
from rich.text import Text

from everyangle.ports.events import Advanced, Event, Events, Finished, Started, Warned, silent


class ProgressStyle(StrEnum):
    """How progress is shown."""

    BAR = "bar"
    JSON = "json"
    NONE = "none"


@contextmanager
def progress(style: ProgressStyle, *, quiet: bool) -> Iterator[Events]:
    """Yield where a command's events go. Everything is drawn on standard error."""
    if quiet or style is ProgressStyle.NONE:
        yield silent
    elif style is ProgressStyle.JSON:
        yield _json_line
    else:
        with _Bars() as bars:
            yield bars


def _json_line(event: Event) -> None:
    sys.stderr.write(json.dumps({"event": type(event).__name__.lower(), **asdict(event)}) + "\n")
    sys.stderr.flush()


class _Amount(MofNCompleteColumn):
    """Shows bytes as bytes, everything else as ``3/10``."""

    _bytes = DownloadColumn()

    def render(self, task: Row) -> Text:
        """Draw one row's amount."""
        return self._bytes.render(task) if task.fields.get("unit") == "bytes" else super().render(task)


class _Bars:
    """One bar a step, on standard error; plain lines where that is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=28),
            _Amount(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[item]}", markup=True),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._rows: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        """Draw one event."""
        match event:
            case Started(step, total, unit):
                self._rows[step] = self._progress.add_task(step, total=total, unit=unit, item="")
            case Advanced(step, done, item) if step in self._rows:
                self._progress.update(self._rows[step], advance=done, item=escape(item[-48:]))
            case Finished(step) if step in self._rows:
                row = self._rows[step]
                whole = next(task.total for task in self._progress.tasks if task.id == row)
                self._progress.update(row, completed=whole or 1, total=whole or 1, item="")
            case Warned(_, message):
                self._console.print(f"[yellow]note:[/] {escape(message)}", highlight=False)
            case _:
                pass
