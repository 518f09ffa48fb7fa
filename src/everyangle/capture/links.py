"""Links: what a token may do, as the entries of a case's log say. The token itself stands nowhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from everyangle.capture.chain import base64url
from everyangle.core.errors import ConflictError, NotFoundError, RefusedError
from everyangle.core.ids import Digest
from everyangle.core.time import Instant
from everyangle.record.entries import Entry
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)

TOKEN_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")

ASK = "Ask whoever gave you the link for another one."


def token_of(random: bytes) -> str:
    """Return the token that 16 random bytes make, 22 characters."""
    return base64url(random)


def link_of(token: str) -> Digest | None:
    """Return the name of a token's link: SHA-256 of its characters; None where it is no token."""
    return Digest(hashlib.sha256(token.encode()).hexdigest()) if _TOKEN.fullmatch(token) else None


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation as it stands.

    Attributes:
        id: SHA-256 of the token.
        entry: index of the entry that made it.
        uses: places for device keys.
        expires: when it stops opening recordings, or None.
        label: commitment to its label, or None.
        revoked: whether a person took it back.
        devices: digests of the keys that are bound to it, in order.
    """

    id: Digest
    entry: int
    uses: int
    expires: Instant | None
    label: Digest | None
    revoked: bool = False
    devices: tuple[Digest, ...] = ()

    @property
    def uses_left(self) -> int:
        """Places for keys that are left."""
        return max(0, self.uses - len(self.devices))

    def check_opens(self, device: Digest | None, now: Instant) -> None:
        """Refuse a new recording where this link opens none (``device`` None: by a phone that is not bound yet).

        Raises:
            RefusedError: ``link-revoked`` or ``link-expired``.
            ConflictError: ``link-used-up``.
        """
        if self.revoked:
            raise RefusedError("link-revoked", "This link was revoked.", holds="What arrived by it is kept.", todo=ASK)
        if self.expires is not None and now.us >= self.expires.us:
            raise RefusedError("link-expired", "This link has expired.", holds="What arrived by it is kept.", todo=ASK)
        if device is not None and device not in self.devices and not self.uses_left:
            raise ConflictError(
                "link-used-up", "This link is in use by another phone or browser already.", holds="", todo=ASK
            )


def wrong_link() -> NotFoundError:
    """Return the refusal of a token that opens nothing here."""
    return NotFoundError("link-wrong", "This link is not known here.", todo=f"Check that it is complete. {ASK}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as its case's log tells it.

    Attributes:
        id: 32 hexadecimal digits.
        begun: the entry's body.
        heads: how far the last checkpoint or end went.
        ended: the last ``capture-ended``, or None.
    """

    id: str
    begun: CaptureBegun
    heads: int = 0
    ended: CaptureEnded | None = None


@dataclass(slots=True)
class Captures:
    """What a case's log says about live capture; entries are taken in as the log grows.

    Attributes:
        size: how many entries were read.
        links: by id.
        recordings: by id.
    """

    size: int = 0
    links: dict[Digest, Link] = field(default_factory=dict)
    recordings: dict[str, Recorded] = field(default_factory=dict)

    def take(self, entries: Iterable[tuple[int, Entry]]) -> None:
        """Take further entries in."""
        for index, entry in entries:
            self._take(index, entry)
            self.size = index + 1

    def _take(self, index: int, entry: Entry) -> None:
        match entry.body:
            case InvitationMade(link, uses, expires):
                self.links[link] = Link(link, index, uses, expires, entry.private.get("label"))
            case InvitationRevoked(link) if link in self.links:
                self.links[link] = replace(self.links[link], revoked=True)
            case CaptureBegun(recording, link, device) as begun:
                self.recordings[recording] = Recorded(recording, begun)
                self.bind(link, device)
            case CaptureCheckpoint(recording, heads) if recording in self.recordings:
                self.recordings[recording] = replace(self.recordings[recording], heads=heads)
            case CaptureEnded(recording, _, heads) as ended if recording in self.recordings:
                self.recordings[recording] = replace(self.recordings[recording], heads=heads, ended=ended)
            case _:
                pass

    def bind(self, link: Digest, device: Digest) -> None:
        """Bind a device's key to a link."""
        known = self.links.get(link)
        if known is not None and device not in known.devices:
            self.links[link] = replace(known, devices=(*known.devices, device))


Labels = Mapping[Digest, str]
"""Labels by link, where their openings are here."""
