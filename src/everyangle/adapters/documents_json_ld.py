"""What a web page says of itself in JSON-LD (schema.org): headline, dates, author, publisher, whether it is free."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_LARGEST = 1_000_000
_DEEPEST = 12
_ARTICLES = ("article", "newsarticle", "blogposting", "liveblogposting", "report", "pressrelease", "statement")
_PAGES = ("webpage", "website", "creativework")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """What one page says; "" where it does not.

    Attributes:
        title: headline.
        publisher: name.
        author: names, joined by ", ".
        published: as written.
        modified: as written.
        language: as written.
        news: whether it is an article.
        free: False where it says that it is not free to read.
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    news: bool = False
    free: bool = True


def json_ld(scripts: Iterable[str]) -> JsonLd:
    """Return what the page's scripts of type ``application/ld+json`` say; broken ones say nothing."""
    things = [thing for script in scripts for thing in _things(_parsed(script))]
    articles = [thing for thing in things if any(kind.endswith(_ARTICLES) for kind in _kinds(thing))]
    pages = [thing for thing in things if any(kind in _PAGES for kind in _kinds(thing))]
    names = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and thing.get("name")}
    thing: dict[str, Any] = {}
    for one in [*reversed(pages), *reversed(articles)]:
        thing |= {key: value for key, value in one.items() if value}
    return JsonLd(
        title=_text(thing.get("headline")) or (_text(thing.get("name")) if articles else ""),
        publisher=_named(thing.get("publisher"), names),
        author=_named(thing.get("author"), names) or _named(thing.get("creator"), names),
        published=_text(thing.get("datePublished")),
        modified=_text(thing.get("dateModified")),
        language=_text(thing.get("inLanguage")),
        news=bool(articles),
        free=str(thing.get("isAccessibleForFree", True)).lower() != "false",
    )


def _parsed(script: str) -> object:
    if len(script) > _LARGEST:
        return None
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _things(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author"):
            yield from _things(value.get(key), depth + 1)


def _kinds(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _named(value: object, names: dict[str, dict[str, Any]], depth: int = 0) -> str:
    """Return the name or names of a thing, a list of things, or a reference to one."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        found = [_named(one, names, depth + 1) for one in value]
        return ", ".join(dict.fromkeys(name for name in found if name))
    if isinstance(value, dict):
        reference = value.get("@id")
        known = names.get(reference) if isinstance(reference, str) else None
        return _text(value.get("name")) or (_text(known.get("name")) if known else "")
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""
