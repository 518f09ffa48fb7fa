"""Media read behind a wall: what a child's limits, death and hostile files do, and do not do."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_pyav import PyavMedia
from everyangle.adapters.work_processes import ProcessWork
from everyangle.core.errors import BadInputError, EveryAngleError, LimitError
from everyangle.ports.media import Media, ProxySettings
from everyangle.testing import media_hostile
from everyangle.testing.media_contract import MediaContract, as_file, duration_of
from everyangle.testing.media_film import Film, steady
from everyangle.testing.media_zoo import SPECIMENS, Specimen

PLAIN = SPECIMENS[0]
LONG = Specimen("long", Film("mp4", steady(0, 20), size=(480, 270)))
SLOW = ProxySettings(preset="veryslow", crf=10)


@pytest.fixture(scope="module")
def media() -> Iterator[Media]:
    with closing(PyavMedia()) as adapter:
        yield adapter


@pytest.fixture(scope="module")
def long_film() -> bytes:
    return LONG.data()


class TestPyav(MediaContract):
    pass


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has, ended ones that were not fetched included."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def servers() -> list[int]:
    """Return the servers of this process that run their own program already."""
    return [pid for pid in children_of(os.getpid()) if b"child_server" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def server_of_this_process() -> int:
    (pid,) = servers()
    return pid


def eventually(is_so: Callable[[], bool], within_s: float = 10) -> bool:
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        if is_so():
            return True
        time.sleep(0.02)
    return is_so()


@pytest.fixture
def alone(media: Media) -> Iterator[PyavMedia]:
    """An adapter that is the only one of this process with a server."""
    assert isinstance(media, PyavMedia)
    media.close()
    with closing(PyavMedia()) as adapter:
        yield adapter


def slow_proxy(adapter: PyavMedia, film: bytes, label: str = "IMG_0001.mp4") -> None:
    with as_file(film) as source, tempfile.TemporaryFile() as sink:
        adapter.proxy(source, sink, SLOW, label=label)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (MediaLimits(cpu_s=1), "media-limit-time"),
        (MediaLimits(wall_s=1), "media-limit-time"),
        (MediaLimits(output_bytes=100), "media-limit-output"),
        (MediaLimits(pixels=100_000), "media-limit-pixels"),
        (MediaLimits(duration_s=5), "media-limit-duration"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_takes_too_much_is_stopped_and_the_next_item_works(
    limits: MediaLimits, code: str, long_film: bytes
) -> None:
    with closing(PyavMedia(limits)) as adapter:
        with pytest.raises(LimitError) as raised:
            slow_proxy(adapter, long_film)
        assert raised.value.code == code
        assert "IMG_0001.mp4" in str(raised.value)
        with as_file(PLAIN.data()) as source:
            assert adapter.probe(source, label="next").duration_s == pytest.approx(3, abs=0.05)


def test_what_takes_too_much_memory_is_stopped_and_the_next_item_works() -> None:
    with closing(PyavMedia(MediaLimits(memory_bytes=330 << 20))) as adapter:
        with as_file(media_hostile.large_png(7900)) as source, pytest.raises(LimitError) as raised:
            adapter.photo(source, 640, label="IMG_0002.png")
        assert raised.value.code == "media-limit-memory"
        assert "IMG_0002.png" in str(raised.value)
        with as_file(PLAIN.data()) as source:
            assert adapter.probe(source, label="next").duration_s == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (signal.SIGSEGV, BadInputError, "media-crashed"),
        (signal.SIGABRT, BadInputError, "media-crashed"),
        (signal.SIGKILL, LimitError, "media-limit-memory"),
    ],
)
def test_a_decoder_that_dies_is_told_and_the_next_item_works(
    alone: PyavMedia, long_film: bytes, number: int, kind: type[EveryAngleError], code: str
) -> None:
    with ThreadPoolExecutor(1) as pool:
        doomed = pool.submit(slow_proxy, alone, long_film)
        assert eventually(lambda: bool(servers()))
        server = server_of_this_process()
        assert eventually(lambda: bool(children_of(server)))
        os.kill(children_of(server)[0], number)
        with pytest.raises(kind) as raised:
            doomed.result()
    assert raised.value.code == code
    with as_file(PLAIN.data()) as source:
        assert alone.probe(source, label="next").video is not None
    assert server_of_this_process() == server


def test_a_decoder_that_stands_still_is_stopped(media: Media, long_film: bytes) -> None:
    assert isinstance(media, PyavMedia)
    media.close()
    with closing(PyavMedia(MediaLimits(stall_s=4))) as adapter, ThreadPoolExecutor(1) as pool:
        with as_file(PLAIN.data()) as source:
            adapter.probe(source, label="first")
        server = server_of_this_process()
        assert eventually(lambda: not children_of(server))
        doomed = pool.submit(slow_proxy, adapter, long_film)
        assert eventually(lambda: bool(children_of(server)))
        os.kill(children_of(server)[0], signal.SIGSTOP)
        with pytest.raises(LimitError, match="stood still"):
            doomed.result()
        assert eventually(lambda: not children_of(server))


def test_an_interrupt_ends_the_child_and_leaves_none_behind(alone: PyavMedia, long_film: bytes) -> None:
    def interrupt(_done_s: float) -> None:
        raise KeyboardInterrupt

    with as_file(long_film) as source, tempfile.TemporaryFile() as sink, pytest.raises(KeyboardInterrupt):
        alone.proxy(source, sink, SLOW, label="long", progress=interrupt)
    server = server_of_this_process()
    assert eventually(lambda: not children_of(server))


def test_a_server_that_is_lost_is_replaced(alone: PyavMedia) -> None:
    with as_file(PLAIN.data()) as source:
        alone.probe(source, label="first")
        first = server_of_this_process()
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: state_of(first) == "Z")
        assert alone.probe(source, label="second").audio is not None
    assert server_of_this_process() != first


def test_closing_ends_the_server(alone: PyavMedia) -> None:
    with as_file(PLAIN.data()) as source:
        alone.probe(source, label="one")
    server = server_of_this_process()
    alone.close()
    assert server not in children_of(os.getpid())


def test_the_server_ends_when_its_owner_is_killed() -> None:
    script = """
import os, sys
from everyangle.adapters.media_pyav import PyavMedia
media = PyavMedia()
try:
    media.probe(open(os.devnull, "rb"), label="nothing")
except Exception:
    pass
print(media._children._server._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    server = int(ran.stdout)
    assert eventually(lambda: not Path(f"/proc/{server}/cmdline").exists() or state_of(server) == "Z")


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_several_threads_read_one_file_at_once(media: Media) -> None:
    with as_file(PLAIN.data()) as source, ThreadPoolExecutor(4) as pool:
        sounds = list(pool.map(lambda _: media.sound(source, 8000, label="plain").samples.tobytes(), range(8)))
    assert len(set(sounds)) == 1


def test_workers_in_other_processes_start_their_own(media: Media) -> None:
    assert isinstance(media, PyavMedia)
    data = PLAIN.data()
    assert list(ProcessWork(2).map(duration_of, [(media, data)] * 3)) == [pytest.approx(3, abs=0.05)] * 3
    assert pickle.loads(pickle.dumps(media)) is not media


def test_nothing_that_a_file_refers_to_is_opened(media: Media, tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    bait = tmp_path / "bait.mp4"
    bait.write_bytes(PLAIN.data())
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/bait.mp4"
        for made in (
            media_hostile.playlist(address),
            media_hostile.playlist(f"file://{bait}"),
            media_hostile.playlist("/etc/passwd"),
            media_hostile.concat(str(bait)),
            media_hostile.concat("/etc/passwd"),
            media_hostile.dash(address),
        ):
            with as_file(made) as source, pytest.raises(BadInputError) as raised:
                media.probe(source, label="list.m3u8")
            assert raised.value.code in ("media-unsupported", "media-unreadable")
        server.shutdown()
    assert asked == []
