"""Entries: every kind, their one spelling, and what a flipped bit does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError, LimitError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.stated import DeviceFrom
from everyangle.core.time import Instant
from everyangle.record import kinds
from everyangle.record.bodies import SHAPES
from everyangle.record.entries import MAX_BYTES, Entry, decode_entry, encode_entry
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.record.merkle import leaf_hash
from everyangle.testing.account_entries import account_bodies

A, B = Digest("a1" * 32), Digest("b2" * 32)
RELATION = kinds.Relation(-1_500_000, 20_000_000, 30_000, (kinds.LostStretch(5_000_000, 250_000),))
BODIES: tuple[kinds.Body, ...] = (
    kinds.CaseOpened("everyangle/case-key/0badcafe+01234567+AQ==", "Stop on Mill Road"),
    kinds.ItemReceived(A, 12_345, Name(b"\xff\n.mp4"), Name(b"in/\xff\n.mp4"), Instant(1_700_000_000_000_000, "file")),
    kinds.ItemReceived(B, 0, Name(b"a.mp4")),
    kinds.ItemDerived(B, 77, (A,), "proxy/1 libx264", "video/mp4"),
    kinds.PlacementConfirmed(A, B, RELATION, "--confirm", "both show the flash"),
    kinds.PlacementOverridden(A, None, kinds.Relation(0), "--at 0", "no sound"),
    kinds.PlacementWithdrawn(4, A, "wrong camera"),
    kinds.ClockTied(A, 12_000_000, Instant(1_746_284_652_000_000, "stated"), 500_000, "10:04:12", "bell"),
    kinds.ClockTied(None, 0, Instant(-1, "unknown"), None, "", "before 1970"),
    kinds.NoteAdded(None),
    kinds.NoteAdded(A),
    kinds.DossierPublished(B, 12, 3_456_789, "no bystanders"),
    kinds.PairRejected(A, B, -4_000_000, 500_000, "--reject b.mp4 --offset -4", "another siren"),
    kinds.PairRejected(A, B, None, None, "--reject b.mp4", "another day"),
    kinds.RejectionWithdrawn(4, A, "wrong after all"),
    kinds.DeviceStated(A, "Ada's phone", "she said so"),
    kinds.DeviceStated(B, None, "not hers"),
    kinds.HintsChosen(metadata=False, device_from=DeviceFrom.FOLDER, why="copies"),
    InvitationMade(A, 3, Instant(1_746_284_652_000_000, "stated")),
    InvitationMade(B, 1, None),
    InvitationRevoked(A, "the flyer was copied"),
    CaptureBegun("0b" * 16, A, B, A, "everyangle/receipt-key/0badcafe+01234567+AQ=="),
    CaptureCheckpoint("0b" * 16, 240, A, 2),
    CaptureEnded("0b" * 16, B, 977, A, 0, ended=True, last_us=1_746_284_652_000_000),
    CaptureEnded("0b" * 16, B, 0, A, 0, ended=False, last_us=None),
    *account_bodies(A, B, 25),
)

FLIPS_THAT_DECODE = 37_113
"""Of all single flipped bits in the entries above, those that leave the bytes of another valid entry."""


def entry(body: kinds.Body) -> Entry:
    private = {"by": Digest("c3" * 32)}
    return Entry("5" * 32, body, Instant(1_760_000_000_000_000), "0123456789abcdef" * 2, "everyangle 0.1.0", private)


def flips(data: bytes) -> Iterator[bytes]:
    for at, byte in enumerate(data):
        for bit in range(8):
            yield data[:at] + bytes((byte ^ 1 << bit,)) + data[at + 1 :]


def decodes(data: bytes) -> Entry | None:
    try:
        return decode_entry(data)
    except BadInputError as error:
        if error.code != "entry-malformed":
            raise
        return None


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
def test_an_entry_comes_back_from_its_bytes(body: kinds.Body) -> None:
    assert decode_entry(encode_entry(entry(body))) == entry(body)


def test_every_kind_is_tried_here() -> None:
    assert {body.kind for body in BODIES} == set(SHAPES)


def test_an_entry_is_spelled_as_the_format_tells() -> None:
    assert encode_entry(entry(kinds.NoteAdded(None))).decode() == (
        '{"body":{"about":null},"case":"55555555555555555555555555555555","format":"everyangle.entry/1",'
        '"kind":"note-added","nonce":"0123456789abcdef0123456789abcdef","private":{"by":"' + "c3" * 32 + '"},'
        '"software":"everyangle 0.1.0","time":{"clock":"system","us":1760000000000000}}'
    )


def test_a_flipped_bit_is_refused_or_makes_another_leaf() -> None:
    valid = 0
    for body in BODIES:
        data = encode_entry(entry(body))
        for flipped in flips(data):
            found = decodes(flipped)
            if found is not None:
                valid += 1
                assert found != entry(body)
                assert encode_entry(found) == flipped
                assert leaf_hash(flipped) != leaf_hash(data)
    assert valid == FLIPS_THAT_DECODE


Members = dict[str, Any]
WRONG: tuple[object, ...] = ([], {"x": 1}, True, -1.5)
PARTS: tuple[Callable[[Members], Members], ...] = (
    lambda whole: whole,
    lambda whole: whole["body"],
    lambda whole: whole["time"],
)


def spelled(value: Members) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
@pytest.mark.parametrize("part", PARTS, ids=["entry", "body", "time"])
def test_a_missing_an_unknown_and_a_mistyped_field_are_refused(
    body: kinds.Body, part: Callable[[Members], Members]
) -> None:
    data = encode_entry(entry(body))
    assert spelled(json.loads(data)) == data
    for name in part(json.loads(data)):
        value = json.loads(data)
        del part(value)[name]
        assert decodes(spelled(value)) is None
        for wrong in WRONG:
            value = json.loads(data)
            if isinstance(part(value)[name], bool) and wrong is True:
                continue
            part(value)[name] = wrong
            assert decodes(spelled(value)) is None
    value = json.loads(data)
    part(value)["zzz"] = None
    assert decodes(spelled(value)) is None


def changed(old: str, new: str, body: kinds.Body) -> bytes:
    data = encode_entry(entry(body)).decode()
    assert old in data
    return data.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new", "body"),
    [
        ("note-added", "note-removed", BODIES[9]),
        ("entry/1", "entry/2", BODIES[9]),
        ('"system"', '"sundial"', BODIES[9]),
        ('"by"', '"note-of"', BODIES[9]),
        ('"by"', '"from"', BODIES[9]),
        ('"by"', '"source"', BODIES[10]),
        ("c3c3", "C3c3", BODIES[9]),
        ('"size":0', '"size":-1', BODIES[2]),
        ('"size":0', '"size":9007199254740992', BODIES[2]),
        ('"text":"a.mp4"', '"text":"b.mp4"', BODIES[2]),
        ('"hex":"61', '"hex":"6', BODIES[2]),
        ('"parents":["' + A + '"]', '"parents":[]', BODIES[3]),
        ('"parents":["' + A + '"]', '"parents":"' + A + '"', BODIES[3]),
        ('"drift_ppt":20000000', '"drift_ppt":-1000000000000', BODIES[4]),
        ('"error_us":30000', '"error_us":-1', BODIES[4]),
        (
            '"jumps":[{"at_us":5000000,"lost_us":250000}]',
            '"jumps":[{"at_us":2,"lost_us":1},{"at_us":1,"lost_us":1}]',
            BODIES[4],
        ),
        ('"entry":4', '"entry":-4', BODIES[6]),
        ('"within_us":500000', '"within_us":-500000', BODIES[7]),
        ('"unredacted"', '"redacted"', BODIES[11]),
        ('"files":12', '"files":true', BODIES[11]),
    ],
)
def test_what_the_format_forbids_is_refused(old: str, new: str, body: kinds.Body) -> None:
    assert decodes(changed(old, new, body)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        replace(entry(BODIES[9]), case="5" * 31),
        replace(entry(BODIES[9]), nonce=""),
        replace(entry(BODIES[9]), private={"note-of": A}),
        replace(entry(BODIES[9]), software="\ud800"),
        entry(kinds.ItemReceived(A, -1, Name(b"a"))),
        entry(kinds.ItemReceived(Digest("a1"), 1, Name(b"a"))),
        entry(kinds.ItemDerived(A, 1, (), "r", "video/mp4")),
        entry(kinds.NoteAdded(Digest(""))),
    ],
    ids=range(8),
)
def test_what_could_not_be_read_is_not_written(wrong: Entry) -> None:
    with pytest.raises(BadInputError) as told:
        encode_entry(wrong)
    assert told.value.code == "entry-malformed"


def test_an_entry_has_a_largest_size() -> None:
    room = MAX_BYTES - len(encode_entry(entry(kinds.CaseOpened("k", ""))))
    assert len(encode_entry(entry(kinds.CaseOpened("k", "x" * room)))) == MAX_BYTES
    with pytest.raises(LimitError) as told:
        encode_entry(entry(kinds.CaseOpened("k", "x" * (room + 1))))
    assert told.value.code == "entry-too-large"
    assert decodes(b" " * (MAX_BYTES + 1)) is None


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
DIGESTS = st.binary(min_size=32, max_size=32).map(lambda raw: Digest(raw.hex()))
IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
NAMES = st.binary(max_size=30).map(Name)
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
COUNTS = st.integers(0, 2**53 - 1)
INSTANTS = st.builds(Instant, INTEGERS, st.sampled_from(["system", "stated", "file", "unknown"]))
RELATIONS = st.builds(
    kinds.Relation,
    INTEGERS,
    st.integers(-(10**12) + 1, 10**15),
    st.none() | COUNTS,
    st.lists(st.builds(kinds.LostStretch, INTEGERS, INTEGERS), max_size=3).map(
        lambda jumps: tuple(sorted(jumps, key=lambda jump: jump.at_us))
    ),
)
ANY_BODY: st.SearchStrategy[kinds.Body] = st.one_of(
    st.builds(kinds.CaseOpened, TEXT, TEXT),
    st.builds(kinds.ItemReceived, DIGESTS, COUNTS, NAMES, st.none() | NAMES, st.none() | INSTANTS),
    st.builds(kinds.ItemDerived, DIGESTS, COUNTS, st.lists(DIGESTS, min_size=1, max_size=3).map(tuple), TEXT, TEXT),
    st.builds(kinds.PlacementConfirmed, DIGESTS, st.none() | DIGESTS, RELATIONS, TEXT, TEXT),
    st.builds(kinds.PlacementOverridden, DIGESTS, st.none() | DIGESTS, RELATIONS, TEXT, TEXT),
    st.builds(kinds.PlacementWithdrawn, COUNTS, DIGESTS, TEXT),
    st.builds(kinds.PairRejected, DIGESTS, DIGESTS, INTEGERS, st.none() | COUNTS, TEXT, TEXT),
    st.builds(kinds.PairRejected, DIGESTS, DIGESTS, st.none(), st.none(), TEXT, TEXT),
    st.builds(kinds.RejectionWithdrawn, COUNTS, DIGESTS, TEXT),
    st.builds(kinds.DeviceStated, DIGESTS, st.none() | TEXT.filter(bool), TEXT),
    st.builds(kinds.HintsChosen, st.booleans(), st.sampled_from(DeviceFrom), TEXT),
    st.builds(kinds.ClockTied, st.none() | DIGESTS, INTEGERS, INSTANTS, st.none() | COUNTS, TEXT, TEXT),
    st.builds(kinds.NoteAdded, st.none() | DIGESTS),
    st.builds(kinds.DossierPublished, DIGESTS, COUNTS, COUNTS, TEXT),
    st.builds(InvitationMade, DIGESTS, st.integers(1, 2**53 - 1), st.none() | INSTANTS),
    st.builds(InvitationRevoked, DIGESTS, TEXT),
    st.builds(CaptureBegun, IDS, DIGESTS, DIGESTS, DIGESTS, TEXT),
    st.builds(CaptureCheckpoint, IDS, st.just(9), DIGESTS, st.integers(0, 9)),
    st.builds(CaptureEnded, IDS, DIGESTS, st.just(9), DIGESTS, st.integers(0, 9), st.booleans(), st.none() | INTEGERS),
    st.builds(account_bodies, DIGESTS, DIGESTS, st.integers(0, 10**6)).flatmap(st.sampled_from),
)


@given(ANY_BODY, INSTANTS, TEXT)
def test_any_entry_comes_back_from_its_bytes(body: kinds.Body, time: Instant, software: str) -> None:
    given_entry = replace(entry(body), time=time, software=software)
    assert decode_entry(encode_entry(given_entry)) == given_entry


@given(st.binary(max_size=60))
def test_any_bytes_are_an_entry_or_refused(data: bytes) -> None:
    decodes(data)
