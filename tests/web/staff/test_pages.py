"""An organization's own people sign in, see what comes in, watch it, and take links back; nobody else does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from tests.web.staff.signing_in import NO_LEFTOVERS, PASSWORD, case_page, client, csrf, join, own_name, somebody

from everyangle.testing.capture_page import ALLOWED, FLAGS, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently

WITHOUT_CODECS = "delete window.MediaStreamTrackProcessor;"
ONLY_VP8 = """const claims = VideoEncoder.isConfigSupported.bind(VideoEncoder);
  VideoEncoder.isConfigSupported = async (config) => config.codec === "vp8" ? claims(config) : { supported: false };"""


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    yield chromium
    chromium.close()


def test_the_code_in_the_terminal_makes_one_owner_once(server: ServerProcess, owner: httpx.Client) -> None:
    assert "Ada Example, owner" in owner.get("/staff/").text
    code = server.wait_for("owner-code")["code"]
    again = client(server).post("/staff/join", data={"code": code, "name": "Eve", "password": PASSWORD})
    assert again.status_code == 403
    assert "was used" in again.text


def test_a_cookie_is_for_this_site_and_no_script(server: ServerProcess, owner: httpx.Client) -> None:
    answer = client(server).post("/staff/sign-in", data={"name": "Ada Example", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    policy = owner.get("/staff/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_accounts_are_kept_hashed_for_this_user_only(grounds: Grounds, owner: httpx.Client) -> None:
    path = grounds.home / "server" / "staff.json"
    text = path.read_text()
    assert "$argon2id$" in text
    assert PASSWORD not in text
    assert path.stat().st_mode & 0o077 == 0
    assert owner.get("/staff/").status_code == 200


def test_without_a_session_there_is_nothing_to_see(server: ServerProcess, owner: httpx.Client) -> None:
    case = case_page(owner)
    nobody = client(server)
    for path in ("/staff/", case, f"{case}/recordings", "/staff/people", f"/staff/recordings/{'0' * 32}/film"):
        assert nobody.get(path).status_code == 303
        assert nobody.get(path, headers={"Accept": "*/*"}).status_code == 401
    assert nobody.post("/staff/people", data={"role": "owner"}).status_code == 401


def test_each_role_may_do_its_own_and_no_more(server: ServerProcess, owner: httpx.Client) -> None:
    viewer, reviewer = (somebody(server, owner, role) for role in ("viewer", "reviewer"))
    case, film = case_page(owner), f"/staff/recordings/{'0' * 32}/film"
    assert viewer.get(case).status_code == reviewer.get(case).status_code == 200
    assert viewer.get(film).status_code == 403
    assert reviewer.get(film).status_code == 404
    for one in (viewer, reviewer):
        assert one.get("/staff/people").status_code == 403
        revoke = one.post(f"{case}/links/{'0' * 64}/revoke", data={"csrf": csrf(one), "why": "x"})
        assert revoke.status_code == 403


def test_a_form_of_another_site_or_session_does_nothing(server: ServerProcess, owner: httpx.Client) -> None:
    form = {"csrf": csrf(owner), "role": "owner"}
    assert owner.post("/staff/people", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    older = httpx.Client(base_url=server.http, cookies=owner.cookies, limits=NO_LEFTOVERS, timeout=20)
    for origin in ("https://elsewhere.example", "null"):
        assert older.post("/staff/people", data=form, headers={"Origin": origin}).status_code == 403
    other = somebody(server, owner, "viewer")
    for wrong in ("", csrf(other)):
        assert owner.post("/staff/people", data={**form, "csrf": wrong}).status_code == 403
    assert owner.post("/staff/people", json=form).status_code == 400


def test_somebody_who_is_removed_is_signed_out_at_once(server: ServerProcess, owner: httpx.Client) -> None:
    gone = somebody(server, owner, "viewer")
    assert owner.post("/staff/people/remove", data={"csrf": csrf(owner), "name": own_name(gone)}).status_code == 303
    assert gone.get("/staff/").status_code == 303
    last = owner.post("/staff/people/remove", data={"csrf": csrf(owner), "name": "Ada Example"})
    assert last.status_code == 409


def test_guessing_ends_after_some_tries(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    server = ServerProcess(grounds).start()
    try:
        join(server, server.wait_for("owner-code")["code"], "Ada Example")
        one = client(server)
        wrong = [{"name": "Ada Example", "password": f"guess number {n}"} for n in range(7)]
        assert [one.post("/staff/sign-in", data=form).status_code for form in wrong] == [403] * 6 + [429]
        right = one.post("/staff/sign-in", data={"name": "Ada Example", "password": PASSWORD})
        assert right.status_code == 429
    finally:
        server.stop()


@pytest.fixture
def pages(browser: Browser, server: ServerProcess) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def open_(one: httpx.Client | None = None) -> Page:
        context = browser.new_context(permissions=ALLOWED)
        contexts.append(context)
        for cookie in one.cookies.jar if one else ():
            context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": server.http}])
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("script", "recorded"),
    [("", "x-matroska;codecs=avc1"), (ONLY_VP8, "webm;codecs=vp8"), (WITHOUT_CODECS, "x-matroska;codecs=avc1")],
)
def test_a_recording_is_watched_while_it_is_made_and_its_link_is_taken_back(
    pages: Callable[..., Page], server: ServerProcess, grounds: Grounds, owner: httpx.Client, script: str, recorded: str
) -> None:
    token = patiently(lambda: grounds.token(uses=1, label="Neighbours"))
    filming = pages()
    filming.add_init_script(script)
    phone = Witness(filming, f"{server.http}/w/#{token}").open()
    phone.until("Ready")
    phone.press("Record")
    phone.preserved_past(1)
    page = pages(owner)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    types: list[str] = []
    page.on("response", lambda answer: types.append(answer.headers.get("film-type", "")))
    page.goto(f"{server.http}{case_page(owner)}")
    row = page.locator("#coming article").first
    expect(row).to_contain_text("preserved to 0:0")
    before = row.locator("b").inner_text()
    expect(row.locator("b")).not_to_have_text(before)  # it goes on by itself
    row.get_by_role("link", name="Watch").click()
    expect(page.get_by_role("status")).to_have_text("Live, a few seconds late", timeout=15_000)
    page.wait_for_function("() => document.querySelector('video').currentTime > 1", timeout=15_000)
    assert any(recorded in told for told in types)
    page.go_back()
    page.get_by_text("Revoke", exact=True).first.click()
    page.get_by_label("Why").fill("The street is quiet again")
    page.get_by_role("button", name="Revoke this link").click()
    expect(page.locator("main")).to_contain_text("revoked")
    phone.press("Stop")
    phone.until("All of it is preserved")
    assert all(url.startswith((server.http, "blob:")) for url in asked)
    assert wrong == []


def test_somebody_signs_in_and_out_by_the_page(
    pages: Callable[..., Page], server: ServerProcess, owner: httpx.Client
) -> None:
    assert owner.get("/staff/").status_code == 200
    page = pages()
    page.goto(f"{server.http}/staff/")
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("Password").fill("not this one, surely")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not fit")
    page.get_by_label("Name").fill("Ada Example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{server.http}/staff/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
