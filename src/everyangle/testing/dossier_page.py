"""A small dossier with everything that the page can show, for tests and measurements of the page alone.

Written without a case: its proofs are shaped like proofs and prove nothing. Nothing random, no clock.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from everyangle.core.alignment import Alignment, Verdict
from everyangle.core.ids import Digest
from everyangle.core.items import AudioStream, ItemKind, MediaInfo, Name, Reception, VideoStream
from everyangle.core.time import ClockMap, Instant, Jump, WallTie
from everyangle.dossier.model import (
    CustodyLine,
    Dossier,
    Filmstrip,
    Peaks,
    PlacedBy,
    Publication,
    ShownDerivative,
    ShownItem,
    ShownPlacement,
    ShownTie,
)
from everyangle.dossier.render import render
from everyangle.testing.dossier_accounts import hostile_ledger, made_ledger
from everyangle.testing.dossier_evidence import made_evidence
from everyangle.testing.dossier_video import SAMPLE_RATE, Take, frame, sound, write_jpeg, write_take

_MADE = Instant(1_746_284_652_000_000)
_STEP_S = 0.05
_TILE = (96, 54)


@dataclass(frozen=True, slots=True)
class _Planned:
    name: str
    take: Take
    by: PlacedBy = PlacedBy.MACHINE
    anchor: bool = False
    reason: str = ""
    why: str = ""
    said: str = ""


def plan(seconds: float) -> tuple[_Planned, ...]:
    """Return the recordings of an event that lasts ``seconds``: different offsets, rates, shapes and fates."""
    lost = ClockMap(-1.5, 1.0, 0.021, (Jump(5.0, 2.4),))
    return (
        _Planned("Patrol car, dash camera", Take(ClockMap(0.0), seconds, tint=(52, 74, 96)), anchor=True),
        _Planned(
            "Phone on the balcony",
            Take(ClockMap(2.4, 1.00012, 0.012), seconds - 5, 30, 180, 320, tint=(96, 70, 58)),
            by=PlacedBy.CONFIRMED,
            why="The siren at 0:07 is heard in both at the same moment.",
        ),
        _Planned("Livestream of a passer-by", Take(lost, seconds - 1, 24, tint=(66, 88, 66))),
        _Planned(
            "Shop, camera over the door",
            Take(ClockMap(3.0, 0.9998, 0.5), seconds, 15, sound=False, tint=(80, 80, 84)),
            by=PlacedBy.PERSON,
            said="--like 'Patrol car' --offset 3.0",
            why="The headlights turn off at the same moment in both pictures.",
        ),
        _Planned("Pocket recorder", Take(ClockMap(1.1, 0.99995, 0.034), seconds - 3, 0, 0, 0)),
        _Planned(
            "Clip from another evening",
            Take(ClockMap(0.0), 4.0, tint=(84, 62, 92)),
            reason="No sound in common with any other recording.",
        ),
    )


def write_dossier(folder: Path, *, seconds: float = 20.0) -> Dossier:
    """Write a playable dossier into an existing empty folder and return what it shows."""
    for part in ("media", "items", "data", "proof"):
        (folder / part).mkdir()
    recordings = [_recording(folder, number, planned) for number, planned in enumerate(plan(seconds))]
    documents = _documents(folder)
    items = (*recordings, _photo(folder), *documents, _broken(folder))
    dossier = Dossier(
        title="The stop on Alder Street",
        case="5f" * 16,
        generated=_MADE,
        software="everyangle 0.1.0",
        items=items,
        publication=Publication(
            "All persons shown have agreed in writing.",
            ("The names of those who gave recordings, withheld by the newsroom.",),
        ),
        alignments=_alignments(recordings),
        tie=ShownTie(
            WallTie(7.0, Instant(1_746_284_659_000_000, "stated"), 2.0),
            "2025-05-03T10:04:19-05:00",
            "The bell of St. Mary’s struck, heard in the dash camera.",
            14,
        ),
        custody=_custody(items),
        undisclosed=3,
        accounts=made_ledger(documents[0].digest, documents[1].digest, recordings[0].digest),
    )
    write_page(folder, dossier)
    (folder / "proof" / "proof.js").write_bytes(_proof(dossier))
    return dossier


def write_page(folder: Path, dossier: Dossier) -> None:
    """Write the page's own files of a dossier."""
    for path, content in render(dossier).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def hostile(dossier: Dossier, text: str) -> Dossier:
    """Return the dossier with ``text`` wherever a person's words can stand."""
    name = Name(text.encode("utf-8", "surrogatepass"))
    items = tuple(
        replace(
            item,
            label=text,
            receptions=tuple(replace(r, name=name) for r in item.receptions),
            placement=item.placement and replace(item.placement, said=text, why=text),
            reason=text if item.reason else "",
            text=text if item.text is not None else None,
            warnings=(text,),
            derivatives=tuple(replace(d, recipe=text, media_type=text) for d in item.derivatives),
        )
        for item in dossier.items
    )
    return replace(
        dossier,
        title=text,
        software=text,
        items=items,
        alignments=tuple(
            replace(found, evidence={**found.evidence, "why_not": text, "used": False, "kinds": [text]})
            for found in dossier.alignments
        ),
        publication=Publication(text, (text,)),
        tie=dossier.tie and replace(dossier.tie, said=text, why=text),
        custody=tuple(replace(c, words=text, by=text, why=text) for c in dossier.custody),
        accounts=dossier.accounts and hostile_ledger(dossier.accounts, text),
    )


def _keep(folder: Path, content: bytes, name: str) -> tuple[Digest, str]:
    """Lay an original into the dossier; return its digest and path."""
    digest = Digest(hashlib.sha256(content).hexdigest())
    path = f"items/{digest}/{name}"
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_bytes(content)
    return digest, path


def _received(name: str, size: int, entry: int) -> Reception:
    modified = Instant(1_746_284_000_000_000 + entry * 1_000_000, "unknown")
    return Reception(Name(name.encode()), size, modified, Instant(_MADE.us - 10**9 + entry * 10**6), entry)


def _recording(folder: Path, number: int, planned: _Planned) -> ShownItem:
    take = planned.take
    made = folder / "media" / "making.mp4"
    write_take(made, take)
    content = made.read_bytes()
    digest, original = _keep(folder, content, f"recording-{number}.mp4")
    copy = hashlib.sha256(content + b" ").hexdigest()
    made.rename(folder / f"media/{copy}.mp4")
    return ShownItem(
        digest=digest,
        kind=ItemKind.RECORDING,
        size=len(content),
        receptions=(_received(f"{planned.name.replace(' ', '_')}.MP4", len(content), number + 1),),
        original=original,
        label=planned.name,
        media=_media(take),
        derivatives=(
            ShownDerivative(
                f"media/{copy}.mp4",
                Digest(copy),
                len(content),
                "proxy/1 libx264 crf=23 aac faststart",
                "video/mp4",
                number + 20,
            ),
        ),
        plays=f"media/{copy}.mp4",
        peaks=_peaks(take),
        filmstrip=_filmstrip(folder, digest, take),
        placement=None if planned.reason else _placement(planned, number),
        reason=planned.reason,
    )


def _placement(planned: _Planned, number: int) -> ShownPlacement:
    return ShownPlacement(
        planned.take.clock,
        0,
        anchor=planned.anchor,
        by=planned.by,
        said=planned.said,
        why=planned.why,
        entry=None if planned.by is PlacedBy.MACHINE else 30 + number,
    )


def _media(take: Take) -> MediaInfo:
    video = VideoStream("h264", take.width, take.height, 0, Fraction(1, 12800), 0, Fraction(take.fps), variable=False)
    audio = AudioStream("aac", SAMPLE_RATE, 1, Fraction(1, SAMPLE_RATE), 0)
    return MediaInfo("mp4", take.duration_s, video if take.fps else None, audio if take.sound else None)


def _peaks(take: Take) -> Peaks | None:
    if not take.sound:
        return None
    samples = np.abs(sound(take))
    step = int(_STEP_S * SAMPLE_RATE)
    whole = samples[: len(samples) // step * step].reshape(-1, step).max(axis=1)
    return Peaks(_STEP_S, np.clip(whole * 255, 0, 255).astype(np.uint8).tobytes())


def _filmstrip(folder: Path, digest: Digest, take: Take) -> Filmstrip | None:
    if not take.fps:
        return None
    count, columns = 24, 8
    step_s = take.duration_s / count
    width, height = (_TILE[1] * 9 // 16 // 2 * 2, _TILE[1]) if take.height > take.width else _TILE
    sheet = np.zeros((height * 3, width * columns, 3), np.uint8)
    for n in range(count):
        picture = frame(take, take.clock.event_from_media(n * step_s), n / count)
        ys = np.linspace(0, take.height - 1, height).astype(int)
        xs = np.linspace(0, take.width - 1, width).astype(int)
        top, left = n // columns * height, n % columns * width
        sheet[top : top + height, left : left + width] = picture[ys][:, xs]
    path = f"data/filmstrip-{digest}.jpg"
    write_jpeg(folder / path, sheet)
    return Filmstrip(path, columns, count, width, height, 0.0, step_s)


def _photo(folder: Path) -> ShownItem:
    making = folder / "media" / "making.jpg"
    write_jpeg(making, frame(Take(ClockMap(0.0), 1.0, width=640, height=480, tint=(120, 104, 80)), 9.0, 0.0))
    content = making.read_bytes()
    making.unlink()
    digest, original = _keep(folder, content, "photo.jpg")
    return ShownItem(
        digest=digest,
        kind=ItemKind.PHOTO,
        size=len(content),
        receptions=(_received("IMG_2041.JPG", len(content), 8),),
        original=original,
        label="Photo from the bus stop",
        plays=original,
        placement=ShownPlacement(
            ClockMap(9.0, error_s=0.5),
            0,
            by=PlacedBy.PERSON,
            said="--at 9",
            why="The flash is seen in two videos.",
            entry=37,
        ),
    )


def _documents(folder: Path) -> tuple[ShownItem, ...]:
    texts = {
        "Press release of the agency": (
            "The agency states that its officer stopped the vehicle at 10:04 and gave three clear orders.\n\n"
            "“At no time was anyone prevented from filming,” the spokesperson said. The driver left the car after the "
            "second order, according to the agency.\n\nThe agency has opened no inquiry."
        ),
        "Statement of the family": (
            "Our son was told twice to stay in the car, and once to leave it. He did what he was told.\n\n"
            "We ask that every recording be kept and shown in full."
        ),
    }
    found = []
    for number, (label, text) in enumerate(texts.items()):
        content = f"<html><body><p>{text}</p></body></html>".encode()
        digest, original = _keep(folder, content, "page.html.txt")
        reception = _received(f"statement-{number}.html", len(content), 9 + number)
        found.append(ShownItem(digest, ItemKind.DOCUMENT, len(content), (reception,), original, label=label, text=text))
    return tuple(found)


def _broken(folder: Path) -> ShownItem:
    digest, original = _keep(folder, b"\x00" * 64, "clip.mp4")
    reason = "Its bytes are no recording that can be read: nothing but zeros."
    return ShownItem(digest, ItemKind.OTHER, 64, (_received("VID_0007.mp4", 64, 11),), original, reason=reason)


def _alignments(recordings: list[ShownItem]) -> tuple[Alignment, ...]:
    a, b, c, _, e, f = (r.digest for r in recordings)
    same = Verdict.SAME_EVENT
    vague = made_evidence(used=False, why_not="what they share repeats every 8.00 s", offset_s=3.0, span_s=(0.0, 4.0))
    return (
        Alignment(
            a, b, same, 2.4, 120.0, 0.012, 13.0, 412.0, (2.4,), evidence=made_evidence(offset_s=2.4, circles={e: 0.006})
        ),
        Alignment(a, c, same, -1.5, 0.0, 0.021, 11.5, 268.0, (-1.5,), evidence=made_evidence(offset_s=-1.5)),
        Alignment(b, e, same, -1.3, -170.0, 0.03, 12.2, 155.0, (-1.3,), evidence=made_evidence(offset_s=-1.3)),
        Alignment(a, f, Verdict.AMBIGUOUS, None, 0.0, 0.0, 4.0, 6.0, (3.0, 11.0), 8.0, vague),
    )


def _custody(items: tuple[ShownItem, ...]) -> tuple[CustodyLine, ...]:
    received = [
        CustodyLine(r.entry, r.received, "item-received", f"Received “{r.name.display}”")
        for item in items
        for r in item.receptions
    ]
    opened = CustodyLine(
        0, Instant(_MADE.us - 10**9), "case-opened", "The case “The stop on Alder Street” was opened", "M. Okafor"
    )
    tied = CustodyLine(
        14, Instant(_MADE.us - 10**8), "clock-tied", "Event time 0:07.0 was tied to 10:04:19 UTC−05:00, ± 2 s",
        "M. Okafor", "The bell of St. Mary’s struck, heard in the dash camera.",
    )  # fmt: skip
    return (opened, *received, tied)


def _proof(dossier: Dossier) -> bytes:
    def entry(index: int, kind: str, body: dict[str, object]) -> dict[str, object]:
        value = {"body": body, "case": dossier.case, "kind": kind, "time": {"clock": "system", "us": _MADE.us + index}}
        raw = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        return {"entry": base64.b64encode(raw).decode(), "index": index, "proof": ["AAAA"] * 5}

    lines = [entry(c.entry, c.kind, {}) for c in dossier.custody]
    why: dict[str, object] = {"redaction": {"state": "unredacted", "why": dossier.publication.unredacted_why}}
    proof = {
        "case": dossier.case,
        "entries": [*lines, entry(41, "dossier-published", why)],
        "format": "everyangle.proof/1",
        "key": "everyangle/case-key/0a1b2c3d+9f8e7d6c+" + base64.b64encode(bytes(33)).decode(),
        "openings": [],
        "publication": 41,
        "stamps": [],
    }
    return b"window.EVERYANGLE_PROOF = " + json.dumps(proof).encode() + b";\n"
