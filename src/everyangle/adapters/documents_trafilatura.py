"""Web pages read by trafilatura: the article's text without what stands around it. Knows no files and no archives."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any, BinaryIO

import trafilatura
from lxml import etree, html

from everyangle.adapters.documents_encoding import declared_in, decoded
from everyangle.adapters.documents_errors import too_large, unread, unreadable
from everyangle.adapters.documents_html_article import in_order, tidied, without_clutter, without_layout
from everyangle.adapters.documents_html_facts import facts_of
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import UNSAID, Named, Said, document, paragraphs
from everyangle.core.accounts import Notice
from everyangle.ports.documents import DocumentsRead, Original

RECIPE = f"trafilatura {trafilatura.__version__} lxml {etree.__version__}"

_HEAVY = (
    re.compile(r"<script\b(?![^>]*ld\+json)[^>]*>.*?(?:</script\s*>|\Z)", re.I | re.S),
    re.compile(r"<(style|svg)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S),
    re.compile(r"<!--.*?(?:-->|\Z)", re.S),
    re.compile(r"""(?<=["'(=])data:[a-z]+/[^"')\s>]{256,}""", re.I),
)
_WALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep|unlock)|to (?:continue|keep) reading|already a (?:subscriber|member)|"
    r"(?:log|sign) in to (?:continue|read)|register to (?:continue|read)|create a free account|"
    r"(?:article|story|content|page) is (?:only )?(?:for|available to|reserved for|exclusive to) (?:our )?"
    r"(?:subscribers|members)|"
    r"you have (?:reached|used) .{0,40}free (?:articles|stories)",
    re.I,
)
_WALLED_WORDS = 250
_PRINTED = re.compile(r"[^\s]")


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page: how it is told of, its bytes, and what the envelope says of it.

    Attributes:
        named: path and digest.
        data: bytes of the page.
        charset: encoding that the envelope names, or "".
        address: where it was saved from, or "".
        captured: when it was saved.
    """

    named: Named
    data: bytes
    charset: str = ""
    address: str = ""
    captured: Said = UNSAID


def read_html(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return what a saved page says."""
    data = source.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large(original.path, f"of a page at most {limits.file_bytes:,} bytes are read")
    return read_page(Page(Named(original.path, original.digest), data), limits)


def read_page(page: Page, limits: DocumentLimits) -> DocumentsRead:
    """Return what a page says.

    Raises:
        BadInputError: ``document-unreadable``, ``document-empty``, or ``document-behind-a-wall`` where nothing is free.
        LimitError: ``document-too-large``.
    """
    path = page.named.path
    markup, told = decoded(page.data, page.charset or declared_in(page.data))
    markup = _lightened(markup, path, limits)
    if not _PRINTED.search(markup):
        raise unread("document-empty", f"{path} holds no text.")
    tree = _parsed(markup, path)
    facts, free = facts_of(tree, page.address, page.captured)
    walled = not free or bool(_WALL.search(" ".join(tree.text_content().split())))
    text = _article(tree, path)
    words = len(text.split())
    if not words and walled:
        raise unread("document-behind-a-wall", f"{path} is a page behind a wall: it has no article in it.")
    if not words:
        raise unreadable(path, "no article text was found in the page")
    notices = [Notice(path, "encoding-guessed", told)] if told else []
    if walled and words < _WALLED_WORDS:
        what = f"The page is behind a wall: only {words} words of it are in the file."
        notices.append(Notice(path, "document-behind-a-wall", what))
    if re.search(r"<body\b", markup, re.I) and not re.search(r"</(?:body|html)\s*>", markup, re.I):
        notices.append(Notice(path, "document-cut-off", "The page ends before its end tags; what is there was read."))
    return DocumentsRead((document(page.named, text, facts),), tuple(notices))


def _lightened(markup: str, path: str, limits: DocumentLimits) -> str:
    """Return the markup without scripts, styles, comments and embedded files."""
    for heavy in _HEAVY:
        markup = heavy.sub("", markup)
    if len(markup) > limits.markup_bytes:
        raise too_large(
            path,
            f"it has {len(markup):,} characters without scripts and pictures; at most {limits.markup_bytes:,} are read",
        )
    return markup.replace("\x00", "")


def _parsed(markup: str, path: str) -> Any:
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise unreadable(path, f"the page could not be parsed ({error})") from error


def _article(tree: Any, path: str) -> str:
    """Return the article's paragraphs as lines, or "" where there is none. The tree is changed."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    without_clutter(tree)
    without_layout(tree)
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    except (ValueError, RecursionError) as error:
        raise unreadable(path, f"the page could not be parsed ({error})") from error
    text = None if found is None else found.get("text") if isinstance(found, dict) else found.text
    lines = [tidied(line) for line in (text or "").split("\n")]
    return paragraphs(in_order(lines, tree.text_content()))
