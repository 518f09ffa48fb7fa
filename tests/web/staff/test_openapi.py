"""The description of the HTTP routes says what there is, and the server keeps to it whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Mount, Route

from everyangle import app
from everyangle.capture.limits import Limits
from everyangle.stages.capture_keep import Pace
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.web.app import make_site
from everyangle.web.openapi import document
from everyangle.web.staff_access import Access

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
LINK = "/capture/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, str, str]]:
    """A server, a link's token, and the cookie of an owner."""
    grounds = Grounds(tmp_path_factory.mktemp("described"))
    grounds.make()
    running = ServerProcess(grounds).start()
    form = {"code": running.wait_for("owner-code")["code"], "name": "Ada Example", "password": "ferry lantern oblique"}
    answer = httpx.post(f"{running.http}/staff/join", data=form)
    yield running, grounds.token(uses=1000), answer.headers["set-cookie"].partition(";")[0]
    running.stop()


OPERATIONS: list[Any] = [
    cast("Any", one).ok() for one in schemathesis.openapi.from_dict(document()).get_all_operations()
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_sent_is_answered_as_described(operation: Any, server: tuple[ServerProcess, str, str]) -> None:
    running, token, cookie = server
    headers = {"Authorization": f"Bearer {token}"} if operation.path.startswith(LINK) else {"Cookie": cookie}

    @given(operation.as_strategy())
    @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def sent(case: Any) -> None:
        response = case.call(base_url=running.http, headers=headers, allow_redirects=False)
        case.validate_response(response, checks=CHECKS)

    sent()


def test_every_http_route_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERYANGLE_HOME", str(tmp_path / "home"))
    (tmp_path / "root").mkdir()
    with app.open_capture(tmp_path / "root", lambda *_, **__: None, limits=Limits(), pace=Pace()) as capture:
        site = make_site(capture, staff=Access(app.staff_store(), capture.clock))
        routes = site.app.routes
    found = {
        (route.path, method.lower())
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    mounts = {route.path for route in routes if isinstance(route, Mount)}
    said = {(path, method) for path, operations in document()["paths"].items() for method in operations}
    assert said - found == {("/w/", "get")}
    assert found <= said
    assert mounts == {"/w", "/staff/static"}
