"""Recordings as nodes: what rests on another by a person's word has no clock of its own. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap, Jump
from everyangle.sync.agree import SLACK, Pair, agreed_jumps, consistent_pieces, meetings, trimmed, unlost
from everyangle.sync.apart import Member
from everyangle.sync.match import Piece
from everyangle.sync.pins import own_clocks, roots
from everyangle.sync.recording import Recording


@dataclass(frozen=True, slots=True)
class Measured:
    """A pair as a relation of two nodes: the pieces that agree, and the offset that they give."""

    pair: Pair
    nodes: tuple[int, int]
    pieces: tuple[Piece, ...]
    offset_s: float
    slack_s: float


@dataclass(frozen=True, slots=True)
class Scene:
    """All that placing needs, by node: a node is a recording on which others may rest by a person's word.

    Attributes:
        names: each node's recording.
        node_of: each node by its recording.
        rests: for each recording, the one that it rests on (itself where it does not), and the map to that one's clock.
        own: the event clocks that people gave.
        jumps: each node's lost stretches.
    """

    names: tuple[str, ...]
    node_of: Mapping[str, int]
    rests: Mapping[str, tuple[str, ClockMap]]
    own: Mapping[str, ClockMap]
    jumps: Mapping[int, tuple[Jump, ...]]


def scene_of(
    recordings: Sequence[Recording], pairs: Sequence[Pair], pins: Sequence[Pin], ranks: Mapping[str, str]
) -> Scene:
    """Return the nodes that recordings make by what people said, in the order of what they contain."""
    rests = roots([r.id for r in recordings], pins)
    names = tuple(sorted({root for root, _ in rests.values()}, key=lambda n: (ranks[n], n)))
    node_of = {name: number for number, name in enumerate(names)}
    jumps = {node_of[name]: found for name, found in agreed_jumps(pairs).items() if name in node_of}
    return Scene(names, node_of, rests, own_clocks(pins), jumps)


def measured_of(scene: Scene, pair: Pair) -> Measured:
    """Return what a pair says of the two nodes that its recordings rest on."""
    (root_a, clock_a), (root_b, clock_b) = scene.rests[pair.a], scene.rests[pair.b]
    nodes = (scene.node_of[root_a], scene.node_of[root_b])
    own_a = scene.jumps.get(nodes[0], ()) if root_a == pair.a else ()
    own_b = scene.jumps.get(nodes[1], ()) if root_b == pair.b else ()
    trimmed_pieces = trimmed(pair, own_a, own_b)
    offsets: list[float] = []
    latest = 0.0
    for piece in trimmed_pieces:
        ways = []
        for meeting in meetings(piece):
            t_a, t_b = clock_a.event_from_media(meeting.t_a), clock_b.event_from_media(meeting.t_b)
            ways.append(whole(scene, pair.a, t_a) - whole(scene, pair.b, t_b))
            latest = max(latest, abs(t_a), abs(t_b))
        offsets.append(sum(ways) / len(ways))
    pieces, offset = consistent_pieces(trimmed_pieces, offsets)
    return Measured(pair, nodes, tuple(pieces), offset, SLACK * latest)


def whole(scene: Scene, name: str, t: float) -> float:
    """Return a time on the clock of a recording's root as if nothing had been lost.

    ``t`` is the root's media time for the root itself; what rests on it by a person's word is on that clock already.
    """
    root, _ = scene.rests[name]
    return unlost(t, scene.jumps.get(scene.node_of[root], ())) if root == name else t


def members_of(scene: Scene, recordings: Sequence[Recording]) -> dict[int, list[Member]]:
    """Return the recordings on each node's clock, as if nothing had been lost."""
    members: dict[int, list[Member]] = {}
    for recording in recordings:
        root, clock = scene.rests[recording.id]
        start = whole(scene, recording.id, clock.event_from_media(0.0))
        end = whole(scene, recording.id, clock.event_from_media(recording.duration_s))
        members.setdefault(scene.node_of[root], []).append(Member(recording.id, start, end, recording.device))
    return members


def spans_of(scene: Scene, members: Mapping[int, Sequence[Member]]) -> list[tuple[float, float]]:
    """Return for each node when what rests on it starts and ends, on its clock as if nothing had been lost."""
    nodes = range(len(scene.names))
    return [(min(m.start_s for m in members[node]), max(m.end_s for m in members[node])) for node in nodes]
