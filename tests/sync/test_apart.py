from __future__ import annotations

import pytest

from everyangle.core.stated import Rejection
from everyangle.sync.apart import Apart, Member
from everyangle.sync.graph import Link, grouped

RANKS = ["0", "1", "2", "3"]
SPANS = [(0.0, 60.0)] * 3


def members(*devices: str | None) -> dict[int, list[Member]]:
    return {k: [Member(f"r{k}", 0.0, 60.0, device)] for k, device in enumerate(devices)}


def sure(a: int, b: int, offset_s: float, nats: float = 100.0) -> Link:
    return Link(a, b, offset_s, nats, sure=True)


@pytest.mark.parametrize(("offset_s", "may"), [(59.5, True), (58.0, False), (-70.0, True), (0.0, False)])
def test_recordings_of_one_device_follow_each_other_and_never_overlap(offset_s: float, may: bool) -> None:
    apart = Apart(members("phone", "phone"))
    assert (apart.why({0: 0.0}, {1: offset_s}) == "") is may


def test_other_devices_and_unknown_ones_may_overlap() -> None:
    assert not Apart(members("phone", "camera")).why({0: 0.0}, {1: 3.0})
    assert not Apart(members(None, None)).why({0: 0.0}, {1: 3.0})


def test_a_pinned_recording_counts_where_it_stands_on_its_node() -> None:
    both = {0: [Member("r0", 0.0, 60.0), Member("cctv", 100.0, 160.0, "d")], 1: [Member("r1", 0.0, 30.0, "d")]}
    assert Apart(both).why({0: 0.0}, {1: 5.0}) == ""
    assert "cctv and r1" in Apart(both).why({0: 0.0}, {1: 140.0})


def test_a_link_that_would_make_a_device_overlap_itself_is_refused_and_named() -> None:
    links = [sure(0, 1, 5.0, 100.0), sure(1, 2, 5.0, 90.0)]
    groups = grouped(SPANS, links, RANKS, Apart(members("phone", None, "phone")).why)
    assert groups.group[0] == groups.group[1] != groups.group[2]
    assert groups.dropped == {1: "would make r0 and r2, said to be of one device, overlap"}


def test_what_a_person_rejected_does_not_come_together_by_way_of_a_third() -> None:
    links = [sure(0, 1, 5.0, 100.0), sure(1, 2, 5.0, 90.0)]
    groups = grouped(SPANS, links, RANKS, Apart(members(None, None, None), [Rejection("r2", "r0")]).why)
    assert groups.group[0] == groups.group[1] != groups.group[2]
    assert groups.dropped == {1: "would join r2 and r0, which a person rejected"}


@pytest.mark.parametrize(("refused_s", "within_s", "may"), [(10.0, 1.0, False), (12.0, 1.0, True), (12.0, 3.0, False)])
def test_an_offset_is_refused_as_near_as_a_person_said(refused_s: float, within_s: float, may: bool) -> None:
    apart = Apart(members(None, None), [Rejection("r0", "r1", refused_s, within_s)])
    assert (apart.why({0: 3.0}, {1: 13.0}) == "") is may
    turned = Apart(members(None, None), [Rejection("r1", "r0", -refused_s, within_s)])
    assert (turned.why({0: 3.0}, {1: 13.0}) == "") is may
