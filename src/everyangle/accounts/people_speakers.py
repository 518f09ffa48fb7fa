"""Whom a statement's speaker is, by the words that name the speaker there and what the text said before.

When two fit, nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from everyangle.accounts.people_examined import examined
from everyangle.accounts.people_figures import Figure, Figures, gender_of
from everyangle.accounts.people_names import name_words
from everyangle.accounts.people_nouns import Noun, person_nouns
from everyangle.accounts.people_roles import Told, tell
from everyangle.accounts.people_sides import nearest_body, own_noun
from everyangle.accounts.people_words import (
    CLASSES,
    COMMON,
    OFFICES,
    PAPERS,
    POLICE,
    POLICE_GROUPS,
    SIDES,
    SPOKEN_FOR,
    WITNESSES,
)
from everyangle.accounts.tokens import word_set
from everyangle.core.accounts import Form, Span, Statement

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_HE = {"he": "m", "him": "m", "she": "f", "her": "f"}
_PRONOUNS = {*_HE, "i", "me", "we", "us", "they", "them", "it", "you", "who", "whom", "both", "himself", "herself"}
_OF = re.compile(r"^(?:one|two|three|some|several|many|most|both|all|none|another|each) of ([^,(]+)", re.IGNORECASE)
_CUT = re.compile(
    r"(?:,|\(|"
    r" (?:who|whom|which|that|whose|with|from|on|in|at|to|brought|taken|made|shown|seen|held|shot|\w{3,}ed)\b).*",
    re.DOTALL | re.IGNORECASE,
)
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
_OUTSIDERS = (
    COMMON
    | SIDES.keys()
    | WITNESSES
    | word_set("""
    driver drivers male males female females subject subjects caller callers suspect suspects victim victims
    complainant complainants informant inmate inmates occupant occupants rider patient patients accused defendant
    plaintiff prisoner prisoners detainee detainees pedestrian passenger passengers reporting party tenant owner
""")
)
"""Those of whom a log speaks that are none of its own people."""

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
        self.turns = [one for one in statements if one.cue is None and one.within is None and one.speaker is not None]
        self.nouns = person_nouns(figures.document.text)

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
        plain = text.strip(" ,:.“”\"'‘’").lower()
        if plain in _PRONOUNS:
            return self._pronoun(statement, span, plain)
        if plain in {"q", "a"} or (plain == "the witness" and self.figures.document.kind == "transcript"):
            person = examined(self.figures, plain[:1].replace("t", "a"), span.start)
            if person is not None:
                return person
            if plain == "a":
                return Figure(role="witness", party="witnesses")
        if plain in {"q", "question", "reporter"} and self.figures.document.kind == "transcript":
            return Figure(role="reporter", party="press")
        partitive = _OF.match(text)
        if partitive:
            inner = Span(span.start + partitive.start(1), span.start + partitive.end(1))
            named = next((each for _, _, each in self.figures.within(inner.end, span.end) if each.is_person), None)
            if named is not None:
                named.party = named.party or self._described(inner, partitive[1], single=True).party
                return named
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

    def _described(self, span: Span, text: str, *, single: bool = False) -> Figure:
        core = re.sub(r" (?:him|her|it)self$", "", _CUT.sub("", text).strip()) or text
        head = _head(core)
        words = [word.lower() for word in _WORD.findall(core)]
        definite = words[:1] in (["the"], ["his"], ["her"], ["their"], ["its"], ["our"], ["my"], ["this"], ["that"])
        indefinite = words[:1] in (["a"], ["an"], ["some"], ["another"], ["one"], ["several"], ["many"], ["two"])
        if head in POLICE | OFFICES.keys() and not indefinite:
            person = self._by_role(words, head, span)
            if person is not None:
                return person
        body = self._body(span, core, words, head, definite=definite, indefinite=indefinite)
        if body is not None:
            return body
        if head not in PAPERS and (definite or not indefinite or self._leads(span)):
            person = self._by_role(words, head, span)
            if person is not None:
                return person
        told = self._told(span, core, text)
        house = self.figures.house
        kept = self.figures.document.kind == "record" or house is self.figures.police()
        logged = kept and _LOGGED.match(text)
        if not told.party and house is not None and logged and not set(words) & _OUTSIDERS:
            told = Told(told.role, house.party, span)
        plural = head.endswith("s") and not single
        if not told.party:
            told = Told(told.role, self._side(span, core, text, head), span)
        return Figure(
            role=told.role.lower(),
            party=told.party,
            tie=told.tie,
            plural=plural,
            gender=gender_of(words),
            is_person=head not in PAPERS,
            roles=set(words),
        )

    def _body(
        self, span: Span, core: str, words: list[str], head: str, *, definite: bool, indefinite: bool
    ) -> Figure | None:
        """Return the organization that a common noun means, by its name or by the noun alone."""
        publisher = self.figures.publisher
        if publisher is not None and self.figures.house is None and head in _PRESIDES and core.isupper():
            return Figure(role=head, party=publisher.party)
        if publisher is not None and definite and head in publisher.words and len(words) == 2:
            return publisher
        side = self._office(span, core) if head in {"office", "staff", "team", "department", "camp"} else ""
        if side:
            return Figure(role=head, party=side, is_person=False)
        if head in {"city", "county", "town", "state"} and len(words) <= 2:
            named = [each for each in self.figures.organizations if each.words[:2] == [head, "of"]]
            return named[0] if len(named) == 1 else Figure(role=head, party=head, is_person=False)
        if head in CLASSES and not indefinite and len(words) <= 4 and head not in PAPERS:
            organization = self.figures.of_class(head, span.start)
            if organization is not None:
                return organization
            if head not in POLICE_GROUPS or head == "police":
                return Figure(is_person=False, role=head, party=_lower(core))
        return None

    def _side(self, span: Span, core: str, text: str, head: str) -> str:
        """Return the side of those whom no organization, title or kinship tells: their own noun, or that they saw."""
        if head in POLICE_GROUPS or head in POLICE:
            return "officers" if head.startswith("officer") else own_noun(head)
        if head in PAPERS:
            return ""
        if head in SPOKEN_FOR and head.startswith("spokes"):
            return nearest_body(self.figures.document.text, span.start) or head
        if head in COMMON:
            turn = self.figures.document.kind == "transcript" and text.isupper()
            return (
                "witnesses" if turn or (len(text) > len(core) and head not in {"source", "sources", "people"}) else ""
            )
        return own_noun(head) if head and not _capital(core, head) else ""

    def _office(self, span: Span, core: str) -> str:
        """Return whose office speaks: "the mayor’s office", "Premier Tladi’s office"."""
        owner = re.match(r"(?:the |an? )?([\w. ]+?)[’']s \w+$", core, re.IGNORECASE)
        if owner is None:
            return ""
        for _, _, figure in self.figures.within(span.start, span.start + owner.end(1)):
            return figure.party
        words = owner[1].lower().split()
        kept = self.figures.of_class(words[-1], span.start) if words[-1] in CLASSES else None
        return kept.party if kept else OFFICES.get(words[-1]) or owner[1].lower()

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
        reported = outer is not None and outer.form is not Form.DIRECT and speaker is not None
        if word in {"they", "them"} and reported and speaker is not None and (speaker.plural or not speaker.is_person):
            return speaker
        if word in {"they", "them", "both"}:
            return self._group(span)
        if word == "it" and reported and speaker is not None and not speaker.is_person:
            return speaker
        if word == "it":
            return self.figures.body(span.start)
        if word in {"who", "whom"}:
            return self._antecedent(span)
        if word == "you" and outer is not None:
            return self._addressed(outer)
        if word in _HE:
            return self._third(span, _HE[word], outer, speaker)
        return None

    def _addressed(self, outer: Statement) -> Figure | None:
        """Return whom a turn of a transcript speaks to: who answers it, or else who spoke before."""
        place = next((i for i, one in enumerate(self.turns) if one.id == outer.id), None)
        if self.figures.document.kind != "transcript" or place is None:
            return None
        own = self.said.get(outer.id)
        for i in (place + 1, place - 1):
            if 0 <= i < len(self.turns):
                other = self.resolve(self.turns[i])
                if other is not None and other is not own:
                    return other
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
        """Return whom "they" means: those named last, by a name or a noun, who are several or an organization."""
        spoken = next(
            (
                (at, each)
                for at, each in reversed(self.recent)
                if at < span.start and (each.plural or self._is_body(each))
            ),
            None,
        )
        noun = next((each for each in reversed(self.nouns) if each.end <= span.start and each.plural), None)
        if noun is not None and noun.start > self._since(span) and (spoken is None or noun.start > spoken[0]):
            return self._called(noun)
        return spoken[1] if spoken else None

    def _is_body(self, figure: Figure) -> bool:
        return not figure.is_person and bool(figure.name)

    def _since(self, span: Span) -> int:
        """Return where the paragraph before a place's own begins."""
        line = self.figures.document.text.rfind("\n", 0, span.start)
        return self.figures.document.text.rfind("\n", 0, max(0, line - 1))

    def _called(self, noun: Noun) -> Figure:
        """Return the figure whom a noun phrase means."""
        span = Span(noun.start, noun.end)
        figure = self._described(span, self.figures.document.text[noun.start : noun.end])
        if not figure.is_person and not noun.plural:
            return Figure(party=figure.party, role=noun.noun, roles={noun.noun})  # "the sheriff" is an office and a man
        return figure

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
        paragraph = self._since(span)
        candidates: list[tuple[int, Figure]] = []
        for start, _, figure in self.figures.within(0, span.start):
            if figure.is_person and self._may_be(figure, excluded, gender):
                candidates.append((start, figure))
        for at, figure in self.recent:
            if at < span.start and figure.is_person and not figure.plural and self._may_be(figure, excluded, gender):
                candidates.append((at + 1, figure))
        noun = self._noun_before(span, gender)
        if noun is not None and not any(at > noun.start for at, _ in candidates):
            figure = self._called(noun)
            if figure.is_person and self._may_be(figure, excluded, gender):
                candidates.append((noun.start, figure))
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
        if outer is None:
            latest = self._opening(span, candidates) or latest
        latest.gender = latest.gender or gender
        return latest

    def _noun_before(self, span: Span, gender: str) -> Noun | None:
        """Return the last noun for one person before a place, in its paragraph or the one before."""
        since = self._since(span)
        for each in reversed(self.nouns):
            if each.start <= since:
                return None
            if each.end <= span.start and not each.plural and each.gender in {"", gender}:
                return each
        return None

    def _opening(self, span: Span, candidates: Sequence[tuple[int, Figure]]) -> Figure | None:
        """Return whom the sentence before speaks of first, where "he" begins one: "The driver stopped. He said"."""
        text = self.figures.document.text
        before = text[: span.start].rstrip(" ")
        if not text[span.start : span.start + 1].isupper() or not before.endswith((".", "!", "?")):
            return None
        start = max(before.rfind(mark, 0, -1) for mark in (". ", "! ", "? ", "\n", "” ", '" '))
        return next((figure for at, figure in candidates if start <= at <= start + 6), None)

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
    labels = {one.speaker.passage.text.lower().strip(" .:") for one in statements if one.speaker and one.cue is None}
    if figures.document.kind != "transcript" or labels & {"interviewer", "host", "presenter", "q"}:
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
