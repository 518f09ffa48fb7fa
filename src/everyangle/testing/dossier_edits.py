"""Edits of a dossier's proofs by someone who keeps them well formed: nothing is amiss but what they say.

Each takes the decoded proof.json and changes it in place; see :mod:`everyangle.testing.dossier_damage`.
"""

from __future__ import annotations

import base64
from random import Random
from typing import Any

from everyangle.testing.dossier_cases import Files, SealedDossier
from everyangle.testing.dossier_damage import Damage, edit_the_proofs, flipped

Value = dict[str, Any]


def swap_proofs(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Give two entries each other's inclusion proofs."""
    rows = value["entries"]
    one, other = rng.sample(range(len(rows)), 2)
    rows[one]["proof"], rows[other]["proof"] = rows[other]["proof"], rows[one]["proof"]
    return bool(rows[one]["proof"] != rows[other]["proof"])


def swap_entries(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Give two entries each other's bytes."""
    rows = value["entries"]
    one, other = rng.sample(range(len(rows)), 2)
    rows[one]["entry"], rows[other]["entry"] = rows[other]["entry"], rows[one]["entry"]
    return True


def reorder_entries(value: Value, _: SealedDossier, rng: Random) -> bool:
    """List the entries in another order."""
    before = list(value["entries"])
    rng.shuffle(value["entries"])
    return bool(value["entries"] != before)


def repeat_an_entry(value: Value, _: SealedDossier, rng: Random) -> bool:
    """List an entry twice."""
    at = rng.randrange(len(value["entries"]))
    value["entries"].insert(at, value["entries"][at])
    return True


def withhold_a_required_entry(value: Value, dossier: SealedDossier, rng: Random) -> bool:
    """Leave out an entry that must be disclosed: the opening, the publication, or one that a file is cited by."""
    index = rng.choice(sorted(dossier.plan.required | {dossier.plan.publication}))
    value["entries"] = [row for row in value["entries"] if row["index"] != index]
    value["openings"] = [row for row in value["openings"] if row["index"] != index]
    return True


def withhold_everything(value: Value, _: SealedDossier, __: Random) -> bool:
    """Leave out all entries."""
    value["entries"], value["openings"] = [], []
    return True


def flip_a_bit_of_an_entry(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Change one bit of a disclosed entry."""
    row = rng.choice(value["entries"])
    row["entry"] = _base64(flipped(base64.b64decode(row["entry"]), rng))
    return True


def reword_an_entry(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Change a word in a disclosed entry that stays well formed."""
    row = rng.choice(value["entries"])
    data = base64.b64decode(row["entry"])
    row["entry"] = _base64(data.replace(b"everyangle 0.1.0", b"everyangle 0.1.1"))
    return True


def flip_a_bit_of_a_proof(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Change one bit of a hash in an inclusion proof."""
    hashes = rng.choice(value["entries"])["proof"]
    at = rng.randrange(len(hashes))
    hashes[at] = _base64(flipped(base64.b64decode(hashes[at]), rng))
    return True


def change_a_proof_s_length(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Drop a hash of a proof, or add one, or make one too short."""
    hashes = rng.choice(value["entries"])["proof"]
    what = rng.randrange(3)
    if what == 0:
        hashes.pop(rng.randrange(len(hashes)))
    elif what == 1:
        hashes.insert(rng.randrange(len(hashes) + 1), _base64(rng.randbytes(32)))
    else:
        hashes[0] = _base64(base64.b64decode(hashes[0])[:31])
    return True


def move_an_entry(value: Value, dossier: SealedDossier, rng: Random) -> bool:
    """Say of an entry that it stands elsewhere in the log."""
    row = rng.choice(value["entries"])
    places = {*range(dossier.tree.size + 2), 2**53 - 1} - {other["index"] for other in value["entries"]}
    row["index"] = rng.choice(sorted(places))
    value["entries"].sort(key=lambda other: other["index"])
    return True


def change_the_case(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Say that this is another case."""
    value["case"] = rng.randbytes(16).hex()
    return True


def name_another_publication(value: Value, dossier: SealedDossier, rng: Random) -> bool:
    """Say that another entry is the publication."""
    value["publication"] = rng.choice(sorted({*range(dossier.tree.size + 1)} - {dossier.plan.publication}))
    return True


def misname_the_key(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Spell the key in a way that no key is spelled."""
    name, digits, encoded = value["key"].split("+", 2)
    value["key"] = rng.choice(
        (
            f"{name}x+{digits}+{encoded}",
            f"{name}+{digits.upper()}x+{encoded}",
            f"{name}+00000000+{encoded}",
            f"{name}+{digits}+{encoded}=",
            f"{name}+{digits}+{encoded[:-1]}",
            value["key"] + "\n",
            "",
            "+",
            "++",
        )
    )
    return True


def forge_an_opening(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Say something else of a private field."""
    if not value["openings"]:
        return False
    row = rng.choice(value["openings"])
    what = rng.randrange(5)
    if what == 0:
        row["value"] = "somebody else"
    elif what == 1:
        row["value"] = {"hex": "41", "text": "A"}
    elif what == 2:
        row["salt"] = flipped(bytes.fromhex(row["salt"]), rng).hex()
    elif what == 3:
        row["field"] = rng.choice(sorted({"by", "from", "note", "source", "x"} - {row["field"]}))
    else:
        row["value"] = rng.choice((None, 1, ["a"], {"hex": "41", "text": "B"}, {"hex": "4", "text": ""}, {"hex": "41"}))
    value["openings"].sort(key=lambda other: (other["index"], other["field"]))
    return True


def invent_an_opening(value: Value, dossier: SealedDossier, rng: Random) -> bool:
    """Open a field that no entry has."""
    row = {"field": "zzz", "index": rng.randrange(dossier.tree.size + 3), "salt": "00" * 32, "value": "x"}
    value["openings"] = sorted([*value["openings"], row], key=lambda other: (other["index"], other["field"]))
    return True


def repeat_an_opening(value: Value, _: SealedDossier, rng: Random) -> bool:
    """List an opening twice."""
    if value["openings"]:
        value["openings"].append(rng.choice(value["openings"]))
    return bool(value["openings"])


def forge_a_consistency_proof(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Change the proof that the log grew from a stamped checkpoint."""
    if not value["stamps"]:
        return False
    hashes = rng.choice(value["stamps"])["consistency"]
    if hashes and rng.random() < 0.5:
        at = rng.randrange(len(hashes))
        hashes[at] = _base64(flipped(base64.b64decode(hashes[at]), rng))
    else:
        hashes.append(_base64(rng.randbytes(32)))
    return True


def misplace_a_stamp(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Say that a stamp's files lie elsewhere."""
    if not value["stamps"]:
        return False
    row = rng.choice(value["stamps"])
    field = rng.choice(("checkpoint", "response"))
    other = "response" if field == "checkpoint" else "checkpoint"
    row[field] = rng.choice(
        (
            row[other],
            "proof/checkpoint",
            "index.html",
            "../x",
            "/etc/passwd",
            "proof/stamps/../checkpoint",
            "proof/stamps/x",
        )
    )
    return True


def hide_a_stamp(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Leave a stamp out and its files in."""
    if value["stamps"]:
        value["stamps"].pop(rng.randrange(len(value["stamps"])))
        return True
    return False


def repeat_a_stamp(value: Value, _: SealedDossier, __: Random) -> bool:
    """List a stamp twice."""
    value["stamps"] += value["stamps"][:1]
    return bool(value["stamps"])


def change_the_form(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Add, drop or mistype a field."""
    target = rng.choice([value, *value["entries"], *value["openings"], *value["stamps"]])
    name = rng.choice(sorted(target))
    what = rng.randrange(3)
    if what == 0:
        del target[name]
    elif what == 1:
        target[rng.choice(("zzz", "", "\U0001f6a6", "\ue000"))] = target[name]
    else:
        target[name] = rng.choice((None, True, [None], {}, {"a": 1}, "everyangle.proof/2"))
    return True


def withhold_an_entry(value: Value, dossier: SealedDossier, rng: Random) -> bool:
    """Leave out an entry that need not be disclosed, and its openings: an honest dossier that shows less."""
    spare = [row["index"] for row in value["entries"] if row["index"] in dossier.plan.disclosed - dossier.plan.required]
    if not spare:
        return False
    index = rng.choice(spare)
    value["entries"] = [row for row in value["entries"] if row["index"] != index]
    value["openings"] = [row for row in value["openings"] if row["index"] != index]
    return True


def withhold_an_opening(value: Value, _: SealedDossier, rng: Random) -> bool:
    """Leave out an opening: an honest dossier that shows less."""
    if value["openings"]:
        value["openings"].pop(rng.randrange(len(value["openings"])))
        return True
    return False


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def unstamp(dossier: SealedDossier, rng: Random) -> Files | None:
    """Leave out all stamps with their files: an honest dossier that shows less."""
    files = edit_the_proofs(_without_stamps)(dossier, rng)
    return files and {path: data for path, data in files.items() if not path.startswith("proof/stamps/")}


def _without_stamps(value: Value, _: SealedDossier, __: Random) -> bool:
    had = bool(value["stamps"])
    value["stamps"] = []
    return had


PROOF_EDITS: tuple[Damage, ...] = tuple(
    edit_the_proofs(edit)
    for edit in (
        swap_proofs,
        swap_entries,
        reorder_entries,
        repeat_an_entry,
        withhold_a_required_entry,
        withhold_everything,
        flip_a_bit_of_an_entry,
        reword_an_entry,
        flip_a_bit_of_a_proof,
        change_a_proof_s_length,
        move_an_entry,
        change_the_case,
        name_another_publication,
        misname_the_key,
        forge_an_opening,
        invent_an_opening,
        repeat_an_opening,
        forge_a_consistency_proof,
        misplace_a_stamp,
        hide_a_stamp,
        repeat_a_stamp,
        change_the_form,
    )
)
"""Changes that must be refused."""

LESSENED: tuple[Damage, ...] = (edit_the_proofs(withhold_an_entry), edit_the_proofs(withhold_an_opening), unstamp)
"""Changes that leave a valid dossier which shows less."""
