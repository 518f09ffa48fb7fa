"""Asking an authority over the network of this machine, and keeping its answers."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from everyangle.adapters.timestamps_folder import FolderStamps
from everyangle.adapters.timestamps_rfc3161 import HttpAuthority
from everyangle.core.errors import BadInputError, EveryAngleError, RefusedError, StorageError
from everyangle.record.notes import Checkpoint
from everyangle.record.timestamps import read_response
from everyangle.testing.tsa import LocalAuthority

CHECKPOINT = Checkpoint("everyangle/case/" + "5" * 32, 7, bytes(32)).text.encode() + "\n\u2014 k AAAAAAAA\n".encode()


def test_an_authority_answers_about_the_message(tmp_path: Path) -> None:
    with LocalAuthority(tmp_path) as authority:
        assert read_response(HttpAuthority(authority.url).stamp(b"message")).is_about(b"message")


def test_an_answer_about_something_else_or_to_another_question_is_refused(tmp_path: Path) -> None:
    with LocalAuthority(tmp_path) as authority:
        earlier = HttpAuthority(authority.url).stamp(b"message")
        authority.spoil = earlier
        for message in (b"message", b"another"):
            with pytest.raises(RefusedError) as told:
                HttpAuthority(authority.url).stamp(message)
            assert told.value.code == "stamp-refused"


@pytest.mark.parametrize("answer", [b"", b"<html>Payment required</html>", bytes.fromhex("30053003020102")])
def test_an_answer_that_is_no_timestamp_is_refused(tmp_path: Path, answer: bytes) -> None:
    with LocalAuthority(tmp_path, spoil=answer) as authority, pytest.raises(RefusedError) as told:
        HttpAuthority(authority.url).stamp(b"message")
    assert told.value.code == "stamp-refused"


def test_an_authority_that_is_not_there_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(StorageError) as told:
            HttpAuthority(url, timeout_s=2).stamp(b"message")
    assert told.value.code == "authority-unreachable"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://authority.example/", "authority.example", ""])
def test_an_address_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(BadInputError) as told:
        HttpAuthority(url)
    assert told.value.code == "authority-malformed"


def test_answers_are_kept_byte_by_byte_beside_what_was_stamped(tmp_path: Path) -> None:
    stamps = FolderStamps(tmp_path / "stamps")
    assert list(stamps) == []
    places = [stamps.add(CHECKPOINT, response) for response in (b"one", b"\x00two")]
    assert places == ["7-0000000000000000/0.tsr", "7-0000000000000000/1.tsr"]
    assert [(s.place, s.response, s.checkpoint) for s in FolderStamps(tmp_path / "stamps")] == [
        (places[0], b"one", CHECKPOINT),
        (places[1], b"\x00two", CHECKPOINT),
    ]


def test_a_stamp_about_no_checkpoint_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(EveryAngleError):
        FolderStamps(tmp_path).add(b"no checkpoint", b"one")
    assert list(FolderStamps(tmp_path)) == []
