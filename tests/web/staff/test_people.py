"""Sessions outlive the server, passwords are changed and reset by the pages, and people see only their cases."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from tests.web.staff.signing_in import PASSWORD, case_page, client, csrf, own_name, somebody

from everyangle.capture.frames import Kind
from everyangle.cli.main import status_of
from everyangle.testing.capture_client import Line, Phone
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end

OTHER = "seven oblique ferries, thirteen"


@pytest.fixture
def with_other_case(grounds: Grounds, monkeypatch: pytest.MonkeyPatch) -> Grounds:
    monkeypatch.setenv("EVERYANGLE_HOME", str(grounds.home))
    assert status_of(["init", str(grounds.root / "other"), "--title", "The fire on Birch Street", "--quiet"]) == 0
    return grounds


def code_in(page: httpx.Response) -> str:
    found = re.search(r'id="code">([^<]+)<', page.text)
    assert found, page.text
    return found[1]


def test_a_session_goes_on_after_the_server_was_stopped_and_after_it_was_killed(
    server: ServerProcess, owner: httpx.Client
) -> None:
    form = csrf(owner)
    server.stop()
    server.start()
    assert csrf(owner) == form
    server.kill()
    server.start()
    assert owner.get("/staff/people").status_code == 200
    assert owner.post("/staff/people", data={"csrf": form, "role": "viewer"}).status_code == 200


def test_somebody_changes_their_password_and_is_signed_out_elsewhere(
    server: ServerProcess, owner: httpx.Client
) -> None:
    one, elsewhere = somebody(server, owner, "viewer"), client(server)
    name = own_name(one)
    assert elsewhere.post("/staff/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
    form = {"csrf": csrf(one), "old": PASSWORD, "password": OTHER}
    assert one.get("/staff/password").status_code == 200
    assert one.post("/staff/password", data={**form, "csrf": csrf(owner)}).status_code == 403
    wrong = one.post("/staff/password", data={**form, "old": OTHER})
    assert (wrong.status_code, "another one" in wrong.text) == (403, True)
    short = one.post("/staff/password", data={**form, "password": "short"})
    assert (short.status_code, "12 to 200" in short.text) == (400, True)
    assert elsewhere.get("/staff/").status_code == 200
    assert one.post("/staff/password", data=form).status_code == 303
    assert one.get("/staff/").status_code == 200
    assert elsewhere.get("/staff/").status_code == 303
    assert elsewhere.post("/staff/sign-in", data={"name": name, "password": PASSWORD}).status_code == 403
    assert elsewhere.post("/staff/sign-in", data={"name": name, "password": OTHER}).status_code == 303


def test_an_owner_disables_enables_and_resets_and_nobody_else_does(server: ServerProcess, owner: httpx.Client) -> None:
    one = somebody(server, owner, "reviewer")
    name, form = own_name(one), {"csrf": csrf(owner)}
    for act in ("disable", "reset", "remove", "enable"):
        refused = one.post(f"/staff/people/{act}", data={"csrf": csrf(one), "name": "Ada Example"})
        own = owner.post(f"/staff/people/{act}", data={**form, "name": "Ada Example"})
        assert (refused.status_code, own.status_code) == (403, 409)
    assert owner.post("/staff/people/promote", data={**form, "name": name}).status_code == 404
    assert owner.post("/staff/people/disable", data={**form, "name": name}).status_code == 303
    assert one.get("/staff/").status_code == 303
    refused = one.post("/staff/sign-in", data={"name": name, "password": PASSWORD})
    assert (refused.status_code, "disabled" in refused.text) == (403, True)
    assert owner.post("/staff/people/enable", data={**form, "name": name}).status_code == 303
    code = code_in(owner.post("/staff/people/reset", data={**form, "name": name}))
    assert one.post("/staff/sign-in", data={"name": name, "password": PASSWORD}).status_code == 403
    assert one.post("/staff/new-password", data={"code": code, "password": OTHER}).status_code == 303
    assert own_name(one) == name
    events = [(event["event"], event.get("by")) for event in server.events]
    assert ("staff-disabled", "Ada Example") in events
    assert ("staff-reset", "Ada Example") in events
    assert not any(PASSWORD in str(event) or code in str(event) for event in server.events)


def test_whoever_runs_the_server_lets_an_owner_in_who_forgot_the_password(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    server = ServerProcess(grounds).start()
    form = {"code": server.wait_for("owner-code")["code"], "name": "Ada Example", "password": PASSWORD}
    assert client(server).post("/staff/join", data=form).status_code == 303
    assert server.stop() == 0
    again = ServerProcess(grounds, ["--new-password", "Ada Example"]).start()
    told = again.wait_for("password-code")
    assert told["url"].endswith("/staff/new-password")
    one = client(again)
    assert one.post("/staff/new-password", data={"code": told["code"], "password": OTHER}).status_code == 303
    assert own_name(one) == "Ada Example"
    assert again.stop() == 0


def test_a_reviewer_of_one_case_sees_and_watches_nothing_of_another(
    server: ServerProcess, owner: httpx.Client, with_other_case: Grounds
) -> None:
    grounds = with_other_case
    token, case = grounds.token(), grounds.case().id
    other = next(
        path for path in re.findall(r"/staff/cases/[0-9a-f]{32}", owner.get("/staff/").text) if case not in path
    )
    theirs = somebody(server, owner, "reviewer", which="some", **{f"case-{case}": "yes"})
    elses = somebody(server, owner, "reviewer", which="some", **{f"case-{other[-32:]}": "yes"})
    phone = Phone(token)

    async def record() -> None:
        line = Line(server.ws, phone, server.key(token))
        await line.open()
        await line.send(phone.note(Kind.SEGMENT, mime="video/webm", why="started"))
        await line.send(phone.chunk(b"film"))
        await line.settled()
        await line.close()

    run_to_end(record())
    recording = f"/staff/recordings/{phone.recording.hex()}"
    for path in (f"/staff/cases/{case}", f"/staff/cases/{case}/recordings", recording, f"{recording}/film?stream=0"):
        assert (theirs.get(path).status_code, elses.get(path).status_code) == (200, 404), path
    assert theirs.get(f"{recording}/film?stream=0").content == b"film"
    assert case_page(elses) == other
    assert "Alder" not in elses.get("/staff/").text
    assert elses.get(other).status_code == 200
    assert theirs.get(other).status_code == 404
    nobody = owner.post("/staff/people", data={"csrf": csrf(owner), "role": "viewer", "which": "some"})
    assert (nobody.status_code, "No case was chosen" in nobody.text) == (400, True)
