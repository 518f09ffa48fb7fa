"""From the phone's camera to a verified dossier: a browser records and is killed, the case holds what it filmed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from everyangle.cli.main import status_of
from everyangle.record.entries import decode_entry
from everyangle.record.kinds import ItemDerived
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.testing.capture_page import Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess

LEAST_S = 1.0
"""Of three seconds, on a busy machine that encodes in software; the benchmark measures it properly."""

WITHOUT_CODECS = "delete window.MediaStreamTrackProcessor;"


def item_of(grounds: Grounds) -> tuple[CaptureEnded, list[ItemDerived]]:
    """Wait for the item that a recording becomes, and for its copies."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        bodies = [decode_entry(data).body for data in grounds.case().log.read()]
        ended = [body for body in bodies if isinstance(body, CaptureEnded)]
        if ended:
            return ended[-1], [body for body in bodies if isinstance(body, ItemDerived)]
        time.sleep(0.2)
    raise AssertionError("no item")


@pytest.mark.parametrize("script", ["", WITHOUT_CODECS], ids=["codecs", "recorder"])
def test_a_browser_records_and_is_killed_and_the_case_holds_what_it_filmed(
    tmp_path: Path,
    phone: Callable[[], Phone],
    script: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    grounds = Grounds(tmp_path / "grounds")
    grounds.make()
    token = grounds.token(label="Neighbours")
    server = ServerProcess(grounds, ["--quiet-after", "2"]).start()
    one = phone()
    one.page.add_init_script(script)
    witness = Witness(one.page, f"{server.http}/w/#{token}").open()
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(3)
    one.kill()
    ended, copies = item_of(grounds)
    assert server.stop() == 0
    assert (ended.ended, ended.missing) == (False, 0)
    with grounds.case().derivatives.open(copies[0].digest) as file, av.open(file, "r") as opened:
        assert opened.duration is not None
        assert opened.duration / 1e6 > LEAST_S
        *_, last = opened.decode(video=0)
        assert last.time is not None
        assert last.time > LEAST_S
    if script:
        return  # the rest is the same
    monkeypatch.setenv("EVERYANGLE_HOME", str(grounds.home))
    case, out = str(grounds.case_folder), str(tmp_path / "dossier")
    for command in (
        ["build", case, "--jobs", "1"],
        ["publish", case, out, "--unredacted", "--why", "only a test picture"],
        ["verify", case],
        ["verify", out],
    ):
        assert status_of([*command, "--quiet"]) == 0
    capsys.readouterr()
    assert status_of(["status", case, "--json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)["items"]
    assert item["kind"] == "recording"
