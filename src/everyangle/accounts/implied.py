"""What a clause implies: who punches hits and touches; what is locked is not open; who complies does not resist.

Only what follows from the meaning of the words, whoever does it. A denial implies nothing here: that nobody was punched
leaves open whether anybody was hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from everyangle.accounts import concepts
from everyangle.accounts.claims import Claim, Status

_DOES = """
punch: hit
kick: hit
slap: hit
club: hit
hit: touch use_force
push: touch use_force
drag: touch use_force
grab: touch
hold: touch use_force
kneel: touch use_force
handcuff: touch hold use_force
choke: touch use_force injure
tackle: touch use_force
taser: use_force
spray: use_force
stab: injure touch use_force
shoot: injure use_force
bite: injure
fracture: injure
burn: injure
search: touch
check: arrive see
visit: arrive
enter: arrive
attend: arrive
treat: arrive help
help: arrive
loot: steal
evict: use_force
kill: injure
warn: tell speak
order: tell speak
shout: speak
ask: speak
tell: speak
insult: speak
threaten: speak
apologise: speak
negotiate: speak
explain: speak tell
mention: speak
promise: speak
shoot_at: fire
"""

_STATES = """
switch_on: on
switch_off: -on
arm: armed
lock: -open
repair: working
break_down: -working
break: -working
sound: working
disable: -working
disconnect: -working
die: -alive
kill: -alive
drown: -alive
survive: alive
injure: injured
stab: injured
bite: injured
fracture: injured
burn: injured
"""

_NOT = """
comply: resist ignore
resist: comply
ignore: comply help treat answer listen
obey: ignore
publish: withhold
withhold: publish
allow: prevent forbid ban
prevent: allow
forbid: allow
ban: allow
accept: reject
reject: accept
block: allow
hide: show
starve: feed eat
feed: starve
survive: die
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        name, words = line.split(":")
        out[name] = (*out.get(name, ()), *words.split())
    return out


DOES, STATES, NOT = _table(_DOES), _table(_STATES), _table(_NOT)

_WITH = frozenset({"hit", "injure", "threaten", "fire", "stab", "punch", "touch", "kill", "force", "point", "spray"})
"""Acts in which a weapon that is named was used."""

_BEING_THERE = frozenset({"stand", "sit", "lie", "wait", "stay", "kneel", "live", "sleep"})
_HAVING = frozenset({"have", "hold", "carry", "wield", "brandish", "draw", "point", "swing", "raise", "aim"})
_VIOLENT = frozenset({"attack", "hit", "punch", "kick", "throw", "loot", "set_fire", "stab", "fire", "riot"})

_DAMAGED = frozenset({"broken", "fractured", "fracture", "swollen", "dislocated", "bruised", "cut"})

_NOT_THERE = concepts.words(
    """
    ask want need expect request demand promise deny refuse lack lose wait miss mention discuss describe allege offer
    seek search look hope plan order claim call say think believe fear imagine avoid prevent know
    """
)
"""Verbs whose object need not be there."""


def implied(claim: Claim) -> Iterator[Claim]:
    """Yield what an affirmed clause implies; each keeps the clause's own words, and says whence it follows."""
    if claim.negated or claim.status is not Status.ASSERTED:
        return
    yield from _acts(claim, claim.frame, {claim.frame})
    yield from _states(claim)
    yield from _things(claim)
    for other in NOT.get(claim.frame, ()):
        yield replace(claim, frame=other, negated=True, amounts=(), times=(), limits=frozenset())


def _states(claim: Claim) -> Iterator[Claim]:
    """Yield the states in which an act leaves what it is done to."""
    thing = claim.object or (frozenset() if claim.whom else claim.actor)
    whom = claim.whom or (frozenset() if claim.object else claim.who)
    for state in STATES.get(claim.frame, ()) if thing or whom else ():
        yield replace(
            claim,
            frame=f"be:{state.removeprefix('-')}",
            negated=state.startswith("-"),
            actor=frozenset(),
            object=thing,
            who=frozenset(),
            whom=whom,
            limits=frozenset(),
            amounts=(),
            times=(),
        )
    if claim.frame == "drink" and not claim.object:
        yield replace(claim, frame="be:drunk", actor=frozenset(), object=claim.actor, whom=claim.who, amounts=())


def _things(claim: Claim) -> Iterator[Claim]:
    """Yield what was used, hurt or there, where a clause of another act says so."""
    if claim.frame in ("be:on", "be:working"):
        yield replace(claim, frame="exist", negated=False, actor=frozenset(), amounts=(), times=())
    hurt = claim.frame in ("suffer", "have", "sustain") and claim.others & _DAMAGED
    if (claim.frame in ("break", "cut") or hurt) and claim.object & concepts.BODY:
        yield replace(claim, frame="injure", amounts=(), times=())
    yield from _weapons(claim)
    yield from _presence(claim)
    yield from _gifts(claim)
    there = claim.object - concepts.VAGUE - {"force"}
    if there and claim.frame not in _NOT_THERE and not claim.frame.startswith("be"):
        yield replace(claim, frame="exist", actor=frozenset(), amounts=())
    if claim.frame in concepts.NAMED_BY:
        names = frozenset(concepts.NAMED_BY[claim.frame])
        yield replace(claim, frame="exist", actor=frozenset(), object=names | claim.object, amounts=())
    elif claim.frame.isalpha() and claim.frame not in concepts.GENERIC:
        yield replace(claim, frame="exist", object=claim.object | {claim.frame, f"{claim.frame}ing"}, amounts=())


def _weapons(claim: Claim) -> Iterator[Claim]:
    """Yield that a weapon was used, that who has one is armed, and that a crowd that attacks is violent."""
    tools = {term for term in claim.object | claim.limits if concepts.covers("weapon", term)} - {"weapon", "bottle"}
    if tools and claim.frame in _WITH:
        yield replace(claim, frame="use", object=frozenset(tools), amounts=(), times=(), limits=frozenset())
    if claim.frame == "use" and claim.object & {"baton"}:
        yield replace(claim, frame="hit", object=frozenset(), amounts=(), times=(), limits=frozenset())
    if tools and claim.frame in _HAVING:
        yield replace(claim, frame="be:armed", actor=frozenset(), object=claim.actor, whom=claim.who, amounts=())
    if claim.frame in _VIOLENT and claim.actor & concepts.GROUPS[1]:
        yield replace(claim, frame="be:violent", actor=frozenset(), object=claim.actor, whom=claim.who, amounts=())


def _presence(claim: Claim) -> Iterator[Claim]:
    """Yield that who stood somewhere was there, and that who was on duty or in a place existed."""
    place = claim.limits | claim.object
    if claim.frame in _BEING_THERE and place:
        yield replace(claim, frame="be", object=frozenset(), limits=place, others=claim.others | place, amounts=())
    people = claim.object | claim.actor
    there = claim.frame in ("be:present", "be:on_duty", "be:armed") or (claim.frame == "be" and bool(claim.limits))
    if there and people:
        yield replace(claim, frame="exist", actor=frozenset(), object=people, amounts=(), times=())


def _gifts(claim: Claim) -> Iterator[Claim]:
    """Yield that who got a thing was given it, who was given it had it, and what was delivered arrived."""
    nothing: frozenset[str] = frozenset()
    if claim.frame == "get" and claim.object:
        yield replace(claim, frame="give", actor=nothing, who=nothing, whom=claim.who, amounts=(), times=())
    if claim.frame == "give" and claim.object:
        yield replace(claim, frame="have", actor=nothing, who=claim.whom, whom=nothing, amounts=(), times=())
    if claim.said.verb == "deliver" and claim.object:
        yield replace(claim, frame="arrive", actor=claim.object, object=nothing, limits=nothing, times=())


def _acts(claim: Claim, frame: str, seen: set[str]) -> Iterator[Claim]:
    for other in DOES.get(frame, ()):
        if other not in seen:
            seen.add(other)
            yield replace(claim, frame=other, amounts=(), times=())
            yield from _acts(claim, other, seen)
