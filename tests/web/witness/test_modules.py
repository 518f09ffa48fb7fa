"""The page's modules speak the protocol as the server understands it; run where they live, in a browser."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import av
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everyangle.capture.begin import open_begin
from everyangle.capture.chain import DeviceKey, next_head
from everyangle.capture.frames import Kind, parse_header
from everyangle.capture.receipts import Receipt, sign_receipt
from everyangle.capture.seal import Unsealer, point_of
from everyangle.record import canonical

Run = Callable[..., Any]

TOKEN = "A" * 22


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_a_begin_is_what_the_server_takes(run: Run) -> None:
    made = run(
        f"""const chain = await load("chain"); const {{ privateKey, spki }} = await chain.newKey();
        const file = {{ name: "Straße \\u{{1f6a8}}.jpg", size: 3, sha256: "{"ab" * 32}" }};
        const begin = await chain.begin({{ id: chain.newId(), spki, token: "{TOKEN}", startedUs: 1795546167936800,
          claim: "{"cd" * 32}", file }});
        const head = await chain.firstHead(begin);
        return [b64(begin), b64(await chain.sign(privateKey, head)), privateKey.extractable];"""
    )
    opening = open_begin(unbase64(made[0]), unbase64(made[1]))
    assert opening.begin.name == "Straße 🚨.jpg"
    assert opening.begin.link == hashlib.sha256(TOKEN.encode()).hexdigest()
    assert made[2] is False


def test_chunks_are_chained_signed_and_sealed_as_the_server_opens_them(run: Run) -> None:
    server = ec.generate_private_key(ec.SECP256R1())
    recording, body = bytes(range(16)), b"footage" * 100
    made = run(
        """const chain = await load("chain"); const { sealer } = await load("seal");
        const { privateKey, spki } = await chain.newKey(); const body = raw(x.body);
        const chunk = { kind: 0, stream: 1, sequence: 2 ** 40 + 7, timeUs: -5, segment: 3 };
        const { header, head, signature } = await chain.addChunk(privateKey, raw(x.head), chunk, body);
        const seal = await sealer(x.point, x.recording);
        return [spki, header, head, signature, await seal(chunk.sequence, header, body)].map(b64);""",
        {
            "body": base64url(body),
            "head": base64url(b"\7" * 32),
            "point": base64url(point_of(server.public_key())),
            "recording": base64url(recording),
        },
    )
    spki, raw_header, head, signature, sealed = map(unbase64, made)
    header = parse_header(raw_header)
    assert (header.kind, header.stream, header.segment) == (Kind.MEDIA, 1, 3)
    assert (header.sequence, header.captured_us, header.length) == (2**40 + 7, -5, len(body))
    assert header.digest == hashlib.sha256(body).digest()
    assert head == next_head(b"\7" * 32, raw_header)
    assert DeviceKey(spki).signed(head, signature)
    assert body not in sealed
    assert Unsealer(server, recording).unseal(header.sequence, raw_header, sealed) == body


def test_a_receipt_counts_only_if_the_server_signed_it_for_this_recording(run: Run) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    vkey = "record.example+12345678+" + base64.b64encode(b"\1" + key.public_key().public_bytes_raw()).decode()
    text, signature = sign_receipt(Receipt(bytes(16), 9, b"\1" * 32, ((3, 4),), 77), key.sign)

    def read(text: str, signature: str, recording: bytes) -> Any:
        return run(
            """const { receiptKey, readReceipt } = await load("receipt");
            return readReceipt(await receiptKey(x[0]), x[1], x[2], x[3]);""",
            [vkey, text, signature, base64url(recording)],
        )

    assert read(text, signature, bytes(16))["missing"] == [[3, 4]]
    assert read(text, signature, b"\1" + bytes(15)) is None
    assert read(text.replace('"heads":9', '"heads":8'), signature, bytes(16)) is None
    other = ed25519.Ed25519PrivateKey.generate()
    assert read(text, sign_receipt(Receipt(bytes(16), 9, b"\1" * 32, (), 77), other.sign)[1], bytes(16)) is None


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(json_values, min_size=10, max_size=10))
def test_canonical_json_is_written_as_the_server_writes_it(run: Run, values: list[Any]) -> None:
    told = run('const { canonical } = await load("bytes"); return JSON.parse(x).map(canonical);', json.dumps(values))
    assert [one.encode() for one in told] == [canonical.encode(value) for value in values]


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 1000, 100_001])
def test_files_are_hashed_in_pieces_of_any_size(run: Run, size: int) -> None:
    data = hashlib.shake_128(b"file").digest(size)
    told = run(
        """const { Sha256 } = await load("sha256"); const { hex } = await load("bytes"); const data = raw(x);
        return [1, 7, 64, 1 << 20].map((step) => {
          const sum = new Sha256();
          for (let at = 0; at < data.length; at += step === 1 && data.length > 2000 ? 999 : step) {
            sum.update(data.subarray(at, at + (step === 1 && data.length > 2000 ? 999 : step)));
          }
          return hex(sum.digest());
        });""",
        base64url(data),
    )
    assert set(told) == {hashlib.sha256(data).hexdigest()}


def test_the_clocks_difference_is_taken_from_the_quickest_of_several_answers(run: Run) -> None:
    told = run(
        """const { best, sample } = await load("clockcheck");
        const answers = [[100, 900, 905, 305], [1000, 1705, 1710, 1020], [2000, 2900, 2901, 2501]];
        return best(answers.map((times) => sample(...times)));"""
    )
    assert told == {"offset_us": 698, "round_trip_us": 15}


ENTRIES = """
  const { header } = await import("/w/chain.js");
  const frame = (n, size) => new Uint8Array([
    2, ...header({ kind: 0, sequence: n, timeUs: 0 }, size, new Uint8Array(32)),
    ...new Uint8Array(64), ...new Uint8Array(size).fill(n),
  ]);
  const entry = (n, size = 4) => ({
    sequence: n, elapsedMs: n * 10.5, head: new Uint8Array(32).fill(n), frame: frame(n, size)
  });
  const told = (queue) => queue.left.map(({ sequence, elapsedMs, head }) => [sequence, elapsedMs, head[0]]);
"""


def test_a_queue_in_rows_gives_back_what_was_put_in_and_forgets_only_what_it_is_told(run: Run) -> None:
    told = run(
        ENTRIES
        + """const { openDatabase } = await load("store"); const { RowQueue } = await load("queue_rows");
        const database = await openDatabase(), id = crypto.randomUUID(), queue = await RowQueue.open(database, id);
        for (const n of [1, 2, 3, 4]) await queue.put(entry(n));
        await queue.forget([1, 3]);
        const again = await RowQueue.open(database, id);
        return [told(again), [...await again.frame(4)].slice(-4), await again.frame(3).catch((error) => error.name)];"""
    )
    assert told == [[[2, 21, 2], [4, 42, 4]], [4, 4, 4, 4], "RangeError"]


def test_a_queue_in_files_gives_back_what_is_whole_and_lets_go_of_whole_shelves(browser: Any, server: Any) -> None:
    page = browser.new_page()
    with page.expect_worker() as engine:
        page.goto(f"http://127.0.0.1:{server.port}/w/")
    page.locator("[data-code='link-none']").wait_for()  # it sweeps forgotten queues before
    told = engine.value.evaluate(
        "async () => {"
        + ENTRIES
        + """const { FileQueue } = await import("/w/queue_files.js"); const id = crypto.randomUUID();
        const queue = await FileQueue.open(id);
        for (const n of [1, 2, 3, 4]) await queue.put(entry(n));
        await queue.forget([1, 3]);
        const bytes = [...await queue.frame(4)].slice(-4);
        const [shelf] = queue.shelves;
        shelf.file.truncate(shelf.end - 1); // torn by a kill
        queue.shelves.forEach(({ file }) => file.close());
        const again = await FileQueue.open(id), torn = told(again);
        for (const n of [5, 6, 7]) await again.put(entry(n, 3000000));
        const before = again.shelves.length;
        await again.forget([1, 2, 3, 5, 6]);
        const after = again.shelves.length;
        await again.forget([7]);
        const gone = await again.frame(7).catch((error) => error.name);
        return [bytes, torn, before, after, again.shelves.map(({ end }) => end), gone];
        }"""
    )
    page.close()
    assert told == [[4, 4, 4, 4], [[1, 10.5, 1], [2, 21, 2], [3, 31.5, 3]], 2, 1, [0], "RangeError"]


def test_the_pages_own_film_is_one_that_programs_can_read(run: Run) -> None:
    made = run(
        """const { Blocks, TRACK, opening } = await load("matroska");
        const canvas = new OffscreenCanvas(320, 180), paper = canvas.getContext("2d"), parts = [];
        const blocks = new Blocks();
        const video = new VideoEncoder({ error: console.error, output: (chunk) => {
          const data = new Uint8Array(chunk.byteLength); chunk.copyTo(data);
          parts.push(blocks.block(TRACK.video, chunk.timestamp / 1000, chunk.type === "key", data));
        } });
        video.configure({ codec: "vp8", width: 320, height: 180, bitrate: 300000, framerate: 10 });
        for (let n = 0; n < 30; n++) {
          paper.fillStyle = `hsl(${n * 12} 60% 50%)`; paper.fillRect(0, 0, 320, 180);
          const frame = new VideoFrame(canvas, { timestamp: n * 100000 });
          video.encode(frame, { keyFrame: n % 10 === 0 });
          frame.close();
        }
        await video.flush();
        const { concat } = await load("bytes");
        const head = opening({ codec: "V_VP8", width: 320, height: 180, codecPrivate: null }, { channels: 1 });
        return b64(concat(head, ...parts));"""
    )
    film = unbase64(made)
    with av.open(io.BytesIO(film), "r") as container:
        assert [stream.codec_context.name for stream in container.streams] == ["vp8", "opus"]
        times = [frame.time for frame in container.decode(video=0)]
    assert times == [pytest.approx(n / 10, abs=0.002) for n in range(30)]
    with av.open(io.BytesIO(film[: len(film) * 2 // 3]), "r") as torn:
        assert len(list(torn.decode(video=0))) >= 15


SITUATION: dict[str, Any] = {"phase": "recording", "known": True, "offline": False, "earlier": [], "drained": False}
PROGRESS: dict[str, Any] = {
    "kind": "live",
    "link": "open",
    "slow": False,
    "elapsedMs": 53_400,
    "preservedMs": 41_900,
    "smallMs": 0,
    "headsMs": 0,
    "waitingMs": 11_500,
    "waitingBytes": 9,
    "ended": False,
    "complete": False,
}


@pytest.mark.parametrize(
    ("situation", "progress", "words"),
    [
        ({}, {"waitingMs": 300}, "Preserved to 0:41"),
        ({}, {"link": "offline"}, "Offline. Preserved to 0:41, 12 s waiting on this phone"),
        ({}, {"link": "connecting"}, "Reconnecting. Preserved to 0:41, 12 s waiting on this phone"),
        ({}, {"preservedMs": 0}, "Recording. Nothing is preserved yet"),
        ({}, {"slow": True}, "Slow network. Preserved to 0:41, 12 s waiting"),
        ({}, {"slow": True, "smallMs": 52_000}, "small pictures with sound to 0:52"),
        ({}, {"slow": True, "headsMs": 53_000}, "signed to 0:53 but not yet sent"),
        ({}, {"link": "refused"}, "Not being sent"),
        ({"phase": "stopped"}, {"ended": True}, "Stopped. Preserved to 0:41 of 0:53. Keep this page open"),
        (
            {"phase": "stopped"},
            {"ended": True, "waitingMs": 0, "waitingBytes": 0, "preservedMs": 53_400},
            "Stopped. All of it is preserved (0:53)",
        ),
        ({"phase": "stopped"}, {"ended": True, "link": "offline"}, "Stopped, offline"),
        ({"phase": "idle", "earlier": [PROGRESS]}, None, "12 s of an earlier recording"),
        ({"phase": "idle", "offline": True}, None, "Offline. You can record"),
    ],
)
def test_the_status_line_says_what_receipts_cover(run: Run, situation: Any, progress: Any, words: str) -> None:
    current = None if progress is None else PROGRESS | progress
    said = run(
        """const { status } = await load("status"); const { say } = await load("texts");
        const { key, values } = status(x); return say(key, values);""",
        SITUATION | situation | {"current": current},
    )
    assert words in said


@pytest.mark.parametrize(
    ("agent", "slice_ms", "key_ms"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36", 100, 250),
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", 250, 500),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", 1000, 1000),
    ],
    ids=["Chromium", "Firefox", "Safari"],
)
def test_fragments_are_as_short_as_is_known_to_work(
    browser: Any, server: Any, agent: str, slice_ms: int, key_ms: int
) -> None:
    context = browser.new_context(user_agent=agent)
    page = context.new_page()
    page.goto(f"{server.http}/w/")
    way = page.evaluate("""async () => (await import("/w/containers.js")).recorderWay("video/mp4")""")
    assert (way["timesliceMs"], way["options"]["videoKeyFrameIntervalDuration"]) == (slice_ms, key_ms)
    context.close()


def outbox(run: Run, steps: str) -> Any:
    return run(
        f"""const {{ Outbox }} = await load("outbox"); const out = new Outbox(8);
        out.opened({{ next: 1, missing: [] }});
        const add = (sequence, stream, atMs, kind = 0, bytes = 1000) => out.add({{
          sequence, kind, stream, bytes, fromMs: 0, toMs: 0, atMs, headSent: false, bodySent: false
        }});
        const go = (now) => {{
          const sent = [];
          for (let choice; (choice = out.choose(now)); ) {{
            out.sent(choice.item.sequence, choice.how, now);
            sent.push([choice.item.sequence, choice.how]);
          }}
          return sent;
        }};
        {steps}"""
    )


def test_a_good_link_takes_whole_chunks_in_order_up_to_the_window(run: Run) -> None:
    told = outbox(run, "for (let n = 1; n <= 20; n++) add(n, 0, 0); return go(10);")
    assert told == [[n, "whole"] for n in range(1, 9)]


def test_a_slow_link_takes_heads_and_the_small_stream_first(run: Run) -> None:
    told = outbox(run, "for (let n = 1; n <= 6; n++) add(n, n % 2 ? 0 : 1, 0); return go(5000);")
    assert told[:6] == [[1, "head"], [2, "whole"], [3, "head"], [4, "whole"], [5, "head"], [6, "whole"]]


def test_after_a_break_only_what_the_server_lacks_is_sent(run: Run) -> None:
    told = outbox(
        run,
        "for (let n = 1; n <= 6; n++) add(n, 0, 0); go(10); out.opened({ next: 5, missing: [[2, 3]] }); return go(20);",
    )
    assert sorted(told) == [[2, "body"], [3, "body"], [5, "whole"], [6, "whole"]]


def test_a_receipt_lets_go_of_what_it_covers_and_nothing_else(run: Run) -> None:
    told = outbox(
        run,
        """for (let n = 1; n <= 6; n++) add(n, 0, 0); go(10);
        const gone = out.receipt({ heads: 5, missing: [[2, 3]] }, 20).map(({ sequence }) => sequence);
        return [gone, [...out.waiting.keys()]];""",
    )
    assert told == [[1, 4, 5], [2, 3, 6]]


def test_quick_answers_let_more_be_under_way_and_late_ones_less(run: Run) -> None:
    told = outbox(
        run,
        """const after = (ms) => {
          for (let n = 1; n <= 40; n++) add(n, 0, 0, 0, 8000);
          for (let now = 0; out.waiting.size; now += ms) {
            const sent = go(now);
            out.receipt({ heads: sent.at(-1)[0], missing: [] }, now + ms);
          }
          return out.pace.allowed;
        };
        const first = out.pace.allowed, quick = after(50);
        return [first, quick, after(900)];""",
    )
    first, quick, late = told
    assert quick > first
    assert late < quick / 2


def test_a_long_backlog_is_sent_to_its_end_heads_first(run: Run) -> None:
    told = outbox(
        run,
        """for (let n = 1; n <= 1500; n++) add(n, 0, 0);
        const has = new Set(), order = [];
        let heads = 0;
        for (let now = 5000; out.waiting.size && now < 200_000; now += 50) {
          for (const [sequence, how] of go(now)) {
            heads = Math.max(heads, sequence);
            if (how !== "head") has.add(sequence);
            order.push(how);
          }
          const missing = [];
          for (let n = 1; n <= heads; n++) {
            if (has.has(n)) continue;
            if (missing.at(-1)?.[1] === n - 1) missing.at(-1)[1] = n; else missing.push([n, n]);
          }
          out.receipt({ heads, missing }, now + 40);
        }
        return [out.waiting.size, order.lastIndexOf("head"), order.indexOf("body"), order.length];""",
    )
    assert told[0] == 0
    assert told[3] == 3000


def test_more_gaps_than_a_receipt_can_name_are_filled_all_the_same(run: Run) -> None:
    """Of the full stream the server has heads alone, of the small one all: every other chunk is a gap."""
    told = outbox(
        run,
        """const has = new Set(), times = new Map();
        for (let n = 1; n <= 600; n++) {
          add(n, n % 2 ? 0 : 1, 0);
          if (n % 2 === 0) has.add(n);
        }
        const missing = () => {
          const found = [];
          for (let n = 1; n <= 600; n++) {
            if (has.has(n)) continue;
            if (found.at(-1)?.[1] === n - 1) found.at(-1)[1] = n; else found.push([n, n]);
          }
          return found.length > 64 ? [[found[0][0], found[found.length - 64][1]], ...found.slice(-63)] : found;
        };
        out.opened({ next: 601, missing: missing() });
        const first = [...out.waiting.values()].filter(({ bodySent }) => bodySent).length;
        for (let now = 5000; out.waiting.size && now < 200_000; now += 50) {
          for (const [sequence] of go(now)) {
            has.add(sequence);
            times.set(sequence, (times.get(sequence) ?? 0) + 1);
          }
          out.receipt({ heads: 600, missing: missing() }, now + 40);
        }
        return [first, out.waiting.size, has.size, Math.max(...times.values())];""",
    )
    certain, waiting, kept, most_often = told
    assert 0 < certain < 300
    assert (waiting, kept, most_often) == (0, 600, 1)


def test_on_the_slowest_links_the_bulk_waits_for_the_small_stream(run: Run) -> None:
    told = outbox(
        run,
        """out.pace.most = () => 500; // bytes a second: the next body would take two
        for (let n = 1; n <= 4; n++) add(n, 0, 0);
        add(5, 1, 4900);
        const first = go(5000);
        out.receipt({ heads: 5, missing: [[1, 4]] }, 5100);
        return [first, go(5200), go(9000)];""",
    )
    assert told == [
        [[1, "head"], [2, "head"], [3, "head"], [4, "head"], [5, "whole"]],
        [],
        [[n, "body"] for n in range(1, 5)],
    ]
