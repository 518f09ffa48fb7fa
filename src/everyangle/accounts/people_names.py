"""Names of persons and organizations in a text, with the words beside them that tell who they are.

Looks at capital letters, titles and what stands beside them; decides nothing about who is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from everyangle.accounts.people_words import (
    ABBREVIATED,
    BEFORE_NAMES,
    COMMON,
    COURTESY,
    HEADS,
    KIN,
    LAWYERS,
    NO_NAMES,
    OFFICES,
    PARTICLES,
    PLACES,
    POLICE,
    SIDES,
    SPOKEN_FOR,
    WITNESSES,
)
from everyangle.accounts.tokens import word_set

_LETTERS = r"[^\W\d_]"
_DOTTED = "|".join(sorted(ABBREVIATED, key=len, reverse=True))
_CAPITAL = (
    rf"(?:(?i:{_DOTTED})\.(?=[ ,])|[^\W\d_a-zß-ÿ]\.(?:[ ]?[A-Z]\.(?![\w]))*"
    rf"|[^\W\d_a-zß-ÿ]{_LETTERS}*(?:[’'-](?!s\b){_LETTERS}+)*)"
)
_PARTICLE = "|".join(sorted(PARTICLES))
_OWNED = "|".join(sorted(HEADS))
_OF_MANY = rf"(?:[’'](?=[ ])|[’']s(?=[ ](?=[A-Z])(?i:{_OWNED})\b))?"
_RUN = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:{_OF_MANY}[ ](?:(?:{_PARTICLE})[ ])?{_CAPITAL})*(?![\w])")
_LOWER_HEAD = re.compile(
    r"[’']?s? (?P<head>sheriff[’']s (?:office|department)|police(?: department| force)?|border guard|city council"
    r"|county council|school district|fire department)\b"
)
_CAUSE = re.compile(
    r"(?:Friends|Justice|Families|Mothers|Parents|Citizens|People|Campaign|Residents|Neighbou?rs|Advocates|Lawyers|Doctors"
    r"|Voices|Action|Hands|Save|Stop|Women|Workers|Students|Movement|Committee|Coalition|Centre|Center|Institute)"
    r" (?:of|for|against|on|off|united for|without)(?: the)? [A-Z][\w’'-]+"
    r"(?:(?: (?:of|the|and|for))? [A-Z][\w’'-]+){0,4}"
)
"""Names of campaigns, by how they begin: "Justice for …", "Friends of …"."""

_CITY = re.compile(
    r"(?:City|County|Town|Township|Borough|Village|Municipality|State) of (?!the )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
)
_CLOCK = r"(?:\[?\d{1,2}[:.h]?\d\d(?::\d\d)?\]?[ ]+)?"
_LABEL = re.compile(
    r"^" + _CLOCK + r"(?P<name>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’' -]*[A-ZÀ-ÖØ-Þ]|Q|A)(?: \([^)\n]*\))?:(?=\s)", re.MULTILINE
)
_REVERSED = re.compile(r"\((?P<name>[A-Z]{2,}, [A-Z]\.)\)")
_JOIN = re.compile(r" (?:of|for)(?: the)? (?=[^\W\d_a-z])| & (?=[A-Z])| and (?=[A-Z])")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<comma>,)? (?:(?:Mr|Mrs|Ms|Dr)\.? )?$")
_WORDS = re.compile(r"[^\s]+")
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands.

    Attributes:
        start: first code point, titles left out.
        end: after the last.
        text: as it stands, without a possessive's "'s".
        titles: in lower case without dots, from the outermost: ("superintendent", "of", "police").
        is_person: whether it is a person's; otherwise an organization's, or of neither for certain.
        is_organization: whether it is an organization's for certain.
        is_place: whether it is a place's for certain.
    """

    start: int
    end: int
    text: str
    titles: tuple[str, ...] = ()
    is_person: bool = False
    is_organization: bool = False
    is_place: bool = False


def names(text: str) -> list[Name]:
    """Return the names of a text, in order, not overlapping."""
    found: list[Name] = []
    end = 0
    for run in _runs(text):
        if run.start < end:
            continue
        name = _classified(text, run)
        if name is not None:
            found.append(name)
            end = name.end
    labels = [Name(m.start("name"), m.end("name"), m["name"], is_person=True) for m in _LABEL.finditer(text)]
    labels += [Name(m.start("name"), m.end("name"), m["name"], is_person=True) for m in _REVERSED.finditer(text)]
    labels = [_label(label) for label in labels if not _no_name(label.text)]
    found = [name for name in found if not any(name.start < each.end and each.start < name.end for each in labels)]
    return sorted([*found, *labels], key=lambda name: name.start)


_LABELS = word_set("""
    caller operator dispatcher dispatch control base witness host narrator announcer interpreter translator speaker
    audience all crowd counsel defendant respondent applicant claimant petitioner appellant officer deputy guard
    medic nurse doctor driver steward resident reporter interviewer moderator unknown unidentified male female
    commentator caption text sign panel chorus supervisor manager pilot captain skipper
""")
"""Words that label turns and are nobody's name."""


def _no_name(label: str) -> bool:
    """Whether a transcript's label names nobody ("Q", "INTERVIEWER", "WOMAN IN YELLOW")."""
    words = [_bare(word) for word in label.split(" ")]
    if all(word in _TITLES or word == "the" for word in words):
        return True
    last = words[-1] if words[-1].isalpha() or len(words) == 1 else words[-2]
    return (
        words[0] in {"q", "a"}
        or "examination" in words
        or last in SIDES
        or last in _LABELS
        or bool(set(words) & COMMON)
    )


def _label(label: Name) -> Name:
    words = label.text.split(" ")
    titles = []
    while len(words) > 1 and _bare(words[0]) in COURTESY.keys() | POLICE | OFFICES.keys() | BEFORE_NAMES:
        titles.append(_bare(words.pop(0)))
    text = " ".join(words)
    if text.isupper() and "," not in text:
        text = "-".join(part.title() for part in text.split("-")).replace("’S", "’s").replace("'S", "'s")
    return Name(label.start, label.end, text, tuple(titles), is_person=_bare(words[0]) not in {"the"})


def _runs(text: str) -> Iterator[Name]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        words = list(_WORDS.finditer(match[0]))
        while words and words[0][0].lower().rstrip(".,") in NO_NAMES:
            start = match.start() + (words[1].start() if len(words) > 1 else len(match[0]))
            words.pop(0)
        piece = text[start:end]
        if not piece:
            continue
        if end > start and len(text[start:end].split(" ")) <= _LONGEST:
            yield Name(start, end, text[start:end])


def _bare(word: str) -> str:
    return word.lower().rstrip(".,")


_TITLES = COURTESY.keys() | POLICE | OFFICES.keys()
_ROLES = KIN | WITNESSES | LAWYERS | SPOKEN_FOR | BEFORE_NAMES


def _classified(text: str, run: Name) -> Name | None:
    words = run.text.split(" ")
    lower = _LOWER_HEAD.match(text, run.end)
    if lower and run.text.lower() in {"local", "city", "county", "state", "national", "federal", "military", "riot"}:
        return None
    if lower and _bare(words[0]) not in _TITLES:
        start = lower.start("head") if text[run.end] in "’'" else run.start
        return Name(start, lower.end(), text[start : lower.end()], is_organization=True)
    cause = _CAUSE.match(text, run.start) or _CITY.match(text, run.start)
    if cause is not None:
        end = min(cause.end(), max(run.end, cause.end()))
        return Name(run.start, end, text[run.start : end], is_organization=True)
    if all(_bare(word) in _TITLES | _ROLES for word in words):
        return None
    titles, at = _leading_titles(words, run.start)
    rest = " ".join(words)
    holds = {_bare(word) for word in words}
    if titles and not holds & HEADS:
        known = {*(_bare(title) for title in titles)} & (_TITLES | _ROLES)
        if words and known:
            return Name(at, run.end, rest, tuple(titles), is_person=True)
    inside = _title_inside(words)
    if not titles and inside:
        rest = " ".join(words[inside:])
        at = run.end - len(rest)
        return Name(at, run.end, rest, tuple(_bare(word) for word in words[:inside]), is_person=True)
    if (holds & HEADS and _bare(words[0]) not in {"police", "counsel"}) or (len(words) > 1 and holds & HEADS):
        return _organization(text, Name(at, run.end, rest) if titles else run)
    if len(words) == 1 and _bare(words[0]) in HEADS | SIDES.keys() | COMMON:
        return None
    if _bare(words[-1]) in PLACES:
        return Name(run.start, run.end, run.text, is_place=True)
    if len(words) in {2, 3} and _looks_personal(text, run):
        return Name(run.start, run.end, run.text, is_person=True)
    return Name(run.start, run.end, run.text)


def _title_inside(words: list[str]) -> int:
    """Return where a name begins that a title within a run stands before ("Marlton Mayor **Tim Kerr**"), or 0."""
    bare = [_bare(word) for word in words]
    last = max((i for i, word in enumerate(bare[:-1]) if i and word in _TITLES | SPOKEN_FOR), default=0)
    rest = bare[last + 1 :]
    if not last or not 1 <= len(rest) <= 3 or set(rest) & (HEADS | _TITLES | _ROLES | PLACES) or words[-1].isupper():
        return 0
    return last + 1 if bare[last] not in {"general", "major", "court", "house", "guard", "agent"} else 0


def _leading_titles(words: list[str], at: int) -> tuple[list[str], int]:
    """Take titles and roles off the beginning of a run's words; return them and where the rest begins."""
    bare = [_bare(word) for word in words]
    last = max((place for place, word in enumerate(bare[:-1]) if word in _TITLES | _ROLES), default=-1)
    while last >= 0 and not (set(bare[: last + 1]) <= _TITLES | _ROLES | HEADS and _ends_roles(bare, last)):
        last -= 1
    titles = [words.pop(0) for _ in range(last + 1)]
    at += sum(len(title) + 1 for title in titles)
    titles = [_bare(title) for title in titles]
    return titles, at


def _ends_roles(words: list[str], last: int) -> bool:
    """Whether a run's words up to one are titles and roles, and a name may follow."""
    follows = words[last + 1]
    if words[last] in {"general", "major"} and follows in HEADS:
        return False
    if words[0] in HEADS and words[0] not in _TITLES | _ROLES:
        return False
    return words[last] in _TITLES or last > 0 or len(words) == 2 or any(word in _TITLES for word in words[:last])


def called(text: str, run: Name) -> bool:
    """Whether capitalised words stand beside what a person is: "cousin Ade", "the harbour master, Sheena R."."""
    lead = _WORD_BEFORE.search(text, max(0, run.start - 40), run.start)
    if lead is None or len(run.text.split(" ")) > 4:
        return False
    word = lead["word"].lower()
    if lead["comma"]:
        return (word in _ROLES | OFFICES.keys() | POLICE and " " in run.text) or word in KIN
    return word in _ROLES | OFFICES.keys() | POLICE and word not in {"board", "head", "partner", "chief"}


def _looks_personal(text: str, run: Name) -> bool:
    """Whether a run of two or three capitalised words is followed as a person's name is: by an age or a clause."""
    return re.match(r", (?:\d{1,2}\b|who\b|whose\b|an? |the |his |her )", text[run.end : run.end + 40]) is not None


def _organization(text: str, run: Name) -> Name:
    """Return a run as an organization's name with what "of" and "for" join to it."""
    end = run.end
    joined = _JOIN.match(text, end)
    if joined and text[joined.start() : joined.end()].strip() not in {"and", "for"}:
        more = _RUN.match(text, joined.end())
        if more:
            end = more.end()
            if text[end - 1] == "." or text[end - 2 : end] in {"’s", "'s"}:
                end -= 1 if text[end - 1] == "." else 2
    return Name(run.start, end, text[run.start : end], is_organization=True)


def name_words(name: str) -> list[str]:
    """Return a name's words in lower case, without dots and articles."""
    cleaned = re.sub(r"[.,]", " ", name.replace("’", "'").lower())
    words = cleaned.split()
    return words[1:] if words[:1] == ["the"] and len(words) > 1 else words
