"""Pages as publishers build them, written for these tests: what is the article, and what a page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.adapters.documents_html_article import in_order, tidied
from everyangle.adapters.documents_inprocess import InProcessDocuments
from everyangle.core.accounts import AccountDocument
from everyangle.testing.documents_contract import one

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> AccountDocument:
    return one(InProcessDocuments(), (PAGES / name).read_bytes(), name)


def said(document: AccountDocument) -> dict[str, tuple[str, str]]:
    """Return what a document says of itself, each with where it was read."""
    values = {"title": document.title, "publisher": document.publisher, "author": document.author}
    found = {name: (values[name], source) for name, source in document.sources}
    dates = {"published": document.published, "modified": document.modified}
    return found | {name: (date.value, date.source) for name, date in dates.items() if date is not None}


FACTS = {
    "json-ld-news.html": {
        "title": ("Window broken after 21 minutes, video shows", "json-ld"),
        "publisher": ("The Halvern Post", "json-ld"),
        "author": ("Ruth Immel, Tomas Veldt", "json-ld"),
        "published": ("2031-04-16T06:05:00Z", "json-ld"),
        "modified": ("2031-04-16T21:40:12+00:00", "json-ld"),
    },
    "table-layout-1252.html": {
        "title": ("Sergeant suspended", "title"),
        "publisher": ("Port Ellery Courier", "meta:dc.publisher"),
        "author": ("OLLE BRANDT", "meta:author"),
        "published": ("2031-04-17", "meta:dc.date.issued"),
    },
    "agency-release.html": {
        "title": ("Statement on Orrin Street", "heading"),
        "publisher": ("State Warrant Service", "title"),
        "published": ("2031-04-14", "meta:dcterms.issued"),
        "modified": ("2031-04-15", "meta:dcterms.modified"),
    },
    "blog-no-metadata.html": {
        "title": ("Four minutes in Orrin Street", "title"),
        "author": ("Oda Merriweather", "byline"),
        "published": ("2031-04-19T18:05", "byline"),
        "modified": ("2031-04-20", "byline"),
    },
    "live-blog.html": {
        "title": ("Orrin Street: as it happened", "json-ld"),
        "publisher": ("Coast Radio", "json-ld"),
        "author": ("Coast Radio News", "json-ld"),
        "published": ("2031-04-15T19:00:00+01:00", "json-ld"),
        "modified": ("2031-04-15T23:10:00+01:00", "json-ld"),
    },
}


@pytest.mark.parametrize("name", FACTS)
def test_what_a_page_says_of_itself_is_read_with_its_source(name: str) -> None:
    assert said(page(name)) == FACTS[name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("json-ld-news.html", "news"),
        ("table-layout-1252.html", "news"),
        ("agency-release.html", "release"),
        ("blog-no-metadata.html", "news"),
        ("live-blog.html", "news"),
    ],
)
def test_the_kind_is_told(name: str, kind: str) -> None:
    document = page(name)
    assert (document.kind, document.language) == (kind, "en")


@pytest.mark.parametrize(
    ("name", "first", "last", "paragraphs", "clutter"),
    [
        (
            "json-ld-news.html",
            "Window broken after 21 minutes, video shows",
            "Correction: An earlier version gave the sergeant’s first name wrongly.",
            8,
            ("cookies", "Buy now", "under review", "neighbour", "briefing", "Ferry", "Advertisement", "Share on"),
        ),
        (
            "table-layout-1252.html",
            "A sergeant of the Port Ellery Police Department was suspended on Thursday, two days after",
            "Ms. Vance said the sergeant earns £41,000 a year and would be paid.",
            4,
            ("Obituaries", "Tyres", "Copyright", "|"),
        ),
        (
            "agency-release.html",
            "Statement on Orrin Street",
            "Media contact: Office of Public Information, press@warrants.example",
            9,
            ("official website", "About us", "FOIA", "- The driver"),
        ),
        (
            "blog-no-metadata.html",
            "Four minutes in Orrin Street",
            "He did not respond to further questions. The police could not say whether a warrant was shown.",
            6,
            ("RSS", "harbour wall", "Powered"),
        ),
        (
            "live-blog.html",
            "FICTION. Everything in this page is invented.",
            "tells us that an officer has broken the window of a car in Orrin Street.",
            5,
            ("listener-supported",),
        ),
    ],
)
def test_the_article_is_read_whole_in_order_and_without_clutter(
    name: str, first: str, last: str, paragraphs: int, clutter: tuple[str, ...]
) -> None:
    lines = page(name).text.split("\n")
    assert lines[0].startswith(first)
    assert lines[-1].endswith(last)
    assert len(lines) == paragraphs
    assert [word for word in clutter if word in page(name).text] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- a point", "a point"),
        ("| 19:53 | Unit 4 \\| arrived | |", "19:53 | Unit 4 | arrived"),
        ("|---|---|", ""),
        ("plain – with a dash", "plain – with a dash"),
        ("|", "|"),
    ],
)
def test_marks_of_lists_and_tables_are_taken_off(line: str, expected: str) -> None:
    assert tidied(line) == expected


def test_lines_stand_in_the_order_of_the_page() -> None:
    assert in_order(["c", "gone", "a", "b"], "a\nb  b\n c") == ["a", "b", "c", "gone"]
    assert in_order(["a", "b", "a"], "a b a") == ["a", "b", "a"]
