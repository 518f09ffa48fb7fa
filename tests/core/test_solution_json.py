"""A solution survives being kept, to the last bit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.solution_json import solution_from_json, solution_json
from everyangle.core.stated import Conflict, ConflictKind
from everyangle.core.time import ClockMap, Jump

numbers = st.floats(-1e9, 1e9)
positive = st.floats(0, 1e9)
clocks = st.builds(
    ClockMap,
    numbers,
    st.floats(0.9, 1.1),
    positive,
    st.lists(st.builds(Jump, numbers, numbers), max_size=2, unique_by=lambda j: j.at_s).map(
        lambda js: tuple(sorted(js))
    ),
)
maybe = st.none() | st.text()
placements = st.builds(Placement, st.text(), positive, st.integers(0, 9), st.booleans(), clocks, maybe, maybe)
conflicts = st.builds(
    Conflict,
    st.sampled_from(ConflictKind),
    st.text(),
    st.text(),
    st.lists(st.text(), max_size=2).map(tuple),
    st.none() | positive,
    positive,
    numbers,
)
alignments = st.builds(
    Alignment,
    a=st.text(),
    b=st.text(),
    verdict=st.sampled_from(Verdict),
    offset_s=st.none() | numbers,
    drift_ppm=numbers,
    error_s=positive,
    overlap_s=positive,
    score=numbers,
    offsets_s=st.lists(numbers, max_size=3).map(tuple),
    period_s=st.none() | positive,
    evidence=st.dictionaries(st.text(), st.integers() | st.lists(numbers, max_size=3), max_size=3),
)
solutions = st.builds(
    Solution,
    st.lists(placements, max_size=4).map(tuple),
    st.lists(alignments, max_size=4).map(tuple),
    st.lists(conflicts, max_size=2).map(tuple),
)


@given(solutions)
def test_it_reads_back_equal(solution: Solution) -> None:
    assert solution_from_json(solution_json(solution)) == solution
