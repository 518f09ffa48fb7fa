"""What a person is, and for whom: read from the words beside the name ("its operations manager, Declan Mangan")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from everyangle.accounts.people_figures import Figure, Figures, gender_of
from everyangle.accounts.people_words import (
    CLASSES,
    COMMON,
    COURTESY,
    FIELDS,
    KIN,
    LAWYERS,
    OFFICES,
    PAPERS,
    PLACES_KEPT,
    POLICE,
    POLICE_GROUPS,
    POSTS,
    SIDES,
    SPOKEN_FOR,
    WITNESSES,
)
from everyangle.accounts.tokens import word_set
from everyangle.core.accounts import Span

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", re.UNICODE)
_AFTER = re.compile(
    r"(?P<c> (?:of|from|for) (?:the )?[^\W\d_a-z][^,.;:\n”\"]{2,60})"
    r"|,? \((?P<b>[^)\n]{2,60})\)|, (?P<a>[^,.;:\n”\"]{2,90})"
)
_CUT = re.compile(r"\b(?:who|which|that|whose|said|told|says|tells|and|was|were|is|has|had|when|where|after)\b.*")
_BEFORE = re.compile(r"(?P<b>(?:[^\W\d_][\w’'-]*\s){1,7})$")
_STOP = re.compile(
    r".*\b(?:said|says|told|by|with|from|that|and|to|but|as|when|asked|is|was|in|on|at|were|had|has|against|than|if|or"
    r"|not|met|named|called|neither|nor)\s",
    re.IGNORECASE,
)
_ROLE_END = re.compile(r"\s*(?:\b(?:of|for|at|from|with|to|in|on|representing|beside|close)\b|\().*")
_DETERMINER = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|your|another|one of)\s+", re.IGNORECASE)
_PARTICIPLES = {"made", "taken", "sent", "seen", "given", "held", "shown", "called", "named", "brought"}
_VAGUE = {
    "general",
    "chief",
    "state",
    "county",
    "city",
    "public",
    "department",
    "district",
    "own",
    "of",
    "the",
    "senior",
}
_FOR = re.compile(r"\bfor the ([a-zß-ÿ][^,.;:()]{2,40})$")
_LOWER_OWNER = re.compile(r"([^\W\d_A-Z][\w-]*(?: [^\W\d_A-Z][\w-]*){0,2}?)(?:[’']s|(?<=s)[’']) ")
PERSONAL = {"driver", "neighbour", "neighbor", "officer", "sergeant", "constable", "deputy", "chief", "other"}
_OWNER = re.compile(r"((?:[^\W\d_a-z][\w.-]*[ ]?){1,4})(?:[’']s|(?<=s)[’']) [^\W\d_A-Z]")
_POSSESSOR = re.compile(r"^.*[^\W\d_](?:[’']s|s[’'])\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """What words tell of someone: role, party and where the party stands, each possibly empty."""

    role: str = ""
    party: str = ""
    tie: Span | None = None


def describe(figures: Figures) -> None:
    """Fill in the roles and parties of a document's persons from the words beside their names."""
    for start, end, figure in figures.mentions:
        if figure.is_person:
            _in_brackets(figures, figure, start)
            for span in (_before(figures, start), _after(figures, end)):
                if span is not None:
                    _take(figures, figure, span)


def _in_brackets(figures: Figures, figure: Figure, start: int) -> None:
    """Read "State Warrant Service (Officer Hale)"."""
    text = figures.document.text
    opened = text.rfind(" (", max(0, start - 24), start)
    if opened < 0 or ")" in text[opened:start] or figure.party:
        return
    for first, end, each in figures.within(max(0, opened - 80), opened):
        if end == opened and not each.is_person:
            figure.party, figure.tie = each.party, Span(first, end)


def _take(figures: Figures, figure: Figure, span: Span) -> None:
    phrase = figures.document.text[span.start : span.end]
    told = tell(figures, span)
    words = [word.lower() for word in _WORD.findall(phrase)]
    named = told.role in {told.party, figure.name} or told.role.partition(" ")[0] in _PARTICIPLES
    if told.role and not figure.role and not named:
        figure.role = told.role
    figure.roles |= set(words) if told.role else set()
    figure.gender = figure.gender or gender_of(_WORD.findall(told.role.lower()))
    if told.party and (not figure.party or (figure.party == told.party and figure.tie is None)):
        figure.party, figure.tie = told.party, told.tie


def _before(figures: Figures, start: int) -> Span | None:
    """Return the words before a name that say what its bearer is ("Regional director", "Its manager, Mr")."""
    text = figures.document.text
    if text[max(0, start - 2) : start] == " (":
        start -= 1
    line = max(text.rfind("\n", 0, start) + 1, start - 90)
    while True:  # titles are read elsewhere
        title = re.search(r"(?:^|(?<=\s))([^\W\d_]+\.?) $", text[line:start])
        if title is None or not title[1][0].isupper():
            break
        if title[1].lower().rstrip(".") not in COURTESY.keys() | POLICE:
            break
        start = line + title.start(1)
    comma = text[max(line, start - 2) : start] == ", "
    found = _BEFORE.search(text[line : start - 2] + " " if comma else text[line:start])
    if found is None:
        return None
    first = line + found.start("b")
    end = start - 2 if comma else start - 1
    phrase = text[first:end]
    stop = _STOP.match(phrase + " ")
    if stop:
        first += len(stop[0])
    elif not comma and not phrase[:1].isupper() and _DETERMINER.match(phrase) is None:
        words = phrase.split(" ")
        kept = 1 if len(words) > 1 and words[-2].endswith("ed") and words[-2] not in _KINDS else 2
        first += len(phrase) - len(" ".join(words[-kept:]))
    phrase = text[first:end]
    if comma and _DETERMINER.match(phrase) is None and _POSSESSOR.match(phrase) is None and not _known(phrase):
        return None
    words = [word.lower() for word in _WORD.findall(phrase)]
    role = [word.lower() for word in _WORD.findall(_role(phrase))]
    if first >= end or not words or not (_is_role(words[-1], words) or (role and _is_role(role[-1], role))):
        return None
    return Span(first, end)


_KINDS = {"retired", "armed", "uniformed", "appointed", "elected", "injured", "unnamed"}
"""What tells of a post and is no verb before it ("charged attorney Ann Ross")."""


def _known(phrase: str) -> bool:
    words = [word.lower() for word in _WORD.findall(phrase)]
    return bool(words) and (words[0] in OFFICES or words[0] in SPOKEN_FOR)


def _after(figures: Figures, end: int) -> Span | None:
    """Return the words after a name that say what its bearer is (", his sister", ", of the Association")."""
    text = figures.document.text
    age = re.match(r", \d{1,2}(?=,)", text[end : end + 8])
    if age:
        end += age.end()
    found = _AFTER.match(text, end)
    if found is None:
        return None
    group = next(each for each in "abc" if found[each])
    whose = re.match(r"whose (?:[\w-]+ )?(" + "|".join(KIN) + r")\b", found[group])
    if whose:
        return Span(found.start(group), found.start(group) + whose.end())
    phrase = _CUT.sub("", found[group]).strip()
    words = [word.lower() for word in _WORD.findall(phrase)]
    if not words:
        return None
    start = found.start(group) + (group == "c")
    opens = words[0] in {"of", "for", "a", "an", "the", "his", "her", "their", "its", "our", "my"}
    if not (opens or _is_role(words[0], words) or any(_is_role(word, words) for word in words[:4])):
        mentions = figures.within(start, start + len(phrase))
        if not (mentions and mentions[0][0] == start and not mentions[0][2].is_person):
            return None
    return Span(start, start + len(phrase))


def _is_role(word: str, words: list[str]) -> bool:
    known = KIN | LAWYERS | WITNESSES | SPOKEN_FOR | POLICE | OFFICES.keys() | SIDES.keys() | POLICE_GROUPS
    if word in known:
        return True
    return len(words) > 1 and word.endswith(("er", "or", "ist", "man", "woman", "ant", "ent")) and word.islower()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase taken apart: its span, its words, the role in it and the role's words."""

    span: Span
    text: str
    before: int
    words: list[str]
    role: str
    role_words: list[str]

    @property
    def head(self) -> str:
        """The role's last word, or ""."""
        return self.role_words[-1] if self.role_words else ""


def tell(figures: Figures, span: Span, *, before: int | None = None) -> Told:
    """Return what a noun phrase tells of the one it describes.

    Args:
        figures: of the document.
        span: the phrase, with its article.
        before: where the text up to now ends, for "its" and "the firm's"; the phrase's start if None.
    """
    text = figures.document.text[span.start : span.end]
    role = _role(text)
    phrase = _Phrase(
        span,
        text,
        span.start if before is None else before,
        [word.lower() for word in _WORD.findall(text)],
        role,
        [word.lower() for word in _WORD.findall(role)],
    )
    for party in (_as_paper, _as_kin, _as_owned, _as_side, _as_ranked, _as_office):
        told = party(figures, phrase)
        if told is not None:
            return Told(role, told, span if told else None)
    return Told(role)


def _as_paper(figures: Figures, phrase: _Phrase) -> str | None:
    organization = _organization_in(figures, phrase.span, phrase.before, phrase.words)
    if phrase.head in PAPERS or (phrase.words[:1] and phrase.words[0] in PAPERS and phrase.head not in SPOKEN_FOR):
        return _keeper(figures, phrase.span, organization, phrase.words)
    if phrase.head in LAWYERS or phrase.words[:1] in (["for"], ["representing"]):
        return _client(figures, phrase, organization)
    return None


def _as_kin(figures: Figures, phrase: _Phrase) -> str | None:
    if phrase.words[:1] == ["whose"] or any(word in KIN for word in phrase.role_words):
        return "family"
    organization = _organization_in(figures, phrase.span, phrase.before, phrase.words)
    return organization.party if organization is not None else None


def _as_owned(figures: Figures, phrase: _Phrase) -> str | None:
    """Read "for the defence", "Calloway's director", "the stadium manager"."""
    client = _FOR.search(phrase.text)
    if client:
        return _side_of(figures, client[1], phrase.before)
    owner = _OWNER.match(_DETERMINER.sub("", phrase.text))
    if owner:
        return owner[1]
    for word in phrase.role_words[:-1]:
        housed = [each for each in figures.organizations if word in each.words and word not in _VAGUE]
        if len(housed) == 1:
            return housed[0].party
        if word in CLASSES:
            kept = figures.of_class(word, phrase.before)
            return kept.party if kept else word
        if word in PLACES_KEPT and phrase.head in _KEEPERS:
            return word
    return None


_KEEPERS = POSTS | {"manager", "director"}


def _side_of(figures: Figures, words: str, before: int) -> str:
    """Return the side that common nouns name after "for the": "the sheriff", "the officers", "the defence"."""
    plain = words.strip().lower()
    head = plain.split()[-1]
    kept = figures.of_class(head, before) if head in CLASSES else None
    if kept is not None:
        return kept.party
    if head in POLICE_GROUPS:
        return agency_of(figures, head) or plain
    return SIDES.get(head, plain)


def _as_side(figures: Figures, phrase: _Phrase) -> str | None:
    del figures
    for word in reversed(phrase.role_words):
        if word in SIDES and not (word in WITNESSES and len(phrase.role_words) > 3):
            return SIDES[word]
    lower = _LOWER_OWNER.match(_DETERMINER.sub("", phrase.text))
    if lower and not set(lower[1].split()) & (COMMON | PERSONAL):
        return lower[1]
    return None


_HIS = word_set("""
    deputy successor predecessor boss colleague partner assistant aide secretary supervisor client staff office team
    superior manager assistants deputies clients colleagues superiors bosses employer campaign
""")
"""Those whom "his" and "her" tie to the side of the person named last."""


def _as_ranked(figures: Figures, phrase: _Phrase) -> str | None:
    if re.search(r"\bcommissioner (?:for|of) (?!police)", phrase.text, re.IGNORECASE):
        return "government"
    if phrase.head in _HIS:
        for _, _, figure in figures.within(phrase.span.start, phrase.span.end):
            if figure.is_person and figure.party:
                return figure.party
    if phrase.words[:1] in (["his"], ["her"]) and phrase.head in _HIS:
        of = figures.nearest(phrase.before, figures.persons)
        if of is not None and of.party:
            return of.party
    fields = [word for word in phrase.role_words[:-1] if word in FIELDS]
    if phrase.head in POLICE and fields:
        housed = [each for each in figures.organizations if set(fields) & set(each.words)]
        told = next((FIELDS[word] for word in fields if FIELDS[word]), "")
        near = figures.house or figures.nearest(phrase.before, figures.organizations)
        return housed[0].party if len(housed) == 1 else told or (near.party if near else "")
    kept = of_role(figures, [phrase.head], phrase.before)
    if kept is not None:
        return kept.party
    if phrase.head in POLICE_GROUPS or phrase.head in POLICE:
        return agency_of(figures, phrase.head)
    return None


def agency_of(figures: Figures, rank: str) -> str:
    """Return for whom the bearer of a rank speaks; "police" where several organizations may be meant."""
    if rank in {"officer", "officers", "agent", "agents", "guard", "guards"}:
        agency = figures.agency() or (figures.house if figures.document.kind == "statement" else None)
        if agency is not None:
            return agency.party
        return "police" if "police" in figures.document.text.lower() else ""
    police = figures.police() or figures.house
    return police.party if police else "police"


def _as_office(figures: Figures, phrase: _Phrase) -> str | None:
    if OFFICES.get(phrase.head):
        return OFFICES[phrase.head]
    if any(word in SPOKEN_FOR for word in phrase.role_words) or phrase.head in OFFICES.keys() | POSTS:
        found = of_role(figures, phrase.role_words, phrase.before) or figures.house
        found = found or figures.body(phrase.before)
        return found.party if found else ""
    return None


def _role(phrase: str) -> str:
    """Return the role in a phrase: without article, possessor and what follows "of" or "for"."""
    text = _DETERMINER.sub("", phrase.strip())
    possessor = _POSSESSOR.match(text)
    if possessor:
        text = text[possessor.end() :]
    cut = _ROLE_END.sub("", text).strip()
    return (cut or text).strip(" ,.“”")


def _organization_in(figures: Figures, span: Span, before: int, words: list[str]) -> Figure | None:
    """Return the organization that a phrase names, by its name, by a common noun or by "its" and "our"."""
    for _, _, figure in figures.within(span.start, span.end):
        if not figure.is_person:
            return figure
    if words[:1] == ["our"]:
        return figures.publisher
    if words[:1] in (["its"], ["their"]):
        return figures.body(before)
    for word in words[:-1]:
        if word.endswith(("'s", "’s")):
            found = figures.of_class(word[:-2], before)
            if found is not None:
                return found
    for at, word in enumerate(words):
        if at and words[at - 1] in {"the", "of", "for"} and at >= 2:
            found = figures.of_class(word, before)
            if found is not None:
                return found
    return None


def _client(figures: Figures, phrase: _Phrase, organization: Figure | None) -> str:
    """Return for whom a lawyer, or someone "for" another, speaks."""
    lawyer = phrase.head in LAWYERS
    if any(word.startswith("famil") for word in phrase.words):
        return "family"
    owned = "for" in phrase.words or "'s" in phrase.text.replace("’", "'")
    owned = owned or phrase.words[:1] in (["its"], ["their"], ["our"])
    if organization is not None and (owned or not lawyer):
        return organization.party
    for _, _, figure in figures.within(phrase.span.start, phrase.span.end):
        if figure.is_person:
            return figure.party or "family"
    bare = _DETERMINER.sub("", phrase.text)
    owner = _OWNER.match(bare) or _LOWER_OWNER.match(bare)
    if owner and not set(owner[1].split()) & (COMMON | PERSONAL):
        return owner[1]
    if phrase.words[:1] in (["his"], ["her"]):
        of = figures.nearest(phrase.before, figures.persons)
        return (of.party if of else "") or "family"
    client = _FOR.search(phrase.text)
    if client:
        return _side_of(figures, client[1], phrase.before)
    return "family" if phrase.head in {"solicitor", "lawyer"} and len(phrase.words) > 1 else ""


def _keeper(figures: Figures, span: Span, organization: Figure | None, words: list[str]) -> str:
    """Return whose a paper or a recording is."""
    if organization is not None:
        return organization.party
    lower = _LOWER_OWNER.match(_DETERMINER.sub("", figures.document.text[span.start : span.end]))
    if lower and not set(lower[1].split()) & (COMMON | PERSONAL):
        return SIDES.get(lower[1].split()[-1], lower[1])
    plain = [re.sub(r"(?:[’']s|[’'])$", "", word) for word in words]
    if {"lawsuit", "suit", "complaint", "petition", "pleading"} & set(plain):
        return _plaintiff(figures, span)
    if {"phone", "cellphone", "mobile", "bystander", "bystander’s", "livestream", "onlooker"} & set(plain):
        return "witnesses"
    police = figures.police() or figures.house
    if {"body", "body-worn", "bodycam", "dash", "dashcam", "dashboard", "police", "arrest", "dispatch"} & set(plain):
        return police.party if police else "police"
    for word in plain:
        if word in {"court", "warrant", "order"}:
            return "court"
        if word in {"hospital", "medical", "infirmary"}:
            found = figures.of_class("hospital", span.start)
            return found.party if found else "hospital"
        if word in SIDES and word not in {"media"}:
            return SIDES[word]
    keeper = figures.house or figures.police() or figures.agency() or figures.nearest(span.start, figures.organizations)
    return keeper.party if keeper else ""


def _plaintiff(figures: Figures, span: Span) -> str:
    """Return who sues: the person whom the words name, or the family, or the plaintiff."""
    for _, _, figure in figures.within(span.start, span.end):
        if figure.is_person and figure.party:
            return figure.party
    return "family" if any(each.party == "family" for each in figures.persons) else "plaintiff"


_CLASS_OF_ROLE = {
    "principal": "school", "superintendent": "district", "nurse": "hospital", "doctor": "hospital",
    "surgeon": "hospital", "consultant": "hospital", "minister": "ministry", "sheriff": "sheriff",
    "deputy": "sheriff", "undersheriff": "sheriff", "gardaí": "force", "garda": "force", "teacher": "school",
    "headteacher": "school", "headmaster": "school", "warden": "prison", "matron": "hospital", "doctors": "hospital",
    "midwife": "hospital", "dean": "university", "professor": "university", "rector": "university",
    "colonel": "guard", "patrolman": "guard", "surgeons": "hospital", "councillor": "council",
    "jailer": "jail", "master": "operator", "mate": "operator", "purser": "operator", "bosun": "operator",
    "deckhand": "operator", "conductor": "operator", "stewardess": "operator",
}  # fmt: skip
"""The kind of organization whose people bear a role."""


def of_role(figures: Figures, words: list[str], before: int) -> Figure | None:
    """Return the one organization whose people bear such a role."""
    for word in words:
        kind = _CLASS_OF_ROLE.get(word) or _CLASS_OF_ROLE.get(word.removesuffix("s"))
        if kind is not None:
            found = figures.of_class(kind, before)
            if found is not None:
                return found
    return None
