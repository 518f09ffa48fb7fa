from __future__ import annotations

from benchmarks.accounting.speakers import Parties, SpeakerScore, measured, same_person

from everyangle.testing.corpus import read

FIRST = """kind: news
title: Invented
publisher: The Halvern Post
published: 2031-04-16
people: Dana Whitlock | sergeant | Port Ellery Police
---
Port Ellery Police came. <s1>Sgt. Dana Whitlock</s1> <q1>said</q1> <c1>it was late</c1>.
---
1 asserts indirect who="Dana Whitlock" role="sergeant" party="Port Ellery Police"
"""
SECOND = """kind: news
title: Invented
publisher: The Halvern Post
published: 2031-04-17
people: Whitlock | sergeant | police
---
<s1>Sgt. Whitlock</s1> <q1>said</q1> <c1>it was early</c1>. <s2>A porter</s2> <q2>denied</q2> <c2>it</c2>.
---
1 asserts indirect who="Whitlock" role="sergeant" party="police"
2 denies indirect role="porter" party="Seaside Hospital"
"""


def test_a_fuller_name_and_an_equal_party_are_right_and_another_party_is_not() -> None:
    assert measured([read("011-a.txt", FIRST), read("012-b.txt", SECOND)]) == SpeakerScore(3, 3, 2, 2)


def test_names_of_one_party_are_those_that_headings_use_for_one_person() -> None:
    parties = Parties([read("011-a.txt", FIRST), read("012-b.txt", SECOND)])
    assert parties.same("police", "Port Ellery Police")
    assert parties.same("Port Ellery Police", "the port ellery police")
    assert not parties.same("Port Ellery Police", "family")
    assert not parties.same("police", None)


def test_two_given_names_are_two_people() -> None:
    assert same_person("D. Rendall", "Donald Rendall")
    assert same_person("Rendall", "Donald Rendall")
    assert not same_person("Donald Rendall", "Sheena Rendall")
    assert not same_person("Donald Rendall", "Rendall")
