"""Goals of the accounts: what was measured stands beside what is wanted, and what was not is not called met."""

from benchmarks.accounting.goals import WANTED, goals
from benchmarks.accounting.relations import RelationFigures, rows
from benchmarks.syncing.goals import goal_table

TOLD = {
    ("contradict", "contradict"): 3,
    ("contradict", "unrelated"): 1,
    ("leaves-open", "leaves-open"): 15,
    ("unrelated", "contradict"): 1,
}


def test_a_figure_is_met_missed_or_not_measured() -> None:
    found = {one.what: one for one in goals({"contradictions": 71.0, "false contradict": 3.0, "speed": 12000.0})}
    assert found["relations: contradictions found"].met == (True, False)
    assert found["relations: false “contradict”"].met == (False, False)
    assert found["text to statements, tokens per CPU second"].met == (True, True)
    assert found["nested attribution, F1"].met is None


def test_every_goal_has_a_line_with_at_least_and_aim() -> None:
    lines = goal_table(goals({"false contradict": 0.5})).splitlines()
    assert len(lines) == 2 + len(WANTED)
    assert "| relations: false “contradict” | < 3 % | < 1 % | 0.5 % | aim |" in lines


def test_false_contradictions_are_counted_among_pairs_that_are_none() -> None:
    figures = RelationFigures(TOLD, slots=2)
    assert figures.false_contradict == 1 / 16
    assert figures.found == 3 / 4
    assert figures.wrong_of_told == 1 / 4
    assert [row[1:3] for row in rows(figures)] == [["6.2%", "16"], ["75.0%", "4"], ["66.7%", "3"], ["25.0%", "4"]]
