"""Reading the text of documents."""

from __future__ import annotations

import pytest

from everyangle.adapters.documents_trafilatura import MAX_BYTES, TrafilaturaDocuments
from everyangle.core.errors import BadInputError

PAGE = """<!doctype html><html><head><title>Driver held after stop on Alder Street - The Example Post</title>
<meta property="og:site_name" content="The Example Post"><meta property="article:published_time" content="2024-05-04">
</head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><div class="cookie">We use cookies.</div>
<article><h1>Driver held after stop on Alder Street</h1>
<p>A driver was held on Saturday after a stop that lasted, by one account, about 25 minutes.</p>
<p>The family says that no warrant was shown at any time during the stop, which neighbours filmed.</p></article>
<footer>Subscribe to our newsletter</footer><script>alert(1)</script></body></html>"""


@pytest.fixture
def documents() -> TrafilaturaDocuments:
    return TrafilaturaDocuments()


def test_a_page_is_read_without_its_clutter(documents: TrafilaturaDocuments) -> None:
    read = documents.read(PAGE.encode(), "text/html")
    assert "about 25 minutes" in read.text
    assert "no warrant was shown" in read.text
    for clutter in ("cookies", "newsletter", "alert", "Sport"):
        assert clutter not in read.text
    assert (read.publisher, read.published) == ("The Example Post", "2024-05-04")
    assert read.title.startswith("Driver held after stop on Alder Street")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("“Step out,” he said.".encode(), "“Step out,” he said."),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("naïve".encode("utf-16"), "naïve"),
        ("Die Behörde erklärte, sie habe verhandelt. Für die Familie ist das falsch.".encode("cp1252"), None),
    ],
)
def test_plain_text_is_its_own_text(documents: TrafilaturaDocuments, data: bytes, expected: str | None) -> None:
    text = documents.read(data, "text/plain").text
    assert text == (expected if expected is not None else data.decode("cp1252"))


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"%PDF-1.7", "application/pdf", "document-type-unread"),
        (b"<html></html>", "text/html", "document-unreadable"),
        (b"<div>" * 100_000, "text/html", "document-unreadable"),
        (b" " * (MAX_BYTES + 1), "text/plain", "document-too-large"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_holds(
    documents: TrafilaturaDocuments, data: bytes, media_type: str, code: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        documents.read(data, media_type)
    assert caught.value.code == code
    assert "preserved" in caught.value.holds
