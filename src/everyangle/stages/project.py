"""Projecting: bring the catalogue up to the log. The log is the truth; the catalogue only answers faster."""

from __future__ import annotations

from collections.abc import Iterator

from everyangle.ports.case import CasePorts
from everyangle.ports.catalogue import Catalogue, Position
from everyangle.record.entries import Entry, decode_entry


def project(case: CasePorts, catalogue: Catalogue) -> None:
    """Take in what the log has beyond the catalogue; refill a catalogue that does not fit this log.

    Raises:
        IntegrityError: ``log-damaged`` where the log cannot be read.
    """
    tree = case.log.tree()
    here = catalogue.position()
    if here is None or here.size > tree.size or here.root != tree.root(here.size):
        catalogue.reset()
        start = 0
    else:
        start = here.size
    if here is None or start < tree.size:
        catalogue.apply(_entries(case, start, tree.size), Position(tree.size, tree.root()))


def _entries(case: CasePorts, start: int, stop: int) -> Iterator[tuple[int, Entry]]:
    for index, data in enumerate(case.log.read(start, stop), start):
        yield index, decode_entry(data)
