"""The files below proof/: built from values, read back to the same values, and refused in any other spelling."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.dossier.proof import CHECKPOINT_PATH, PROOF_PATH, SCRIPT_PATH, StampFiles, proof_files
from everyangle.dossier.proof_json import encode_proof, parse_proof, script_of
from everyangle.record.merkle import Tree
from everyangle.testing.dossier_cases import AUTHORITY, SealedDossier, checkpoint_note, random_dossier

STAMPED = next(made for seed in range(100) if len((made := random_dossier(seed)).plan.stamped) == 2)


def built(dossier: SealedDossier, **changes: object) -> dict[str, bytes]:
    plan = dossier.plan
    values: dict[str, object] = {
        "case": plan.case,
        "key": plan.key.public,
        "checkpoint": dossier.files[CHECKPOINT_PATH],
        "tree": dossier.tree,
        "entries": {index: dossier.entries[index] for index in plan.disclosed | {plan.publication}},
        "publication": plan.publication,
        "openings": plan.openings,
    }
    return proof_files(**{**values, **changes})  # type: ignore[arg-type]


def test_a_proof_is_read_back_as_it_was_built() -> None:
    for seed in range(20):
        dossier = random_dossier(seed)
        data = dossier.files[PROOF_PATH]
        proof = parse_proof(data)
        assert encode_proof(proof) == data
        assert {row.index: row.data for row in proof.entries} == {
            index: dossier.entries[index] for index in dossier.plan.disclosed | {dossier.plan.publication}
        }
        assert set(proof.openings) == set(dossier.plan.openings)


def test_the_script_is_the_json_as_a_page_reads_it() -> None:
    files = built(STAMPED)
    assert files[SCRIPT_PATH] == b"window.EVERYANGLE_PROOF = " + files[PROOF_PATH] + b";\n"
    assert script_of(files[PROOF_PATH]) == files[SCRIPT_PATH]


def test_the_order_in_which_values_come_changes_nothing() -> None:
    plan = STAMPED.plan
    entries = {index: STAMPED.entries[index] for index in sorted(plan.disclosed | {plan.publication}, reverse=True)}
    assert built(STAMPED, entries=entries, openings=reversed(plan.openings)) == built(STAMPED)


def test_stamps_of_one_checkpoint_lie_beside_each_other() -> None:
    note = checkpoint_note(STAMPED.plan.case, STAMPED.plan.key, STAMPED.tree, 2)
    stamps = [StampFiles(note, AUTHORITY.stamp(note, datetime(2025, 5, day, tzinfo=UTC))) for day in (3, 4)]
    files = built(STAMPED, stamps=stamps)
    folder = f"proof/stamps/2-{STAMPED.tree.root(2).hex()[:16]}"
    assert {path: data for path, data in files.items() if path.startswith("proof/stamps/")} == {
        f"{folder}/checkpoint": note,
        f"{folder}/0.tsr": stamps[0].response,
        f"{folder}/1.tsr": stamps[1].response,
    }
    assert [row.response for row in parse_proof(files[PROOF_PATH]).stamps] == [f"{folder}/0.tsr", f"{folder}/1.tsr"]


def test_a_stamp_of_a_later_log_is_refused() -> None:
    longer = Tree([STAMPED.tree.complete(0, index) for index in range(STAMPED.tree.size)])
    longer.append(bytes(32))
    note = checkpoint_note(STAMPED.plan.case, STAMPED.plan.key, longer)
    with pytest.raises(BadInputError) as caught:
        built(STAMPED, stamps=[StampFiles(note, b"")])
    assert caught.value.code == "proof-malformed"


def test_a_seal_by_another_key_is_refused() -> None:
    with pytest.raises(IntegrityError):
        built(STAMPED, checkpoint=random_dossier(10**6).files[CHECKPOINT_PATH])


def test_values_in_a_wrong_order_are_refused_when_written() -> None:
    proof = parse_proof(STAMPED.files[PROOF_PATH])
    for wrong in (
        replace(proof, entries=proof.entries[::-1]),
        replace(proof, entries=(*proof.entries[:1], *proof.entries)),
        replace(proof, stamps=proof.stamps[::-1]),
        replace(proof, case="x"),
    ):
        with pytest.raises(BadInputError) as caught:
            encode_proof(wrong)
        assert caught.value.code == "proof-malformed"


def test_another_spelling_is_refused() -> None:
    data = STAMPED.files[PROOF_PATH]
    for spelled in (data + b"\n", json.dumps(json.loads(data)).encode(), b"", b"{}", data.replace(b"/1", b"/2")):
        with pytest.raises(BadInputError) as caught:
            parse_proof(spelled)
        assert caught.value.code == "proof-malformed"
