"""What kind of document a text is, by simple evidence: headings, layout, who speaks. Never a judgement.

The shares below were set on the corpus' development part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RELEASE = re.compile(
    r"for immediate release|press (?:release|note)|media release|news release|public notice|communiqu[eé]|"
    r"media contact|press contact|(?:response|reply) to (?:media|press)|setting the record straight|notes? to editors",
    re.I,
)
_STATEMENT = re.compile(
    r"^[^\n]{0,60}\b(?:statement|declaration|testimony|open letter|letter to|answers to|response to|clarification)\b|"
    r"^(?:dear|to our|to the|to all)\b[^\n]{0,60},\s*$|^sir,\s*$",
    re.I | re.M,
)
_RECORD = re.compile(
    r"^[^\n]{0,80}\b(?:custody record|jail (?:record|register)|booking (?:record|sheet)|"
    r"(?:incident|police|arrest) report|"
    r"(?:case|docket|record|report|incident) (?:no\b|number|id\b)|arrest (?:record|log)|\w+ log\b|log [A-Z]*-?\d|"
    r"(?:station|general) diary|in the [^\n]{0,40}court\b|warrant\b[^\n]{0,20}\bno\b|property (?:record|sheet)|"
    r"minutes of|proceedings|affidavit|being sworn|make oath|comes now|plaintiff|form [A-Z]?\d|"
    r"report of the [^\n]{0,20}inquiry|case [A-Z]+-\d)",
    re.I | re.M,
)
_TRANSCRIPT = re.compile(r"\btranscript\b|press conference|news conference|\bhearing\b", re.I)
_TURN = re.compile(
    r"^(?:\[?\d[\d:.,]*\]?\s+)?"
    r"(?:[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*| \d+){0,4}(?: \([^)\n]{1,40}\))?|Q|A):\s+\S",
    re.M,
)
_FIELD = re.compile(r"^\s*(?:[A-Z][\w ./()'’-]{1,40}?(?::\s|\s{3,}|\t)|\d{1,2}:\d{2}\b)\s*\S?", re.M)
_BYLINE = re.compile(r"^\s*by\s+[A-Z][\w.'’-]+\s+[A-Z]", re.I | re.M)
_DATELINE = re.compile(r"^\s*[A-Z][A-Z .'’-]{2,40}(?:,\s[\w. ]+)?(?:\s\([^)]{2,30}\))?\s+[—–-]\s", re.M)
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_OWN = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y|me)\b")
_SAID = re.compile(
    r"\b(?:said|says|told|according to|denied|declined|asked|added|confirmed|wrote|claimed|insisted|alleged)\b", re.I
)
_OFFICIAL = re.compile(
    r"\b(?:pursuant|hereby|plaintiff|defendant|applicant|complainant|respondent|petitioner|detainee|exhibit|affiant|"
    r"sworn|deponent|logged|entry|booked|recorded|item|resolved)\b",
    re.I,
)

_HEAD = 1500
_TURNS, _FEW_TURNS, _FIELDS = 4, 3, 6
_WEB_LINES = 3
_SHORTEST = 25
"""Words below which shares say nothing."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks in a text: shares in percent of the words outside quotation marks, and the number of quotations."""

    own: float
    said: float
    official: float
    quotations: int

    @property
    def reports(self) -> bool:
        """Whether somebody else tells what others say, without speaking of themselves."""
        return self.said >= 2.2 and self.own < 1.5 and self.official < 2.5

    @property
    def quotes(self) -> bool:
        """Whether it does so with several quotations."""
        return self.quotations >= 4 and self.said >= 1.2 and self.own < 1.8 and self.official < 2.5

    @property
    def speaks(self) -> bool:
        """Whether it speaks of its own writers."""
        return self.own >= 3.0


def kind_of_text(text: str, title: str = "", *, news: bool = False, web: bool = False) -> str:
    """Return "news", "statement", "release", "transcript", "record" or "other".

    Args:
        text: the canonical text.
        title: of the document.
        news: whether the document says of itself that it is a news article.
        web: whether it is a web page.
    """
    head = f"{title}\n{text[:_HEAD]}"
    lines = [line for line in text.splitlines() if line.strip()]
    turns = len(_TURN.findall(text))
    if (turns >= _TURNS and turns * 2.5 > len(lines)) or (turns >= _FEW_TURNS and _TRANSCRIPT.search(head)):
        return "transcript"
    if _RELEASE.search(head):
        return "release"
    voice = _voice(text)
    if news or voice.quotes:
        return "news"
    if _RECORD.search(f"{title}\n" + "\n".join(lines[:4])):
        return "record"
    if _STATEMENT.search(f"{title}\n" + "\n".join(lines[:6])):
        return "statement" if voice.speaks or not voice.said else "release"
    if len(_FIELD.findall(text)) >= _FIELDS and len(_FIELD.findall(text)) * 2 > len(lines):
        return "record"
    told = voice.reports or _BYLINE.search(head) or _DATELINE.search(head) or (web and len(lines) >= _WEB_LINES)
    return "news" if told and not voice.speaks else "other"


def _voice(text: str) -> _Voice:
    outside = _QUOTED.sub(" ", text)
    words = len(outside.split())
    if words < _SHORTEST:
        return _Voice(0.0, 0.0, 0.0, 0)
    own, said, official = (100 * len(form.findall(outside)) / words for form in (_OWN, _SAID, _OFFICIAL))
    return _Voice(own, said, official, len(_QUOTED.findall(text)))
