"""Cameras that are taken away, phones and servers without room, storage that is evicted: told plainly, and survived."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from everyangle.capture.frames import Kind
from everyangle.testing.capture_held import Held
from everyangle.testing.capture_page import Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently
from everyangle.testing.capture_wire import Wire

Visit = Callable[..., Witness]
Holds = Callable[[], list[Held]]

FIRST_TRACK = "document.querySelector('#preview').srcObject.getVideoTracks()[0]"

TWO_CAMERAS = """const real = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () => { const all = await real(); return [...all, ...all]; };"""


def recording(witness: Witness) -> Witness:
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(1)
    return witness


def test_a_switched_camera_and_one_that_a_call_took_begin_segments(visit: Visit, link: str, holds: Holds) -> None:
    witness = recording(visit(link, script=TWO_CAMERAS))
    witness.press("Switch camera")
    witness.preserved_past(2)
    witness.page.evaluate(f"{FIRST_TRACK}.dispatchEvent(new Event('mute'))")
    assert "A call, another app" in witness.told("camera-taken")
    witness.page.evaluate(f"{FIRST_TRACK}.dispatchEvent(new Event('unmute'))")
    witness.told("camera-back")
    witness.page.evaluate(
        f"(() => {{ const track = {FIRST_TRACK}; track.stop(); track.dispatchEvent(new Event('ended')); }})()"
    )
    witness.preserved_past(4)
    witness.press("Stop")
    witness.until("All of it is preserved")
    whys = [json.loads(text)["why"] for text in holds()[-1].texts(Kind.SEGMENT)]
    assert whys == ["started", "camera switched", "camera back"]
    assert all(holds()[-1].segments())


def test_a_page_that_was_in_the_background_says_from_when_to_when(visit: Visit, link: str) -> None:
    witness = recording(visit(link))
    for state in ("hidden", "visible"):
        witness.page.evaluate(
            f"""Object.defineProperty(document, "visibilityState", {{ value: "{state}", configurable: true }});
            document.dispatchEvent(new Event("visibilitychange"));"""
        )
    assert "in the background from 0:0" in witness.told("background")


def test_a_low_battery_is_told(visit: Visit, link: str) -> None:
    low = """navigator.getBattery = async () => Object.assign(new EventTarget(), { level: 0.08, charging: false });"""
    assert "Battery at 8 %" in visit(link, script=low).told("battery")


def test_little_room_is_told(visit: Visit, link: str) -> None:
    little = "navigator.storage.estimate = async () => ({ quota: 150_000_000, usage: 60_000_000 });"
    assert "Little room on this phone: 90 MB" in visit(link, script=little).told("room")


def test_the_screen_is_kept_awake_while_it_records_and_no_longer(visit: Visit, link: str) -> None:
    counted = """window.held = 0;
      navigator.wakeLock.request = async (kind) => {
        if (kind === "screen") window.held++;
        return { released: false, release: async () => { window.held--; } };
      };"""
    witness = visit(link, script=counted)
    witness.until("Ready")
    assert witness.page.evaluate("window.held") == 0
    witness.press("Record")
    witness.preserved_past(1)
    assert witness.page.evaluate("window.held") == 1
    witness.press("Stop")
    witness.until("All of it is preserved")
    assert witness.page.evaluate("window.held") == 0


def test_a_phone_without_room_is_told_and_still_sends_everything(
    visit: Visit, wire: Wire, link: str, holds: Holds
) -> None:
    witness = visit(link, port=wire.port)
    devtools = witness.page.context.new_cdp_session(witness.page)
    recording(witness)
    wire.cut()
    origin = f"http://127.0.0.1:{wire.port}"
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    assert "held in memory only" in witness.told("memoryOnly")
    wire.mend()
    witness.preserved_past(4)
    witness.press("Stop")
    witness.until("All of it is preserved")
    one = holds()[-1]
    assert [header.sequence for header in one.headers] == list(range(1, len(one.headers) + 1))
    assert set(one.bodies) == {header.sequence for header in one.headers}


def test_footage_that_the_phone_evicted_is_told(phone: Callable[[], Phone], wire: Wire, link: str) -> None:
    first = phone()
    address = f"http://127.0.0.1:{wire.port}{link}"
    witness = recording(Witness(first.page, address).open())
    wire.cut()
    witness.until("Offline", "1 s waiting")
    first.kill()
    wire.mend()
    again = phone()
    again.page.add_init_script(
        """navigator.locks.request("everyangle-engine", async () => {
          const root = await navigator.storage.getDirectory();
          await root.removeEntry("everyangle-queue", { recursive: true });
          const open = indexedDB.open("everyangle-capture");
          await new Promise((resolve) => (open.onsuccess = resolve));
          const rows = open.result.transaction("recordings", "readwrite").objectStore("recordings");
          const all = rows.getAll();
          await new Promise((resolve) => (all.onsuccess = resolve));
          for (const one of all.result) rows.put({ ...one, next: one.next + 5 });
          open.result.close();
        });"""
    )
    assert "removed footage" in Witness(again.page, address).open().told("evicted")


@pytest.fixture(scope="module")
def full_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, Grounds]]:
    grounds = Grounds(tmp_path_factory.mktemp("full"))
    grounds.make()
    server = ServerProcess(grounds, ["--reserve", "100000000"]).start()
    yield server, grounds
    server.stop()


def test_a_server_without_room_is_told_and_the_phone_keeps_everything(visit: Visit, full_server: Any) -> None:
    server, grounds = full_server
    token = patiently(lambda: grounds.token())
    witness = visit(f"/w/#{token}", port=server.port)
    witness.until("Ready")
    witness.press("Record")
    assert "waits on this phone" in witness.told("disk-full")
    witness.until("waiting on this phone")


def test_a_server_that_lost_its_memory_is_told_and_gets_a_new_recording(
    visit: Visit, server: ServerProcess, grounds: Grounds, link: str, holds: Holds
) -> None:
    """It was set back to an older backup: what it had acknowledged is gone, and nothing fits on any more."""
    witness = recording(visit(link))
    server.kill()
    shutil.rmtree(grounds.root / "capture-journal")
    server.start()
    assert "Nothing" not in witness.told("gap")
    witness.preserved_past(2)
    witness.press("Stop")
    witness.until("All of it is preserved")
    whole = holds()[-1]
    assert whole.headers[0].sequence == 1
    assert set(whole.bodies) == {header.sequence for header in whole.headers}
