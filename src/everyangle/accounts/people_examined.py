"""Who asks and who answers behind "Q." and "A.": the last whom the text above says to examine or to testify."""

from __future__ import annotations

import re

from everyangle.accounts.people_figures import Figure, Figures
from everyangle.accounts.people_names import name_words
from everyangle.accounts.people_words import COURTESY, OFFICES, POLICE

_NAME = r"(?P<name>(?:[A-Z][\w.’'-]*[ ]?){1,6})"
_BY = re.compile(rf"\b(?:by|BY|By) (?=(?:MR|MS|MRS|MISS|DR|DET|SGT|Mr|Ms|Mrs|Miss|Dr|Det|Sgt)\b){_NAME}")
_OF = re.compile(
    r"\b(?i:testimony|deposition|examination|interview|evidence) (?i:of) " + _NAME + r"(?=[,:\n]|$)", re.MULTILINE
)
_SWORN = re.compile(rf"^[ \t]*{_NAME},[^\n]{{0,60}}\b(?i:sworn|affirmed|called as a witness|recalled)\b", re.MULTILINE)
_ANSWER = re.compile(r"^[ \t]*(?:\d{1,2}[ \t]+)?A[.:]?\s", re.MULTILINE)


def examined(figures: Figures, label: str, before: int) -> Figure | None:
    """Return who a label of an examination stands for, or None where it is none or nobody is named.

    Args:
        figures: of the document.
        label: "q" or "a".
        before: where the label stands.
    """
    text = figures.document.text
    if _ANSWER.search(text) is None:
        return None
    found = [match for each in ((_BY,) if label == "q" else (_OF, _SWORN)) for match in each.finditer(text, 0, before)]
    if not found:
        return None
    words = name_words(max(found, key=lambda match: match.start())["name"].strip(" .,:"))
    while len(words) > 1 and words[0] in COURTESY.keys() | POLICE | OFFICES.keys():
        words.pop(0)
    bearers = figures.persons_named(words, "") or figures.persons_named(words[-1:], "")
    if len(bearers) > 1:
        return None
    if bearers:
        return bearers[0]
    figure = Figure(" ".join(word.title() for word in words))
    figures.persons.append(figure)
    return figure
