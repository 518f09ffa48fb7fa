"""Work in one process and in several."""

from __future__ import annotations

import pytest

from everyangle.adapters.work_processes import ProcessWork
from everyangle.adapters.work_serial import SerialWork
from everyangle.adapters.work_threads import ThreadWork
from everyangle.core.errors import LimitError
from everyangle.ports.work import Work
from everyangle.testing.work_contract import WorkContract, die_on_two


class TestSerial(WorkContract):
    @pytest.fixture
    def work(self) -> Work:
        return SerialWork()


class TestProcesses(WorkContract):
    @pytest.fixture
    def work(self) -> Work:
        return ProcessWork(2)


class TestThreads(WorkContract):
    @pytest.fixture
    def work(self) -> Work:
        return ThreadWork(2)


def test_a_killed_worker_is_told_as_such() -> None:
    results = ProcessWork(1).map(die_on_two, range(4))
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(LimitError) as caught:
        next(results)
    assert caught.value.code == "worker-lost"
    assert "--jobs 1" in caught.value.todo
