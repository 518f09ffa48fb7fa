"""PolNeAR (Newell, Margolin and Ruths, LREC 2018): attributions in political news, as its files have them.

Only measured against: it has no licence, so nothing is trained on it and none of its text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Tokens = frozenset[int]
"""Numbers of a text's tokens, as :func:`token_numbers` counts them."""

TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Attribution:
    """Who said what, by token numbers; source or cue may be empty."""

    source: Tokens
    cue: Tokens
    content: Tokens
    cue_text: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Article:
    """A text with its attributions.

    Attributes:
        name: file name without its ending.
        text: as in the file.
        attributions: by one annotator.
        second: by a second annotator, where there was one.
    """

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    second: tuple[Attribution, ...] | None = None
    numbers: dict[int, int] = field(default_factory=dict)


def articles(folder: Path) -> Iterator[Article]:
    """Yield the articles of one part (a folder with ``text`` and ``attributions``), by name."""
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        numbers = token_numbers(text)
        sets = [
            tuple(_attributions(file.read_bytes().decode("utf-8"), text, numbers))
            for file in sorted((folder / "attributions").glob(f"{path.stem}_????.ann"))
        ]
        if sets:
            yield Article(path.stem, text, sets[0], sets[1] if len(sets) > 1 else None, numbers)


def token_numbers(text: str) -> dict[int, int]:
    """Return the number of the token that each character belongs to; white space belongs to none."""
    numbers = {}
    for number, match in enumerate(TOKEN.finditer(text)):
        for place in range(*match.span()):
            numbers[place] = number
    return numbers


def tokens_in(numbers: dict[int, int], spans: list[tuple[int, int]]) -> Tokens:
    """Return the tokens that the spans touch."""
    return frozenset(numbers[i] for start, end in spans for i in range(start, end) if i in numbers)


def _attributions(annotation: str, text: str, numbers: dict[int, int]) -> Iterator[Attribution]:
    """Read brat's stand-off format: T lines are spans, E lines put them together."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for line in annotation.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            places = rest.partition("\t")[0].partition(" ")[2]
            spans[name] = [(int(a), int(b)) for a, b in re.findall(r"(\d+) (\d+)", places)]
        elif name.startswith("E"):
            roles: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
            for part in rest.split():
                role, _, target = part.partition(":")
                role = role.rstrip("0123456789")
                if role in roles:
                    roles[role] += spans.get(target, [])
            if roles["Content"]:
                yield Attribution(
                    source=tokens_in(numbers, roles["Source"]),
                    cue=tokens_in(numbers, roles["Cue"]),
                    content=tokens_in(numbers, roles["Content"]),
                    cue_text=" ".join(text[a:b] for a, b in sorted(roles["Cue"])),
                    kind=form(text, roles["Content"]),
                )


QUOTES = '“”"‘’«»„'


def form(text: str, spans: list[tuple[int, int]]) -> str:
    """Return direct (all words stand in quotation marks), mixed (some do) or indirect."""
    words = quoted = 0
    for start, end in spans:
        inside = False
        for match in TOKEN.finditer(text, start, end):
            token = match[0]
            if token in '“"”':
                inside = token == "“" or (token == '"' and not inside)
            elif token[0].isalnum():
                words += 1
                quoted += inside
    return "direct" if quoted >= words > 0 else "mixed" if quoted else "indirect"
