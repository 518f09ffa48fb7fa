"""What checking a dossier found, in parts that are judged separately. Values only; they are made in ``check``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from everyangle.core.time import Instant
from everyangle.record.verdict import Consistent, ExistedBefore, Finding, SignedBy, Verdict


class Step(StrEnum):
    """What is looked at, in order; the code of a finding is that of the step that made it."""

    MANIFEST = "dossier-manifest"
    FILES = "dossier-files"
    PROOF = "dossier-proof"
    SEAL = "dossier-seal"
    KEY = "dossier-key"
    ENTRIES = "dossier-entries"
    OPENED = "dossier-opened"
    PUBLICATION = "dossier-publication"
    CITED = "dossier-cited"
    OPENINGS = "dossier-openings"
    STAMPS = "dossier-stamps"


@dataclass(frozen=True, slots=True)
class Published:
    """Whether the log records the publication of exactly this dossier, and accounts for what is in it.

    Attributes:
        title: of the case, as entry 0 has it; empty where that could not be read.
        disclosed: how many entries are disclosed.
        files: how many files the manifest lists.
        size: bytes of those files.
        when: when the publication was recorded, by the case keeper's clock, or None where that could not be read.
        why: why it went out unredacted.
        findings: what is wrong.
    """

    title: str = ""
    disclosed: int = 0
    files: int = 0
    size: int = 0
    when: Instant | None = None
    why: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class DossierVerdict:
    """The four answers about a dossier: consistent, signed by a key, existed before a time, and published as it is."""

    consistent: Consistent
    signed: SignedBy
    existed: ExistedBefore
    published: Published

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.record.ok and self.published.ok

    @property
    def record(self) -> Verdict:
        """The answers that a dossier and a case have in common."""
        return Verdict(self.consistent, self.signed, self.existed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        return self.record.findings + self.published.findings
