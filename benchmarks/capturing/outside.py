"""Other ways to send what is filmed, beside ours: tus and WHIP, with the same camera, browser and kill."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from benchmarks.capturing.browsers import Begin, Result, killed
from benchmarks.capturing.figures import Asked, Told, seconds
from benchmarks.capturing.picture import last_time_s
from benchmarks.peers.environment import NotMeasuredError, need, python_of, said
from benchmarks.syncing.keep import say
from playwright.sync_api import Page

_HERE = Path(__file__).parent.parent
_TUS_CLIENT = "tus-js-client-4.3.1"
_TUS_SHA256 = "919f46808b2c689be9214df5c0f21879bee4a4599b34e212ada8f14de1db9bc0"

_TUS_PAGE = """<!doctype html><title>tus</title><script src="tus.min.js"></script><button>Record</button><script>
document.querySelector("button").onclick = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const options = { mimeType: "video/webm;codecs=vp8,opus", videoBitsPerSecond: 2500000, audioBitsPerSecond: 96000 };
  const recorder = new MediaRecorder(stream, options);
  const media = new ReadableStream({
    start: (into) => {
      recorder.ondataavailable = async ({ data }) => into.enqueue(new Uint8Array(await data.arrayBuffer()));
    },
  });
  recorder.start(250);
  new tus.Upload(media.getReader(), {
    endpoint: "/files/", chunkSize: CHUNK, uploadLengthDeferred: true, retryDelays: [0, 200, 1000],
    onError: (error) => console.error(String(error)),
  }).start();
};
</script>"""

_WHIP_PAGE = """<!doctype html><title>WHIP</title><button>Record</button><script>
document.querySelector("button").onclick = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const peer = new RTCPeerConnection();
  for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: "sendonly" });
  await peer.setLocalDescription(await peer.createOffer());
  await new Promise((done) => {
    if (peer.iceGatheringState === "complete") done();
    peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && done();
  });
  const headers = { "Content-Type": "application/sdp" };
  const answer = await fetch("/whip", { method: "POST", headers, body: peer.localDescription.sdp });
  peer.onconnectionstatechange = () => (document.title = peer.connectionState);
  await peer.setRemoteDescription({ type: "answer", sdp: await answer.text() });
};
</script>"""


def peers(asked: Asked, told: Told) -> None:
    """Kill the browser under each of them."""
    for chunk in (30_000, 200_000):
        _measured(asked, told, f"tus (tuspyserver, {_TUS_CLIENT}, chunks of {chunk // 1000} kB)", _tus(asked, chunk))
    _measured(asked, told, "WHIP (aiortc, recording to Matroska)", _whip(asked))
    told.notes.append(
        "Peers: the same camera, browser, machine and kill. tus uploads what MediaRecorder gives every 250 ms (WebM, "
        "VP8, the page's own bit rates). The WHIP run begins when its connection stands, and its server is asked to "
        "stop recording after the kill, which by itself it does only when the connection times out. Neither signs, "
        "chains or acknowledges."
    )


def _measured(asked: Asked, told: Told, name: str, way: Iterator[tuple[Begin, Result]]) -> None:
    say(f"browser killed: {name}")
    try:
        for begin, result in way:
            found = seconds(killed(asked.peer_runs, asked, "", begin, result))
    except NotMeasuredError as error:
        found = f"not measured: {error}"
    told.add(f"peer, browser killed: {name}: seconds lost", found)


def _tus(asked: Asked, chunk: int) -> Iterator[tuple[Begin, Result]]:
    script = _tus_client(asked.keep)
    python = python_of("tus", asked.keep)
    with _running(python, "tus_server.py", _TUS_PAGE.replace("CHUNK", str(chunk)), script) as (port, files):

        def result(at: float) -> float | None:
            uploads = [path for path in files.iterdir() if path.is_file() and "." not in path.name]
            newest = max(uploads, key=lambda path: path.stat().st_mtime, default=None)
            return None if newest is None or newest.stat().st_mtime < at - 60 else _since(newest, at)

        yield _press(port), result


def _whip(asked: Asked) -> Iterator[tuple[Begin, Result]]:
    with _running(python_of("whip", asked.keep), "whip_server.py", _WHIP_PAGE) as (port, files):

        def result(at: float) -> float | None:
            httpx.post(f"http://127.0.0.1:{port}/stop", timeout=30)
            newest = max(files.iterdir(), key=lambda path: path.stat().st_mtime, default=None)
            return None if newest is None else _since(newest, at)

        yield _press(port, "connected"), result


def _since(film: Path, at: float) -> float | None:
    """Return the time in a film's last picture, where that is of this run."""
    last = last_time_s(film, at)
    return last if last is not None and last > at - 30 else None


def _press(port: int, then: str = "") -> Begin:
    """Return what opens the page and presses Record, and waits until its title says that it goes on."""

    def begin(page: Page) -> None:
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_role("button", name="Record").click()
        if then:
            page.wait_for_function("(then) => document.title === then", arg=then, timeout=30_000)

    return begin


def _tus_client(keep: Path) -> bytes:
    """Return the client's script, from npm's registry; the package is checked."""
    package = keep / "peers" / f"{_TUS_CLIENT}.tgz"
    if not package.exists():
        need("npm")
        package.parent.mkdir(parents=True, exist_ok=True)
        wanted = _TUS_CLIENT.replace("client-", "client@")
        wrong = said(["npm", "pack", wanted, "--silent", "--pack-destination", package.parent])
        if wrong:
            raise NotMeasuredError(f"{_TUS_CLIENT} could not be fetched ({wrong})")
    data = package.read_bytes()
    if hashlib.sha256(data).hexdigest() != _TUS_SHA256:
        raise NotMeasuredError(f"{package} is not what it should be; delete it")
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/dist/tus.min.js")
        return b"" if member is None else member.read()


@contextmanager
def _running(python: Path, server: str, page: str, script: bytes = b"") -> Iterator[tuple[int, Path]]:
    """Yield the port of a peer's server that runs, and the folder where it keeps what it gets."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        files, pages = Path(base) / "files", Path(base) / "page"
        files.mkdir()
        pages.mkdir()
        (pages / "index.html").write_text(page, encoding="utf-8")
        (pages / "tus.min.js").write_bytes(script)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        command: list[str | Path] = [python, _HERE / "peers" / server, str(port), files, pages]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                _wait_for(port, process)
                yield port, files
            finally:
                process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotMeasuredError("its server did not start")
