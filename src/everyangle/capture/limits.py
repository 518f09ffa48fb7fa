"""Limits: how much one phone, one address and all together may send, and how much room must be left."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.capture.frames import MAX_BODY_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken.

    Attributes:
        chunk_bytes: largest body.
        window: most frames with bodies that a phone keeps unanswered.
        post_bytes: largest POST of frames.
        recording_bytes: most bytes of one recording.
        link_recordings: most recordings that go on at once by one link.
        recordings: most recordings that go on at once in all.
        connections: most connections at once in all.
        address_connections: most connections at once from one address; many phones share one behind some networks.
        address_misses: most wrong tokens from one address in a minute.
        waiting_bytes: most bytes that wait to be written, in all; beyond, connections are not read.
        reserve_bytes: room that must be left on the disk for a chunk to be taken; a new recording needs twice that.
    """

    chunk_bytes: int = MAX_BODY_BYTES
    window: int = 8
    post_bytes: int = 16 << 20
    recording_bytes: int = 64 << 30
    link_recordings: int = 1000
    recordings: int = 5000
    connections: int = 4000
    address_connections: int = 1000
    address_misses: int = 30
    waiting_bytes: int = 256 << 20
    reserve_bytes: int = 1 << 30
