"""What every way to work must do. Subclass :class:`WorkContract` and give it a ``work`` fixture."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from everyangle.core.errors import BadInputError
from everyangle.ports.work import Work


def square(number: int) -> int:
    """Return the square; the later inputs finish first where several are worked on."""
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def refuse_three(number: int) -> int:
    """Fail on the number 3."""
    if number == 3:
        raise BadInputError("three", "Three was given.", todo="Give another.")
    return number


def die_on_two(number: int) -> int:
    """Kill the own process on the number 2, after the results before it are on their way."""
    if number == 2:
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
    return number


class WorkContract:
    """Behaviours of the work port."""

    def test_results_come_in_input_order(self, work: Work) -> None:
        """Whoever finishes first, the order is the inputs'."""
        assert list(work.map(square, range(20))) == [n * n for n in range(20)]

    def test_no_input_gives_no_result(self, work: Work) -> None:
        """Nothing in, nothing out."""
        assert list(work.map(square, [])) == []

    def test_an_error_is_raised_where_its_result_would_stand(self, work: Work) -> None:
        """What came before is delivered, and the error keeps its parts."""
        results = work.map(refuse_three, range(8))
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(BadInputError) as caught:
            next(results)
        assert (caught.value.code, caught.value.todo) == ("three", "Give another.")

    def test_inputs_are_drawn_as_they_are_needed(self, work: Work) -> None:
        """An endless list of inputs does not fill the memory."""
        drawn = 0

        def endless() -> Iterator[int]:
            nonlocal drawn
            while True:
                drawn += 1
                yield drawn

        results = work.map(square, endless())
        assert [next(results) for _ in range(4)] == [1, 4, 9, 16]
        assert drawn <= 40
        close = getattr(results, "close", None)
        if close is not None:
            close()
