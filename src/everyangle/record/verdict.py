"""Verdicts: what checking a case or a dossier found, in parts that are judged separately. Values only.

Three questions are kept apart, since they have different answers and different trust behind them: is everything
consistent with itself; did this key sign it; did it exist before some time. A finding always names the place.
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.ids import Digest
from everyangle.core.time import Instant


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes:
        code: stable name of what is wrong (``blob-damaged``).
        place: where: a path in the case or dossier, or ``entry 12``.
        message: for people.
    """

    code: str
    place: str
    message: str

    def __str__(self) -> str:
        """The finding in one line."""
        return f"{self.place}: {self.message} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Consistent:
    """Whether every byte and every entry agrees with the log's root.

    Attributes:
        entries: how many entries the checkpoint covers.
        root: of the Merkle tree, in hexadecimal digits; empty when the checkpoint could not be read.
        blobs: how many originals and derivatives (or files) were hashed.
        bytes: how many bytes of them.
        openings_true: openings of private fields that are there and true.
        openings_withheld: private fields whose opening is not there; no fault.
        findings: what is wrong.
        notices: what is worth knowing and no fault.
    """

    entries: int
    root: str
    blobs: int
    bytes: int
    openings_true: int
    openings_withheld: int
    findings: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Whether one key signed the checkpoint.

    Attributes:
        key: the key that was checked, as a vkey; empty when the case names none.
        given: whether the key came from outside (``--key``) and not only from the case itself, which proves little.
        findings: what is wrong.
        notices: what is worth knowing and no fault.
    """

    key: str
    given: bool
    findings: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Stamp:
    """One timestamp, as far as it is checked here: it is about a checkpoint of this log.

    The authority's signature and certificate are left to openssl, with the command below.

    Attributes:
        place: where the response lies.
        size: entries that the stamped checkpoint covers.
        response: digest of the response's bytes.
        time: the time that the response states, or None if it could not be read.
        command: the exact openssl command that checks the authority's signature.
    """

    place: str
    size: int
    response: Digest
    time: Instant | None
    command: str


@dataclass(frozen=True, slots=True)
class ExistedBefore:
    """What timestamps say about when the log existed.

    Attributes:
        stamps: those that fit this log. None at all is no fault; it only proves no time.
        findings: stamps that do not fit.
    """

    stamps: tuple[Stamp, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Verdict:
    """The three answers about one case or dossier."""

    consistent: Consistent
    signed: SignedBy
    existed: ExistedBefore

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.consistent.ok and self.signed.ok and self.existed.ok

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        return self.consistent.findings + self.signed.findings + self.existed.findings
