"""Ed25519 in pure Python: published vectors, agreement with OpenSSL, and what a strict verifier refuses."""

from __future__ import annotations

import hashlib
import time
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.dossier.keys import is_sound, parse_case_key

# RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc), as public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493
FIELD = 2**255 - 19
Y_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = [
    (y | sign << 255).to_bytes(32, "little")
    for y in (0, 1, FIELD - 1, Y_OF_ORDER_8, FIELD - Y_OF_ORDER_8)
    for sign in (0, 1)
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_hold(verifier: ModuleType, public: str, message: str, signature: str) -> None:
    assert verifier.is_signed(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@settings(deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), bit=st.integers(0, 511))
def test_it_agrees_with_openssl_on_true_and_on_changed_signatures(
    verifier: ModuleType, seed: bytes, message: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), bytearray(private.sign(message))
    assert verifier.is_signed(public, message, bytes(signature))
    assert not verifier.is_signed(public, message + b"x", bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verifier.is_signed(public, message, bytes(signature))


def test_a_second_spelling_of_the_same_signature_is_refused(verifier: ModuleType) -> None:
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    s = int.from_bytes(signature[32:], "little")
    assert not verifier.is_signed(public, message, signature[:32] + (s + ORDER).to_bytes(32, "little"))


@pytest.mark.parametrize("public", SMALL)
def test_keys_under_which_anything_passes_as_signed_are_refused(verifier: ModuleType, public: bytes) -> None:
    forged = (1).to_bytes(32, "little") + bytes(32)
    assert not verifier.is_public_key(public)
    assert not is_sound(public)
    assert not verifier.is_signed(public, b"anything", forged)


@pytest.mark.parametrize("y", [FIELD, FIELD + 1, FIELD + 5, 2**255 - 1])
def test_a_second_spelling_of_a_point_is_refused(verifier: ModuleType, y: int) -> None:
    assert not verifier.is_public_key(y.to_bytes(32, "little"))
    assert not is_sound(y.to_bytes(32, "little"))


@settings(deadline=None)
@given(public=st.binary(min_size=31, max_size=33))
def test_verifier_and_package_agree_on_what_a_key_is(verifier: ModuleType, public: bytes) -> None:
    assert verifier.is_public_key(public) == is_sound(public)


@settings(deadline=None)
@given(text=st.from_regex(r"[a-c é\u2028/]{0,3}\+[0-9a-f]{8}\+AQ[A-Za-z0-9+/]{41,43}=?=?", fullmatch=True))
def test_verifier_and_package_refuse_the_same_vkeys(verifier: ModuleType, text: str) -> None:
    with pytest.raises(verifier.DossierError):
        verifier.read_key(text, "the key")
    with pytest.raises(BadInputError):
        parse_case_key(text)


def test_a_signature_is_checked_in_a_blink(verifier: ModuleType) -> None:
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    times = []
    for _ in range(7):
        began = time.perf_counter()
        verifier.is_signed(public, message, signature)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05
