"""Inviting: links by which phones send into a case are made, revoked and listed. The log keeps a token's hash only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.capture.links import TOKEN_BYTES, Captures, Link, link_of, token_of
from everyangle.core.errors import BadInputError, NotFoundError
from everyangle.core.ids import Digest
from everyangle.core.time import Instant
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import Value
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import InvitationMade, InvitationRevoked
from everyangle.stages.acts import Act, record
from everyangle.stages.capture_cases import label_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was made: its token, which is shown now and never again, its id, and the entry."""

    token: str
    link: Digest
    entry: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A link as it stands, its label where it can be read, and how many recordings came by it."""

    link: Link
    label: str | None
    recordings: int


def invite(
    case: CasePorts,
    *,
    label: str | None = None,
    uses: int = 1,
    expires: Instant | None = None,
    by: str | None = None,
) -> Invitation:
    """Make a link.

    Raises:
        BadInputError: ``uses-malformed`` or ``expires-past``.
        EveryAngleError: as the log raises it; no link was made then.
    """
    if uses < 1:
        raise BadInputError("uses-malformed", "A link has at least one use.", todo="Give --uses 1 or more.")
    if expires is not None and expires.us <= case.clock.now().us:
        raise BadInputError("expires-past", f"{expires.isoformat()} is over.", todo="Give a time that is to come.")
    token = token_of(case.random(TOKEN_BYTES))
    link = link_of(token)
    if link is None:
        raise ValueError("random bytes that make no token")
    private: dict[str, Value] = {name: value for name, value in (("label", label), ("by", by)) if value is not None}
    (entry,) = record(case, [Act(InvitationMade(link, uses, expires), private)])
    return Invitation(token, link, entry)


def revoke(case: CasePorts, text: str, *, why: str = "", by: str | None = None) -> tuple[Link, int]:
    """Revoke the link that ``text`` means: its token, its whole address, or the first digits of its id.

    Raises:
        NotFoundError: ``link-missing``.
        BadInputError: ``link-ambiguous``.
    """
    link = _find(_captures(case), text)
    private: dict[str, Value] = {} if by is None else {"by": by}
    (entry,) = record(case, [Act(InvitationRevoked(link.id, why), private)])
    return link, entry


def invitations(case: CasePorts) -> Sequence[Listed]:
    """Return every link in the order in which they were made."""
    captures = _captures(case)
    count = [one.begun.link for one in captures.recordings.values()]
    return [Listed(link, label_of(case, link), count.count(link.id)) for link in captures.links.values()]


def _captures(case: CasePorts) -> Captures:
    captures = Captures()
    captures.take((index, decode_entry(data)) for index, data in enumerate(case.log.read()))
    return captures


def _find(captures: Captures, text: str) -> Link:
    token = link_of(text.rpartition("#")[2])
    found = [link for link in captures.links.values() if link.id == token or (text and link.id.startswith(text))]
    if not found:
        raise NotFoundError(
            "link-missing", f"This case has no link {text!r}.", todo="List its links: everyangle invite CASE --list"
        )
    if len(found) > 1:
        raise BadInputError("link-ambiguous", f"{text!r} means {len(found)} links.", todo="Give more digits.")
    return found[0]
