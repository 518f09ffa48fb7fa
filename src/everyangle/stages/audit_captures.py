"""Auditing recordings that phones sent: every chunk, every signature, and what the log says about each container."""

from __future__ import annotations

import hashlib
import os

from everyangle.capture.container import Contents, check, read_begin, read_heads
from everyangle.capture.frames import ELSEWHERE
from everyangle.core.errors import EveryAngleError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.record.kinds_capture import CaptureBegun, CaptureCheckpoint, CaptureEnded
from everyangle.record.verdict import Finding
from everyangle.stages.audit_log import LogReading

CODE = "capture-damaged"


def audit_captures(case: CasePorts, reading: LogReading) -> list[Finding]:
    """Check each container that the log cites: by itself, and against the entries about its recording."""
    findings: list[Finding] = []
    begun: dict[str, CaptureBegun] = {}
    reached: dict[str, list[tuple[int, CaptureCheckpoint | CaptureEnded]]] = {}
    for index, entry in reading.known():
        body = entry.body
        if isinstance(body, CaptureBegun):
            begun[body.recording] = body
        elif isinstance(body, CaptureCheckpoint | CaptureEnded):
            reached.setdefault(body.recording, []).append((index, body))
    for recording, steps in reached.items():
        for index, body in steps:
            if isinstance(body, CaptureEnded):
                earlier = [step for _, step in steps if step.heads <= body.heads]
                findings += _check(case, index, body, begun.get(recording), earlier)
    return findings


def _check(
    case: CasePorts,
    index: int,
    ended: CaptureEnded,
    begun: CaptureBegun | None,
    earlier: list[CaptureCheckpoint | CaptureEnded],
) -> list[Finding]:
    place = f"originals/sha256/{ended.item[:2]}/{ended.item[2:]}"
    heads: dict[int, str] = {}
    try:
        with case.originals.open(ended.item) as file:
            contents = check(file.read, on_head=lambda sequence, head: heads.__setitem__(sequence, head.hex()))
    except IntegrityError as error:
        return [Finding(error.code, place, error.what)]
    except EveryAngleError:
        return []  # that it is missing is a finding already
    file_wrong = _file_differences(case, ended.item, contents) if contents.elsewhere else []
    wrong = [f"entry {index} says otherwise of {what}" for what in _differences(contents, ended, begun)]
    wrong += [f"chunk {step.heads} has another head than was logged" for step in earlier if _departs(step, heads)]
    return [Finding(CODE, place, message) for message in (*wrong, *file_wrong)]


def _file_differences(case: CasePorts, item: Digest, contents: Contents) -> list[str]:
    """Return in words where the file that lies beside a container is not made of the parts that were signed."""
    named = contents.opening.begin.sha256
    if named is None or not case.originals.has(named):
        return ["the file that its parts are of is not here"]
    with case.originals.open(item) as container, case.originals.open(named) as file:
        read_begin(container.read)
        for chunk in read_heads(container.read, lambda count: container.seek(count, os.SEEK_CUR)):
            if chunk.flags & ELSEWHERE:
                part = file.read(chunk.header.length)
                if hashlib.sha256(part).digest() != chunk.header.digest:
                    return [f"the file {named} has other bytes where chunk {chunk.header.sequence} belongs"]
        if file.read(1):
            return [f"the file {named} goes on where the signed parts end"]
    return []


def _departs(step: CaptureCheckpoint | CaptureEnded, heads: dict[int, str]) -> bool:
    return step.heads > 0 and heads.get(step.heads) != step.head


def _differences(contents: Contents, ended: CaptureEnded, begun: CaptureBegun | None) -> list[str]:
    """Return in words what a container and the log do not agree on."""
    opening = contents.opening
    pairs = [
        ("its recording", opening.begin.id, ended.recording),
        ("how many chunks there are", contents.heads, ended.heads),
        ("the last head", contents.head.hex(), ended.head),
        ("how many bodies are missing", len(contents.missing), ended.missing),
        ("how it ended", contents.ended, ended.ended),
        ("the time of the last chunk", contents.last_us, ended.last_us),
    ]
    if begun is not None:
        device = hashlib.sha256(opening.begin.key).hexdigest()
        pairs += [
            ("the device", device, begun.device),
            ("the link", opening.begin.link, begun.link),
            ("the begin", opening.head.hex(), begun.head),
        ]
    return [what for what, found, said in pairs if found != said]
