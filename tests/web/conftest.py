"""A real server over a case of its own, once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from everyangle.testing.capture_server import Grounds, ServerProcess


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    made = Grounds(tmp_path_factory.mktemp("capture"))
    made.make()
    return made


@pytest.fixture(scope="module")
def server(grounds: Grounds) -> Iterator[ServerProcess]:
    running = ServerProcess(grounds).start()
    yield running
    if running.process.poll() is None:
        running.stop()
