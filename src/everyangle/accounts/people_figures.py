"""The people and organizations of one document: which names are one figure's, and what the words beside them tell.

Two figures never become one on a guess: a surname that two bear names neither of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from everyangle.accounts.people_bodies import alone_in, as_spoken
from everyangle.accounts.people_given import given_gender
from everyangle.accounts.people_issuer import Issuer, cased, issuer
from everyangle.accounts.people_names import Name, name_words, names
from everyangle.accounts.people_unnamed import Body, bodies
from everyangle.accounts.people_words import (
    CLASSES,
    COURTESY,
    FEMALE,
    HEADS,
    KIN,
    LONG,
    MALE,
    OFFICES,
    POLICE,
)
from everyangle.accounts.tokens import word_set
from everyangle.core.accounts import AccountDocument, Span

_POLICE_NAME = re.compile(
    r"constabulary|police|sheriff|border guard|troopers|\bgarda\b|gendarmerie|highway patrol|public safety",
    re.IGNORECASE,
)
_COMPANY = {"company", "firm", "contractor", "employer"}
_MARITAL = {"mr", "mrs", "ms", "miss"}
_WIDE = word_set(
    "state county city general national north south east west new port st saint great united the upper lower"
)
_HOSTS = re.compile(
    r"\b(?:court|inquiry|ombudsman|inspector|committee|bureau|commission|commissioner|assembly|channel|tribunal|list|watch"
    r"|panel|inquest|coroner|forum)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"constabulary|police|sheriff|border guard|troopers|\bgarda\b|gendarmerie|public safety"
    r"|\b(?:custodial|jail|prison|corrections|removals?|enforcement|patrol"
    r"|warrants?|agency|marshals?|protection|guards?|security|transit|trams?|task force|immigration|customs|rangers"
    r"|correctional|prisons|stewarding|coastguard)\b",
    re.IGNORECASE,
)
_GUARDS = re.compile(
    r"\b(?:custodial|security|jail|prison|corrections|removals?|guards?|enforcement|protection|patrol|transit|trams?)\b",
    re.IGNORECASE,
)
_WATCHES = re.compile(
    r"\b(?:association|federation|union|benevolent|brotherhood|ombudsman|complaints|oversight|watchdog|inspectorate"
    r"|coalition|museum|club|academy|investigative|independent|investigations?|monitor)\b",
    re.IGNORECASE,
)
"""What names of bodies hold that represent, train or oversee officers: none of them sends any."""

_MEDIA = re.compile(
    r"\b(?:post|times|herald|gazette|courier|mail|news|radio|fm|tv|journal|standard|sentinel|argus|beacon|voice"
    r"|register|wire|show|broadcasting|tribune|daily|echo|chronicle|observer|leader)\b",
    re.IGNORECASE,
)


@dataclass
class Figure:
    """Someone, or an organization, that a document speaks of.

    Attributes:
        name: the fullest; "" of the unnamed.
        is_person: or else an organization, a group, a paper.
        role: as the document says it, or "".
        party: or "".
        tie: where the party was read, or None.
        gender: "m", "f" or "".
        plural: whether it is several people.
        titles: that stood before its name, in lower case.
        roles: words of what the document calls it, in lower case.
        places: first code points of its mentions, in order.
    """

    name: str = ""
    is_person: bool = True
    role: str = ""
    party: str = ""
    tie: Span | None = None
    gender: str = ""
    plural: bool = False
    titles: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    guessed: bool = False
    """Whether the party follows from a title alone."""

    @property
    def words(self) -> list[str]:
        """The name's words in lower case."""
        return name_words(self.name)


@dataclass
class Known:
    """What other documents about the incident tell of people and organizations."""

    persons: list[Figure] = field(default_factory=list)
    organizations: list[Figure] = field(default_factory=list)


class Figures:
    """Persons and organizations of a document, found once.

    Attributes:
        document: the document.
        author: who wrote it, as it is known or as its own text says, or "".
        family: whether a family issues it.
        persons: in order of their first mention.
        organizations: likewise; the publisher of what is no news report among them.
        unnamed: organizations that the text calls by a common noun only, each noun once.
        publisher: the publisher's figure, or None where it only reports.
        mentions: (first code point, end, figure) of every name, in order.
    """

    def __init__(self, document: AccountDocument, speaking: Sequence[Span] = (), known: Known | None = None) -> None:
        self.document = document
        self.persons: list[Figure] = []
        self.organizations: list[Figure] = []
        self.publisher: Figure | None = None
        self.mentions: list[tuple[int, int, Figure]] = []
        self._known = known or Known()
        issued = issuer(document.text) if document.kind in {"statement", "record", "release", "other"} else Issuer()
        self.author = document.author or issued.author
        self.family = issued.family and not document.author
        self._publish(issued)
        found = names(document.text)
        found = [self._corrected(name) for name in found]
        bearers = {word for name in found if name.is_person for word in name_words(name.text)}
        alone = alone_in(document.text, speaking)
        alone |= {name.text.lower() for name in found if name.is_person and " " not in name.text}
        firsts = {name_words(name.text)[0] for name in found if name.is_organization}
        firsts |= {each.words[0] for each in [*self._known.organizations, Figure(document.publisher)] if each.words}
        found = [as_spoken(name, document.text, speaking, bearers, alone, firsts) for name in found]
        self._organize(found)
        self._introduce(found)
        self._rest([name for name in found if not name.is_person and not name.is_organization])
        self.persons.sort(key=lambda each: min(each.places, default=0))
        self.mentions.sort(key=lambda each: each[0])
        for start, _, figure in self.mentions:
            figure.places.append(start)
        self.unnamed: list[Figure] = []
        self._call()

    @property
    def reports(self) -> bool:
        """Whether the document reports what others say, rather than speaking for its publisher."""
        if self.document.kind == "record":
            return False
        return self.document.kind == "news" or bool(_MEDIA.search(self.document.publisher))

    @property
    def house(self) -> Figure | None:
        """The publisher, where the people of whom the document speaks without more are likely its own."""
        if self.publisher is None or self.document.kind == "other" or _HOSTS.search(self.publisher.name):
            return None
        return self.publisher

    def _call(self) -> None:
        """Note where common nouns speak of organizations, with a name or without."""
        unnamed: dict[str, Figure] = {}
        for body in bodies(self.document.text):
            figure = self._apposed(body) or self.of_class(body.noun, body.start)
            if figure is None:
                figure = unnamed.setdefault(body.noun, Figure(is_person=False, party=body.noun, role=body.noun))
            figure.places.append(body.start)
        self.unnamed = list(unnamed.values())
        for figure in self.organizations:
            figure.places.sort()

    def _apposed(self, body: Body) -> Figure | None:
        """Return the organization whose name stands beside a noun: "Corvane, the contractor", "the firm Corvane"."""
        text = self.document.text
        for start, end, figure in self.within(max(0, body.start - 60), body.end + 3):
            after = text[body.end : start].strip(" ,") == "" and start >= body.end
            if not figure.is_person and (after or text[end : body.start] == ", "):
                return figure
        return None

    def body(self, before: int) -> Figure | None:
        """Return the organization, named or not, of which the text spoke last before a place."""
        return self.nearest(before, [*self.organizations, *self.unnamed])

    def _publish(self, issued: Issuer) -> None:
        publisher = self.document.publisher.partition(",")[0].strip() or issued.organization
        if publisher and not self.reports:
            same = self._from_known(name_words(publisher), exactly=True)
            self.publisher = same or Figure(publisher, is_person=False, party=publisher)
            if self.publisher not in self.organizations:
                self.organizations.append(self.publisher)

    def _organize(self, found: list[Name]) -> None:
        certain = [name for name in found if name.is_organization]
        for name in sorted(certain, key=lambda name: (-len(name_words(name.text)), name.start)):
            figure = self.organization(name_words(name.text))
            if figure is None and name_words(name.text)[-1:] == name_words(name.text) and name.text.lower() in HEADS:
                continue
            if figure is None:
                figure = Figure(cased(re.sub(r"^The ", "", name.text)), is_person=False)
                figure.party = figure.name
                self.organizations.append(figure)
            self.mentions.append((name.start, name.end, figure))

    def organization(self, words: list[str], *, exactly: bool = False) -> Figure | None:
        """Return the one organization that words name, in full, by its first words, its last, or its initials.

        Args:
            words: in lower case.
            exactly: whether a last word alone ("the Service") does not do.
        """
        fitting = [each for each in self.organizations if _names_it(each, words, exactly=exactly)]
        equal = [each for each in fitting if each.words == words]
        if equal or len(fitting) > 1:
            return equal[0] if equal else None
        return fitting[0] if fitting else self._from_known(words, exactly=exactly)

    def _from_known(self, words: list[str], *, exactly: bool) -> Figure | None:
        fitting = [each for each in self._known.organizations if _names_it(each, words, exactly=exactly)]
        equal = [each for each in fitting if each.words == words]
        chosen = equal or fitting
        if len(chosen) != 1:
            return None
        figure = replace(chosen[0], places=[], titles=set(), roles=set())
        self.organizations.append(figure)
        return figure

    def _introduce(self, found: list[Name]) -> None:
        people = [name for name in found if name.is_person]
        author = self._author()
        if author is not None:
            people.append(author)
        full = [name for name in people if len(name_words(name.text)) > 1]
        for name in sorted(full, key=lambda name: (-len(name.text), name.start)):
            self._mention(name, self._same(name) or self._new(name))
        single = [name for name in people if len(name_words(name.text)) == 1]
        for name in sorted(single, key=lambda name: name.start):
            fitting = self.persons_named(name_words(name.text), gender_of(name.titles))
            if len(fitting) > 1:
                fitting = [each for each in fitting if each.titles & set(name.titles) - _MARITAL] or fitting
            if len(fitting) > 1:
                named = {id(each) for start, _, each in self.mentions if start < name.start}
                fitting = [each for each in fitting if id(each) in named] or fitting
            if len(fitting) < 2:
                self._mention(name, fitting[0] if fitting else self._new(name))

    def _corrected(self, name: Name) -> Name:
        """Return a name as an organization's where another document knows it as one."""
        words = name_words(name.text)
        if name.titles or len(words) < 2 or not any(each.words == words for each in self._known.organizations):
            return name
        return replace(name, is_person=False, is_organization=True)

    def _author(self) -> Name | None:
        words = re.sub(r"\(.*?\)", "", self.author).partition(",")[0].split()
        titles = []
        while words and words[0].lower().rstrip(".") in COURTESY.keys() | POLICE | OFFICES.keys():
            titles.append(words.pop(0).lower().rstrip("."))
        if self.document.kind == "news" or not 2 <= len(words) <= 5 or not all(word[0].isupper() for word in words):
            return None
        return Name(-1, -1, " ".join(words), tuple(titles), is_person=True)

    def _rest(self, found: list[Name]) -> None:
        """Take in names of which only what else the text says tells whose they are."""
        for name in found:
            words = name_words(name.text)
            fitting = self.persons_named(words, "")
            figure = fitting[0] if len(fitting) == 1 else self.organization(words, exactly=True)
            if figure is not None and len(fitting) < 2:
                self.mentions.append((name.start, name.end, figure))

    def _new(self, name: Name) -> Figure:
        words = name_words(name.text)
        known = [each for each in self._known.persons if each.words == words] or [
            each
            for each in self._known.persons
            if each.words[-len(words) :] == words or (each.words[-1] == words[-1] and _initials_fit(each.words, words))
        ]
        gender = gender_of(name.titles)
        known = [each for each in known if not (gender and each.gender and each.gender != gender)]
        if len(known) == 1:
            figure = replace(known[0], places=[], titles=set(known[0].titles), roles=set(known[0].roles))
        else:
            figure = Figure(name.text)
        self.persons.append(figure)
        return figure

    def _same(self, name: Name) -> Figure | None:
        """Return the person whose fuller or equal name this is."""
        words = name_words(name.text)
        for each in self.persons:
            own = each.words
            if own == words or (own[-1] == words[-1] and len(own) == len(words) and _initials_fit(own, words)):
                return each
            if len(words) < len(own) and own[-len(words) :] == words:
                return each
        return None

    def _mention(self, name: Name, figure: Figure) -> None:
        if name.start >= 0:
            self.mentions.append((name.start, name.end, figure))
        figure.titles |= {LONG.get(title, title) for title in name.titles}
        figure.gender = figure.gender or gender_of(name.titles) or given_gender(figure.words)
        if len(name.text) > len(figure.name) and len(name_words(name.text)) >= len(figure.words):
            figure.name = name.text

    def persons_named(self, words: list[str], gender: str) -> list[Figure]:
        """Return the persons who bear words as a surname, or else as a given name."""
        last = [
            each
            for each in self.persons
            if each.words[-len(words) :] == words or (each.words[:1] == words[-1:] and "," in each.name)
        ]
        given = [each for each in self.persons if each.words[: len(words)] == words and len(each.words) > len(words)]
        fitting = last or given
        return [each for each in fitting if not (gender and each.gender and gender != each.gender)]

    def within(self, start: int, end: int) -> list[tuple[int, int, Figure]]:
        """Return the mentions that begin in a stretch of the text."""
        first = bisect_left(self.mentions, start, key=lambda each: each[0])
        after = bisect_left(self.mentions, end, key=lambda each: each[0])
        return self.mentions[first:after]

    def agency(self) -> Figure | None:
        """Return the one organization whose people are called officers, or None where several may be."""
        return self._only(lambda each: _AGENCY.search(each.name) and not self._watches(each))

    def several(self) -> bool:
        """Whether officers of several organizations are spoken of."""
        local = [each for each in self.organizations if _AGENCY.search(each.name) and not self._watches(each)]
        return len(local) > 1

    def police(self) -> Figure | None:
        """Return the one organization of police, or None."""
        found = self._only(lambda each: _POLICE_NAME.search(each.name) and not self._watches(each))
        return found or self._only(lambda each: _GUARDS.search(each.name) and not self._watches(each))

    def _only(self, fits: Callable[[Figure], object]) -> Figure | None:
        for among in (self.organizations, self._known.organizations):
            found = [each for each in among if fits(each)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _watches(self, figure: Figure) -> bool:
        """Whether an organization hears, represents or watches over others rather than sending officers."""
        return self._hosts(figure) or _WATCHES.search(figure.name) is not None

    def _hosts(self, figure: Figure) -> bool:
        """Whether an organization is one that hears others, or the end of such a one's name."""
        known = [*self.organizations, *self._known.organizations]
        return any(_HOSTS.search(each.name) and each.words[-len(figure.words) :] == figure.words for each in known)

    def of_class(self, noun: str, before: int) -> Figure | None:
        """Return the organization that a common noun means: the only one of its kind, or the publisher if it is one."""
        if noun not in CLASSES:
            return None
        kinds = set(CLASSES[noun].split())
        for among in (self.organizations, self._known.organizations):
            fitting = [
                each
                for each in among
                if kinds & set(each.words)
                or (noun == "police" and _POLICE_NAME.search(each.name))
                or (noun in _COMPANY and not set(each.words) & HEADS)
            ]
            if len(fitting) > 1 and self.publisher in fitting:
                return self.publisher
            if len(fitting) > 1:
                earlier = [each for each in fitting if each.places and each.places[0] < before]
                fitting = earlier if len(earlier) == 1 else []
                return fitting[0] if fitting else None
            if fitting:
                return fitting[0]
        return None

    def nearest(self, before: int, among: Iterable[Figure]) -> Figure | None:
        """Return the figure that was mentioned last before a place."""
        best, at = None, -1
        for each in among:
            index = bisect_left(each.places, before)
            if index and each.places[index - 1] > at:
                best, at = each, each.places[index - 1]
        return best


def _names_it(figure: Figure, words: list[str], *, exactly: bool) -> bool:
    """Whether words name an organization: in full, by first words, last words or initials."""
    own = [word.removesuffix("'s") for word in figure.words]
    words = [word.removesuffix("'s") for word in words]
    if own == words:
        return True
    if len(words) >= len(own):
        return False
    first = words == own[: len(words)] and words[-1] not in _WIDE
    last = not exactly and words == own[-len(words) :] and (len(words) > 1 or words[0] in HEADS)
    initials = "".join(word[0] for word in own if word not in {"of", "the", "and", "for"})
    return first or last or words == [initials]


def _initials_fit(one: list[str], other: list[str]) -> bool:
    """Whether given names are equal or one is the other's initial."""
    pairs = list(zip(one[:-1], other[:-1], strict=False))
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs)


def gender_of(words: Iterable[str]) -> str:
    """Return the gender that titles, kinship and roles tell, or ""."""
    for word in words:
        told = COURTESY.get(word, "") or ("f" if word in FEMALE else "m" if word in MALE else "")
        if told:
            return told
    return ""


def is_kin(words: Iterable[str]) -> bool:
    """Whether words say that someone is a relative."""
    return any(word in KIN for word in words)
