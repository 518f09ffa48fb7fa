"""The two tables of a file: its heading, and the line of each statement. Reads lines; knows no text."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from everyangle.core.accounts import Act, Form, Modality, Polarity
from everyangle.testing.corpus.fault import fault

KINDS = {"news", "statement", "release", "transcript", "record", "other"}
_HEADINGS = {"kind", "title", "publisher", "author", "published", "people"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks for a party, by a document's heading."""

    name: str
    role: str
    party: str


@dataclass(frozen=True, slots=True)
class Row:
    """A statement's line of the table; ``line`` is the file's."""

    line: int
    number: int
    act: Act
    form: Form
    polarity: Polarity
    modality: Modality
    who: str
    role: str
    party: str
    said: str


def heading(name: str, lines: list[str]) -> tuple[dict[str, str], tuple[Person, ...]]:
    """Return a file's heading by key, and its people.

    Raises:
        BadInputError: ``corpus-malformed`` for an unknown or repeated key, a missing or unknown kind.
    """
    values: dict[str, str] = {}
    people: list[Person] = []
    for number, line in enumerate(lines, 1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _HEADINGS or key in values:
            raise fault(name, number, f"{line!r} is not one of {', '.join(sorted(_HEADINGS))}, or is there twice")
        if key != "people":
            values[key] = value
            continue
        parts = [part.strip() for part in value.split("|")]
        if len(parts) != len(Person.__slots__) or not parts[0]:
            raise fault(name, number, "people have a name, a role and a party, divided by |")
        people.append(Person(*parts))
    if values.get("kind") not in KINDS:
        raise fault(name, 1, f"the kind is none of {', '.join(sorted(KINDS))}")
    return values, tuple(people)


def row(name: str, line: int, text: str) -> Row:
    """Return a statement's line.

    Raises:
        BadInputError: ``corpus-malformed`` for words that the guide does not have.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise fault(name, line, f"the quotation marks do not close ({error})") from error
    try:
        number, act, form = int(words[0]), Act(words[1]), Form(words[2])
    except (ValueError, IndexError) as error:
        raise fault(name, line, f"{text!r} does not begin with a number, an act and a form") from error
    flags = [word for word in words[3:] if "=" not in word]
    keys = dict(word.split("=", 1) for word in words[3:] if "=" in word)
    modalities = [flag for flag in flags if flag in {*Modality}]
    unknown = {*flags} - {Polarity.NEGATIVE, *Modality} or {*keys} - {"who", "role", "party", "said"}
    if unknown or len(modalities) > 1:
        raise fault(name, line, f"{text!r} has words that the guide does not have, or two modalities")
    return Row(
        line,
        number,
        act,
        form,
        Polarity.NEGATIVE if Polarity.NEGATIVE in flags else Polarity.POSITIVE,
        Modality(modalities[0]) if modalities else Modality.FACT,
        *(keys.get(key, "") for key in ("who", "role", "party", "said")),
    )
