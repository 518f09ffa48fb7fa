"""Whether a sentence's words around a date speak of what was or of what is to come. Looks at words, not at grammar."""

from __future__ import annotations

import re

from everyangle.accounts.time_forms import Side
from everyangle.accounts.time_words import Words
from everyangle.accounts.tokens import word_set

_AHEAD = word_set("""
    will shall 'll would scheduled expected due payable expire expires effective upcoming intends tomorrow
    begins must hopes expects takes opens starts resumes arrives meets closes leaves resume begin might should
""")
_BEHIND = word_set("""
    was were had did said told has have been since came went took made began got gave left met saw fell rose
    sent held found shot ago yesterday after ended stood spoke wrote broke ran died says became knew kept led
    lost won bought brought built caught chose drew drove fought flew grew heard lent paid sank sat shook sold sought
    spent stole struck swore taught thought threw tore understood wore
""")
_MAY_GO_ON = {
    "is",
    "are",
    "plan",
    "plans",
    "planned",
    "likely",
    "ready",
    "set",
    "willing",
    "wants",
    "agreed",
    "promised",
    "due",
}
"""Words that speak of the future where "to" follows."""

_FIXED = {"set", "scheduled", "planned", "slated", "expected", "due", "called"}
_MAY = {"may": {"not"}, "can": {"not"}, "could": {"not", "be", "have"}}
"""Words that speak of the future unless one of these follows ("could not be reached Friday")."""

_PAST_FORM = re.compile(
    r"(?!(?:un)?(?:united|allied|hundred|naked|sacred|hatred|kindred|wicked|rugged|advanced)$)[a-z]{2,}(?<!e)ed|agreed|freed"
)
_END = {".", "!", "?", ";"}
_TITLES = {"Mr", "Mrs", "Ms", "Dr", "Sgt", "Lt", "Capt", "Col", "Gen", "Sen", "Rep", "Gov", "Supt", "Insp"}
_FAR = 14


def tense(words: Words, first: int, after: int) -> Side:
    """Return AFTER where the nearest telling word before the places, else after them, speaks of the future; or BEFORE.

    OPEN where no word within the sentence tells.
    """
    before = words.tokens[first - 1].text if first else ""
    if before == "until" and _denied(words, first - 1):
        return Side.BEFORE
    if before == "for" and first > 1 and words.tokens[first - 2].text in _FIXED:
        return Side.AFTER
    if before in {"until", "as"} or (before == "by" and words.codes[first] != "d"):
        return Side.AFTER
    for place in range(first - 1, max(-1, first - 1 - _FAR), -1):
        told = _told(words, place)
        if told is None:
            break
        if told is not Side.OPEN:
            return told
    for place in range(after, min(len(words.tokens), after + _FAR)):
        told = _told(words, place)
        if told is None:
            break
        if told is not Side.OPEN:
            return told
    return Side.OPEN


def _denied(words: Words, until: int) -> bool:
    """Whether nothing was before an "until" ("had not been told until Friday")."""
    near = [words.tokens[place].lower for place in range(max(0, until - 8), until)]
    since = next((at for at in range(len(near) - 1, -1, -1) if near[at] in _END), -1)
    return bool({"not", "n't", "t", "never", "wasn", "weren", "didn", "hadn"} & set(near[since + 1 :]))


_SAID = word_set("""
    said says told announced reported confirmed stated wrote added declined testified acknowledged denied
    insisted warned announces filed released issued published posted sworn statement received report letter
    article court hearing produced
""")


def said_then(words: Words, first: int, after: int) -> bool:
    """Whether the words beside a date say that it tells when something was said or made known ("said on Tuesday")."""
    before = {words.tokens[place].lower for place in range(max(0, first - 4), first)}
    follows = words.tokens[after].lower if after < len(words.tokens) else ""
    return bool(before & _SAID) or follows in _SAID


def _initial(words: Words, place: int) -> bool:
    """Whether a dot ends an initial or a title ("P.", "Mr."), not a sentence."""
    before = words.tokens[place - 1].text if place else ""
    return words.tokens[place].text == "." and before[:1].isupper() and (len(before) == 1 or before in _TITLES)


def _told(words: Words, place: int) -> Side | None:
    word = words.tokens[place].lower
    if (word in _END and not _initial(words, place)) or words.codes[place] == "|":
        return None
    if word in _AHEAD or (
        word in _MAY_GO_ON and place + 1 < len(words.tokens) and words.tokens[place + 1].lower == "to"
    ):
        return Side.AFTER
    follows = words.tokens[place + 1].lower if place + 1 < len(words.tokens) else ""
    if words.codes[place] == "_" and words.tokens[place].text in _MAY and follows not in _MAY[word]:
        return Side.AFTER
    passive = place > 0 and words.tokens[place - 1].lower in {"be", "being", "to"}
    if (word in _BEHIND or (words.codes[place] == "_" and _PAST_FORM.fullmatch(word))) and not passive:
        return Side.BEFORE
    return Side.OPEN
