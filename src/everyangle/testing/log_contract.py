"""What every log must do. Subclass :class:`LogContract` and give it an ``open_log`` fixture.

``open_log(signer)`` opens one and the same log each time it is called, as another process would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from everyangle.core.errors import ConflictError, IntegrityError, NotFoundError, RefusedError
from everyangle.ports.log import Log
from everyangle.ports.signing import Signer
from everyangle.record import tiles
from everyangle.record.merkle import leaf_hash, verify_consistency, verify_inclusion
from everyangle.record.notes import Checkpoint, VerifyKey, open_checkpoint
from everyangle.testing.naive_tree import tree_hash

ORIGIN = "everyangle/case/" + "5" * 32
SIZES = (1, 2, 3, 250, 1, 255, 256, 300, 7)

OpenLog = Callable[[Signer | None], Log]


@dataclass
class TestSigner:
    """A signer that forgets everything when the test ends."""

    __test__ = False

    private: Ed25519PrivateKey = field(default_factory=lambda: Ed25519PrivateKey.from_private_bytes(bytes(32)))
    last: bytes | None = None

    @property
    def key(self) -> VerifyKey:
        """The public half."""
        return VerifyKey("everyangle/case-key/test", self.private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Sign."""
        return self.private.sign(message)

    def seen(self) -> bytes | None:
        """Return the last checkpoint seen."""
        return self.last

    def saw(self, checkpoint: bytes) -> None:
        """Remember a checkpoint."""
        self.last = checkpoint


def entry(number: int) -> bytes:
    """Return the bytes of a made-up entry; lengths vary from 0 to 65,535."""
    return {3: b"", 5: bytes(65_535)}.get(number, b"entry %d " % number * (number % 9))


class LogContract:
    """Behaviours of a log."""

    def test_a_new_log_is_empty(self, open_log: OpenLog) -> None:
        """It has a name and nothing else."""
        log = open_log(TestSigner())
        assert (log.origin, log.size, list(log.read()), list(log.resources())) == (ORIGIN, 0, [], [])
        with pytest.raises(NotFoundError):
            log.checkpoint()

    def test_entries_come_back_in_order_under_the_right_root(self, open_log: OpenLog) -> None:
        """Across the edges of tiles, whoever opens the log anew."""
        signer = TestSigner()
        log = open_log(signer)
        entries: list[bytes] = []
        for count in SIZES:
            new = [entry(len(entries) + number) for number in range(count)]
            appended = log.append(new)
            assert appended.indices == range(len(entries), len(entries) + count)
            entries += new
            assert open_checkpoint(appended.checkpoint, signer.key) == Checkpoint(
                ORIGIN, len(entries), tree_hash(entries)
            )
            again = open_log(None)
            assert again.checkpoint() == appended.checkpoint == signer.last
            assert list(again.read()) == entries
            assert list(again.read(len(entries) - count)) == new
        assert list(log.read(254, 259)) == entries[254:259]
        assert list(log.read(10, 10)) == []

    def test_it_stores_exactly_the_tiles_that_its_size_has(self, open_log: OpenLog) -> None:
        """No partial tile is left behind, and none is missing."""
        log = open_log(TestSigner())
        size = 0
        for count in SIZES:
            log.append([entry(size + number) for number in range(count)])
            size += count
            expected = {"checkpoint"} | {tile.path for tile in tiles.tiles(size)}
            expected |= {bundle.path for bundle in tiles.bundles(size)}
            assert set(log.resources()) == expected
        assert log.resource("tile/0/999") is None

    def test_its_tree_proves_what_it_holds(self, open_log: OpenLog) -> None:
        """Inclusion of an entry, and growth from an earlier checkpoint."""
        log = open_log(TestSigner())
        log.append([entry(number) for number in range(5)])
        before = log.tree()
        log.append([entry(number) for number in range(5, 12)])
        tree = log.tree()
        proof = tree.inclusion_proof(7)
        assert verify_inclusion(leaf_hash(entry(7)), 7, 12, proof, tree.root())
        assert verify_consistency(5, 12, tree.consistency_proof(5), before.root(), tree.root())

    def test_a_second_writer_is_refused_while_the_first_holds_the_log(self, open_log: OpenLog) -> None:
        """And goes on once the first has ended."""
        signer = TestSigner()
        first, second = open_log(signer), open_log(signer)
        with first.writer(), first.writer():
            first.append([b"one"])
            with pytest.raises(ConflictError) as told:
                second.append([b"two"])
        assert told.value.code == "case-locked"
        assert second.append([b"two"]).indices == range(1, 2)
        assert list(first.read()) == [b"one", b"two"]

    def test_without_the_key_nothing_is_appended(self, open_log: OpenLog) -> None:
        """Reading needs none."""
        open_log(TestSigner()).append([b"one"])
        with pytest.raises(RefusedError) as told:
            open_log(None).append([b"two"])
        assert told.value.code == "key-missing"
        assert list(open_log(None).read()) == [b"one"]

    def test_another_key_does_not_continue_the_log(self, open_log: OpenLog) -> None:
        """The stored checkpoint must be this key's."""
        open_log(TestSigner()).append([b"one"])
        other = TestSigner(Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
        with pytest.raises(IntegrityError) as told:
            open_log(other).append([b"two"])
        assert told.value.code == "signature-wrong"

    def test_a_log_older_than_the_last_checkpoint_seen_is_not_continued(self, open_log: OpenLog) -> None:
        """One key must never sign two histories."""
        signer = TestSigner()
        log = open_log(signer)
        log.append([b"one"])
        other = Checkpoint(ORIGIN, 2, tree_hash([b"one", b"two"]))
        signer.last = f"{other.text}\n\u2014 someone AAAAAAAA\n".encode()
        with pytest.raises(IntegrityError) as told:
            log.append([b"three"])
        assert told.value.code == "log-rolled-back"
        assert list(log.read()) == [b"one"]

    def test_a_log_other_than_the_one_seen_is_not_continued(self, open_log: OpenLog) -> None:
        """As long as the last checkpoint seen, but with another entry in it."""
        signer = TestSigner()
        log = open_log(signer)
        log.append([b"one"])
        signer.last = f"{Checkpoint(ORIGIN, 1, tree_hash([b'other'])).text}\n\u2014 someone AAAAAAAA\n".encode()
        with pytest.raises(IntegrityError) as told:
            log.append([b"two"])
        assert told.value.code == "log-rolled-back"
