"""What every journal must do. Subclass :class:`JournalContract`, give it a ``reopen`` fixture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.errors import ConflictError
from everyangle.ports.journal import Journal

Reopen = Callable[[], Journal]
"""Opens the same journal, which must be closed; the first call makes it."""


class JournalContract:
    """Behaviours of a journal."""

    def test_records_come_back_in_order_after_it_was_opened_again(self, reopen: Reopen) -> None:
        """Whatever pieces they were given in."""
        journal = reopen()
        journal.append([[b"one"], [b"t", b"", b"wo"]])
        journal.append([[memoryview(b"three")]])
        journal.close()
        again = reopen()
        again.append([[b"four"]])
        assert [data for _, data in again.records()] == [b"one", b"two", b"three", b"four"]
        assert not again.damage
        again.close()

    def test_each_record_can_be_read_at_its_place(self, reopen: Reopen) -> None:
        """By the place that append told and that the stream tells."""
        journal = reopen()
        records = [bytes([n]) * (n + 1) for n in range(40)]
        places = journal.append([[record] for record in records])
        assert [journal.read(place) for place in places] == records
        assert [place for place, _ in journal.records()] == list(places)
        journal.close()

    def test_a_segment_that_is_not_written_to_can_be_dropped(self, reopen: Reopen) -> None:
        """And its records with it, for good."""
        journal = reopen()
        journal.append([[b"old"]])
        old = journal.active
        journal.close()
        journal = reopen()
        journal.append([[b"new"]])
        assert old in journal.segments()
        assert journal.active != old
        journal.drop(old)
        assert [data for _, data in journal.records()] == [b"new"]
        with pytest.raises(ValueError, match="active"):
            journal.drop(journal.active)
        journal.close()
        journal = reopen()
        assert [data for _, data in journal.records()] == [b"new"]
        journal.close()

    def test_what_is_before_a_segment_that_is_dropped_stays(self, reopen: Reopen) -> None:
        """However often it is opened again meanwhile, and whether or not anything came in between."""
        journal = reopen()
        journal.append([[b"first"]])
        journal.close()
        for n in range(4):
            journal = reopen()
            between = journal.active
            if n % 2:
                journal.append([[b"between"]])
            journal.close()
            journal = reopen()
            journal.drop(between)
            journal.close()
        journal = reopen()
        journal.append([[b"last"]])
        assert [data for _, data in journal.records()] == [b"first", b"last"]
        assert not journal.damage
        for segment in journal.segments()[:-1]:
            journal.drop(segment)
        journal.close()
        journal = reopen()
        assert [data for _, data in journal.records()] == [b"last"]
        journal.close()

    def test_one_process_at_a_time(self, reopen: Reopen) -> None:
        """The second is told so."""
        journal = reopen()
        with pytest.raises(ConflictError) as refusal:
            reopen()
        assert refusal.value.code == "journal-locked"
        journal.close()
        reopen().close()

    def test_it_knows_how_much_room_there_is(self, reopen: Reopen) -> None:
        """In bytes."""
        journal = reopen()
        assert journal.room() > 0
        journal.close()
