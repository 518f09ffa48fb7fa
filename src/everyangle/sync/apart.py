"""What may not come together: recordings of one device at one time, and what a person rejected. Measures nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.stated import Rejection

OVERLAP_S = 1.0
"""Recordings of one device may seem to overlap by so much: durations and clocks are not exact."""


@dataclass(frozen=True, slots=True)
class Member:
    """A recording on the clock of its node.

    Attributes:
        id: of the recording.
        start_s: where it starts on the node's clock, seconds.
        end_s: where it ends.
        device: what recorded it, or None where that is not known.
    """

    id: str
    start_s: float
    end_s: float
    device: str | None = None


class Apart:
    """Judges whether two groups may be joined.

    Args:
        members: for each node, the recordings on its clock.
        rejections: what a person rejected.
    """

    def __init__(self, members: Mapping[int, Sequence[Member]], rejections: Sequence[Rejection] = ()) -> None:
        self._rejected: dict[str, list[Rejection]] = {}
        for one in rejections:
            for name in (one.a, one.b):
                self._rejected.setdefault(name, []).append(one)
        of_note = {node: [m for m in each if m.device or m.id in self._rejected] for node, each in members.items()}
        self._members = {node: each for node, each in of_note.items() if each}

    @property
    def any(self) -> bool:
        """Whether anything may stand against a join."""
        return bool(self._members)

    def why(self, ones: Mapping[int, float], others: Mapping[int, float]) -> str:
        """Return why two groups may not come together, in words, or nothing where they may.

        Args:
            ones: the first group's nodes, and where the zero of each one's clock stands, in seconds.
            others: the second group's, on the same clock.
        """
        if not self._members:
            return ""
        if len(ones) < len(others):
            ones, others = others, ones
        few = self._moved(others)
        devices = {member.device for member in few} - {None}
        partners = {name for m in few for r in self._rejected.get(m.id, ()) for name in (r.a, r.b)}
        for other in self._moved(ones, devices, partners):
            for member in few:
                if words := self._why(other, member):
                    return words
        return ""

    def _why(self, one: Member, other: Member) -> str:
        if one.device is not None and one.device == other.device and overlap_s(one, other) > OVERLAP_S:
            first, second = sorted((one.id, other.id))
            return f"would make {first} and {second}, said to be of one device, overlap"
        for rejection in self._rejected.get(one.id, ()):
            if refuses(rejection, one, other):
                return f"would join {rejection.a} and {rejection.b}, which a person rejected"
        return ""

    def _moved(
        self, nodes: Mapping[int, float], devices: Collection[str | None] | None = None, names: Collection[str] = ()
    ) -> list[Member]:
        """Return the members of nodes where these stand; only those of some devices or with some names, if given."""
        return [
            Member(member.id, member.start_s + offset, member.end_s + offset, member.device)
            for node, offset in sorted(nodes.items())
            for member in self._members.get(node, ())
            if devices is None or member.device in devices or member.id in names
        ]


def overlap_s(one: Member, other: Member) -> float:
    """Return by how many seconds two recordings on one clock overlap; negative where they are apart."""
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def refuses(rejection: Rejection, one: Member, other: Member) -> bool:
    """Return whether a rejection speaks against two recordings where they stand on one clock."""
    if {rejection.a, rejection.b} != {one.id, other.id}:
        return False
    a, b = (one, other) if one.id == rejection.a else (other, one)
    return rejection.offset_s is None or abs(b.start_s - a.start_s - rejection.offset_s) <= rejection.within_s
