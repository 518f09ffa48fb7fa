"""A document put together from its text and what was found of its title, dates and people, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from everyangle.accounts.dates_seen import shown_dates
from everyangle.accounts.document_kind import kind_of_text
from everyangle.accounts.languages import language_of
from everyangle.core.accounts import AccountDocument, DatedBy, TimedText
from everyangle.core.ids import Digest


class Said(NamedTuple):
    """Something that a document says of itself, and where it was read."""

    value: str
    source: str


UNSAID = Said("", "")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself outside its text.

    Attributes:
        title: of the document.
        publisher: who published it.
        author: who wrote it.
        published: when, ISO 8601.
        modified: when it was last changed, ISO 8601.
        captured: a date at or after publication (a file's metadata, the day of saving), used where no other is known.
        language: as declared, used where the text is too short to tell.
        news: whether it says of itself that it is an article.
        web: whether it is a web page.
    """

    title: Said = UNSAID
    publisher: Said = UNSAID
    author: Said = UNSAID
    published: Said = UNSAID
    modified: Said = UNSAID
    captured: Said = UNSAID
    language: str = ""
    news: bool = False
    web: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """How a document is named: its path as told to people, and the digest of its original."""

    path: str
    digest: Digest


def document(
    named: Named, text: str, facts: Facts, *, kind: str = "", timed: tuple[TimedText, ...] = ()
) -> AccountDocument:
    """Return a document; what the facts leave open is read from the head of the text.

    Args:
        named: path and digest.
        text: the canonical text.
        facts: what was found outside the text.
        kind: where it is known, or "".
        timed: of transcripts and subtitles.
    """
    shown = shown_dates(text)
    published = first((facts.published, Said(shown[0], "shown in the text"), facts.captured))
    modified = first((facts.modified, Said(shown[1], "shown in the text")))
    declared = facts.language.lower().replace("_", "-").partition("-")[0]
    named_fields = (("title", facts.title), ("publisher", facts.publisher), ("author", facts.author))
    return AccountDocument(
        path=named.path,
        digest=named.digest,
        text=text,
        kind=kind or kind_of_text(text, facts.title.value, news=facts.news, web=facts.web),
        title=facts.title.value,
        publisher=facts.publisher.value,
        author=facts.author.value,
        published=DatedBy(*published) if published.value else None,
        modified=DatedBy(*modified) if modified.value else None,
        language=language_of(text) or (declared if re.fullmatch("[a-z]{2}", declared) else ""),
        timed=timed,
        sources=tuple((name, said.source) for name, said in named_fields if said.value),
    )


def first(said: Iterable[Said]) -> Said:
    """Return the first that says something."""
    return next((one for one in said if one.value), UNSAID)


def one_line(value: object, longest: int = 300) -> str:
    """Return a value as one line of text, or "" where it is no text."""
    return " ".join(sound(value).split())[:longest] if isinstance(value, str) else ""


def sound(text: str) -> str:
    """Return a text without what no text has: control characters but tab and newline, halves of surrogate pairs."""
    return _UNSOUND.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(lines: Iterable[str]) -> str:
    """Return the lines that hold something, each with single spaces, as the canonical text."""
    tidy = (" ".join(sound(line).split()) for line in lines)
    return "\n".join(line for line in tidy if line)


_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
