"""What is recorded is held by the server, whatever becomes of the phone, the network or the server."""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av

from everyangle.capture.frames import Kind
from everyangle.capture.receipts import open_receipt
from everyangle.record.notes import parse_key
from everyangle.stages.invite import revoke
from everyangle.testing.capture_held import Held
from everyangle.testing.capture_page import Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently
from everyangle.testing.capture_wire import Wire

Visit = Callable[..., Witness]
Holds = Callable[[], list[Held]]

WITHOUT_CODECS = "delete window.MediaStreamTrackProcessor;"
MOST_LOST_S = 5
"""However busy the machine is on which it runs; `script/bench capture` measures it."""


def held_s(recording: Held) -> float:
    """Return how many seconds of a recording are held, by the phone's clock."""
    last = max(header.captured_us for header in recording.of(Kind.MEDIA) if header.sequence in recording.bodies)
    return float(last - recording.begin.started_us) / 1e6


def said_s(status: str) -> float:
    """Return how many seconds the status line calls preserved, and waiting."""
    minutes, seconds = re.findall(r"to (\d+):(\d+)", status)[0]
    waiting = re.findall(r"(\d+) s waiting", status)
    return 60 * int(minutes) + int(seconds) + (int(waiting[0]) - 1 if waiting else 0)


def frames(film: bytes) -> int:
    """Return how many pictures can be decoded."""
    with av.open(io.BytesIO(film), "r") as container:
        return len(list(container.decode(video=0)))


def record(witness: Witness, seconds: int) -> Witness:
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(seconds)
    return witness


def stop(witness: Witness) -> None:
    witness.press("Stop")
    witness.until("All of it is preserved")


def test_a_recording_arrives_whole_with_words_clock_and_claim(visit: Visit, link: str, holds: Holds) -> None:
    witness = record(visit(link), 1)
    stop(witness)
    claim = witness.page.locator("#claim-code").inner_text()
    witness.page.get_by_label("In your own words").fill("I stood at the corner.\nIch sah alles.")
    witness.page.wait_for_timeout(300)  # its connection is closed by then
    witness.press("Send words")
    witness.page.get_by_text("Your words are preserved").wait_for()
    with witness.page.expect_download() as download:
        witness.press("Save receipt")
    receipt = json.loads(download.value.path().read_text())
    witness.press("I have it")
    assert claim not in witness.page.content()
    one = holds()[-1]
    assert one.begin.claim == hashlib.sha256(claim.encode()).hexdigest()
    assert [json.loads(text) for text in one.texts(Kind.WORDS)] == [{"words": "I stood at the corner.\nIch sah alles."}]
    assert json.loads(one.texts(Kind.END)[0]) == {"why": "stopped"}
    promised = open_receipt(receipt["receipt"], receipt["signature"], parse_key(receipt["key"]))
    assert promised is not None
    assert promised.heads == len(one.headers)
    clocks = [json.loads(text) for text in one.texts(Kind.CLOCK)]
    assert clocks
    assert all(abs(each["offset_us"]) < 1_000_000 > each["round_trip_us"] for each in clocks)
    (film,) = one.segments()
    assert frames(film) > 3
    assert [header.sequence for header in one.headers] == list(range(1, len(one.headers) + 1))


def test_what_was_recorded_before_a_kill_is_held(
    phone: Callable[[], Phone], server: Any, link: str, holds: Holds
) -> None:
    one = phone()
    witness = record(Witness(one.page, f"{server.http}{link}").open(), 1)
    said = said_s(witness.status)
    killed = one.kill()
    time.sleep(0.3)
    found = holds()[-1]
    assert held_s(found) >= said
    assert killed - found.begin.started_us / 1e6 - held_s(found) < MOST_LOST_S
    assert frames(found.segments()[0]) > 3


def test_the_browsers_own_recorder_goes_on_to_its_end_though_the_link_is_revoked(
    visit: Visit, grounds: Grounds, server: ServerProcess, link: str, holds: Holds
) -> None:
    witness = record(visit(link, script=WITHOUT_CODECS), 1)
    patiently(lambda: revoke(grounds.case(), f"{server.http}{link}", why="Over"))
    witness.preserved_past(2)
    stop(witness)
    one = holds()[-1]
    assert "matroska" in json.loads(one.texts(Kind.SEGMENT)[0])["mime"]
    assert len(one.of(Kind.MEDIA)) >= 4
    assert frames(one.segments()[0]) > 3


def test_a_browser_that_offers_mp4_only_gives_fragments_all_the_time(visit: Visit, link: str, holds: Holds) -> None:
    only_mp4 = """const claims = MediaRecorder.isTypeSupported;
      MediaRecorder.isTypeSupported = (type) => type.includes("mp4") && claims(type);"""
    witness = record(visit(link, script=WITHOUT_CODECS + only_mp4), 1)
    one = holds()[-1]
    assert "mp4" in json.loads(one.texts(Kind.SEGMENT)[0])["mime"]
    assert frames(one.segments()[0]) > 2
    stop(witness)


def test_an_encoder_that_gives_nothing_is_replaced(visit: Visit, link: str) -> None:
    """MP4 with the browser's own key frames gives a header, and then nothing for five seconds."""
    witness = visit(link)
    told = witness.page.evaluate(
        """async () => {
          const { Recorder } = await import("/w/recorder.js"); const { recorderWay } = await import("/w/containers.js");
          const mimeType = "video/mp4;codecs=avc1.42E01F,opus";
          const bare = { how: "recorder", mime: mimeType, options: { mimeType }, timesliceMs: 250 };
          const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
          const segments = [], bytes = [0, 0, 0];
          const recorder = new Recorder({ segment: (...one) => segments.push(one.slice(1, 2).concat(one.slice(3))),
            media: (_, n, __, ___, buffer) => (bytes[n] += buffer.byteLength) },
            { startedUs: 0, failed: () => {}, ways: [bare, recorderWay("video/webm;codecs=vp8,opus")] });
          await recorder.start(stream);
          for (let n = 0; n < 60 && bytes[1] < 20000; n++) await new Promise((resolve) => setTimeout(resolve, 100));
          await recorder.stop();
          return [segments, bytes];
        }"""
    )
    (first, second), sizes = told
    assert first[0] == 0
    assert second[::2] == [1, "nothing"]
    assert "webm" in second[1]
    assert sizes[1] >= 20_000


def test_where_the_encoder_falls_behind_the_picture_becomes_smaller_and_that_is_said(
    visit: Visit, link: str, holds: Holds
) -> None:
    late_if_large = """window.VideoEncoder = class extends VideoEncoder {
      constructor(init) {
        super({ ...init, output: (...made) => setTimeout(init.output, this.large ? 350 : 0, ...made) });
      }
      configure(config) { this.large = config.height > 400; super.configure(config); }
    };"""
    witness = record(visit(link, script=late_if_large), 1)
    assert "half the width and height" in witness.told("smaller")
    witness.preserved_past(8)
    stop(witness)
    one = holds()[-1]
    assert [json.loads(text)["why"] for text in one.texts(Kind.SEGMENT)][:2] == ["started", "behind"]
    sizes = []
    for film in one.segments()[:2]:
        with av.open(io.BytesIO(film), "r") as container:
            sizes.append((container.streams.video[0].width, container.streams.video[0].height))
    assert sizes[1] == (sizes[0][0] // 2, sizes[0][1] // 2)
    assert frames(one.segments()[1]) > 8


def test_recording_goes_on_over_a_killed_server(visit: Visit, server: ServerProcess, link: str, holds: Holds) -> None:
    witness = record(visit(link), 1)
    server.kill()
    said = witness.until("waiting on this phone")
    assert "Offline" in said or "Reconnecting" in said
    server.start()
    witness.preserved_past(4)
    stop(witness)
    one = holds()[-1]
    assert [header.sequence for header in one.headers] == list(range(1, len(one.headers) + 1))
    assert set(one.bodies) == {header.sequence for header in one.headers}
    assert frames(one.segments()[0]) > 8


def test_what_waited_through_an_outage_and_a_kill_is_sent_when_the_link_is_opened_again(
    phone: Callable[[], Phone], wire: Wire, link: str, holds: Holds
) -> None:
    one = phone()
    address = f"http://127.0.0.1:{wire.port}{link}"
    witness = record(Witness(one.page, address).open(), 1)
    wire.cut()
    said = said_s(witness.until("Offline", "2 s waiting"))
    one.kill()
    assert held_s(holds()[-1]) < said
    again = Witness(phone().page, address)
    again.open()  # the page itself comes from this phone
    again.until("Offline", "earlier recording")
    wire.mend()
    again.until("now preserved")
    found = holds()[-1]
    assert held_s(found) >= said
    assert set(found.bodies) == {header.sequence for header in found.headers}
    assert json.loads(found.texts(Kind.END)[0]) == {"why": "interrupted"}
    assert frames(found.segments()[0]) > 8


def test_a_slow_network_takes_heads_and_small_pictures_first(visit: Visit, wire: Wire, link: str, holds: Holds) -> None:
    witness = record(visit(link, port=wire.port), 0)
    wire.rate = 30_000
    witness.until("Slow network")
    witness.until("small pictures with sound", timeout_s=20)
    one = holds()[-1]
    with av.open(io.BytesIO(one.segments(1)[0]), "r") as film:
        assert (film.streams.video[0].height, bool(film.streams.audio)) == (240, True)
    full, small = one.of(Kind.MEDIA), one.of(Kind.MEDIA, 1)
    assert len([header for header in full if header.sequence not in one.bodies]) > 1
    assert max(header.captured_us for header in small) > max(
        header.captured_us for header in full if header.sequence in one.bodies
    )
    wire.rate = 0
    stop(witness)
    done = holds()[-1]
    assert set(done.bodies) == {header.sequence for header in done.headers}


def test_where_no_websocket_gets_through_it_goes_by_post(visit: Visit, wire: Wire, link: str, holds: Holds) -> None:
    wire.websockets = False
    witness = record(visit(link, port=wire.port), 1)
    stop(witness)
    one = holds()[-1]
    assert set(one.bodies) == {header.sequence for header in one.headers}


def test_a_file_arrives_as_it_was_on_the_phone_over_a_break_and_a_kill(
    phone: Callable[[], Phone], wire: Wire, link: str, holds: Holds, tmp_path: Path
) -> None:
    photo = tmp_path / "photo – 1.jpg"
    photo.write_bytes(hashlib.shake_256(b"photo").digest(2_500_000))
    address = f"http://127.0.0.1:{wire.port}{link}"
    first = phone()
    witness = Witness(first.page, address).open()
    witness.until("Ready")
    wire.rate = 1_000_000
    first.page.locator("#file").set_input_files(photo)
    first.page.get_by_text("preserved: ").wait_for()
    first.page.wait_for_function("() => document.querySelector('#file-list progress').value > 0.2")
    first.kill()
    wire.rate = 0
    again = phone()
    witness = Witness(again.page, address).open()
    again.page.get_by_text("preserved, exactly as it is on this phone").wait_for()
    one = holds()[-1]
    assert (one.begin.name, one.begin.size) == (photo.name, 2_500_000)
    (content,) = one.segments()
    assert hashlib.sha256(content).hexdigest() == one.begin.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()


def test_many_photos_are_sent_a_few_at_a_time(visit: Visit, link: str, holds: Holds, tmp_path: Path) -> None:
    photos = [tmp_path / f"photo {n}.jpg" for n in range(8)]
    for n, photo in enumerate(photos):
        photo.write_bytes(hashlib.shake_256(bytes([n])).digest(50_000 + n))
    witness = visit(link)
    witness.until("Ready")
    witness.page.locator("#file").set_input_files(photos)
    witness.page.wait_for_function(
        """() => [...document.querySelectorAll("#file-list span")].filter(
          (one) => one.textContent.startsWith("preserved, exactly")).length === 8"""
    )
    found = {one.begin.name: one for one in holds()}
    for photo in photos:
        assert found[photo.name].segments() == [photo.read_bytes()]
