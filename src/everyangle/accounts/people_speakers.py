"""Whom a statement's speaker is, by the words that name the speaker there and what the text said before.

When two fit, nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from everyangle.accounts.people_figures import Figure, Figures, gender_of, name_words
from everyangle.accounts.people_roles import Told, tell
from everyangle.accounts.people_words import (
    CLASSES,
    COMMON,
    OFFICES,
    PAPERS,
    POLICE,
    POLICE_GROUPS,
    SPOKEN_FOR,
)
from everyangle.core.accounts import Form, Span, Statement

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_HE = {"he": "m", "him": "m", "she": "f", "her": "f"}
_PRONOUNS = {*_HE, "i", "me", "we", "us", "they", "them", "it", "you", "who", "whom", "both", "himself", "herself"}
_OF = re.compile(
    r"^(?:one|two|three|some|several|many|most|both|all|none|another|each) of (.+)$", re.IGNORECASE | re.DOTALL
)
_CUT = re.compile(
    r"(?:,|\(|"
    r" (?:who|whom|which|that|whose|with|from|on|in|at|to|brought|taken|made|shown|seen|held|shot|\w{3,}ed)\b).*",
    re.DOTALL | re.IGNORECASE,
)
_PERSONLIKE = re.compile(r"(?:[eo]r|ist|ian|ant|ent|m[ae]n|ee|ive|ate|al|ess|subject)s?$")
_PRESIDES = {
    "chair",
    "chairman",
    "chairwoman",
    "president",
    "inspector",
    "coroner",
    "judge",
    "commissioner",
    "magistrate",
}
_LOGGED = re.compile(r"(?:[A-Z][A-Z ]+|[A-Z][a-z]+)(?: \d+)?$")
_BETWEEN = re.compile(
    r"\b(?:for|of|to|with|by|from|near|about|against|at|in|on|inside|behind|beside|under)\b[^,]*$", re.IGNORECASE
)


class Speakers:
    """Resolves the speakers of one document, in the order of the text."""

    def __init__(self, figures: Figures, statements: Sequence[Statement]) -> None:
        self.figures = figures
        self.statements = {statement.id: statement for statement in statements}
        self.said: dict[str, Figure] = {}
        self.recent: list[tuple[int, Figure]] = []
        self.first: set[int] = set()
        self.askers = _askers(figures, statements)

    def resolve(self, statement: Statement) -> Figure | None:
        """Return who speaks in a statement, or None where nobody is named or two fit."""
        if statement.speaker is None:
            return None
        if statement.id in self.said:
            return self.said[statement.id]
        outer = self.statements.get(statement.within or "")
        if outer is not None and outer.id not in self.said:
            self.resolve(outer)
        spans = statement.speaker.passage.spans
        start = spans[0].start
        figure = self._whom(statement, Span(start, spans[0].end), statement.speaker.passage.text)
        if figure is not None:
            self.said[statement.id] = figure
            self.recent.append((start, figure))
            if statement.speaker.passage.text.lower() in {"i", "me"} and not statement.within:
                self.first.add(id(figure))
        return figure

    def _whom(self, statement: Statement, span: Span, text: str) -> Figure | None:
        plain = text.strip(" ,:“”\"'‘’").lower()
        if plain in _PRONOUNS:
            return self._pronoun(statement, span, plain)
        if plain in {"q", "question", "reporter"} and self.figures.document.kind == "transcript":
            return Figure(role="reporter", party="press")
        partitive = _OF.match(text)
        if partitive:
            inner = Span(span.end - len(partitive[1]), span.end)
            if partitive[1].lower() in {"them", "these", "those", "us"}:
                return self._group(span)
            return self._described(inner, partitive[1], single=True)
        bearers = self.figures.persons_named(name_words(text.partition(",")[0]), "")
        if len(bearers) > 1 and text[:1].isupper() and not self.figures.within(span.start, span.start + 1):
            parties = {each.party for each in bearers}
            return Figure(party=parties.pop() if len(parties) == 1 else "")
        named = self._named(span, text)
        if named is not None:
            return self._labelled(named)
        return self._described(span, text)

    def _labelled(self, figure: Figure) -> Figure:
        """Return a figure, with the side that its turns in a transcript tell where nothing else does."""
        if self.figures.document.kind == "transcript" and figure.is_person and (figure.guessed or not figure.party):
            asks = id(figure) in self.askers and not (self.figures.reports and figure.titles & POLICE)
            if asks:
                hosts = self.figures.publisher is not None and self.figures.house is None
                hosts = hosts and self.figures.document.kind == "transcript" and not self.figures.reports
                figure.party = self.figures.publisher.party if hosts and self.figures.publisher else "press"
                figure.guessed = False
        return figure

    def _named(self, span: Span, text: str) -> Figure | None:
        """Return the figure whose name the words are, not one whom they only mention."""
        organization: tuple[int, Figure] | None = None
        for start, end, figure in self.figures.within(span.start, span.end):
            lead = re.sub(r"\bof police\b", "", text[: start - span.start], flags=re.IGNORECASE)
            follows = text[end - span.start :]
            owner = re.match(r"(?:[’']s|[’'])\s+\w", follows)
            if organization is not None and (
                "," in text[organization[0] - span.start : start - span.start] or not figure.is_person
            ):
                break
            if owner or _BETWEEN.search(lead):
                continue
            if figure.is_person:
                return figure
            organization = organization or (end, figure)
        if organization is None or _noun_follows(text[organization[0] - span.start :]):
            return None
        return organization[1]

    def _described(self, span: Span, text: str, *, single: bool = False) -> Figure | None:
        core = re.sub(r" (?:him|her|it)self$", "", _CUT.sub("", text).strip()) or text
        head = _head(core)
        words = [word.lower() for word in _WORD.findall(core)]
        definite = words[:1] in (["the"], ["his"], ["her"], ["their"], ["its"], ["our"], ["my"], ["this"], ["that"])
        indefinite = words[:1] in (["a"], ["an"], ["some"], ["another"], ["one"], ["several"], ["many"], ["two"])
        if head in POLICE | OFFICES.keys() and not indefinite:
            person = self._by_role(words, head, span)
            if person is not None:
                return person
        publisher = self.figures.publisher
        if publisher is not None and self.figures.house is None and head in _PRESIDES and core.isupper():
            return Figure(role=head, party=publisher.party)
        if publisher is not None and definite and head in publisher.words and len(words) == 2:
            return publisher
        if head in CLASSES and not indefinite and len(words) <= 4 and head not in PAPERS:
            organization = self.figures.of_class(head, span.start)
            if organization is not None:
                return organization
            if head not in POLICE_GROUPS or head == "police":
                return Figure(is_person=False, role=head, party=_lower(core))
        if head not in PAPERS and (definite or not indefinite or self._leads(span)):
            person = self._by_role(words, head, span)
            if person is not None:
                return person
        told = self._told(span, core, text)
        house = self.figures.house
        if not told.party and house is not None and self.figures.document.kind == "record" and _LOGGED.match(text):
            told = Told(told.role, house.party, span)
        plural = head.endswith("s") and not single
        if (
            not told.party
            and _PERSONLIKE.search(head)
            and head not in PAPERS | COMMON | POLICE_GROUPS
            and not _capital(core, head)
        ):
            told = Told(told.role, head, span)
        return Figure(
            role=told.role.lower(),
            party=told.party,
            tie=told.tie,
            plural=plural,
            gender=gender_of(words),
            is_person=head not in PAPERS,
            roles=set(words),
        )

    def _leads(self, span: Span) -> bool:
        """Whether a phrase stands in the headline or the first two paragraphs of a report, before names are given."""
        return self.figures.document.kind == "news" and self.figures.document.text.count("\n\n", 0, span.start) < 2

    def _told(self, span: Span, core: str, text: str) -> Told:
        told = tell(self.figures, Span(span.start, span.start + len(text)), before=span.start)
        if told.party:
            return told
        short = tell(self.figures, Span(span.start, span.start + len(core)), before=span.start)
        return short if short.party else told

    def _by_role(self, words: list[str], head: str, span: Span) -> Figure | None:
        """Return the one person who was called so before, or is called so anywhere."""
        content = {word for word in words if word not in _LITTLE}
        if not content or head in COMMON:
            return None
        fitting = [
            each
            for each in self.figures.persons
            if content <= (each.roles | each.titles) and (head in each.titles or head == _head(each.role))
        ]
        if len(fitting) > 1:
            before = [each for each in fitting if each.places and each.places[0] < span.start]
            fitting = before if len(before) == 1 else fitting
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            return None
        for _, each in reversed(self.recent):
            if not each.name and head in each.roles and not each.plural:
                return each
        return None

    def _pronoun(self, statement: Statement, span: Span, word: str) -> Figure | None:
        outer = self.statements.get(statement.within or "")
        speaker = self.said.get(outer.id) if outer else None
        if word in {"i", "me"}:
            if outer is not None and speaker is not None:
                return speaker
            return self._writer()
        if word in {"we", "us"}:
            return self._we(outer, speaker)
        if word in {"they", "them", "both"}:
            return self._group(span)
        if word == "it":
            return self.figures.nearest(span.start, self.figures.organizations)
        if word in {"who", "whom"}:
            return self._antecedent(span)
        if word in _HE:
            return self._third(span, _HE[word], outer, speaker)
        return None

    def _writer(self) -> Figure | None:
        author = name_words(self.figures.author)
        for each in self.figures.persons:
            if each.words and _holds(author, each.words):
                if self.figures.family:
                    each.party = each.party or "family"
                if not each.party and self.figures.publisher is not None:
                    each.party = self.figures.publisher.party
                return each
        return Figure(party="family") if self.figures.family else None

    def _we(self, outer: Statement | None, speaker: Figure | None) -> Figure | None:
        if outer is not None and speaker is not None:
            for each in self.figures.organizations:
                if each.party == speaker.party:
                    return each
            return Figure(party=speaker.party, plural=True, is_person=False) if speaker.party else None
        if self.figures.family:
            return Figure(party="family", plural=True)
        writer = self._writer() if self.figures.publisher is None else None
        for each in self.figures.organizations:
            if writer is not None and writer.party == each.party:
                return each
        return self.figures.publisher

    def _group(self, span: Span) -> Figure | None:
        for at, each in reversed(self.recent):
            if at < span.start and (each.plural or (not each.is_person and each.name)):
                return each
        return None

    def _antecedent(self, span: Span) -> Figure | None:
        lead = self.figures.document.text[max(0, span.start - 60) : span.start]
        phrase = re.search(r"(?:the|a|an) [^,.;:\n]*, ?$", lead)
        if phrase is None:
            return None
        start = span.start - len(lead) + phrase.start()
        return self._described(Span(start, span.start), phrase[0].strip(" ,"))

    def _third(self, span: Span, gender: str, outer: Statement | None, speaker: Figure | None) -> Figure | None:
        """Return whom "he" or "she" means: the speaker outside, the last speaker, or the person named last."""
        reported = outer is not None and outer.form is not Form.DIRECT and id(speaker) not in self.first
        if reported and speaker is not None and speaker.is_person and _fits(speaker, gender):
            speaker.gender = gender
            return speaker
        excluded = speaker if outer is not None else None
        line = self.figures.document.text.rfind("\n", 0, span.start)
        paragraph = self.figures.document.text.rfind("\n", 0, max(0, line - 1))
        candidates: list[tuple[int, Figure]] = []
        for start, _, figure in self.figures.within(0, span.start):
            if figure.is_person and self._may_be(figure, excluded, gender):
                candidates.append((start, figure))
        for at, figure in self.recent:
            if at < span.start and figure.is_person and not figure.plural and self._may_be(figure, excluded, gender):
                candidates.append((at + 1, figure))
        if not candidates:
            return None
        spoken = [
            figure
            for at, figure in self.recent
            if at < span.start
            and at > paragraph
            and figure.is_person
            and not figure.plural
            and self._may_be(figure, excluded, gender)
        ]
        latest = spoken[-1] if spoken and outer is None else max(candidates, key=lambda each: each[0])[1]
        latest.gender = latest.gender or gender
        return latest

    def _may_be(self, figure: Figure, excluded: Figure | None, gender: str) -> bool:
        """Whether "he" or "she" may mean a figure: nobody who says "I" there."""
        return figure is not excluded and id(figure) not in self.first and _fits(figure, gender)


_LITTLE = {"the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "that", "himself", "herself", "own"}


def _holds(words: list[str], name: list[str]) -> bool:
    """Whether words hold a name's, one after another."""
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


def _noun_follows(text: str) -> bool:
    """Whether an organization's name only stands before what speaks ("Metrolink general manager", "Agency records")."""
    words = _WORD.findall(text.partition(",")[0])
    return bool(words) and words[-1].lower() in PAPERS | SPOKEN_FOR | POLICE_GROUPS and len(words) < 4


def _fits(figure: Figure, gender: str) -> bool:
    return figure.gender in {"", gender}


def _capital(phrase: str, head: str) -> bool:
    """Whether a phrase's head is written with a capital letter though it does not begin the phrase."""
    at = phrase.lower().rfind(head)
    return at > 0 and phrase[at].isupper() and not phrase.isupper()


def _head(phrase: str) -> str:
    """Return the last word of a phrase before "of" or "for", in lower case."""
    short = re.sub(r"\s(?:of|for|close|beside|representing)\b.*", "", phrase, flags=re.DOTALL)
    words = _WORD.findall(short)
    return re.sub(r"[’']s$", "", words[-1].lower()) if words else ""


def _lower(phrase: str) -> str:
    """Return an unnamed organization's words without article and possessor, in lower case."""
    text = re.sub(r"^(?:the|its|his|her|their|our|local)\s+", "", phrase.strip().lower())
    return re.sub(r"^.*(?:[’']s|s[’'])\s+", "", text)


def _askers(figures: Figures, statements: Sequence[Statement]) -> set[int]:
    """Return the ids of the figures whose turns in a transcript are mostly questions."""
    if figures.document.kind != "transcript":
        return set()
    asked: dict[int, list[int]] = {}
    opening: int | None = None
    for number, statement in enumerate(statements):
        if statement.speaker is None or statement.within is not None or statement.cue is not None:
            continue
        span = statement.speaker.passage.spans[0]
        for _, _, figure in figures.within(span.start, span.end):
            opening = id(figure) if number == 0 and figures.reports else opening
            counts = asked.setdefault(id(figure), [0, 0])
            counts[0] += 1
            counts[1] += "?" in statement.content.text
    return {key for key, (turns, questions) in asked.items() if questions * 2 > turns or key == opening}
