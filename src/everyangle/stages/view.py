"""What is known of a case now: its items as examined, what people decided, and where everything was placed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from everyangle.core.alignment import Placement, Solution
from everyangle.core.casefile import UNGUIDED, CaseHead, Decision, Guidance, ItemRecord, Tie
from everyangle.core.errors import BadInputError, ConflictError, NotFoundError
from everyangle.core.ids import ItemId, short
from everyangle.core.time import Instant, WallTie
from everyangle.ports.catalogue import Catalogue
from everyangle.stages.examine import Examined

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands.

    Attributes:
        head: what the first entry says.
        items: every item, in order of first reception.
        decisions: placements by people that stand.
        ties: stated relations to wall time that stand.
        solution: where recordings are placed, or None where the case changed since it was last built.
        guidance: what people said beside placements, to guide the machine.
    """

    head: CaseHead
    items: tuple[Examined, ...]
    decisions: tuple[Decision, ...]
    ties: tuple[Tie, ...]
    solution: Solution | None
    guidance: Guidance = UNGUIDED

    def built(self) -> Solution:
        """Return the solution.

        Raises:
            ConflictError: ``build-needed``.
        """
        if self.solution is None:
            raise ConflictError(
                "build-needed",
                "The case has changed since it was last built, so nothing is placed yet.",
                holds="Nothing was recorded.",
                todo="Run: everyangle build CASE",
            )
        return self.solution

    def placement(self, item: ItemId) -> Placement | None:
        """Return where a recording or photo was placed, or None where it was not."""
        found = () if self.solution is None else self.solution.placements
        return next((p for p in found if p.id == item), None)

    def main(self) -> tuple[Placement, ...]:
        """Return the placements of the main component, or nothing where no two items hang together."""
        found = [] if self.solution is None else [p for p in self.solution.placements if p.component == 0]
        decided = {d.item for d in self.decisions}
        return tuple(found) if len(found) > 1 or any(p.id in decided for p in found) else ()

    def reason(self, item: ItemId) -> str:
        """Return why an item is alone, with received names in place of digests; nothing where it is not."""
        placement = self.placement(item)
        if placement is None or placement.reason is None:
            return ""
        named = set(_DIGEST.findall(placement.reason))
        names: dict[str, str] = {one.item.id: f"“{one.item.name}”" for one in self.items if one.item.id in named}
        return _DIGEST.sub(lambda found: names.get(found[0], found[0]), placement.reason)

    def anchor(self) -> Placement | None:
        """Return the anchor of the main component: the recording whose media time is event time."""
        return next((p for p in self.main() if p.anchor), None)

    def decision(self, item: ItemId) -> Decision | None:
        """Return the standing placement of an item by a person."""
        return next((d for d in self.decisions if d.item == item), None)

    def wall(self) -> tuple[WallTie, Tie] | None:
        """Return how the main component's event time is tied to wall time: the latest tie of a recording in it."""
        clocks = {p.id: p.clock for p in self.main()}
        for tie in sorted(self.ties, key=lambda tie: -tie.entry):
            if tie.item is None:
                return WallTie(tie.media_s, tie.wall, tie.within_s), tie
            if tie.item in clocks:
                t_event = clocks[tie.item].event_from_media(tie.media_s)
                return WallTie(t_event, tie.wall, _widened(tie.within_s, clocks[tie.item].error_s)), tie
        return None

    def event_from_wall(self, instant: Instant) -> float:
        """Return the event time of a wall time.

        Raises:
            ConflictError: ``clock-untied`` where nobody tied the event clock to wall time.
        """
        tied = self.wall()
        if tied is None:
            raise ConflictError(
                "clock-untied",
                "The event clock of this case is not tied to wall time.",
                todo='Tie it first: everyangle clock CASE --event T --is "2025-05-03T10:04:12-05:00" --why "…"',
            )
        return tied[0].t_event + (instant.us - tied[0].instant.us) / 1e6


def find_item(catalogue: Catalogue, text: str) -> ItemRecord:
    """Return the one item that a person means by a received name, a path or the first digits of a digest.

    Raises:
        NotFoundError: ``item-unknown``.
        BadInputError: ``item-ambiguous`` where several may be meant.
    """
    found = catalogue.find(text)
    if not found:
        raise NotFoundError(
            "item-unknown",
            f"No item of this case is named {text!r}.",
            todo="See the items with: everyangle status CASE",
        )
    if len(found) > 1:
        choices = ", ".join(f"{short(item.id)} ({item.name})" for item in found)
        raise BadInputError(
            "item-ambiguous", f"{text!r} may mean {len(found)} items: {choices}.", todo="Give the first digits of one."
        )
    return found[0]


def names_of(items: Sequence[Examined]) -> dict[ItemId, str]:
    """Return what people call each item."""
    return {examined.item.id: examined.item.name for examined in items}


def _widened(within_s: float | None, error_s: float) -> float | None:
    """Return a stated error with the placement's own added: the tie is no better than the recording's place."""
    return None if within_s is None else within_s + error_s
