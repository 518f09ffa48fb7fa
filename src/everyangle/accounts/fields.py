"""Fields: what a number counts or times, where no noun beside it tells: shots, the injured, how long somebody was held.

A field is told by the words nearest to the number that belong to one: in its clause, else in the rest of the content,
its sentence, the sentences before. General English of encounters; nothing here is about one case.
"""

from __future__ import annotations

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim
from everyangle.accounts.sides import Side

_FIELDS = """
injured: injure injured injury hospital wound treat fracture clinic casualty sprain
dead: die kill dead death drown funeral body corpse fatal
shots: fire shot shell cartridge
spoken: warn warning order instruction command
told: tell ask request repeat
struck: hit punch kick blow baton slap club
tasered: taser
held: hold handcuff face_down restraint custody pin ground
knelt: kneel knee
waited: wait negotiate comply compliance patience persuade
given: dress pack notice deadline vacate belongings
helped: ambulance medic rescue aid help save boat
looked: check round patrol
crowd: crowd demonstration protest march rally gathering sing crowd_size attendance
present: attend present arrive squad unit uniform bring
aboard: aboard cage lift ride passenger trapped
near: shore distance far away
sold: ticket sell
filmed: film record
drink: bottle water
pressed: press button alarm bell
blasts: blast charge explosion detonate blasting set_off
entry: badge clock_in
"""

_MEMBERS: dict[str, set[str]] = {}
for _line in _FIELDS.strip().splitlines():
    for _word in _line.split(":")[1].split():
        _MEMBERS.setdefault(_word, set()).add(_line.split(":")[0])

_CUES = frozenset({"tell", "ask", "order", "warn", "report", "record", "request"})
"""Acts that, in the words around a statement, are most likely of the speaker."""

_LOOSE = concepts.GENERIC | frozenset(
    {
        "",
        "exist",
        "last",
        "attend",
        "count",
        "arrive",
        "use",
        "spend",
        "continue",
        "go_on",
        "estimate",
        "try",
        "attempt",
    }
)
"""Frames that leave to other words what is counted."""

_THERE = frozenset({"", "be", "exist", "count", "see", "have", "attend", "arrive"})

_PEOPLE = frozenset({"injured", "dead", "crowd", "present", "aboard"})
_LASTING = frozenset({"held", "knelt", "waited", "given", "helped", "filmed"})
_OFTEN = frozenset({"spoken", "told", "struck", "tasered", "looked", "pressed"})
_THINGS = frozenset({"shots", "sold", "drink", "blasts"})


def sort_of(amount: Amount) -> str:
    """Return what an amount counts, roughly: "person", "second", "metre", "time", "" where it has no noun."""
    unit = concepts.noun(amount.unit)
    if unit in ("time", "occasion"):
        return "time"
    if "shots" in _MEMBERS.get(unit, ()) or "blasts" in _MEMBERS.get(unit, ()):
        return min(_MEMBERS[unit])
    if unit in ("person", "man", "woman") or concepts.covers("person", unit):
        return "person"
    return unit


def fields_of(terms: frozenset[str]) -> frozenset[str]:
    """Return the fields to which some concepts belong."""
    return frozenset(field for term in terms for field in _MEMBERS.get(term, ()))


def field_of(amount: Amount, claim: Claim, side: Side) -> frozenset[str]:
    """Return the fields that an amount may belong to by the nearest words that tell one; empty where none do.

    How often something was done, a bare number tells only by its own words. A clause with an act
    of its own that is of no field ("three cases were recovered") has none, whatever stands around.
    """
    sort = sort_of(amount)
    can = _possible(sort)
    own = fields_of(frozenset({claim.frame.removeprefix("be:")})) & can
    if own:
        return own
    if claim.frame not in _LOOSE:
        return frozenset()
    for terms in (claim.about, side.slots.terms):
        found = fields_of(terms) & can
        if found:
            return found
    for terms in (side.sentence, side.before, side.earlier):
        found = (fields_of(terms - _CUES) & can) - (frozenset() if sort else _OFTEN)
        if found:
            return found
    return _by_default("person" if not sort and _asked_of_people(side) else sort, amount, claim)


def _asked_of_people(side: Side) -> bool:
    """Whether a bare number answers how many people there were."""
    return any(
        "many" in terms and any(concepts.covers("person", term) for term in terms | {"person"} & terms)
        for terms in (side.sentence, side.before)
    )


def _by_default(sort: str, amount: Amount, claim: Claim) -> frozenset[str]:
    """Return what a bare "there were five officers" and "they had ten minutes" are about."""
    if sort == "person" and claim.frame in _THERE:
        return frozenset({"present", "crowd", "aboard"})
    if amount.duration and claim.frame in ("give", "have", "allow", "get") and not claim.object:
        return frozenset({"given"})
    return frozenset()


def _possible(sort: str) -> frozenset[str]:
    if sort == "second":
        return _LASTING
    if sort == "metre":
        return frozenset({"near"})
    if sort == "person":
        return _PEOPLE
    if sort == "time":
        return _OFTEN
    if sort == "":
        return _PEOPLE | _LASTING | _OFTEN | _THINGS | {"near"}
    return _THINGS
