"""Ten saved news pages about one invented event, each in another publisher's manner, with the clutter of such pages.

For looking at what comes out of pages that go in. The event: on a Monday evening a man is taken off a ferry at Marrow
Quay by harbour wardens; a plank breaks, an arm is hurt, a phone is lost, and accounts differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One article: where it is from, when, by whom, its headline and paragraphs."""

    name: str
    publisher: str
    author: str
    published: str
    headline: str
    paragraphs: tuple[str, ...]


_CLUTTER = (
    '<div class="cookie-consent">We value your privacy. <button>Accept</button></div>',
    '<aside class="newsletter">Get our morning letter. No spam.</aside>',
    '<div class="related"><h3>Read more</h3><ul><li><a href="/a">Ten soups for spring</a></li></ul></div>',
    '<div class="ad">ADVERTISEMENT</div>',
    '<div class="social"><a href="#">Share</a> <a href="#">Print</a></div>',
    '<section class="comments"><h3>3 comments</h3><p>gull_77: wardens again</p></section>',
)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in text.split("\n\n"))


PAGES = (
    NewsPage(
        "01-harbour-post",
        "The Harbour Post",
        "Ilse Maron",
        "2031-05-13T07:10:00+02:00",
        "Man taken off ferry at Marrow Quay",
        _paragraphs("""
            A man was taken off the evening ferry at Marrow Quay on Monday after he refused for 20 minutes to show a
            ticket, the Harbour Office said.

            “Our wardens stayed calm throughout,” said Odo Brannick, a spokesman for the Harbour Office. “No force
            was used.” Three wardens were present, he said.

            The man’s sister, Tilde Varga, who was travelling with him, said that he had shown his ticket twice.
            “They pulled him down the gangway by his arm,” she said.

            The Harbour Office declined to say whether the wardens wore cameras.
        """),
    ),
    NewsPage(
        "02-island-radio",
        "Island Radio News",
        "",
        "2031-05-13T08:00:00+02:00",
        "Passenger hurt in ferry row",
        _paragraphs("""
            A passenger was hurt when wardens removed him from a ferry on Monday evening, his family says.

            Tilde Varga told Island Radio that her brother Anton’s wrist was broken. “Nobody asked him to leave,”
            she said.

            The Harbour Office said that nobody was injured.
        """),
    ),
    NewsPage(
        "03-quay-and-town",
        "Quay & Town",
        "Bertil Oske",
        "2031-05-13T11:30:00+02:00",
        "Wardens asked man to leave “at least five times”",
        _paragraphs("""
            Harbour wardens asked a passenger at least five times to leave the ferry before they removed him,
            according to the Harbour Office.

            Chief Warden Runa Sollis said that the passenger had no ticket. “He was shouting from the start,” she
            said.

            A deckhand, Emmo Tarp, said he heard one request. “They waited two minutes at most,” Tarp said.
        """),
    ),
    NewsPage(
        "04-the-lantern",
        "The Lantern",
        "Nele Brandis",
        "2031-05-13T16:45:00+02:00",
        "What the deck camera shows",
        _paragraphs("""
            Footage from the ferry’s deck camera shows five wardens around Anton Varga, 41, and lasts 90 seconds.

            In it, Varga holds up a piece of paper. The ferry company, Sundline, said that the paper was a valid
            ticket.

            Odo Brannick, the Harbour Office’s spokesman, did not respond to questions about the footage.
        """),
    ),
    NewsPage(
        "05-coast-wire",
        "Coast Wire",
        "",
        "2031-05-14T06:05:00+02:00",
        "Harbour Office says three wardens took part",
        _paragraphs("""
            MARROW QUAY – The Harbour Office repeated on Tuesday that three wardens took part in removing a
            passenger.

            “I can confirm three,” Odo Brannick told reporters. Asked about a video that appears to show five, he
            said that two of them were off duty.

            He denied that anyone had pulled Varga by the arm.
        """),
    ),
    NewsPage(
        "06-family-gazette",
        "The Marrow Gazette",
        "Ruth Immel",
        "2031-05-14T09:20:00+02:00",
        "“My brother had a ticket”",
        _paragraphs("""
            Tilde Varga has a photograph of the ticket on her phone. “My brother had a ticket, and they saw it,” she
            said on Tuesday.

            Her own phone was taken by a warden and thrown into the water, she says. The Harbour Office says that no
            phone was taken.

            Their lawyer, Casimir Dole, said that the family would file a complaint.
        """),
    ),
    NewsPage(
        "07-sundline-blog",
        "Deck Talk",
        "Jorun Alm",
        "2031-05-14T12:00:00+02:00",
        "The crew speaks",
        _paragraphs("""
            “The gangway was still up when they pushed him,” said a sailor who did not want to be named.

            Captain Hedda Lind said she had not called the wardens. “I do not know who did,” she added.

            Chief Warden Sollis said the captain had asked for help.
        """),
    ),
    NewsPage(
        "08-the-courier",
        "The Sound Courier",
        "Mikkel Rauf",
        "2031-05-15T07:00:00+02:00",
        "Hospital: wrist broken, eleven stitches",
        _paragraphs("""
            Anton Varga’s left wrist was broken and his forearm needed eleven stitches, hospital records show.

            “A scratch,” Runa Sollis had said on Monday. On Wednesday, she said that she had not been aware of an
            injury.

            Varga was released from St. Ebba Hospital on Tuesday.
        """),
    ),
    NewsPage(
        "09-council-today",
        "Council Today",
        "Pia Voss",
        "2031-05-15T15:30:00+02:00",
        "Councillors ask for the log",
        _paragraphs("""
            Councillor Arvid Nyhl demanded that the Harbour Office publish its log. “We want to know who gave the
            order,” he said.

            Brannick said that the log showed the ferry’s call at 19:42 and the wardens’ arrival at 19:50. Captain
            Lind said that the wardens had arrived at 20:05.

            The Harbour Office could not say who had called.
        """),
    ),
    NewsPage(
        "10-the-weekly",
        "The Quay Weekly",
        "Tomas Weel",
        "2031-05-17T10:00:00+02:00",
        "Five days, three versions",
        _paragraphs("""
            On Monday, the Harbour Office said that no force was used. On Friday, Brannick admitted that a warden
            had held Varga by the arm.

            He said that the passenger had been warned three times. Tilde Varga said: “There was no warning.”

            “It took two minutes,” she said. “They say twenty.”
        """),
    ),
)


def html(page: NewsPage) -> str:
    """Return the page as it would be saved, with its clutter; which clutter, and where, depends on its name."""
    turn = int(page.name[:2])
    before, after = (_CLUTTER[(turn + step) % len(_CLUTTER)] for step in (0, 2))
    body = "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in page.paragraphs)
    byline = f'<p class="byline">By {escape(page.author)}</p>' if page.author else ""
    author = f'<meta name="author" content="{escape(page.author)}">' if page.author else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(page.headline)} | {escape(page.publisher)}</title>
<meta property="og:site_name" content="{escape(page.publisher)}">{author}
<meta property="article:published_time" content="{page.published}"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>{before}
<main><article><h1>{escape(page.headline)}</h1>{byline}
{body}</article></main>{after}
<footer>{escape(page.publisher)}. Imprint, Terms, Contact</footer></body></html>
"""


def write_pages(folder: Path) -> list[Path]:
    """Write all pages into a folder, and return where."""
    paths = []
    for page in PAGES:
        path = folder / f"{page.name}.html"
        path.write_text(html(page), encoding="utf-8")
        paths.append(path)
    return paths
