"""A film in Matroska is written anew as fragmented MP4 in the browser, frame by frame as it was."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from playwright.sync_api import Page, Playwright

from everyangle.testing.capture_page import FLAGS
from everyangle.testing.capture_server import ServerProcess

PICTURES, RATE = 50, 10


@pytest.fixture(scope="module")
def page(driver: Playwright, server: ServerProcess) -> Iterator[Page]:
    chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    opened = chromium.new_page()
    opened.goto(f"{server.http}/staff/sign-in")
    yield opened
    chromium.close()


def film(bytestream: bool) -> bytes:
    """Return five seconds of H.264 and Opus in Matroska; as a stream of bytes nothing in its head sets up a decoder."""
    made = io.BytesIO()
    with av.open(made, "w", format="matroska", options={"live": "1"}) as out:
        video = out.add_stream("libx264", rate=RATE, options={"tune": "zerolatency", "g": "10", "bf": "0"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        sound = out.add_stream("libopus", rate=48_000)
        for n in range(PICTURES):
            picture = av.VideoFrame.from_ndarray(np.full((270, 320), 4 * n, np.uint8), format="yuv420p")
            picture.pts, picture.time_base = n, Fraction(1, RATE)
            out.mux(video.encode(picture))
            tone = av.AudioFrame.from_ndarray(np.zeros((1, 2 * 4800), np.int16), format="s16", layout="stereo")
            tone.pts, tone.rate, tone.time_base = n * 4800, 48_000, Fraction(1, 48_000)
            out.mux(sound.encode(tone))
        out.mux(video.encode(None))
        out.mux(sound.encode(None))
    return as_bytestream(made.getvalue()) if bytestream else made.getvalue()


def as_bytestream(data: bytes) -> bytes:
    """Return a film with start codes in place of lengths, and the decoder's set-up in key frames only."""
    made = io.BytesIO()
    with av.open(io.BytesIO(data), "r") as source, av.open(made, "w", format="matroska", options={"live": "1"}) as out:
        video = out.add_stream_from_template(source.streams.video[0])
        change = av.BitStreamFilterContext("h264_mp4toannexb", source.streams.video[0])
        for packet in source.demux(video=0):
            for changed in change.filter(packet if packet.size else None):
                changed.stream = video
                out.mux(changed)
    private, unknown = b"\x63\xa2", b"\x63\xc4"
    return made.getvalue().replace(private, unknown, 1)


def rewritten(page: Page, data: bytes, piece: int) -> tuple[str, bytes]:
    """Return the type and the bytes that a player is given of a film that comes in pieces."""
    kind, text = page.evaluate(
        """async ([data, piece]) => {
          const { Reorder } = await import("/staff/static/reorder.js");
          const { Fragments } = await import("/staff/static/fragments.js");
          const film = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
          const order = new Reorder(new Fragments());
          let text = "";
          for (let at = 0; at < film.length; at += piece) {
            for (const byte of order.take(film.slice(at, at + piece).buffer)) text += String.fromCharCode(byte);
          }
          return [order.writer.type, btoa(text)];
        }""",
        [base64.b64encode(data).decode(), piece],
    )
    return kind, base64.b64decode(text)


@pytest.mark.parametrize("piece", [97, 1_000_000])
def test_every_frame_is_in_the_other_boxes_at_its_time(page: Page, piece: int) -> None:
    kind, data = rewritten(page, film(bytestream=False), piece)
    assert kind.startswith('video/mp4;codecs="avc1.')
    assert kind.endswith(',opus"')
    assert page.evaluate("(kind) => MediaSource.isTypeSupported(kind)", kind)
    with av.open(io.BytesIO(data), "r") as played:
        assert [stream.codec_context.name for stream in played.streams] == ["h264", "opus"]
        frames = list(played.decode(video=0))
    # The newest second is held back until nothing can come before it.
    assert len(frames) >= PICTURES - 12
    assert [frame.time for frame in frames] == [pytest.approx(n / RATE, abs=0.002) for n in range(len(frames))]
    shades = [frame.to_ndarray(format="gray").mean() for frame in frames]
    assert shades == sorted(shades)


def test_a_stream_of_bytes_with_its_setup_in_key_frames_is_read_too(page: Page) -> None:
    data = film(bytestream=True)
    head = data.partition(b"\x1f\x43\xb6\x75")[0]
    assert b"\x63\xa2" not in head
    with av.open(io.BytesIO(data), "r") as source:
        assert bytes(next(source.demux(video=0)))[:4] == b"\0\0\0\1"
    _kind, played = rewritten(page, data, 500)
    with av.open(io.BytesIO(played), "r") as container:
        assert len(list(container.decode(video=0))) >= PICTURES - 12


def test_of_another_codec_nothing_is_made_up(page: Page) -> None:
    made = io.BytesIO()
    with av.open(made, "w", format="webm") as out:
        video = out.add_stream("libvpx", rate=RATE)
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        for n in range(20):
            picture = av.VideoFrame.from_ndarray(np.full((270, 320), 4 * n, np.uint8), format="yuv420p")
            picture.pts, picture.time_base = n, Fraction(1, RATE)
            out.mux(video.encode(picture))
        out.mux(video.encode(None))
    assert rewritten(page, made.getvalue(), 10_000) == ("", b"")
