"""Acts: what a person or the program did becomes entries in the log, private fields sealed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from everyangle import __version__
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import SALT_BYTES, Opening, Value, commitment_of
from everyangle.record.entries import NONCE_BYTES, Entry, encode_entry
from everyangle.record.kinds import Body

SOFTWARE = f"everyangle {__version__}"


@dataclass(frozen=True, slots=True)
class Act:
    """One act to be recorded.

    Attributes:
        body: what was done.
        private: values of private fields, by field; those that are empty are left out.
    """

    body: Body
    private: Mapping[str, Value] = field(default_factory=dict)


def record(case: CasePorts, acts: Sequence[Act]) -> range:
    """Append acts to the log in one commit, and return the indices of their entries.

    Openings are durable before the entries that commit to them (the write order of ``docs/formats/log.md``).

    Raises:
        EveryAngleError: as the log and the openings raise them; nothing was added then.
    """
    now = case.clock.now()
    entries: list[bytes] = []
    openings: list[Opening] = []
    for act in acts:
        sealed = [Opening(name, value, case.random(SALT_BYTES)) for name, value in act.private.items() if value]
        entry = Entry(
            case=case.id,
            body=act.body,
            time=now,
            nonce=case.random(NONCE_BYTES).hex(),
            software=SOFTWARE,
            private={opening.field: commitment_of(opening) for opening in sealed},
        )
        entries.append(encode_entry(entry))
        openings.extend(sealed)
    with case.log.writer():
        case.openings.put(openings)
        return case.log.append(entries).indices
