"""Reading timestamp responses, made here by openssl: what they say, and that nothing broken is read."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from rfc3161_client import decode_timestamp_response

from everyangle.adapters.timestamps_rfc3161 import HttpAuthority
from everyangle.core.errors import BadInputError
from everyangle.record.timestamps import read_response
from everyangle.testing.tsa import LocalAuthority

MESSAGE = b"a checkpoint"


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "chain"])
def stamped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[LocalAuthority, bytes]:
    with LocalAuthority(tmp_path_factory.mktemp("tsa"), chain=request.param) as authority:
        return authority, HttpAuthority(authority.url).stamp(MESSAGE)


def openssl_accepts(authority: LocalAuthority, response: bytes, folder: Path) -> bool:
    (folder / "r.tsr").write_bytes(response)
    (folder / "message").write_bytes(MESSAGE)
    certificates = ["-CAfile", str(authority.root), "-untrusted", str(authority.intermediate)]
    command = ["openssl", "ts", "-verify", "-in", "r.tsr", "-data", "message", *certificates]
    verified = subprocess.run(command, cwd=folder, capture_output=True)
    return verified.returncode == 0


def test_a_response_says_what_was_stamped_and_when(stamped: tuple[LocalAuthority, bytes], tmp_path: Path) -> None:
    authority, response = stamped
    token = read_response(response)
    assert token.is_about(MESSAGE)
    assert not token.is_about(MESSAGE + b".")
    assert abs(token.time.us / 1e6 - time.time()) < 120
    assert openssl_accepts(authority, response, tmp_path)


def test_a_chain_that_the_usual_library_rejects_is_read_here_and_accepted_by_openssl(tmp_path: Path) -> None:
    with LocalAuthority(tmp_path, chain=True) as authority:
        response = HttpAuthority(authority.url).stamp(MESSAGE)
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(response)
    assert read_response(response).is_about(MESSAGE)
    assert openssl_accepts(authority, response, tmp_path)


def test_the_library_reads_the_same_where_it_reads_at_all(tmp_path: Path) -> None:
    with LocalAuthority(tmp_path) as authority:
        response = HttpAuthority(authority.url).stamp(MESSAGE)
    info = decode_timestamp_response(response).tst_info
    token = read_response(response)
    assert info.message_imprint.message == token.imprint
    assert info.nonce == token.nonce
    assert int(info.gen_time.timestamp() * 1e6) == token.time.us


def test_a_flipped_bit_in_a_stamp_is_found_here_or_by_openssl(tmp_path: Path) -> None:
    with LocalAuthority(tmp_path) as authority:
        response = HttpAuthority(authority.url).stamp(MESSAGE)
    left_to_openssl = 0
    for at in range(0, len(response), 41):
        flipped = response[:at] + bytes((response[at] ^ 0x10,)) + response[at + 1 :]
        try:
            found = not read_response(flipped).is_about(MESSAGE)
        except BadInputError as error:
            found = error.code == "stamp-malformed"
        if not found:
            left_to_openssl += 1
            assert not openssl_accepts(authority, flipped, tmp_path)
    assert left_to_openssl > 0


@pytest.mark.parametrize("cut", [0, 1, 5, 9, 30, 60, 100, 150])
def test_a_response_cut_short_is_refused(stamped: tuple[LocalAuthority, bytes], cut: int) -> None:
    with pytest.raises(BadInputError) as told:
        read_response(stamped[1][:cut])
    assert told.value.code == "stamp-malformed"
