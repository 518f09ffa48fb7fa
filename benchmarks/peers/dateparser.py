"""Asks dateparser's ``search_dates``, in English, relative to the document's date. It gives days, never durations."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from benchmarks.peers.dating import answer


def date(text: str, created: str) -> list[tuple[str, str]]:
    """Return the dates of a text with their words."""
    base = datetime.fromisoformat(created[:10])
    search = import_module("dateparser.search").search_dates
    found = search(text, languages=["en"], settings={"RELATIVE_BASE": base})
    return [(words, f"{when:%Y-%m-%d}") for words, when in found or []]


if __name__ == "__main__":
    answer(date)
