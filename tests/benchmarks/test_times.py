from __future__ import annotations

from benchmarks.accounting.times import Score, measured, parsed, score

INVENTED = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2031-04-16">April 16, 2031</TIMEX3></DCT>
<TEXT>It was <EVENT eid="e1">over</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2031-04-15">Tuesday</TIMEX3> &amp;
quiet <TIMEX3 tid="t2" type="DURATION" value="PT25M">for 25 minutes</TIMEX3>.</TEXT></TimeML>"""


def test_offsets_count_in_the_text_without_marks() -> None:
    document = parsed("invented.tml", INVENTED)
    assert document.created == "2031-04-16"
    assert [(document.text[start:end], value) for start, end, value in document.gold] == [
        ("Tuesday", "2031-04-15"),
        ("for 25 minutes", "PT25M"),
    ]


def test_what_is_read_right_scores_full_marks() -> None:
    assert measured([parsed("invented.tml", INVENTED)]) == Score(2, 2, 2, 2)


def test_each_expression_is_paired_once() -> None:
    assert score([(0, 10, "a")], [(0, 4, "a"), (5, 9, "a")]) == Score(1, 2, 1, 1)
    assert score([(0, 4, "a"), (5, 9, "a")], [(0, 10, "a")]) == Score(2, 1, 1, 1)
    assert score([(0, 4, "a")], [(4, 8, "a")]) == Score(1, 1, 0, 0)


def test_a_wrong_value_counts_as_overlap_only() -> None:
    result = score([(0, 4, "a"), (5, 9, "b")], [(0, 4, "x"), (5, 9, "b")])
    assert (result.relaxed_f1, result.value_f1) == (100, 50)
