"""The page opens small and quiet, and says plainly what is wrong on every bad day."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from everyangle.core.time import Instant
from everyangle.stages.invite import invite, revoke
from everyangle.testing.capture_page import Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently
from everyangle.testing.capture_wire import Wire
from everyangle.web.page import without_comments

Visit = Callable[..., Witness]

MOST_BYTES = 150_000
WITNESS = Path(__file__).parents[3] / "src" / "everyangle" / "web" / "static" / "witness"


def test_it_opens_small_without_complaint_and_asks_its_own_server_only(visit: Visit, link: str, server: Any) -> None:
    witness = visit(link)
    witness.until("Ready")
    assert witness.page.get_by_role("button", name="Record").is_enabled()
    witness.page.wait_for_timeout(300)
    assert witness.complaints == []
    entries = witness.page.evaluate(
        """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map(
          ({ name, encodedBodySize }) => [name, encodedBodySize])"""
    )
    assert len(entries) > 10
    assert all(address.startswith(server.http) for address, _size in entries)
    assert sum(dict(entries).values()) < MOST_BYTES


def test_all_its_files_are_small_as_they_are_sent_and_smaller_still_packed(server: ServerProcess) -> None:
    names = [path.name for path in WITNESS.iterdir() if path.suffix in {".html", ".css", ".js", ".svg"}]
    sent = [httpx.get(f"{server.http}/w/{name}", headers={"Accept-Encoding": "identity"}).content for name in names]
    assert sum(map(len, sent)) < MOST_BYTES
    packed = [int(httpx.get(f"{server.http}/w/{name}").headers["content-length"]) for name in names]
    assert sum(packed) < MOST_BYTES / 2


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("/** What. */\nlet a = 1; // so\n", "\nlet a = 1; // so\n"),
        ("/*\n * What.\n */\n  // Why.\nb();", "\n\n\n\nb();"),
        ("/** @type {any} */ (self).go();\n", "/** @type {any} */ (self).go();\n"),
        ("/* Long\n   and then */ c();\nd();", "/* Long\n   and then */ c();\nd();"),
        ('e("/* no comment */"); f("https://x");', 'e("/* no comment */"); f("https://x");'),
        ("/* never closed\ng();", "/* never closed\ng();"),
    ],
)
def test_lines_that_are_comments_are_sent_empty(text: str, sent: str) -> None:
    assert without_comments(text) == sent


def test_no_line_of_its_scripts_only_looks_like_a_comment() -> None:
    for path in WITNESS.iterdir():
        if path.suffix not in {".js", ".css"}:
            continue
        text = path.read_text()
        for line in text.split("\n"):
            assert line.count("`") % 2 == 0, f"{path.name}: a template over several lines: {line}"
            assert "/*" not in line or "*/" in line or line.strip().startswith("/*"), f"{path.name}: {line}"
        assert text.count("\n") == without_comments(text).count("\n")


def test_a_file_that_did_not_change_is_not_sent_again(server: ServerProcess) -> None:
    first = httpx.get(f"{server.http}/w/app.js")
    assert first.headers["cache-control"] == "no-cache"
    again = httpx.get(f"{server.http}/w/app.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_module_is_kept_for_when_there_is_no_network() -> None:
    kept = (WITNESS / "sw.js").read_text()
    needed = {path.name for path in WITNESS.iterdir() if path.suffix in {".js", ".css", ".svg"}} - {"sw.js"}
    assert {name for name in needed if f'"{name}"' not in kept} == set()


def test_what_is_kept_for_then_is_not_used_while_there_is_one(visit: Visit, wire: Wire, link: str) -> None:
    witness = visit(link, port=wire.port)
    witness.until("Ready")
    witness.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wire.asked.clear()
    witness.page.reload()
    witness.until("Ready")
    assert b"GET /w/ HTTP/1.1" in wire.asked
    assert b"GET /w/app.js HTTP/1.1" in wire.asked
    wire.cut()
    witness.page.reload()
    witness.until("Offline. You can record")


def test_nothing_is_written_into_the_page_that_a_strict_policy_would_refuse() -> None:
    html = (WITNESS / "index.html").read_text()
    assert "<style" not in html
    assert " style=" not in html
    assert " on" not in html.replace(" one", "").replace(" on ", "")
    assert html.count("<script") == html.count('<script type="module" src=')


def test_the_page_shows_for_whom_it_is(visit: Visit, link: str) -> None:
    witness = visit(link)
    witness.until("Ready")
    assert "The stop on Alder Street – Neighbours" in witness.page.locator("#case").inner_text()
    assert "can only add" in str(witness.page.locator("main").text_content())


def test_what_the_link_can_see_is_told_before_and_after(visit: Visit, link: str) -> None:
    witness = visit(link)
    witness.until("Ready")
    told = ("What this link can see", "What becomes of the footage", "If you are told to stop")
    assert all(witness.page.get_by_text(words, exact=True).locator("visible=true").count() == 1 for words in told)
    witness.press("Record")
    witness.preserved_past(0)
    witness.press("Stop")
    witness.until("All of it is preserved")
    assert all(witness.page.get_by_text(words, exact=True).locator("visible=true").count() == 1 for words in told)


def test_every_word_of_it_can_be_translated(visit: Visit, link: str) -> None:
    """Words stand in one table only, but for what is said without scripts; without another table it is English."""
    html = (WITNESS / "index.html").read_text()
    html = re.sub(r"<noscript>.*</noscript>", "", html)
    body = re.sub(r"<[^>]*>", "", html.partition("<body")[2].partition(">")[2])
    assert body.replace("0:00", "").strip() == ""
    table = (WITNESS / "texts.js").read_text()
    asked = set(re.findall(r'data-(?:text|label)="(\w+)"', html))
    for path in WITNESS.glob("*.js"):
        asked |= set(re.findall(r'say\("(\w+)"', path.read_text()))
    assert len(asked) > 40
    assert {key for key in asked if f"\n  {key}: " not in table} == set()
    witness = visit(link, locale="de-DE")
    witness.until("Ready. Nothing is recorded yet")


def test_whatever_can_be_pressed_has_a_name_for_screen_readers(visit: Visit, link: str) -> None:
    witness = visit(link)
    witness.until("Ready")
    names = []
    for press in ("Record", "Stop"):
        names += re.findall(r"- button(.*)", witness.page.locator("body").aria_snapshot())
        witness.press(press)
        witness.until("reserved")
    names += re.findall(r"- (?:button|textbox)(.*)", witness.page.locator("body").aria_snapshot())
    assert all(re.match(r' "\w', name) for name in names), names
    for name in ("Record", "Stop", "Pocket view", "Send words", "In your own words", "Save receipt"):
        assert any(f'"{name}"' in one for one in names), name


def test_files_that_were_chosen_are_in_sight(visit: Visit, link: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(100_000))
    witness = visit(link, viewport={"width": 360, "height": 640})
    witness.until("Ready")
    witness.page.locator("#file").set_input_files(photo)
    witness.page.get_by_text("preserved, exactly as it is on this phone").wait_for()
    seen = witness.page.evaluate(
        """() => {
          const { left, top } = document.querySelector("#file-list li").getBoundingClientRect();
          return document.elementFromPoint(left + 5, top + 5)?.closest("#files") !== null;
        }"""
    )
    assert seen


@pytest.mark.parametrize(
    ("path", "code"),
    [("/w/", "link-none"), ("/w/#short", "link-wrong"), ("/w/#AAAAAAAAAAAAAAAAAAAAAA", "link-wrong")],
)
def test_a_link_that_is_none_is_told(visit: Visit, path: str, code: str) -> None:
    witness = visit(path)
    assert "Ask for" in (words := witness.told(code)) or "link" in words
    assert not witness.page.get_by_role("button", name="Record").is_visible()


def test_an_expired_and_a_revoked_link_are_told(visit: Visit, grounds: Grounds) -> None:
    ports = grounds.case()
    soon = Instant(ports.clock.now().us + 1_000_000)
    expired = patiently(lambda: invite(grounds.case(), label=None, uses=1, expires=soon))
    revoked = patiently(lambda: invite(grounds.case(), label=None, uses=1, expires=None))
    patiently(lambda: revoke(grounds.case(), revoked.link, why="The street is quiet again"))
    while ports.clock.now().us <= soon.us:
        time.sleep(0.05)
    for made, code in ((revoked, "link-revoked"), (expired, "link-expired")):
        assert "Nothing that was sent with it is lost" in visit(f"/w/#{made.token}").told(code)


def test_a_second_phone_on_a_link_for_one_is_told(visit: Visit, link: str) -> None:
    first = visit(link)
    first.until("Ready")
    first.press("Record")
    first.preserved_past(0)
    second = visit(link)
    assert "another phone" in second.told("link-used-up")
    first.press("Stop")
    first.until("All of it is preserved")
    third = visit(link)
    assert "another phone" in third.told("link-used-up")


def test_a_refused_camera_is_told_and_can_be_allowed_later(visit: Visit, link: str) -> None:
    witness = visit(link, allowed=False)
    witness.until("Ready")
    witness.press("Record")
    assert "Allow both for this page" in witness.told("camera-refused")
    witness.page.context.grant_permissions(["camera", "microphone"])
    witness.press("Record")
    witness.preserved_past(0)
    assert witness.page.locator("#problems").inner_text() == ""
    witness.press("Stop")


def test_a_browser_that_cannot_record_is_told_and_can_send_files(visit: Visit, link: str) -> None:
    witness = visit(link, script="delete window.MediaRecorder; delete window.MediaStreamTrackProcessor;")
    assert "send the file here" in witness.told("recorder-none")
    assert not witness.page.get_by_role("button", name="Record").is_enabled()
    assert witness.page.locator("#file").is_enabled()


def test_a_page_without_protection_records_nothing(browser: Browser, server: Any, link: str) -> None:
    page = browser.new_page()
    witness = Witness(page, f"http://record.example:{server.port}{link}").open()
    assert "https" in witness.told("insecure")
    assert not page.get_by_role("button", name="Record").is_visible()
    page.close()


def test_another_version_of_the_protocol_is_told(visit: Visit, server: ServerProcess, link: str) -> None:
    witness = visit("/w/")
    said = server.hello(link.rpartition("#")[2]) | {"version": 2}
    witness.page.context.route("**/capture/1/hello", lambda route: route.fulfill(status=200, body=json.dumps(said)))
    witness.page.goto("about:blank")
    witness.page.goto(f"{server.http}{link}")
    assert "Reload" in witness.told("protocol-unknown")


def test_a_second_tab_waits_and_takes_over(visit: Visit, link: str) -> None:
    first = visit(link)
    first.until("Ready")
    page = first.page.context.new_page()
    second = Witness(page, first.address).open()
    assert "Go on there" in second.told("elsewhere")
    assert not page.get_by_role("button", name="Record").is_visible()
    first.page.close()
    second.until("Ready")
    assert page.get_by_role("button", name="Record").is_enabled()


def test_the_pocket_view_keeps_recording_and_takes_two_taps_to_leave(visit: Visit, link: str) -> None:
    witness = visit(link)
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(0)
    witness.press("Pocket view")
    witness.page.wait_for_timeout(300)
    assert witness.page.evaluate("document.elementFromPoint(195, 60).closest('dialog').id") == "pocket-view"
    witness.preserved_past(1)
    witness.page.keyboard.press("Escape")
    witness.page.locator("#pocket-back").click()
    assert witness.page.locator("#pocket-view").is_visible()
    witness.page.locator("#pocket-back").click()
    assert not witness.page.locator("#pocket-view").is_visible()
    witness.press("Stop")
