"""Who recorded: which recordings begin with the hash of a code that the page showed to its witness, once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from everyangle.capture.container import read_begin
from everyangle.core.errors import NotFoundError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import CaptureEnded

_GROUP = 5
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A recording of whoever knows the code: its id, its last item, and when the phone says that it began.

    Attributes:
        recording: 32 hexadecimal digits.
        item: digest of its container.
        started_us: microseconds since 1970 by the phone's clock.
    """

    recording: str
    item: Digest
    started_us: int


def claimed(case: CasePorts, code: str) -> list[Claimed]:
    """Return the recordings that were made by whoever was shown a code, in the order in which they became items.

    Args:
        case: read only.
        code: as it was written down; spaces, dashes, small letters, and O, I, L for 0 and 1 do no harm.

    Raises:
        NotFoundError: ``claim-missing`` where no recording has it.
    """
    hashes = {hashlib.sha256(text.encode()).hexdigest() for text in _readings(code)}
    last = {body.recording: body.item for body in _ended(case)}
    found: list[Claimed] = []
    for recording, item in last.items():
        with case.originals.open(item) as file:
            begin = read_begin(file.read).begin
        if begin.claim is not None and begin.claim in hashes:
            found.append(Claimed(recording, item, begin.started_us))
    if not found:
        raise NotFoundError(
            "claim-missing",
            "No recording of this case was made with this code.",
            holds="A recording that goes on is not looked at before it is an item.",
            todo="Compare the code letter by letter, and look in other cases.",
        )
    return found


def _ended(case: CasePorts) -> Iterator[CaptureEnded]:
    for data in case.log.read():
        body = decode_entry(data).body
        if isinstance(body, CaptureEnded):
            yield body


def _readings(code: str) -> set[str]:
    """Return what a code may be: the very text, for other programs, or groups of letters as the page shows them."""
    letters = re.sub(r"[^A-Z0-9]", "", code.upper()).translate(_MISREAD)
    groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
    return {code, code.strip(), "-".join(groups)}
