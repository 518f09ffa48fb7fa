"""What words mean to a weighing: concepts of verbs, nouns and adjectives, opposites, and what is a kind of what.

The sets themselves are general English (:mod:`everyangle.accounts.words_acts` and its neighbours); nothing there is
about one case. A word that stands in no set means itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from everyangle.accounts import words_acts, words_states, words_things


def words(text: str) -> frozenset[str]:
    """Return a set of words given as one text."""
    return frozenset(text.split())


REFUSING = words(
    """
    decline fail forget neglect omit refuse
    """
)
"""Verbs that say that what follows did not happen."""

MOVING = words(
    """
    burst come drive get go march move run walk
    """
)
"""Verbs that with "into" mean to enter."""

BECOMING = words(
    """
    begin come continue go happen keep manage proceed start use
    """
)
"""Verbs that say that what follows happened."""

REPORTING = words(
    """
    add allege announce argue ask believe claim confirm deny estimate fear feel hear hope imagine insist know
    maintain note order promise report say see show state suggest suppose swear tell testify think warn wonder
    write
    """
)
"""Verbs whose clause is somebody's word, not the speaker's own."""

GENERIC = words(
    """
    ask be become begin bring call come do exist feel find get give go happen have hear keep know let look make
    mean need put report say see seem set show start take tell think try turn use want work
    """
)
"""Frames that mean too much to tell by themselves what a statement is about."""

VAGUE = words(
    """
    a.m. afternoon amount anybody anyone anything april august case day december evening event everybody everyone
    everything fact february friday he here hour i incident it january july june kind lot march matter may minute
    man monday month morning night nobody none nothing november number october one other p.m. part people person place
    saturday second september she situation somebody someone something sort sunday that there they thing this
    thursday time tuesday way we wednesday week what which who woman year you
    """
)
"""Nouns that name nothing by themselves."""

LOOSE = words(
    """
    about almost ever even also still just only once twice later earlier together soon often quite rather perhaps maybe
    then there here very again already always never whatsoever nearly simply really actually otherwise however therefore
    instead sight anywhere
    """
)
"""Adverbs that do not narrow what they stand beside."""


def _table(text: str) -> dict[str, str]:
    rows = (line.split(":") for line in text.strip().splitlines())
    return {word: concept for concept, every in rows for word in every.split()}


SAYINGS = words(
    "account allegation claim count figure number report statement story version accusation charge suggestion word"
)
"""Nouns for what is said, which do not tell what it is about."""

VERBS = _table(words_acts.VERBS)
NOUNS = _table(words_things.NOUNS)
NOMINAL = _table(words_acts.NOMINAL)
NAMED_BY: dict[str, set[str]] = {}
"""The nouns that name each act, as concepts."""
LIGHT = words(words_acts.LIGHT)
BODY = words(words_things.BODY)
GROUPS = tuple(words(line) for line in words_things.GROUPS.strip().splitlines())
OFFICIALS = GROUPS[0]
ROLES = words(
    "driver passenger prisoner student patient resident son daughter brother sister mother father nurse doctor"
)
"""Nouns for people in one place or family who are not each other."""
UNDOES = {line.split(":")[0]: line.split(":")[1].strip() for line in words_states.UNDOES.strip().splitlines()}
EXCLUSIVE = tuple(words(line) for line in words_states.EXCLUSIVE.strip().splitlines())
"""Words of which only one can be true of one thing."""
_STATES = _table(words_states.SAME)
STATES = frozenset(UNDOES) | frozenset(_STATES)
"""Words that tell a state."""
for _noun, _act in NOMINAL.items():
    NAMED_BY.setdefault(_act, set()).add(NOUNS.get(_noun, _noun))
_KINDS: dict[str, set[str]] = {}
for _line in words_things.KINDS.strip().splitlines():
    _KINDS.setdefault(_line.split(":")[0], set()).update(_line.split(":")[1].split())


def verb(lemma: str, particle: str = "") -> str:
    """Return what a verb means, with its particle where that changes it."""
    joined = f"{lemma}_{particle}" if particle else lemma
    return VERBS.get(joined) or (f"{VERBS.get(lemma, lemma)}_{particle}" if particle else VERBS.get(lemma, lemma))


def noun(lemma: str) -> str:
    """Return what a noun means."""
    return NOUNS.get(lemma, lemma)


def state(lemma: str) -> tuple[str, bool]:
    """Return what an adjective means, and whether it says the opposite of that ("off" is not "on")."""
    if lemma in UNDOES:
        return UNDOES[lemma], True
    return _STATES.get(lemma, lemma), False


def telling(terms: Iterable[str]) -> bool:
    """Whether some concepts tell by themselves what is spoken of."""
    return bool(set(terms) - GENERIC - VAGUE - LOOSE - SAYINGS)


def covers(general: str, special: str) -> bool:
    """Whether a denial of the one is a denial of the other: it is the same, or a kind of it ("weapon", "knife")."""
    return general == special or any(covers(kind, special) for kind in _KINDS.get(general, ()))


def one_group(term: str, others: Iterable[str]) -> bool:
    """Whether a noun may name what one of some others names, though they do not mean the same."""
    every = set(others)
    return any(term in group and every & group for group in GROUPS)
