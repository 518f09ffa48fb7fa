"""Signed notes, keys and checkpoints."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.record.notes import (
    Checkpoint,
    Note,
    Signature,
    VerifyKey,
    open_checkpoint,
    parse_checkpoint,
    parse_key,
    parse_note,
    sign_note,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifyKey("everyangle/case-key/0badcafe", PRIVATE.public_key().public_bytes_raw())
CHECKPOINT = Checkpoint("everyangle/case/" + "a" * 32, 20_852_163, bytes(range(32)))
NOTE = sign_note(CHECKPOINT.text, KEY, PRIVATE.sign)

# The published example of Go's golang.org/x/mod/sumdb/note, whose format C2SP's specification describes.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_note_is_signed_by_its_key() -> None:
    key = parse_key(GO_KEY)
    assert str(key) == GO_KEY
    assert parse_note(GO_NOTE.encode()).signed_by(key)
    assert not parse_note(GO_NOTE.replace("think", "thank").encode()).signed_by(key)


def test_a_signed_checkpoint_opens_with_its_key_and_no_other() -> None:
    assert open_checkpoint(NOTE, KEY) == CHECKPOINT
    other = VerifyKey(KEY.name, Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw())
    renamed = VerifyKey("everyangle/case-key/other", KEY.public)
    for wrong in (other, renamed):
        with pytest.raises(IntegrityError) as told:
            open_checkpoint(NOTE, wrong)
        assert told.value.code == "signature-wrong"


def test_no_single_flipped_bit_leaves_a_checkpoint_that_opens() -> None:
    for at in range(len(NOTE)):
        for bit in range(8):
            flipped = NOTE[:at] + bytes((NOTE[at] ^ 1 << bit,)) + NOTE[at + 1 :]
            with pytest.raises((BadInputError, IntegrityError)):
                open_checkpoint(flipped, KEY)


def test_a_witness_may_add_its_signature() -> None:
    witness = sign_note(CHECKPOINT.text, VerifyKey("witness.example/w", bytes(32)), lambda _: bytes(76))
    both = NOTE + witness.removeprefix(CHECKPOINT.text.encode() + b"\n")
    assert open_checkpoint(both, KEY) == CHECKPOINT


def test_one_false_signature_under_a_known_name_spoils_the_note() -> None:
    note = parse_note(NOTE)
    false = Note(note.text, (*note.signatures, Signature(KEY.name, KEY.id, bytes(64))))
    assert note.signed_by(KEY)
    assert not false.signed_by(KEY)


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    try:
        parse_note(data)
    except BadInputError as error:
        if error.code != "note-malformed":
            raise


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n-- name AAAAAAAA\n",
        "text\n\n\u2014 name AAAA\n".encode(),
        "text\n\n\u2014 name AAAAAAAA".encode(),
        "text\n\n\u2014 na+me AAAAAAAA\n".encode(),
        "text\n\n\u2014  AAAAAAAA\n".encode(),
        "text\n\n\u2014 name AAAAAAB=\n".encode(),
        "te\txt\n\n\u2014 name AAAAAAAA\n".encode(),
        b"\xff\n\n" + "\u2014 name AAAAAAAA\n".encode(),
        ("text\n\n" + "\u2014 name AAAAAAAA\n" * 101).encode(),
        b"a" * (1 << 20) + NOTE,
    ],
    ids=range(13),
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError):
        parse_note(data)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"\n1\n{ROOT}\n",
        f"origin\n01\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n1\n{ROOT[:-4]}\n",
        f"origin\n1\n{ROOT}",
        f"origin\n1\n{ROOT}\nextension\n",
        f"origin\n1\n{ROOT[:-2]}B=\n",
        f"origin\n{10**20}\n{ROOT}\n",
        f"origin\n\u0661\n{ROOT}\n",
    ],
    ids=range(11),
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AAAA",
        str(KEY).replace("+", "-", 1),
        str(KEY)[:-1],
        str(KEY) + "\n",
        str(KEY).replace(KEY.id.hex(), KEY.id.hex().upper()),
        str(KEY).replace("0badcafe", "0badcaff"),
        "na me" + str(KEY)[len(KEY.name) :],
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        parse_key(text)
