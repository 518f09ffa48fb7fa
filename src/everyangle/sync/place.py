"""From judged pairs to placements: lost stretches, groups, clocks, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.placements import Pin
from everyangle.core.stated import Rejection
from everyangle.core.time import ClockMap
from everyangle.sync.agree import Pair, pair_ties
from everyangle.sync.apart import Apart, Member
from everyangle.sync.check import main_piece
from everyangle.sync.conflicts import Said, conflicts, rejected, same_device
from everyangle.sync.cycles import Fit, fits
from everyangle.sync.features import Features
from everyangle.sync.graph import AGREE_S, Groups, Link, grouped
from everyangle.sync.lean import BY_TIMES, by_times, leaning
from everyangle.sync.match import Piece
from everyangle.sync.nodes import Measured, Scene, measured_of, members_of, scene_of, spans_of
from everyangle.sync.recording import Recording
from everyangle.sync.report import alignment_of, reason_of
from everyangle.sync.solve import Tie, clocks
from everyangle.sync.times import Timed
from everyangle.sync.travel import way_s

_START = ClockMap(0.0)


def solution(
    recordings: Sequence[Recording],
    features: Mapping[str, Features],
    pairs: Sequence[Pair],
    pins: Sequence[Pin] = (),
    rejections: Sequence[Rejection] = (),
) -> Solution:
    """Return where each recording stands and what became of each pair.

    Args:
        recordings: all of them, in input order, also those without sound.
        features: by id, of those that have sound.
        pairs: all compared pairs.
        pins: where a person placed recordings.
        rejections: what a person said does not belong together.

    Raises:
        BadInputError: ``pin-cycle``, ``pin-twice`` or ``pin-unknown``.
    """
    ranks = {r.id: (features[r.id].digest if r.id in features else "~") for r in recordings}
    scene = scene_of(recordings, pairs, pins, ranks)
    devices = {r.id: r.device for r in recordings if r.device is not None}
    said = Said(scene.rests, frozenset(scene.own), devices, rejections)
    barred = {n: words for n, p in enumerate(pairs) if (words := _barred(said, p))}
    measured = {
        n: measured_of(scene, p)
        for n, p in enumerate(pairs)
        if (p.finding.verdict is Verdict.SAME_EVENT or p.finding.hint) and n not in barred
    }
    why: dict[int, str] = dict(barred)
    between: dict[int, Measured] = {}
    held: set[int] = set()
    for number, one in sorted(measured.items()):
        verdict = _stated(scene, one)
        if verdict is None:
            between[number] = one
        elif verdict:
            why[number] = verdict
        else:
            held.add(number)
    members = members_of(scene, recordings)
    by_sound, closed = _grouped(scene, members, between, ranks, why, held, Apart(members, rejections))
    groups, timed = by_times(scene, recordings, features, members, pairs, by_sound, between, why, held, rejections)
    pairs = [timed[n].pair if n in timed else p for n, p in enumerate(pairs)]
    maps, anchors = _clocks(scene, members, groups, {n: m for n, m in between.items() if n in held}, ranks)
    leans = leaning(scene, groups, by_sound, anchors)
    placements = _placements(recordings, features, scene, groups, maps, anchors, pairs, why, ranks, leans)
    found = {p.id: (p.component, p.clock) for p in placements}
    fitting = fits(pairs, held, {name: clock for name, (_, clock) in found.items()})
    return Solution(
        placements,
        _alignments(recordings, pairs, held, why, closed, fitting, timed),
        conflicts(pairs, said, found, {r.id: r.duration_s for r in recordings}),
    )


def _barred(said: Said, pair: Pair) -> str:
    """Return in words why a pair cannot be of one time whatever its sound says, or nothing."""
    if pair.finding.verdict is None and not pair.finding.hint:
        return ""
    if same_device(said, pair):
        return "both are said to be of one device, which cannot record twice at once"
    if rejected(said, pair, main_piece(pair.match).line.lag_s):
        return "a person rejected it"
    return ""


def _without_jumps(clock: ClockMap) -> ClockMap:
    """Return a clock without its lost stretches: what another recording that rests on it goes by."""
    return ClockMap(clock.offset_s, clock.rate, clock.error_s)


def _stated(scene: Scene, one: Measured) -> str | None:
    """Return None if people said nothing of the pair, "" if they said the same, else how it contradicts them."""
    pair = one.pair
    first, second = one.nodes
    pinned = " and ".join(sorted(n for n in (pair.a, pair.b) if scene.rests[n][0] != n))
    if first == second:
        allowed = AGREE_S + one.slack_s + scene.rests[pair.a][1].error_s + scene.rests[pair.b][1].error_s
        if abs(one.offset_s) <= allowed:
            return ""
        return f"contradicts the hand placement of {pinned} by {abs(one.offset_s):.2f} s"
    apart = sorted(scene.names[n] for n in one.nodes if scene.names[n] in scene.own)
    return f"contradicts a person, who put {apart[0]} on an event clock of its own" if apart else None


def _grouped(
    scene: Scene,
    members: Mapping[int, Sequence[Member]],
    between: Mapping[int, Measured],
    ranks: Mapping[str, str],
    why: dict[int, str],
    held: set[int],
    apart: Apart,
) -> tuple[Groups, dict[int, int]]:
    """Return the groups of nodes; adds to ``why`` the pairs that were dropped and to ``held`` those that hold."""
    spans = spans_of(scene, members)
    best: dict[tuple[int, int], int] = {}
    for number in sorted(between, key=lambda n: (-between[n].pair.finding.score, n)):
        best.setdefault((min(between[number].nodes), max(between[number].nodes)), number)
    chosen = sorted(best.values())
    place = {number: k for k, number in enumerate(chosen)}
    links = [_link(between[n]) for n in chosen]
    groups = grouped(spans, links, [ranks[name] for name in scene.names], apart.why if apart.any else None)
    for number, one in between.items():
        a, b = one.nodes
        if groups.group[a] != groups.group[b]:
            why[number] = groups.dropped.get(place[best[min(a, b), max(a, b)]], "too little evidence")
        elif abs(groups.offset_s[b] - groups.offset_s[a] - one.offset_s) > AGREE_S + one.slack_s:
            why[number] = "contradicts the other recordings of the same event"
        else:
            held.add(number)
    return groups, {n: groups.closed.get(k, 0) for k, n in enumerate(chosen)}


def _link(one: Measured) -> Link:
    finding = one.pair.finding
    return Link(one.nodes[0], one.nodes[1], one.offset_s, finding.score, finding.sure, one.slack_s, finding.independent)


def _clocks(
    scene: Scene,
    members: Mapping[int, Sequence[Member]],
    groups: Groups,
    holding: Mapping[int, Measured],
    ranks: Mapping[str, str],
) -> tuple[dict[int, ClockMap], set[int]]:
    """Return each node's clock, and which nodes are anchors."""
    maps: dict[int, ClockMap] = {}
    anchors: set[int] = set()
    spans = spans_of(scene, members)
    weight = [0.0] * len(scene.names)
    for one in holding.values():
        for node in one.nodes:
            weight[node] += one.pair.finding.score
    for group in sorted(set(groups.group)):
        nodes = [n for n, g in enumerate(groups.group) if g == group]
        anchor = min(nodes, key=lambda n: (-weight[n], ranks[scene.names[n]], scene.names[n]))
        anchors.add(anchor)
        if len(nodes) == 1:
            maps[anchor] = scene.own.get(scene.names[anchor], _START)
            continue
        ties: list[Tie] = []
        heard: list[Piece] = []
        for _, m in sorted(holding.items()):
            if groups.group[m.nodes[0]] == group:
                ties += pair_ties(m.nodes, scene.rests[m.pair.a][1], scene.rests[m.pair.b][1], m.pieces)
                heard.append(main_piece(m.pair.match))
        ways = dict.fromkeys(nodes, way_s(heard))
        maps.update(clocks(anchor, ties, {n: spans[n] for n in nodes}, ways, scene.jumps))
    return maps, anchors


def _placements(
    recordings: Sequence[Recording],
    features: Mapping[str, Features],
    scene: Scene,
    groups: Groups,
    maps: Mapping[int, ClockMap],
    anchors: set[int],
    pairs: Sequence[Pair],
    why: Mapping[int, str],
    ranks: Mapping[str, str],
    leaning: set[str],
) -> tuple[Placement, ...]:
    members: dict[int, list[Recording]] = {}
    for recording in recordings:
        members.setdefault(groups.group[scene.node_of[scene.rests[recording.id][0]]], []).append(recording)

    def rank(group: int) -> tuple[int, float, str, str]:
        inside = members[group]
        first = min((ranks[r.id], r.id) for r in inside)
        return -len(inside), -sum(r.duration_s for r in inside), *first

    mine: dict[str, list[int]] = {}
    for number, pair in enumerate(pairs):
        if pair.finding.verdict is not None:
            mine.setdefault(pair.a, []).append(number)
            mine.setdefault(pair.b, []).append(number)
    number_of = {group: number for number, group in enumerate(sorted(members, key=rank))}
    result = []
    for recording in recordings:
        root, relation = scene.rests[recording.id]
        node = scene.node_of[root]
        group = groups.group[node]
        own = root == recording.id
        clock = maps[node] if own else relation.then(_without_jumps(maps[node]))
        reason = None
        if len(members[group]) == 1:
            own_pairs = [(pairs[n], why.get(n, "")) for n in mine.get(recording.id, ())]
            reason = _reason(recording.id, features, scene, own_pairs)
        prior = BY_TIMES if root in leaning else None
        anchor = own and node in anchors
        result.append(Placement(recording.id, recording.duration_s, number_of[group], anchor, clock, reason, prior))
    return tuple(result)


def _reason(name: str, features: Mapping[str, Features], scene: Scene, mine: Sequence[tuple[Pair, str]]) -> str:
    if name in scene.own:
        return "a person put it on an event clock of its own"
    return reason_of(name, features.get(name), mine, len(features) - (name in features))


def _alignments(
    recordings: Sequence[Recording],
    pairs: Sequence[Pair],
    held: set[int],
    why: Mapping[int, str],
    closed: Mapping[int, int],
    fitting: Mapping[int, Fit],
    timed: Mapping[int, Timed],
) -> tuple[Alignment, ...]:
    order = {r.id: number for number, r in enumerate(recordings)}
    found = [
        alignment_of(
            pair,
            swapped=order[pair.a] > order[pair.b],
            used=number in held,
            why=why.get(number, ""),
            closed=closed.get(number, 0),
            fit=fitting.get(number),
            prior=timed[number].prior if number in timed else None,
        )
        for number, pair in enumerate(pairs)
        if pair.finding.verdict is not None or number in held
    ]
    return tuple(sorted(found, key=lambda x: (order[x.a], order[x.b])))
