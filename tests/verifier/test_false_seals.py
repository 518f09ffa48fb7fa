"""What the holder of the key may not seal: dossiers whose every proof holds, and which break a rule all the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from everyangle.dossier.verdict import Step
from everyangle.testing.dossier_cases import Plan, random_plan, seal, with_other_entry

Judge = Callable[..., Any]
Value = dict[str, Any]

PLANS = [plan for seed in range(60) if (plan := random_plan(seed)).publication == len(plan.entries)]


def set_in(*path_and_value: Any) -> Callable[[Value], None]:
    """Return the edit that sets a value below a path of names."""
    *path, name, new = path_and_value

    def edit(value: Value) -> None:
        for step in path:
            value = value[step]
        value[name] = new

    return edit


def drop(*path: str) -> Callable[[Value], None]:
    """Return the edit that drops what is below a path of names."""

    def edit(value: Value) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return edit


EDITS: list[tuple[str, Callable[[Value], None]]] = [
    ("note-added", set_in("format", "everyangle.entry/2")),
    ("note-added", set_in("kind", "item-lost")),
    ("note-added", set_in("kind", "clock-tied")),
    ("note-added", set_in("kind", "case-opened")),
    ("note-added", set_in("case", "0" * 32)),
    ("note-added", set_in("case", "0" * 31)),
    ("note-added", set_in("nonce", "0" * 30)),
    ("note-added", set_in("nonce", "A" * 32)),
    ("note-added", set_in("software", 1)),
    ("note-added", set_in("more", None)),
    ("note-added", drop("nonce")),
    ("note-added", drop("private")),
    ("note-added", set_in("private", [])),
    ("note-added", set_in("private", "from", "0" * 64)),
    ("note-added", set_in("private", "note", "0" * 63)),
    ("note-added", set_in("time", {"clock": "atomic", "us": 0})),
    ("note-added", set_in("time", {"clock": "system", "us": "0"})),
    ("note-added", set_in("time", {"clock": "system"})),
    ("note-added", set_in("time", 0)),
    ("note-added", set_in("body", "about", "0" * 63)),
    ("note-added", set_in("body", "about", "A" * 64)),
    ("note-added", set_in("body", "text", "hidden")),
    ("note-added", set_in("body", [])),
    ("item-received", set_in("body", "size", -1)),
    ("item-received", set_in("body", "size", True)),
    ("item-received", set_in("body", "size", None)),
    ("item-received", set_in("body", "size", 2**53)),
    ("item-received", set_in("body", "size", 1.5)),
    ("item-received", set_in("body", "name", None)),
    ("item-received", set_in("body", "name", "clip.mp4")),
    ("item-received", set_in("body", "name", {"hex": "61", "text": "b"})),
    ("item-received", set_in("body", "name", {"hex": "6", "text": ""})),
    ("item-received", set_in("body", "name", {"hex": "1b", "text": "\x1b"})),
    ("item-received", set_in("body", "name", {"hex": "E9", "text": "\ufffd"})),
    ("item-received", set_in("body", "modified", {"clock": "file", "us": 1.0})),
    ("item-received", drop("body", "path")),
    ("item-derived", set_in("body", "parents", [])),
    ("item-derived", set_in("body", "parents", "0" * 64)),
    ("item-derived", set_in("body", "parents", [None])),
    ("item-derived", set_in("body", "recipe", None)),
    ("placement-overridden", set_in("body", "like", "")),
    ("placement-overridden", set_in("body", "relation", "drift_ppt", -(10**12))),
    ("placement-overridden", set_in("body", "relation", "error_us", -1)),
    ("placement-overridden", set_in("body", "relation", "jumps", None)),
    ("placement-overridden", set_in("body", "relation", "jumps", [{"at_us": 1}])),
    (
        "placement-confirmed",
        set_in("body", "relation", "jumps", [{"at_us": 2, "lost_us": 1}, {"at_us": 1, "lost_us": 1}]),
    ),
    ("placement-withdrawn", set_in("body", "entry", -1)),
    ("placement-withdrawn", set_in("body", "entry", 10**6)),
    ("pair-rejected", set_in("body", "within_us", -1)),
    ("pair-rejected", set_in("body", "offset_us", 0.5)),
    ("pair-rejected", lambda value: value["body"].update(offset_us=None, within_us=5)),
    ("pair-rejected", set_in("body", "like", None)),
    ("rejection-withdrawn", set_in("body", "entry", 10**6)),
    ("device-stated", set_in("body", "device", "")),
    ("device-stated", set_in("body", "device", 7)),
    ("hints-chosen", set_in("body", "metadata", 1)),
    ("hints-chosen", set_in("body", "metadata", None)),
    ("hints-chosen", set_in("body", "device_from", "moon")),
    ("hints-chosen", drop("body", "why")),
    ("statement-corrected", set_in("body", "statement", "spans", [])),
    ("statement-corrected", set_in("body", "statement", "spans", [[3, 3]])),
    ("statement-corrected", set_in("body", "statement", "spans", [[3, 5, 8]])),
    ("statement-corrected", set_in("body", "statement", "spans", [[0, 5], [4, 8]])),
    (
        "statement-corrected",
        lambda value: value["body"].update(content={**value["body"]["statement"], "document": "0" * 64}),
    ),
    ("statement-corrected", set_in("body", "act", "shouts")),
    ("statement-corrected", set_in("body", "modality", "negative")),
    ("statement-corrected", set_in("body", "shown", 0)),
    ("party-assigned", set_in("body", "name", "")),
    ("question-renamed", set_in("body", "title", "")),
    ("statements-grouped", set_in("body", "statements", [])),
    ("statements-grouped", lambda value: value["body"].update(question="", title="Who?")),
    ("questions-merged", lambda value: value["body"].update(into=value["body"]["question"])),
    ("question-pinned", set_in("body", "state", "loved")),
    ("relation-confirmed", set_in("body", "slot", "mood")),
    ("relation-confirmed", lambda value: value["body"].update(relation="agree", slot="time")),
    ("relation-rejected", set_in("body", "slot", "number")),
    ("relation-rejected", lambda value: value["body"].update(a=value["body"]["b"])),
    ("moment-set", set_in("body", "to_us", -(10**12))),
    ("moment-set", set_in("body", "within_us", -1)),
    ("moment-set", set_in("body", "replaces", 10**6)),
    ("moment-set", set_in("body", "label", "")),
    ("measure-set", set_in("body", "moments", [])),
    ("measure-set", lambda value: value["body"].update(sort="time", moments=[{"edge": "end", "entry": 0}] * 2)),
    ("measure-set", set_in("body", "moments", 0, "entry", 10**6)),
    ("measure-set", set_in("body", "moments", 0, "edge", "middle")),
    ("bearing-linked", lambda value: value["body"].update(entry=None, item=None)),
    ("bearing-linked", lambda value: value["body"].update(entry=0, item="0" * 64)),
    ("bearing-linked", set_in("body", "bearing", "proves")),
    ("statements-imported", set_in("body", "columns", "content", None)),
    ("statements-imported", set_in("body", "columns", "who", "")),
    ("statements-imported", drop("body", "columns", "party")),
    ("account-withdrawn", set_in("body", "entry", 10**6)),
    ("clock-tied", set_in("body", "within_us", -1)),
    ("clock-tied", set_in("body", "wall", None)),
    ("clock-tied", set_in("body", "media_us", None)),
    ("invitation-made", set_in("body", "uses", 0)),
    ("invitation-made", set_in("body", "expires", 5)),
    ("invitation-revoked", set_in("body", "link", "")),
    ("capture-begun", set_in("body", "recording", "0b")),
    ("capture-begun", drop("body", "receipts")),
    ("capture-checkpoint", set_in("body", "missing", 41)),
    ("capture-ended", set_in("body", "heads", 1)),
    ("capture-ended", set_in("body", "ended", 1)),
    ("capture-ended", set_in("body", "last_us", 0.5)),
    ("case-opened", set_in("body", "title", None)),
    ("case-opened", set_in("body", "key", None)),
]


def plain(value: Value) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def plan_with(kind: str) -> tuple[Plan, int]:
    """Return a plan that has an entry of a kind, disclosed, and where."""
    for plan in PLANS:
        for index, data in enumerate(plan.entries):
            if json.loads(data)["kind"] == kind:
                return replace(plan, disclosed=plan.disclosed | {index}), index
    raise AssertionError(kind)


@pytest.mark.parametrize(("kind", "edit"), EDITS)
def test_an_entry_that_breaks_the_format_is_refused_though_sealed(
    judge: Judge, kind: str, edit: Callable[[Value], None]
) -> None:
    plan, index = plan_with(kind)
    value = json.loads(plan.entries[index])
    edit(value)
    judgement = judge(seal(with_other_entry(plan, index, plain(value))).files)
    assert judgement.agree
    assert judgement.package == {Step.ENTRIES}


@pytest.mark.parametrize(
    "respell",
    [
        lambda data: data + b"\n",
        lambda data: data.replace(b":", b": ", 1),
        lambda data: data.replace(b"everyangle", b"every\\u0061ngle", 1),
        lambda data: data[:0],
        lambda data: b"\xff" + data,
        lambda data: data.replace(b"everyangle 0.1.0", b"x" * 66_000, 1),
    ],
)
def test_an_entry_in_another_spelling_is_refused_though_sealed(judge: Judge, respell: Callable[[bytes], bytes]) -> None:
    plan, index = plan_with("note-added")
    judgement = judge(seal(with_other_entry(plan, index, respell(plan.entries[index]))).files)
    assert judgement.agree
    assert judgement.package == {Step.ENTRIES}


def test_the_largest_entry_passes(judge: Judge) -> None:
    plan, index = plan_with("note-added")
    data = plan.entries[index]
    longest = data.replace(b"everyangle 0.1.0", b"x" * (65_535 - len(data) + 16))
    assert len(longest) == 65_535
    assert judge(seal(with_other_entry(plan, index, longest)).files).accepted == (True, True)


def test_a_case_that_was_opened_with_another_key_is_refused(judge: Judge) -> None:
    other = PLANS[1].entries[0]
    plan = PLANS[0]
    value = json.loads(plan.entries[0])
    value["body"]["key"] = json.loads(other)["body"]["key"]
    judgement = judge(seal(with_other_entry(plan, 0, plain(value))).files)
    assert judgement.agree
    assert judgement.package == {Step.OPENED}


@pytest.mark.parametrize("name", ["files", "size", "manifest"])
def test_a_publication_of_something_else_is_refused(judge: Judge, name: str) -> None:
    plan = PLANS[0]

    def published(manifest: bytes, payload: Mapping[str, bytes]) -> bytes:
        value = json.loads(plan.published(manifest, payload))
        value["body"][name] = hashlib.sha256(b"").hexdigest() if name == "manifest" else value["body"][name] + 1
        return plain(value)

    judgement = judge(seal(replace(plan, published=published)).files)
    assert judgement.agree
    assert judgement.package == {Step.PUBLICATION}


def test_a_publication_in_an_unknown_state_of_redaction_is_refused(judge: Judge) -> None:
    plan = PLANS[0]

    def published(manifest: bytes, payload: Mapping[str, bytes]) -> bytes:
        return plan.published(manifest, payload).replace(b'"unredacted"', b'"redacted"')

    judgement = judge(seal(replace(plan, published=published)).files)
    assert judgement.agree
    assert judgement.package == {Step.ENTRIES}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "path",
    [
        f"media/{_digest(b'uncited')}.mp4",
        f"media/{_digest(b'uncited')}.MP4",
        f"media/{_digest(b'uncited')}",
        f"media/deep/{_digest(b'uncited')}.mp4",
        "media/poster.jpg",
        f"items/{_digest(b'uncited')}/clip.mp4",
        f"items/{_digest(b'uncited')}",
        f"items/{_digest(b'uncited')}/deep/clip.mp4",
        f"items/{_digest(b'other')}/clip.mp4",
        "items/clip.mp4",
    ],
)
def test_a_recording_that_no_entry_accounts_for_is_refused(judge: Judge, path: str) -> None:
    plan = PLANS[0]
    judgement = judge(seal(replace(plan, payload={**plan.payload, path: b"uncited"})).files)
    assert judgement.agree
    assert judgement.package == {Step.CITED}


def test_a_file_in_place_of_the_folder_of_recordings_is_refused(judge: Judge) -> None:
    plan = next(plan for plan in PLANS if not any(path.startswith("media/") for path in plan.payload))
    judgement = judge(seal(replace(plan, payload={**plan.payload, "media": b""})).files)
    assert judgement.agree
    assert judgement.package == {Step.CITED}


@pytest.mark.parametrize(
    ("kind", "name", "new"),
    [
        ("item-derived", "size", 10**6),
        ("item-derived", "sha256", "0" * 64),
        ("item-derived", "parents", ["0" * 64]),
        ("item-received", "sha256", "0" * 64),
    ],
)
def test_a_copy_whose_entries_do_not_account_for_it_is_refused(judge: Judge, kind: str, name: str, new: Any) -> None:
    plan = next(plan for plan in PLANS if any(path.startswith("media/") for path in plan.payload))
    derived = next(json.loads(data) for data in plan.entries if json.loads(data)["kind"] == "item-derived")
    for index, data in enumerate(plan.entries):
        value = json.loads(data)
        is_parent = value["body"].get("sha256") in derived["body"]["parents"]
        if value == derived if kind == "item-derived" else value["kind"] == kind and is_parent:
            value["body"][name] = new
            plan = with_other_entry(plan, index, plain(value))
    judgement = judge(seal(plan).files)
    assert judgement.agree
    assert judgement.package == {Step.CITED}


def test_one_undisclosed_parent_of_two_is_refused(judge: Judge) -> None:
    plan = next(plan for plan in PLANS if any(path.startswith("media/") for path in plan.payload))
    for index, data in enumerate(plan.entries):
        value = json.loads(data)
        if value["kind"] == "item-derived":
            value["body"]["parents"].append("0" * 64)
            plan = with_other_entry(plan, index, plain(value))
    judgement = judge(seal(plan).files)
    assert judgement.agree
    assert judgement.package == {Step.CITED}
