"""What is being filmed goes before what can wait, and what can wait is sent all the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from everyangle.testing.capture_page import Phone, Witness
from everyangle.testing.capture_wire import Wire

Run = Callable[..., Any]

FILE_BYTES, RATE = 12_000_000, 320_000
HALF_OF_THE_LINE = 4 * RATE / 2 / FILE_BYTES
"""In the four seconds in which it is looked at, as a part of the file."""

LIVE = {"kept": {"kind": "live", "ended": False}, "resumed": False, "link": "open", "oldest": -2000}
STOPPED = LIVE | {"kept": {"kind": "live", "ended": True}}
FILE = LIVE | {"kept": {"kind": "file", "ended": False}}
EARLIER = STOPPED | {"resumed": True}


@pytest.mark.parametrize(
    ("one", "other", "waits"),
    [
        (FILE, LIVE, True),
        (EARLIER, LIVE, True),
        (STOPPED, LIVE, True),
        (FILE, STOPPED, True),
        (LIVE, LIVE, False),
        (LIVE, FILE, False),
        (EARLIER, FILE, False),
        (FILE, LIVE | {"oldest": -400}, False),
        (FILE, LIVE | {"oldest": None}, False),
        (FILE, LIVE | {"link": "connecting"}, False),
        (FILE, LIVE | {"link": "refused"}, False),
    ],
)
def test_who_waits_for_whom(run: Run, one: dict[str, Any], other: dict[str, Any], *, waits: bool) -> None:
    told = run(
        """const { waits } = await load("turns");
        const outbox = (age) => ({
          oldest: () => (age === null ? undefined : { atMs: 10_000 + age }), pace: { quickestMs: 40 } });
        const [one, other] = x.map(({ link, oldest, ...rest }) => (
          { ...rest, link: { status: link }, outbox: outbox(oldest) }));
        return waits(one, [one, other], 10_000);""",
        [one, other],
    )
    assert told is waits


def test_a_file_that_is_being_sent_does_not_hold_up_what_is_filmed(
    visit: Callable[..., Witness], wire: Wire, link: str, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(hashlib.shake_256(b"film").digest(FILE_BYTES))
    witness = visit(link, port=wire.port)
    witness.until("Ready")
    wire.rate = RATE
    witness.page.locator("#file").set_input_files(film)
    witness.page.get_by_text("preserved: ").wait_for()
    witness.press("Record")
    witness.preserved_past(8)
    behind, sent = witness.page.evaluate(
        """async () => {
          const seconds = (text) => { const [m, s] = text.split(":").map(Number); return 60 * m + s; };
          const file = () => document.querySelector("#file-list progress").value;
          const found = [], before = file();
          for (let n = 0; n < 40; n++) {
            const said = /Preserved to (\\d+:\\d+)/.exec(document.querySelector("#status").textContent)?.[1] ?? "0:00";
            found.push(seconds(document.querySelector("#elapsed").textContent) - seconds(said));
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          return [found.sort((a, b) => a - b)[20], file() - before];
        }"""
    )
    # On a busy machine the phone falls behind by itself; then the file has next to nothing of the line.
    assert behind <= 2 or sent < HALF_OF_THE_LINE / 2
    wire.rate = 0
    witness.press("Stop")
    witness.until("All of it is preserved")
    witness.page.get_by_text("preserved, exactly as it is on this phone").wait_for(timeout=60_000)


def test_what_waited_from_earlier_is_sent_while_filming_goes_on(
    phone: Callable[[], Phone], wire: Wire, link: str
) -> None:
    address = f"http://127.0.0.1:{wire.port}{link}"
    first = phone()
    witness = Witness(first.page, address).open()
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(1)
    first.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wire.cut()
    witness.until("Offline", "3 s waiting")
    first.kill()
    again = phone()
    witness = Witness(again.page, address).open()
    witness.until("Offline", "earlier recording")
    witness.press("Record")
    witness.until("Offline", "2 s waiting")
    wire.mend()
    witness.preserved_past(4)
    witness.press("Stop")
    witness.until("All of it is preserved")
    again.page.reload()
    witness.until("Ready")
