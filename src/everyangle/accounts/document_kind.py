"""What kind of document a text is, by simple evidence: its words, its layout, what its page says. Never a judgement."""

from __future__ import annotations

import re

_RELEASE = re.compile(
    r"for immediate release|press release|media release|news release|media contact|press contact|note(?:s)? to editors",
    re.I,
)
_STATEMENT = re.compile(
    r"^(?:[^\n]{0,60}\b)?(?:statement|declaration|affidavit|testimony|open letter)\b"
    r"(?=[^\n]{0,40}\b(?:of|by|from|on|regarding|concerning)\b|\s*$)",
    re.I | re.M,
)
_RECORD = re.compile(
    r"^(?:[^\n]{0,80}\b)?(?:custody record|jail record|booking (?:record|sheet)|incident report|police report|"
    r"(?:case|docket|record|report|incident) (?:no|number|id)\b|arrest (?:report|record|log)|dispatch log|"
    r"in the [^\n]{0,40}court\b|(?:search|arrest) warrant\b|property (?:record|sheet)|call log|minutes of)",
    re.I | re.M,
)
_TRANSCRIPT = re.compile(r"\btranscript\b|press conference|news conference|\bhearing\b", re.I)
_TURN = re.compile(
    r"^(?:\[?\d[\d:.,]*\]?\s+)?(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}(?: \([^)\n]{1,40}\))?|Q|A):\s+\S", re.M
)
_FIELD = re.compile(r"^\s*(?:[A-Z][\w ./()'’-]{1,40}?(?::\s|\s{3,}|\t)|\d{1,2}:\d{2}\b)\s*\S?", re.M)
_BYLINE = re.compile(r"^\s*by\s+[A-Z][\w.'’-]+\s+[A-Z]", re.I | re.M)
_DATELINE = re.compile(r"^\s*[A-Z][A-Z .'’-]{2,40}(?:,\s[\w.]+)?(?:\s\([^)]{2,30}\))?\s+[—–-]\s", re.M)

_HEAD = 1500
_WEB_LINES = 3


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
    if (turns >= 4 and turns * 2.5 > len(lines)) or (turns >= 3 and _TRANSCRIPT.search(head)):
        return "transcript"
    if _RELEASE.search(head):
        return "release"
    fields = len(_FIELD.findall(text))
    if _RECORD.search(head) and (fields >= 3 or not news):
        return "record" if not _STATEMENT.search(head) else "statement"
    if news:
        return "news"
    if _STATEMENT.search(head):
        return "statement"
    if fields >= 6 and fields * 2 > len(lines):
        return "record"
    return "news" if _BYLINE.search(head) or _DATELINE.search(head) or (web and len(lines) >= _WEB_LINES) else "other"
