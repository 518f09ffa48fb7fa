"""Who issues a statement or a record, where nothing but its own text says so: its letterhead, headings, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from everyangle.accounts.people_words import HEADS

_LINES = 12
_HEADED = re.compile(
    r"^[ \t]*(?:statement|account|testimony|affidavit|declaration|report|remarks)[ \t]+(?:by|of|from)[ \t]+"
    r"(?P<who>[^\n]{3,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(
    r"^[ \t]*(?:officer|reporting officer|author|by|from|deponent|affiant|witness|made by|prepared by)[ \t]*:[ \t]+"
    r"(?P<who>[^\n]{3,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(r"^[ \t]*(?P<who>[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){1,3})(?P<more>, [^\n]{3,80})?[ \t]*$")
_FAMILY = re.compile(r"^the [\w’'-]+ family$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a document.

    Attributes:
        organization: or "".
        author: a person's name with title and role, as written, or "".
        family: whether a family does.
    """

    organization: str = ""
    author: str = ""
    family: bool = False


def issuer(text: str) -> Issuer:
    """Return who issues a text, as its first and last lines say."""
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()]
    top = "\n".join(lines[:_LINES])
    organization = next((found for line in lines[:5] if (found := _letterhead(line))), "")
    named = _HEADED.search(top) or _FIELD.search(top)
    author = named["who"].strip() if named else ""
    if _FAMILY.match(author):
        return Issuer(organization, _signature(text), family=True)
    return Issuer(organization, author or _signature(text))


def _letterhead(line: str) -> str:
    """Return the organization that a line of capitals names, in ordinary letters, or ""."""
    name = re.split(r"\s{3,}", line)[0].strip()
    words = name.lower().split()
    if not name.isupper() or not 2 <= len(words) <= 7 or not set(words) & HEADS:
        return ""
    return cased(name)


def cased(name: str) -> str:
    """Return a name that is written in capitals in ordinary letters; any other as it is."""
    if not name.isupper() or len(name) < 6 or " " not in name:
        return name
    small = {"of", "the", "and", "for", "de", "von", "van"}
    words = [word.lower() if word.lower() in small else word.capitalize() for word in name.split(" ")]
    return " ".join(words)


def _signature(text: str) -> str:
    lines = [line for line in text[-600:].split("\n") if line.strip()]
    for line in reversed(lines[-3:]):
        found = _SIGNED.match(line)
        if found and len(lines) > 3:
            return found["who"] + (found["more"] or "")
    return ""
