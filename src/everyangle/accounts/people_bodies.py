"""What a name is that nothing in itself tells: a person's or a body's, by the words beside it and by how it speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from everyangle.accounts.people_names import Name, called, name_words
from everyangle.accounts.people_words import HEADS, NO_NAMES, PAPERS, POLICE_GROUPS, SIDES
from everyangle.core.accounts import Span

_GROUP = re.compile(
    r", (?:an? |the |which )(?:[\w’'-]+ ){0,5}?(?:group|organi[sz]ation|charity|contractor|firm|company|network|union"
    r"|ngo|operator|agency|lender|campaign|body|collective)\b",
    re.IGNORECASE,
)


_PEOPLE_OF = (
    r"(?:spokes\w+|directors?|managers?|lawyers?|attorneys?|solicitors?|officials?|employees?|owners?|executives?|founders?"
    r"|representatives?|members?|staff|contractors?|guards?|technicians?|stewards?|supervisors?|counsel)"
)
_STAFFED = re.compile(rf"(?:’s|'s|’|')? (?:chief |own |press |media |company |security |legal )?{_PEOPLE_OF}\b")
_ITS_PEOPLE = re.compile(rf"\b{_PEOPLE_OF} (?:for|of|at|from|with|by) (?:the )?$")
_SORT = re.compile(
    r"\b(?:company|contractor|firm|charity|group|agency|union|organi[sz]ation|newspaper|network|bank|ngo|lender|retailer"
    r"|party|campaign|outfit|brand|chain|website|broadcaster|utility|insurer|airline|employer|operator|supplier|provider"
    r"|subsidiary|landlord),? $",
    re.IGNORECASE,
)


_NO_BODIES = {
    "CCTV",
    "DNA",
    "GPS",
    "CPR",
    "FIR",
    "SUV",
    "CEO",
    "PRO",
    "USA",
    "MLA",
    "IDs",
    "ATM",
    "PTSD",
    "COVID",
    "AIDS",
}


def _is_body(text: str, name: Name) -> bool:
    """Whether words beside a name show that it has people or is a firm: "a spokesman for Crowdsure"."""
    if name.text.isupper() and len(name.text) > 5:
        return False
    if name.text.isupper() and name.text.isalpha() and name.text not in _NO_BODIES and len(name.text) > 2:
        return re.search(r"\b(?:of|for|with|from) (?:the )?$", text[max(0, name.start - 9) : name.start]) is not None
    before, after = text[max(0, name.start - 60) : name.start], text[name.end : name.end + 60]
    if _SORT.search(before):
        return True
    founds = _ITS_PEOPLE.search(before) is not None and not before.rstrip().lower().endswith((" mr", " ms", " mrs"))
    return founds or (
        _STAFFED.match(after) is not None and " " not in name.text and not after.startswith(("’s l", "'s l"))
    )


def alone_in(text: str, speaking: Sequence[Span]) -> set[str]:
    """Return the single words with a capital letter by which someone speaks ("Broussard said")."""
    spoken = (text[start:end].partition(",")[0].strip(" :") for start, end in speaking)
    return {word.lower() for word in spoken if word.isalpha() and word.istitle() and word.lower() not in NO_NAMES}


def _owns(text: str, name: str) -> bool:
    """Whether a single word's bearer has people and papers as an organization has them ("Norgrain's lawyer")."""
    if " " in name:
        return False
    owned = r"lawyers?|spokes\w+|directors?|president|staff|policy|managers?|employees|website|officers|board|owners?"
    return _stands(rf"\b{re.escape(name)}[’']s? (?:[\w-]+ )?(?:{owned})\b", text)


@lru_cache(maxsize=4096)
def _is_a_body(text: str, name: str) -> bool:
    """Whether a text goes on about a single word's bearer as of an organization ("it", "its") rather than a person."""
    near = rf"\b{re.escape(name)}\b(?P<more>[^.;\n“”]{{0,90}})"
    more = [match["more"] for match in re.finditer(near, text)]
    thing = sum(re.search(r"\b(?:it|its|itself)\b", one) is not None for one in more)
    person = sum(re.search(r"\b(?:he|she|his|her|him|himself|herself|who)\b", one) is not None for one in more)
    return thing > person


@lru_cache(maxsize=4096)
def _stands(pattern: str, text: str) -> bool:
    """Whether a text holds a pattern. Names come back often in a long text, which is searched once for each."""
    return re.search(pattern, text) is not None


def as_spoken(
    name: Name, text: str, speaking: Sequence[Span], bearers: set[str], alone: set[str], firsts: set[str]
) -> Name:
    """Return a name that nothing else classifies as what it likely is where it speaks."""
    if name.is_person or name.is_organization or name.is_place:
        return name
    if _GROUP.match(text, name.end) or _is_body(text, name):
        return replace(name, is_organization=True)
    words = name.text.split(" ")
    if 1 < len(words) < 5 and name_words(name.text)[-1] in alone and not name.text.isupper():
        return replace(name, is_person=True)
    if called(text, name):
        return replace(name, is_person=True)
    lead = next((span for span in speaking if span.start <= name.start < span.end), None)
    if lead is None or re.search(r"\b(?:of|for|to|at|in|from)\b", text[lead.start : name.start]):
        return name
    if text[name.end : name.end + 2] in {"’s", "'s"} or (len(words) == 1 and name_words(name.text)[-1] in bearers):
        return name
    return _speaking(name, text, alone, firsts)


def _speaking(name: Name, text: str, alone: set[str], firsts: set[str]) -> Name:
    """Return a name that speaks, and that nothing else classifies, as what it likely is."""
    word, words = name.text.lower(), name.text.split(" ")
    if word in SIDES or word in POLICE_GROUPS or word in PAPERS or (name.text.isupper() and len(word) < 5):
        return name
    if text[max(0, name.start - 4) : name.start].lower() == "the " or _owns(text, name.text):
        return replace(name, is_organization=True)
    if len(words) in {2, 3} and not name.text.isupper():
        owned = re.search(r"s[’'] |[’']s ", name.text) is not None
        return replace(name, is_person=not owned, is_organization=owned)
    if word in firsts or _stands(rf"\b{re.escape(word)}\b", text):
        return name
    if not _stands(rf"[a-z,“] {re.escape(name.text)}\b", text):
        return name  # it only ever begins a sentence
    if word in alone and _is_a_body(text, name.text):
        return replace(name, is_organization=True)
    if word in alone and not _stands(rf"\b(?:at|for|from|joined|within|inside) {re.escape(name.text)}\b", text):
        return replace(name, is_person=word not in HEADS)
    return name
