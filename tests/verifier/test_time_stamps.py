"""Time stamps: real ones by openssl, the test authority's, and changed ones."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from everyangle.core.errors import BadInputError
from everyangle.core.time import parse_instant
from everyangle.dossier.stamps import _read_time, stamped_time
from everyangle.testing.dossier_authority import TestAuthority

MESSAGE = b"what is stamped\n"
WHEN = datetime(2025, 5, 3, 10, 4, 12, tzinfo=UTC)
CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
x509_extensions = extensions
[name]
CN = Another Test Authority
[extensions]
basicConstraints = critical,CA:true
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha512
default_policy = 2.999.2
digests = sha256, sha512
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ordering = yes
ess_cert_id_alg = sha256
"""
REQUEST = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9")
REPLY = ("ts", "-reply", "-config", "tsa.cnf", "-signer", "cert.pem", "-inkey", "key.pem")


def openssl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where openssl is an authority, with a key of its own."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    (folder / "message").write_bytes(MESSAGE)
    made = openssl(folder, *REQUEST, "-config", "tsa.cnf", "-keyout", "key.pem", "-out", "cert.pem")
    assert made.returncode == 0, made.stderr
    return folder


def asked(folder: Path, *options: str) -> bytes:
    """Return openssl's response about the message."""
    query = openssl(folder, "ts", "-query", "-data", "message", "-out", "question.tsq", *options)
    assert query.returncode == 0, query.stderr
    reply = openssl(folder, *REPLY, "-queryfile", "question.tsq", "-out", "answer.tsr")
    assert reply.returncode == 0, reply.stderr
    return (folder / "answer.tsr").read_bytes()


def judged(verifier: ModuleType, response: bytes, message: bytes = MESSAGE) -> tuple[str | None, str | None]:
    """Return the times that package and verifier read, to the second, or None where they refuse."""
    try:
        package = stamped_time(response, message).isoformat()[:19].replace("T", " ") + " UTC"
    except BadInputError:
        package = None
    try:
        return package, verifier.read_stamp(response, message)
    except verifier.DossierError:
        return package, None


@pytest.mark.parametrize("options", [["-sha256"], ["-sha256", "-cert"], ["-sha256", "-no_nonce", "-cert"]])
def test_what_openssl_stamps_is_read_by_both(verifier: ModuleType, authority_folder: Path, options: list[str]) -> None:
    package, own = judged(verifier, asked(authority_folder, *options))
    assert package is not None
    assert package == own
    assert judged(verifier, asked(authority_folder, *options), MESSAGE + b"x") == (None, None)


def test_a_stamp_over_another_digest_than_sha_256_is_refused(verifier: ModuleType, authority_folder: Path) -> None:
    assert judged(verifier, asked(authority_folder, "-sha512", "-cert")) == (None, None)


def test_the_test_authority_s_stamps_pass_openssl(verifier: ModuleType, tmp_path: Path) -> None:
    authority = TestAuthority()
    response = authority.stamp(MESSAGE, WHEN)
    assert stamped_time(response, MESSAGE) == parse_instant("2025-05-03T10:04:12Z")
    assert judged(verifier, response) == ("2025-05-03 10:04:12 UTC",) * 2
    assert _openssl_accepts(tmp_path, authority, response)


def _openssl_accepts(folder: Path, authority: TestAuthority, response: bytes) -> bool:
    (folder / "message").write_bytes(MESSAGE)
    (folder / "response.tsr").write_bytes(response)
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    command = ["ts", "-verify", "-data", "message", "-in", "response.tsr", "-CAfile", "authority.pem"]
    return openssl(folder, *command).returncode == 0


def test_a_changed_bit_is_judged_alike_by_both_and_the_signed_content_is_covered(verifier: ModuleType) -> None:
    authority = TestAuthority()
    response = authority.stamp(MESSAGE, WHEN)
    info = authority._info(MESSAGE, WHEN, 1)
    start = response.index(info)
    for bit in range(len(response) * 8):
        changed = bytearray(response)
        changed[bit // 8] ^= 1 << bit % 8
        package, own = judged(verifier, bytes(changed))
        assert package == own, bit
        if start <= bit // 8 < start + len(info):
            assert own is None, bit


def test_what_both_leave_to_openssl_openssl_refuses(verifier: ModuleType, tmp_path: Path) -> None:
    authority = TestAuthority()
    response = authority.stamp(MESSAGE, WHEN)
    for offset in (1, 5, 20, 30, 40, 60):
        changed = bytearray(response)
        changed[-offset] ^= 1
        if None not in judged(verifier, bytes(changed)):
            assert not _openssl_accepts(tmp_path, authority, bytes(changed))


@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"\x30",
        b"\x30\x00",
        b"\x30\x80\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x1f" * 50,
        b"\x30\x03\x30\x01\x02",
    ],
)
def test_what_is_no_response_is_refused_by_both(verifier: ModuleType, response: bytes) -> None:
    assert judged(verifier, response) == (None, None)


@pytest.mark.parametrize(
    "time", [b"20250503100412", b"20250503100412+0000", b"20251303100412Z", b"20250503100412.50Z", b"20250503240412Z"]
)
def test_times_in_another_spelling_are_refused_by_both(verifier: ModuleType, time: bytes) -> None:
    with pytest.raises(verifier.DossierError):
        verifier._stamp_time(time)
    with pytest.raises(BadInputError):
        _read_time(time)
