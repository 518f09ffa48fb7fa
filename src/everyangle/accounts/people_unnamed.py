"""Organizations that a text calls by a common noun: "the firm", "the union", "its contractor".

Finds where they stand, so that "its lawyer" and "the foreman" may belong to whom the text spoke of last, named or not.
Does not decide which name a noun means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODIES = (
    "union",
    "company",
    "firm",
    "agency",
    "contractor",
    "charity",
    "operator",
    "employer",
    "airline",
    "bank",
    "retailer",
    "insurer",
    "network",
    "club",
    "coalition",
    "association",
    "federation",
    "council",
    "ministry",
    "hospital",
    "clinic",
    "infirmary",
    "university",
    "college",
    "authority",
    "commission",
    "board",
    "department",
    "sheriff’s office",
    "constabulary",
    "force",
    "corporation",
    "municipality",
    "foundation",
    "trust",
    "prison",
    "jail",
    "coastguard",
    "army",
)
_NO_BODY = r"(?! (?:of|by|that|gate|gates|door|doors|hall|room|bed|car|bus|building|yard|hearing|meeting|member)\b)"
_BODY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur) (?:[a-z][a-z-]+ ){0,2}?"
    rf"(?P<noun>{'|'.join(BODIES)})\b(?!-){_NO_BODY}"
)
_FORCES = re.compile(r"\b(?:used?|using|of|with|excessive|reasonable|by|any|no|the use of) (?:[a-z]+ )?force\b")


@dataclass(frozen=True, slots=True)
class Body:
    """An organization's common noun where it stands.

    Attributes:
        start: first code point of the phrase.
        end: after the noun.
        noun: in lower case.
    """

    start: int
    end: int
    noun: str


def bodies(text: str) -> Iterator[Body]:
    """Yield the organizations that a text calls by a common noun, in order."""
    for match in _BODY.finditer(text):
        noun = match["noun"]
        if noun == "force" and _FORCES.search(text, max(0, match.start() - 12), match.end()):
            continue
        yield Body(match.start(), match.end(), noun)
