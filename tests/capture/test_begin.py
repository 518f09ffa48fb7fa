"""The begin of a recording, links and receipts: one spelling, signed, and nothing else passes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from everyangle.capture.begin import Source, open_begin, parse_begin
from everyangle.capture.chain import base64url, from_base64url
from everyangle.capture.links import link_of, token_of
from everyangle.capture.receipts import MAX_RANGES, Receipt, open_receipt, ranges, sign_receipt
from everyangle.core.errors import EveryAngleError
from everyangle.record.notes import VerifyKey
from everyangle.testing.capture_client import Phone

TOKEN = token_of(bytes(range(16)))
PHONE = Phone(TOKEN, claim="only I know")
FILE = Phone(TOKEN, Source.FILE, "IMG_0001.MOV", b"content")


def test_a_begin_comes_back_from_its_bytes() -> None:
    for phone in (PHONE, FILE):
        assert parse_begin(phone.raw_begin) == phone.begin
        opening = open_begin(phone.raw_begin, phone.begin_signature)
        assert opening.head == phone.head
        assert opening.begin.link == link_of(TOKEN)


def changed(name: str, value: Any) -> bytes:
    found = json.loads(PHONE.raw_begin)
    found[name] = value
    return json.dumps(found, separators=(",", ":"), sort_keys=True).encode()


SPKI = PHONE.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
COMPRESSED = PHONE.key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
OTHER_KEY = ec.generate_private_key(ec.SECP384R1()).public_key()
OTHER_CURVE = OTHER_KEY.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "begin-malformed"),
        (b"[]", "begin-malformed"),
        (PHONE.raw_begin + b" ", "begin-malformed"),
        (PHONE.raw_begin.replace(b",", b", ", 1), "begin-malformed"),
        (changed("format", "everyangle.capture/2"), "protocol-unknown"),
        (changed("kind", "dream"), "begin-malformed"),
        (changed("link", "00"), "begin-malformed"),
        (changed("recording", base64url(bytes(15))), "begin-malformed"),
        (changed("started_us", 1.5), "begin-malformed"),
        (changed("started_us", 2**53), "begin-malformed"),
        (changed("name", "a.mp4"), "begin-malformed"),
        (changed("size", -1), "begin-malformed"),
        (changed("key", "AAAA"), "key-malformed"),
        (changed("key", base64url(COMPRESSED)), "key-malformed"),
        (changed("key", base64url(OTHER_CURVE)), "key-malformed"),
        (changed("key", base64url(SPKI) + "="), "begin-malformed"),
        (changed("more", 1), "begin-malformed"),
        (changed("claim", "x" * 5000), "begin-malformed"),
    ],
)
def test_a_begin_of_another_form_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(EveryAngleError) as refusal:
        open_begin(raw, bytes(64))
    assert refusal.value.code == code


def test_a_flipped_bit_in_a_begin_or_its_signature_is_refused() -> None:
    whole = PHONE.raw_begin + PHONE.begin_signature
    for at in range(len(whole)):
        for bit in range(8):
            data = bytearray(whole)
            data[at] ^= 1 << bit
            with pytest.raises(EveryAngleError):
                open_begin(bytes(data[:-64]), bytes(data[-64:]))


def test_only_22_characters_are_a_token() -> None:
    assert len(TOKEN) == 22
    for wrong in ("", TOKEN[:-1], TOKEN + "A", TOKEN[:-1] + "=", TOKEN[:-1] + " ", "ä" * 22):
        assert link_of(wrong) is None


@given(st.binary(max_size=80))
def test_base64url_has_one_spelling(data: bytes) -> None:
    text = base64url(data)
    assert from_base64url(text) == data
    for wrong in (text + "=", text + "\n", f" {text}"):
        with pytest.raises(EveryAngleError):
            from_base64url(wrong)


SERVER = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY = VerifyKey("everyangle/receipt-key/00", SERVER.public_key().public_bytes_raw())
RECEIPT = Receipt(bytes(16), 9, bytes(32), ((2, 3), (7, 7)), 1_795_000_000_000_000)


def test_a_receipt_says_what_is_kept_and_only_its_key_can_say_it() -> None:
    text, signature = sign_receipt(RECEIPT, SERVER.sign)
    assert open_receipt(text, signature, KEY) == RECEIPT
    assert [n for n in range(1, 12) if RECEIPT.has_body(n)] == [1, 4, 5, 6, 8, 9]
    for changed_text in (text.replace('"heads":9', '"heads":8'), text + " ", "", "[]"):
        assert open_receipt(changed_text, signature, KEY) is None
    assert open_receipt(text, signature[:-2], KEY) is None
    assert open_receipt(text, signature, VerifyKey("other", bytes(32))) is None


@given(st.sets(st.integers(1, 400)))
def test_ranges_never_promise_what_is_missing(missing: set[int]) -> None:
    found = ranges(sorted(missing))
    covered = {n for a, b in found for n in range(a, b + 1)}
    assert missing <= covered
    assert len(found) <= MAX_RANGES
    if len(found) < MAX_RANGES:
        assert covered == missing
    if found:
        first = found[0]
        assert first[0] == min(missing)
        assert {n for n in covered if n > first[1]} == {n for n in missing if n > first[1]}  # exact about the newest
