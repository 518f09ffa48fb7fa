"""The owner of a server, signed in once for each file of tests."""

from __future__ import annotations

import httpx
import pytest
from tests.web.staff.signing_in import join

from everyangle.testing.capture_server import ServerProcess


@pytest.fixture(scope="module")
def owner(server: ServerProcess) -> httpx.Client:
    """The owner, signed in."""
    return join(server, server.wait_for("owner-code")["code"], "Ada Example")
