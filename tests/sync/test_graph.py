from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.sync.graph import Link, grouped

LONG = (0.0, 60.0)


def ranks(count: int) -> list[str]:
    return [f"{k:02d}" for k in range(count)]


def test_a_wrong_link_in_a_cycle_is_dropped_and_named() -> None:
    true = [0.0, 5.0, 12.0, 20.0]
    links = [Link(a, b, true[b] - true[a], 60.0, sure=True) for a in range(4) for b in range(a + 1, 4)]
    wrong = next(k for k, link in enumerate(links) if (link.a, link.b) == (1, 3))
    links[wrong] = Link(1, 3, 42.0, 100.0, sure=True)
    groups = grouped([LONG] * 4, links, ranks(4))
    assert len(set(groups.group)) == 1
    assert groups.dropped == {wrong: "contradicts the other recordings of the same event"}
    assert groups.offset_s[3] - groups.offset_s[1] == pytest.approx(15.0)


def test_where_two_pairs_contradict_each_other_and_nothing_decides_none_joins() -> None:
    links = [Link(0, 1, 5.0, 140.0, sure=True), Link(1, 2, 9.0, 90.0, sure=True), Link(0, 2, 60.0, 53.0, sure=True)]
    groups = grouped([(0.0, 100.0)] * 3, links, ranks(3))
    assert groups.group[0] == groups.group[1] != groups.group[2]
    assert set(groups.dropped) == {1, 2}


def test_two_recordings_are_joined_by_a_sure_link_and_not_by_an_unsure_one() -> None:
    assert len(set(grouped([LONG] * 2, [Link(0, 1, 3.0, 40.0, sure=True)], ranks(2)).group)) == 1
    apart = grouped([LONG] * 2, [Link(0, 1, 3.0, 20.0, sure=False)], ranks(2))
    assert len(set(apart.group)) == 2
    assert apart.dropped == {0: "too little evidence to join two recordings"}


def two_groups(*between: Link) -> list[Link]:
    inside = [Link(a, b, 0.0, 100.0, sure=True) for a, b in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))]
    return [*inside, *between]


def test_two_groups_are_not_joined_by_one_link_where_many_should_exist() -> None:
    groups = grouped([LONG] * 6, two_groups(Link(2, 3, 7.0, 60.0, sure=True)), ranks(6))
    assert len(set(groups.group)) == 2
    assert groups.dropped[6] == "not enough to join two groups by itself"


def test_two_groups_are_joined_by_two_links_that_agree() -> None:
    between = (Link(2, 3, 7.0, 60.0, sure=True), Link(0, 4, 7.1, 20.0, sure=False))
    assert len(set(grouped([LONG] * 6, two_groups(*between), ranks(6)).group)) == 1


def test_two_groups_are_not_joined_by_two_links_that_disagree() -> None:
    between = (Link(2, 3, 7.0, 60.0, sure=True), Link(0, 4, 19.0, 50.0, sure=True))
    assert len(set(grouped([LONG] * 6, two_groups(*between), ranks(6)).group)) == 2


def test_groups_that_meet_only_at_their_ends_are_joined_by_one_sure_link() -> None:
    spans = [(0.0, 60.0), (0.0, 60.0), (0.0, 60.0)]
    links = [Link(0, 1, 45.0, 60.0, sure=True), Link(1, 2, 45.0, 60.0, sure=True)]
    assert len(set(grouped(spans, links, ranks(3)).group)) == 1


@given(
    st.lists(st.floats(0, 50), min_size=2, max_size=7),
    st.randoms(use_true_random=False),
    st.lists(st.integers(0, 20), max_size=3),
)
def test_consistent_links_never_drop_and_order_does_not_matter(
    true: list[float], shuffle: object, unused: list[int]
) -> None:
    del unused
    count = len(true)
    links = [Link(a, b, true[b] - true[a], 50.0 + a + b, sure=True) for a in range(count) for b in range(a + 1, count)]
    shuffled = list(links)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    one, other = (grouped([LONG] * count, x, ranks(count)) for x in (links, shuffled))
    assert not one.dropped
    assert not other.dropped
    for a in range(count):
        assert one.offset_s[a] - one.offset_s[0] == pytest.approx(true[a] - true[0], abs=1e-6)
        assert other.offset_s[a] - other.offset_s[0] == pytest.approx(true[a] - true[0], abs=1e-6)
