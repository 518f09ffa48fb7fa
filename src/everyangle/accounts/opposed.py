"""Whether one side denies what the other affirms: the same act, a kind of it, or that a thing was there at all.

A denial that is narrower than what is affirmed, or of somebody or some time only, leaves open, and says so.
"""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim
from everyangle.accounts.fitting import covered
from everyangle.accounts.persons import one_person, somebody
from everyangle.accounts.sides import Found, Side, listed, thing
from everyangle.core.accounts import Act
from everyangle.core.weighing import RelationKind, Slot

_OF_ANYTHING = frozenset({"ask", "call", "tell", "bring", "help"})
"""General acts that are denied as a whole where no object stands beside them: "he did not ask"."""

_THERE = frozenset({"", "exist"})
"""Frames of clauses that only name a thing."""


def named(x: Claim, y: Claim, a: Side, b: Side) -> Found | None:
    """Judge a thing that one side names and the other denies: "denied a second blast"."""
    if x.negated == y.negated:
        return None
    denied, affirmed = (x, y) if x.negated else (y, x)
    side = a if x.negated else b
    words = denied.object | (denied.others - concepts.LOOSE)
    if side.act is not Act.DENIES and denied.others - concepts.LOOSE - affirmed.others - affirmed.object:
        return None
    if not denied.object or not words <= affirmed.object | affirmed.others or denied.amounts:
        return None
    if len(words) < 2 and not concepts.telling(words):
        return None
    return Found(RelationKind.CONTRADICT, f"one tells of {listed(words)}, the other denies it", Slot.POLARITY)


def absent(denied: Claim, affirmed: Claim) -> Found | None:
    """Judge a thing that one side says was not there, and the other had in the hand, used or saw used."""
    if denied.frame not in _THERE or affirmed.frame != "exist" or not denied.object or denied.amounts or denied.times:
        return None
    if not covered(denied.object, affirmed.object) or not concepts.telling(denied.object):
        return None
    others = affirmed.about | affirmed.limits
    narrowed = {term for term in (denied.limits | denied.others) - concepts.LOOSE if term not in others}
    if narrowed - denied.object:
        return _narrower(narrowed)
    return Found(RelationKind.CONTRADICT, f"one says that there was no {listed(denied.object)}", Slot.POLARITY)


def lacked(denied: Claim, affirmed: Claim) -> Found | None:
    """Judge a thing that somebody is said not to have had, and to have got by what was done to him: "no muzzles"."""
    if denied.frame != "have" or affirmed.frame != "exist" or not denied.object or denied.times:
        return None
    whose = affirmed.object | affirmed.actor
    same = bool(denied.actor & whose) or one_person(denied.who, affirmed.whom | affirmed.who)
    narrowed = (denied.limits | denied.others) - concepts.LOOSE - affirmed.about - affirmed.limits - denied.object
    if narrowed or not same or not denied.object <= affirmed.object or denied.object & whose & denied.actor:
        return None
    return Found(RelationKind.CONTRADICT, f"one says that there was no {listed(denied.object)}", Slot.POLARITY)


def opposed(x: Claim, y: Claim, a: Side, b: Side, objects: int, actors: int) -> Found | None:
    """Judge one act that one side affirms and the other denies."""
    denied, affirmed = (x, y) if x.negated else (y, x)
    deniers, affirmers = (a, b) if denied is x else (b, a)
    others = affirmers.slots.terms | affirmed.about | affirmed.limits
    if not _enough(denied, affirmed, deniers, affirmers, objects, actors):
        return None
    narrowed = {term for term in denied.limits if term not in others and not concepts.one_group(term, others)}
    if narrowed and not (narrowed - concepts.VAGUE <= concepts.BODY and affirmed.limits <= concepts.BODY):
        return _narrower(narrowed)
    unsaid = denied.actor and not affirmed.actor and not affirmed.pronoun
    if unsaid and (not denied.actor & concepts.OFFICIALS or affirmed.said.verb in ("hear", "see")):
        return Found(RelationKind.LEAVES_OPEN, "it is denied of someone, and affirmed without saying of whom")
    state = denied.frame.startswith("be:")
    if state and (denied.times or affirmed.times) and not (denied.always or affirmed.always):
        return Found(RelationKind.LEAVES_OPEN, "it may have been so at one time, and not at another")
    places = [claim.others - concepts.LOOSE - concepts.STATES - {claim.frame[3:]} for claim in (denied, affirmed)]
    if state and all(places) and not places[0] & places[1] and not (denied.always or affirmed.always):
        return Found(RelationKind.LEAVES_OPEN, f"it may be so of {listed(places[0])} and not of {listed(places[1])}")
    if denied.times and not state:
        return Found(RelationKind.LEAVES_OPEN, "it is denied of a time only")
    if denied.amounts and not affirmed.amounts:
        return Found(RelationKind.LEAVES_OPEN, "what is denied is a number, not that it happened")
    return Found(
        RelationKind.CONTRADICT, f"one says that {thing(affirmed)}, the other that it was not so", Slot.POLARITY
    )


def _enough(denied: Claim, affirmed: Claim, deniers: Side, affirmers: Side, objects: int, actors: int) -> bool:
    """Whether two clauses have so much in common that they are of one act."""
    others = affirmers.slots.terms | affirmed.about | affirmed.limits
    if _ordinals(denied) and not _ordinals(denied) & _ordinals(affirmed):
        return False
    if "another" in affirmed.others - denied.others:
        return False
    if denied.frame in concepts.GENERIC:
        met = len(deniers.around & affirmers.around - {denied.frame}) >= 2
        return _enough_of_little(denied, affirmed, others, objects, actors, met=met)
    if objects > 0 and not _another(denied, affirmed):
        return True
    if actors > 0:
        return True
    grouped = any(concepts.one_group(one, affirmed.object) for one in denied.object)
    same = one_person(denied.who, affirmed.who) or one_person(denied.whom, affirmed.whom)
    if denied.frame.startswith("be:"):
        return _enough_of_state(denied, affirmed, deniers, affirmers)
    if denied.limits and denied.limits <= others:
        return True
    bare = objects == 0 and not (denied.object or affirmed.object) and not denied.limits
    if bare and (_doing(denied, affirmed, deniers) or _doing(affirmed, denied, affirmers)):
        return True
    if denied.object and affirmed.object:
        return grouped and not denied.actor
    if same and not denied.object:
        return True
    nobody = not denied.actor and not denied.pronoun and not somebody(denied.whom)
    nobody = nobody or deniers.act is Act.DENIES
    nobody = nobody or bool(denied.actor & concepts.OFFICIALS and affirmed.actor & affirmed.names)
    if nobody and objects == actors == 0:
        return True
    someone = bool(denied.actor & denied.names) and affirmed.pronoun
    shared = deniers.around & affirmers.around - {denied.frame}
    return not someone and not (denied.actor and affirmed.actor) and len(shared) >= 2


def _enough_of_little(
    denied: Claim, affirmed: Claim, others: frozenset[str], objects: int, actors: int, *, met: bool
) -> bool:
    """The same for words that mean too much: who, what or where must be told, or all of it be denied of one person."""
    either = affirmed.pronoun or denied.pronoun or not (denied.actor and affirmed.actor)
    either = either or any(concepts.one_group(one, affirmed.actor) for one in denied.actor)
    limited = "anything" in denied.whom and bool(affirmed.object) and bool(denied.limits) and denied.limits <= others
    same = one_person(denied.who, affirmed.who) or one_person(denied.whom, affirmed.whom) or actors > 0
    whole = denied.whom <= affirmed.whom | {"anything"} and not denied.object and not denied.limits
    spoken = met and "i" in denied.who | affirmed.who and bool((denied.who | affirmed.who) & {"he", "she"})
    told = denied.frame in _OF_ANYTHING and whole and (same or spoken)
    nobody = denied.frame == "be" and not (denied.actor or denied.object or denied.who or denied.pronoun)
    placed = (
        (actors > 0 or (nobody and bool(affirmed.actor)))
        and bool(denied.limits)
        and denied.limits <= affirmed.limits | affirmed.others
    )
    placed = placed and affirmed.object <= denied.object
    return (objects > 0 and (actors > 0 or either) and not _another(denied, affirmed)) or limited or told or placed


def _enough_of_state(denied: Claim, affirmed: Claim, deniers: Side, affirmers: Side) -> bool:
    """The same for states of what no word has in common."""
    if denied.object and affirmed.object:
        grouped = any(concepts.one_group(one, affirmed.object) for one in denied.object)
        return grouped and not (denied.object | affirmed.object) <= concepts.ROLES
    same = one_person(denied.who, affirmed.who) or one_person(denied.whom, affirmed.whom)
    return same or _meant(denied, affirmed, deniers) or _meant(affirmed, denied, affirmers)


def _doing(by_pronoun: Claim, named: Claim, side: Side) -> bool:
    """Whether a pronoun that does something may mean who does it in the other clause."""
    pronoun = by_pronoun.who & {"he", "she", "it", "they"}
    return bool(pronoun) and not by_pronoun.actor and bool(named.actor & side.around)


def _meant(by_pronoun: Claim, named: Claim, side: Side) -> bool:
    """Whether a pronoun of one clause may mean what the other names, for it stands in the words around the pronoun."""
    pronoun = (by_pronoun.who | by_pronoun.whom) & {"he", "she", "it", "they"}
    return bool(pronoun) and not by_pronoun.object and bool(named.object & side.around)


def _another(denied: Claim, affirmed: Claim) -> bool:
    """Whether one clause is of somebody named by a pronoun, and the other of somebody else: "she", "her brother"."""
    one = somebody(denied.who) and bool(affirmed.actor - concepts.VAGUE) and not affirmed.actor & affirmed.names
    other = somebody(affirmed.who) and bool(denied.actor - concepts.VAGUE) and not denied.actor & denied.names
    return (one or other) and not (denied.actor | affirmed.actor) & concepts.OFFICIALS


def _ordinals(claim: Claim) -> frozenset[str]:
    return claim.others & _WHICH


_WHICH = frozenset({"first", "second", "third", "fourth", "other", "another"})


def _narrower(narrowed: set[str]) -> Found:
    return Found(RelationKind.LEAVES_OPEN, f"what is denied is narrower ({listed(narrowed)}) than what is affirmed")
