"""What a web page says of itself: JSON-LD first, then meta tags, then what it shows, then its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from everyangle.accounts.dates_seen import dates_in, iso_date
from everyangle.adapters.documents_json_ld import json_ld
from everyangle.adapters.documents_parts import UNSAID, Facts, Said, first, one_line

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_SITE = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher", "application-name")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author")
_PUBLISHED = (
    *(
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.issued",
    ),
    *("pubdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dcterms.issued"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
_BYLINE = re.compile(r"\b(?:byline|author|by-?author|writer|contributor)", re.I)
_STAMP = re.compile(r"\b(?:publish|posted|date|timestamp|dateline|byline|time|meta\b|info\b)", re.I)
_CHANGED = re.compile(r"updat|modif|last", re.I)
_NOT_OF_THE_PAGE = re.compile(r"\b(?:comment|related|recommend|sidebar|teaser|card|promo|footer|most-read)", re.I)
_BY = re.compile(r"^\s*(?:by|written by|words by|from)\s*:?\s+", re.I)
_AFTER_NAMES = re.compile(
    r"\s*(?:[|·•]|\.\s|,?\s+(?:published|updated|posted)\b|,?\s*\d|,\s*(?:staff|senior)\b).*$", re.I | re.S
)
_BETWEEN = re.compile(r"\s+[|–—·»-]\s+")
_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d)[/-](?P<day>\d\d)(?:/|-|$)")
_LONGEST_BYLINE = 200
_MOST_SHOWN = 40


def facts_of(tree: Any, address: str = "", captured: Said = UNSAID) -> tuple[Facts, bool]:
    """Return what a page says of itself, and whether it says that it is free to read.

    Args:
        tree: the parsed page (``lxml.html``).
        address: where it was saved from, or "".
        captured: when it was saved.
    """
    said = json_ld(tree.xpath('//script[contains(@type, "ld+json")]/text()'))
    tags = _meta(tree)
    address = address or next(iter(tree.xpath('//link[@rel="canonical"]/@href')), "") or tags.get("og:url", "")
    heading = one_line(" ".join(" ".join(tree.xpath("(//h1)[1]//text()")).split()))
    known = first((Said(one_line(said.publisher), "json-ld"), _tag(tags, _SITE)))
    title, site = _title(one_line(" ".join(tree.xpath("//title[1]/text()")[:1])), heading, known.value)
    published, modified = _shown_dates(tree)
    facts = Facts(
        title=first((Said(one_line(said.title), "json-ld"), _tag(tags, _TITLE), Said(heading, "heading"), title)),
        publisher=first((known, site, _host(address))),
        author=first((_names(Said(said.author, "json-ld")), _names(_tag(tags, _AUTHOR)), _byline(tree))),
        published=first(
            (_dated(said.published, "json-ld"), _dated_tag(tags, _PUBLISHED), published, _from_address(address))
        ),
        modified=first((_dated(said.modified, "json-ld"), _dated_tag(tags, _MODIFIED), modified)),
        captured=captured,
        language=said.language or next(iter(tree.xpath("/html/@lang")), "") or tags.get("og:locale", ""),
        news=said.news or tags.get("og:type", "").lower() == "article" or "article:published_time" in tags,
        web=True,
    )
    return facts, said.free


def _meta(tree: Any) -> dict[str, str]:
    """Return the page's meta tags by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]")[:500]:
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
        value = (tag.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _tag(tags: dict[str, str], names: Iterable[str]) -> Said:
    return next((Said(one_line(tags[name]), f"meta:{name}") for name in names if tags.get(name)), UNSAID)


def _dated_tag(tags: dict[str, str], names: Iterable[str]) -> Said:
    return first(_dated(tags.get(name, ""), f"meta:{name}") for name in names)


def _dated(value: str, source: str) -> Said:
    return Said(iso_date(value), source)


def _names(said: Said) -> Said:
    """Return authors' names, unless they are an address."""
    names = _AFTER_NAMES.sub("", _BY.sub("", one_line(said.value)))
    return UNSAID if re.match(r"https?://|@", names) else Said(names, said.source)


def _title(title: str, heading: str, site: str) -> tuple[Said, Said]:
    """Return the page's title without the site's name beside it, and that name where the page itself tells it apart.

    Args:
        title: of the page, such as "Driver held - Local news - The Example Post".
        heading: of the article, or "".
        site: the site's name where it is known, or "".
    """
    parts = _BETWEEN.split(title)
    own = next((part for part in parts if heading and _alike(part, heading)), "")
    if site and any(_alike(part, site) for part in parts):
        rest = [part for part in parts if not _alike(part, site)]
        return Said(own or max(rest, key=len, default=title), "title"), UNSAID
    if own and len(parts) > 1 and parts[-1] != own:
        return Said(own, "title"), Said(parts[-1], "title")
    head, bar, last = title.rpartition(" | ")
    return (Said(head, "title"), Said(last, "title")) if bar else (Said(title, "title"), UNSAID)


def _alike(a: str, b: str) -> bool:
    a, b = a.casefold(), b.casefold()
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _host(address: str) -> Said:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return UNSAID
    return Said(host.removeprefix("www."), "address")


def _from_address(address: str) -> Said:
    match = _IN_ADDRESS.search(address)
    return UNSAID if match is None else _dated(f"{match['year']}-{match['month']}-{match['day']}", "address")


def _byline(tree: Any) -> Said:
    for element in tree.xpath('//*[@rel="author" or @itemprop="author" or @class]')[:5000]:
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if not (marked or _BYLINE.search(element.get("class") or "")) or _elsewhere(element):
            continue
        words = one_line(element.text_content(), _LONGEST_BYLINE + 1)
        names = _AFTER_NAMES.sub("", _BY.sub("", words)).strip(" ,.")
        if 0 < len(words) <= _LONGEST_BYLINE and re.search(r"[^\W\d_]{2}", names):
            return Said(names, "byline")
    return UNSAID


def _shown_dates(tree: Any) -> tuple[Said, Said]:
    """Return the dates that the page shows in its elements for times and bylines, published and changed."""
    published = modified = UNSAID
    for element in tree.xpath("//time | //*[@class]")[:8000]:
        about = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if (element.tag != "time" and not _STAMP.search(about)) or _elsewhere(element):
            continue
        for before, said in _dates_of(element)[:_MOST_SHOWN]:
            if _CHANGED.search(f"{about} {before}"):
                modified = first((modified, said))
            else:
                published = first((published, said))
        if published.value:
            break
    return published, modified


def _dates_of(element: Any) -> list[tuple[str, Said]]:
    machine = iso_date(element.get("datetime") or "") if element.tag == "time" else ""
    words = one_line(element.text_content(), _LONGEST_BYLINE)
    if machine:
        before = (element.getprevious().tail if element.getprevious() is not None else element.getparent().text) or ""
        return [(f"{before[-30:]} {words}", Said(machine, "time element"))]
    return [(words[max(0, at - 30) : at], Said(value, "byline")) for at, value in dates_in(words)]


def _elsewhere(element: Any) -> bool:
    """Tell whether an element belongs to something beside the article."""
    around = [element, *list(element.iterancestors())[:6]]
    return any(
        one.tag in ("aside", "footer", "nav") or _NOT_OF_THE_PAGE.search(one.get("class") or "") for one in around
    )
