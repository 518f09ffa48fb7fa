"""Damage to dossiers: bytes flipped, files lost, proofs swapped, JSON respelled, seals forged.

A damage takes a sealed dossier and a random generator, and returns the files of a damaged one, or None where this
dossier has nothing to damage in that way. None of them leaves a dossier that may pass (``LESSENED`` apart, which show
less than the original did, and honestly so). What needs a folder, links and pipes, is left to the tests.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from everyangle.dossier.manifest import MANIFEST_PATH
from everyangle.dossier.proof import CHECKPOINT_PATH, PROOF_PATH, SCRIPT_PATH
from everyangle.dossier.proof_json import script_of
from everyangle.record.notes import sign_note
from everyangle.testing.dossier_cases import Files, SealedDossier, case_key, checkpoint_note, random_dossier

Damage = Callable[[SealedDossier, Random], Files | None]

Edit = Callable[[dict[str, Any], SealedDossier, Random], bool]
"""Changes a decoded proof.json in place; returns False where there is nothing to change."""


def _some_path(dossier: SealedDossier, rng: Random) -> str:
    # A response's own bytes are left to dossier_authority's tests: most of them are for openssl to judge.
    return rng.choice([path for path in sorted(dossier.files) if not path.endswith(".tsr")])


def flipped(data: bytes, rng: Random) -> bytes:
    """Return bytes with one bit changed."""
    changed = bytearray(data)
    changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def flip_a_bit(dossier: SealedDossier, rng: Random) -> Files | None:
    """Change one bit of any file."""
    path = _some_path(dossier, rng)
    data = dossier.files[path]
    return {**dossier.files, path: flipped(data, rng)} if data else None


def flip_a_bit_of_the_proofs(dossier: SealedDossier, rng: Random) -> Files | None:
    """Change one bit of proof.json, and proof.js along with it."""
    return _with_proof_bytes(dossier, flipped(dossier.files[PROOF_PATH], rng))


def flip_a_bit_of_the_seal(dossier: SealedDossier, rng: Random) -> Files | None:
    """Change one bit of the checkpoint."""
    return {**dossier.files, CHECKPOINT_PATH: flipped(dossier.files[CHECKPOINT_PATH], rng)}


def truncate_a_file(dossier: SealedDossier, rng: Random) -> Files | None:
    """Cut a file short."""
    path = rng.choice(sorted(dossier.files))
    data = dossier.files[path]
    return {**dossier.files, path: data[: rng.randrange(len(data))]} if data else None


def lengthen_a_file(dossier: SealedDossier, rng: Random) -> Files | None:
    """Add a byte to a file."""
    path = rng.choice(sorted(dossier.files))
    return {**dossier.files, path: dossier.files[path] + rng.choice((b"\n", b" ", b"\x00"))}


def drop_a_file(dossier: SealedDossier, rng: Random) -> Files | None:
    """Leave a file out."""
    path = rng.choice(sorted(dossier.files))
    return {other: data for other, data in dossier.files.items() if other != path}


def add_a_file(dossier: SealedDossier, rng: Random) -> Files | None:
    """Put a file in that nobody listed."""
    path = rng.choice(("extra.txt", "media/extra.mp4", "proof/extra", "proof/stamps/extra", ".DS_Store", "a/b/c", "é"))
    return {**dossier.files, path: b""}


def rename_a_file(dossier: SealedDossier, rng: Random) -> Files | None:
    """Give a file another name."""
    path = rng.choice(sorted(dossier.files))
    files = {other: data for other, data in dossier.files.items() if other != path}
    return {**files, rng.choice((path + "x", path.upper(), "x" + path)): dossier.files[path]}


def swap_two_files(dossier: SealedDossier, rng: Random) -> Files | None:
    """Give two files each other's names."""
    one, other = rng.sample(sorted(dossier.files), 2)
    if dossier.files[one] == dossier.files[other]:
        return None
    return {**dossier.files, one: dossier.files[other], other: dossier.files[one]}


def take_from_another_case(dossier: SealedDossier, rng: Random) -> Files | None:
    """Put another dossier's seal, proofs or list of files in place of this one's."""
    other = random_dossier(rng.randrange(10**9)).files
    paths = rng.choice(
        ([CHECKPOINT_PATH], [PROOF_PATH, SCRIPT_PATH], [MANIFEST_PATH], [CHECKPOINT_PATH, MANIFEST_PATH])
    )
    return {**dossier.files, **{path: other[path] for path in paths}}


def respell_json(dossier: SealedDossier, rng: Random) -> Files | None:
    """Write the same JSON value in another way."""
    path = rng.choice((MANIFEST_PATH, PROOF_PATH))
    data = dossier.files[path]
    value = json.loads(data)
    spelled: bytes = rng.choice(
        (
            json.dumps(value, ensure_ascii=False, separators=(", ", ": "), sort_keys=True).encode(),
            json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode(),
            json.dumps(dict(reversed(value.items())), ensure_ascii=False, separators=(",", ":")).encode(),
            data.replace(b'"case"', b'"c\\u0061se"', 1),
            data.replace(b"/", b"\\/", 1),
            data + b"\n",
            b" " + data,
            b"\xef\xbb\xbf" + data,
            data[:-1] + b"," + data[1:],
            data.replace(b'{"case":', b'{"case":"x","case":', 1),
            data.replace(b'{"case":', b'{"aaa":null,"case":', 1),
        )
    )
    if path == PROOF_PATH:
        return _with_proof_bytes(dossier, spelled)
    return {**dossier.files, path: spelled}


def respell_a_number(dossier: SealedDossier, rng: Random) -> Files | None:
    """Write a number in another way, or one that is too large, or something that is no number in its place."""
    text = rng.choice((b"0.0", b"-0", b"0e0", b"00", b'"0"', b"false", b"9" * 400, b"1e999", b"NaN", b"null", b"-1"))
    if rng.random() < 0.5:
        return _with_proof_bytes(dossier, dossier.files[PROOF_PATH].replace(b'"index":0', b'"index":' + text, 1))
    manifest = dossier.files[MANIFEST_PATH]
    start = manifest.index(b'"size":') + 7
    end = manifest.index(b"}", start)
    return {**dossier.files, MANIFEST_PATH: manifest[:start] + text + manifest[end:]}


def put_nonsense(dossier: SealedDossier, rng: Random) -> Files | None:
    """Put hostile bytes in place of a file that is parsed."""
    nonsense = rng.choice(
        (
            b"",
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b"[" * 40 + b"]" * 40,
            b"1" * 100_000,
            b"null",
            b"{}",
            b'"\\ud800"',
            b"\xff\xfe",
            b"\x00" * 1000,
            b"\n" * 1000,
            "\n\n\u2014 a b\n".encode(),
        )
    )
    path = rng.choice((MANIFEST_PATH, PROOF_PATH, CHECKPOINT_PATH, *_stamp_paths(dossier)))
    return _with_proof_bytes(dossier, nonsense) if path == PROOF_PATH else {**dossier.files, path: nonsense}


def sign_with_another_key(dossier: SealedDossier, rng: Random) -> Files | None:
    """Seal the log again with a key that is not the case's, with or without saying so in proof.json."""
    key = case_key(rng)
    note = checkpoint_note(dossier.plan.case, key, dossier.tree)
    files = {**dossier.files, CHECKPOINT_PATH: note}
    if rng.random() < 0.5:
        return files
    value = json.loads(files[PROOF_PATH])
    value["key"] = str(key.public)
    return _with_proof_value(files, value)


def sign_another_text(dossier: SealedDossier, rng: Random) -> Files | None:
    """Have the case's own key sign something else than this log's size and root, or a checkpoint in another form."""
    note = dossier.files[CHECKPOINT_PATH]
    origin, size, root, *_ = note.decode().split("\n")
    other = base64.b64encode(rng.randbytes(32)).decode()
    text = rng.choice(
        (
            f"{origin}\n{int(size) * 2}\n{root}\n",
            f"{origin}\n{size}\n{other}\n",
            f"{origin}\n0{size}\n{root}\n",
            f"{origin}\n{2**53}\n{root}\n",
            f"{origin}\n0\n{root}\n",
            f"{origin}\n{size}\n{root}\nmore\n",
            f"{origin}\n{size}\n{root[:-1]}\n",
            f"{origin[:-1]}\n{size}\n{root}\n",
            f"everyangle/case/{rng.randbytes(16).hex()}\n{size}\n{root}\n",
            f"{origin}\r\n{size}\n{root}\n",
        )
    )
    return {**dossier.files, CHECKPOINT_PATH: sign_note(text, dossier.plan.key.public, dossier.plan.key.sign)}


def add_a_signature(dossier: SealedDossier, rng: Random) -> Files | None:
    """Add a line to the seal: a stranger's signature, the same one again, or something else."""
    note = dossier.files[CHECKPOINT_PATH]
    stranger = checkpoint_note(dossier.plan.case, case_key(rng), dossier.tree)
    own_line, other_line = note.split(b"\n\n")[1], stranger.split(b"\n\n")[1]
    return {**dossier.files, CHECKPOINT_PATH: note + rng.choice((own_line, other_line, b"\n", b"more\n"))}


def edit_the_proofs(edit: Edit) -> Damage:
    """Return the damage that changes the value of proof.json, spells it canonically, and keeps proof.js in step."""

    def damage(dossier: SealedDossier, rng: Random) -> Files | None:
        value = json.loads(dossier.files[PROOF_PATH])
        return _with_proof_value(dossier.files, value) if edit(value, dossier, rng) else None

    damage.__name__ = edit.__name__
    damage.__doc__ = edit.__doc__
    return damage


def _stamp_paths(dossier: SealedDossier) -> list[str]:
    return sorted(path for path in dossier.files if path.startswith("proof/stamps/"))


def _with_proof_bytes(dossier: SealedDossier, data: bytes) -> Files:
    return {**dossier.files, PROOF_PATH: data, SCRIPT_PATH: script_of(data)}


def _with_proof_value(files: Mapping[str, bytes], value: dict[str, Any]) -> Files:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return {**files, PROOF_PATH: data, SCRIPT_PATH: script_of(data)}


WHOLE_FILE: tuple[Damage, ...] = (
    flip_a_bit,
    flip_a_bit_of_the_proofs,
    flip_a_bit_of_the_seal,
    truncate_a_file,
    lengthen_a_file,
    drop_a_file,
    add_a_file,
    rename_a_file,
    swap_two_files,
    take_from_another_case,
    respell_json,
    respell_a_number,
    put_nonsense,
    sign_with_another_key,
    sign_another_text,
    add_a_signature,
)
"""Damage to files as bytes, and to the seal."""
