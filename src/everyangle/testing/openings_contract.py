"""What every store of openings must do. Subclass :class:`OpeningsContract`, give it an empty ``openings`` fixture."""

from __future__ import annotations

from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.ports.openings import Openings
from everyangle.record.commitments import Opening, commitment_of, disclosed

OPENINGS = (
    Opening("by", "Ada Quill", bytes(range(32))),
    Opening("source", Name(b"/media/\xff\n.mp4"), bytes(32)),
)


class OpeningsContract:
    """Behaviours of a store of openings."""

    def test_openings_disclose_what_was_put(self, openings: Openings) -> None:
        """By their commitments."""
        openings.put(OPENINGS)
        for opening in OPENINGS:
            commitment = commitment_of(opening)
            assert disclosed(openings.get(commitment), opening.field, commitment) == opening.value
        assert list(openings) == sorted(map(commitment_of, OPENINGS))

    def test_what_is_not_there_is_withheld(self, openings: Openings) -> None:
        """Which is no fault."""
        assert openings.get(Digest("0" * 64)) is None
        assert list(openings) == []

    def test_erasing_one_leaves_the_others(self, openings: Openings) -> None:
        """And says whether there was one."""
        openings.put(OPENINGS)
        first, second = map(commitment_of, OPENINGS)
        assert openings.erase(first)
        assert not openings.erase(first)
        assert openings.get(first) is None
        assert list(openings) == [second]

    def test_putting_nothing_does_nothing(self, openings: Openings) -> None:
        """An act without private fields leaves no trace here."""
        openings.put([])
        assert list(openings) == []
