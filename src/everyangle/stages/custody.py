"""The custody log: every act in a case, in order, for people to read. Decides and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from everyangle.ports.case import CasePorts
from everyangle.record.commitments import Value, disclosed
from everyangle.record.entries import Entry, decode_entry


@dataclass(frozen=True, slots=True)
class Custody:
    """One act, as the custody log shows it.

    Attributes:
        index: of the entry.
        entry: what is public of it.
        opened: its private fields whose openings are there and true.
        withheld: its private fields whose openings are not, or are false.
    """

    index: int
    entry: Entry
    opened: Mapping[str, Value]
    withheld: tuple[str, ...]


def custody(case: CasePorts) -> Iterator[Custody]:
    """Yield every act of a case in order, with its private fields where they are open.

    Raises:
        IntegrityError: where the log is damaged.
        BadInputError: ``entry-malformed`` where an entry is none.
    """
    for index, data in enumerate(case.log.read()):
        entry = decode_entry(data)
        opened: dict[str, Value] = {}
        for name, commitment in entry.private.items():
            value = disclosed(case.openings.get(commitment), name, commitment)
            if value is not None:
                opened[name] = value
        yield Custody(index, entry, opened, tuple(name for name in entry.private if name not in opened))
