"""Plain text, whose canonical text is the file's own, and Markdown, whose marks are taken off."""

from __future__ import annotations

import re
from typing import BinaryIO

from everyangle.accounts.dates_seen import dates_in, iso_date
from everyangle.adapters.documents_encoding import decoded
from everyangle.adapters.documents_errors import too_large, unread
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import UNSAID, Facts, Named, Said, document, one_line, paragraphs
from everyangle.core.accounts import Notice
from everyangle.ports.documents import DocumentsRead, Original

_LONGEST_TITLE = 120
_HEAD_LINES = 3
_TITLE = re.compile(r"(?=.*[^\W\d_]{3})(?:[^:]|(?<=.{12}):)*[^\W_)]", re.S)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^(\w[\w-]*):[ \t]*(.*?)[ \t]*$", re.M)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")
_BLOCK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\|)")
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$")
_MARKS = (
    (re.compile(r"^[ \t]*(?:>[ \t]?)+"), ""),
    (re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)"), ""),
    (re.compile(r"(?<=\S)[ \t]+#+[ \t]*$"), ""),
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^>\n]{0,200}>"), ""),
    (re.compile(r"`+([^`\n]+)`+"), r"\1"),
    (re.compile(r"(\*\*\*|\*\*|\*|~~)(?=\S)([^*~\n]*\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(__|_)(?=\S)([^_\n]*\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def read_plain(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return a plain text as it stands: decoded, a byte order mark dropped, nothing else changed."""
    named = Named(original.path, original.digest)
    text, notices = text_of(source, named, limits)
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    return DocumentsRead((document(named, text, Facts(title=_first_line(lines))),), notices)


def read_markdown(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return the text of a Markdown file without its marks; what stands before it as fields is taken as its facts."""
    named = Named(original.path, original.digest)
    whole, notices = text_of(source, named, limits)
    whole = whole.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(whole)
    fields = (
        {}
        if front is None
        else {name.lower(): one_line(value.strip("\"'")) for name, value in _FIELD.findall(front[1])}
    )
    body = whole if front is None else whole[front.end() :]
    text = paragraphs(_blocks(body))
    if not text:
        raise unread("document-empty", f"{original.path} holds no text.")
    heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", body, re.M)
    title = (
        _field(fields, "title")
        if fields.get("title")
        else Said(one_line(_bare(heading[1])), "heading")
        if heading
        else UNSAID
    )
    published = _field(fields, "published", "date")
    facts = Facts(
        title=title,
        publisher=_field(fields, "publisher", "site"),
        author=_field(fields, "author", "authors", "by"),
        published=Said(iso_date(published.value), published.source),
        language=fields.get("language") or fields.get("lang") or "",
    )
    return DocumentsRead((document(named, text, facts),), notices)


def text_of(source: BinaryIO, named: Named, limits: DocumentLimits) -> tuple[str, tuple[Notice, ...]]:
    """Return a file's text, and what is to be told of its encoding.

    Raises:
        LimitError: ``document-too-large``.
        BadInputError: ``document-empty``.
    """
    data = source.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        raise too_large(named.path, f"of a text at most {limits.text_bytes:,} bytes are read")
    text, told = decoded(data)
    if not text.strip():
        raise unread("document-empty", f"{named.path} holds no text.")
    return text, (Notice(named.path, "encoding-guessed", told),) if told else ()


def _first_line(lines: list[str]) -> Said:
    """Return the first of a text's first lines that looks like a title: short, no sentence, no field, no date."""
    for line in lines[:_HEAD_LINES] if len(lines) > 1 else ():
        if len(line) <= _LONGEST_TITLE and _TITLE.fullmatch(line) and not dates_in(line):
            return Said(one_line(line), "first lines")
    return UNSAID


def _field(fields: dict[str, str], *names: str) -> Said:
    return next((Said(fields[name], f"front matter {name}") for name in names if fields.get(name)), UNSAID)


def _blocks(body: str) -> list[str]:
    """Return the paragraphs, headings and points of a Markdown text, each as one line without marks."""
    blocks: list[str] = []
    fenced, apart = "", True
    for line in body.split("\n"):
        fence = _FENCE.match(line)
        if fenced or fence:
            if fence and (not fenced or fence[1].startswith(fenced)):
                fenced = "" if fenced else fence[1]
            elif line.strip():
                blocks.append(line)
            apart = True
        elif not line.strip() or _RULE.match(line):
            apart = True
        elif apart or (_BLOCK.match(line) and not line.lstrip().startswith(">")):
            blocks.append(_bare(line))
            apart = bool(re.match(r"[ \t]*#{1,6}[ \t]", line))
        else:
            blocks[-1] += " " + _bare(line)
    return blocks


def _bare(line: str) -> str:
    for mark, instead in _MARKS:
        line = mark.sub(instead, line)
    return line.strip()
