"""Where the groups that sound made lean on what files say of their times: which recordings join by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from everyangle.core.stated import Rejection
from everyangle.sync.agree import Pair
from everyangle.sync.apart import Apart, Member
from everyangle.sync.features import Features
from everyangle.sync.graph import AGREE_S, Groups
from everyangle.sync.nodes import Measured, Scene, measured_of
from everyangle.sync.priors import claim
from everyangle.sync.recording import Recording
from everyangle.sync.timed import joinable, joined_by_time, told, undecided
from everyangle.sync.times import Standing, Timed, Times

BY_TIMES = "what it shares with the others can be replayed; the times that files say decided"
"""Why a placement needs more than sound."""


COPIES, COPIED = 3, 0.1
"""So many files, and such a share of all, that say the same second were copied together: it says nothing."""


def by_times(
    scene: Scene,
    recordings: Sequence[Recording],
    features: Mapping[str, Features],
    members: Mapping[int, Sequence[Member]],
    pairs: Sequence[Pair],
    groups: Groups,
    between: dict[int, Measured],
    why: dict[int, str],
    held: set[int],
    rejections: Sequence[Rejection],
) -> tuple[Groups, dict[int, Timed]]:
    """Return the groups with those that files' times joined, and what the times say of pairs that sound leaves open.

    Adds to ``between`` and ``held`` the pairs that joined, and takes from ``why`` those that hold now.
    """
    standing = _standings(recordings, members)
    if sum(one.claim is not None for one in standing.values()) < 2:
        return groups, {}
    apart = Apart(members, rejections)
    times = Times(groups, standing, apart.why if apart.any else None)
    open_pairs = [n for n in undecided(pairs) if n not in held and (n not in why or n in between)]
    ready = [n for n in open_pairs if joinable(pairs[n], features[pairs[n].a], features[pairs[n].b])]

    timed = joined_by_time(times, pairs, ready, _against(times, [one for n, one in between.items() if n not in held]))
    for number, found in timed.items():
        between[number] = measured_of(scene, found.pair)
        held.add(number)
        why.pop(number, None)
    for number, one in between.items():
        a, b = one.nodes
        if number not in held and times.group[a] == times.group[b] and groups.group[a] != groups.group[b]:
            if abs(times.offset_s[b] - times.offset_s[a] - one.offset_s) <= AGREE_S + one.slack_s:
                held.add(number)
                why.pop(number, None)
            else:
                why[number] = "contradicts the other recordings of the same event"
    joined = Groups(tuple(times.group), tuple(times.offset_s), groups.kept, groups.dropped, groups.closed)
    return joined, {**told(times, pairs, open_pairs), **timed}


def _standings(recordings: Sequence[Recording], members: Mapping[int, Sequence[Member]]) -> dict[str, Standing]:
    """Return where each recording stands before times are asked, and what its file says."""
    shared = Counter(round(r.created_s) for r in recordings if r.created_s is not None)
    copies = {second for second, n in shared.items() if n >= max(COPIES, COPIED * shared.total())}
    starts = {one.id: (node, one.start_s) for node, each in members.items() for one in each}
    return {
        r.id: Standing(
            *starts[r.id],
            r.duration_s,
            claim(
                r.duration_s,
                None if r.created_s is None or round(r.created_s) in copies else r.created_s,
                None if r.named is None else r.named.at_s,
                named_in_utc=r.named is not None and r.named.utc,
            ),
            r.device,
        )
        for r in recordings
    }


def _against(times: Times, loose: Sequence[Measured]) -> Callable[[int, int, float], float]:
    """Return what tells how much evidence of same-event pairs contradicts a shift of the second of two groups."""
    by_node: dict[int, list[Measured]] = {}
    for one in loose:
        for node in one.nodes:
            by_node.setdefault(node, []).append(one)

    def against(first: int, second: int, shift: float) -> float:
        few, many = sorted((first, second), key=lambda g: len(times.nodes(g)))
        total = 0.0
        for node in times.nodes(few):
            for one in by_node.get(node, ()):
                a, b = one.nodes
                if times.group[a if b == node else b] == many:
                    way = times.offset_s[a] + one.offset_s - times.offset_s[b]
                    way = way if times.group[a] == first else -way
                    total += one.pair.finding.score if abs(way - shift) > AGREE_S + one.slack_s else 0.0
        return total

    return against


def leaning(scene: Scene, groups: Groups, by_sound: Groups, anchors: set[int]) -> set[str]:
    """Return the roots whose place against their anchor rests on what files say of their times."""
    sound_of = {groups.group[anchor]: by_sound.group[anchor] for anchor in anchors}
    return {
        name
        for node, name in enumerate(scene.names)
        if groups.group[node] in sound_of and by_sound.group[node] != sound_of[groups.group[node]]
    }
