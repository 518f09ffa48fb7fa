"""Auditing a dossier's folder: what the verdict tells, progress, and errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.core.errors import BadInputError, NotFoundError
from everyangle.core.time import parse_instant
from everyangle.dossier.verdict import Step
from everyangle.ports.events import Advanced, Event, Finished, Started
from everyangle.stages.audit_dossier import audit_dossier, is_dossier
from everyangle.testing.dossier_cases import SealedDossier, random_dossier, write_dossier


@pytest.fixture(scope="module")
def dossier() -> SealedDossier:
    return next(
        made
        for seed in range(100)
        if (made := random_dossier(seed)).plan.stamped and made.plan.openings and made.tree.size > 10
    )


@pytest.fixture
def folder(tmp_path: Path, dossier: SealedDossier) -> Path:
    write_dossier(tmp_path / "dossier", dossier.files)
    return tmp_path / "dossier"


def test_the_verdict_on_a_whole_dossier_tells_what_it_holds(folder: Path, dossier: SealedDossier) -> None:
    key = str(dossier.plan.key.public)
    verdict = audit_dossier(folder, key=key)
    assert verdict.ok
    assert verdict.consistent.entries == dossier.tree.size
    assert verdict.consistent.root == dossier.tree.root().hex()
    assert verdict.consistent.blobs == len(dossier.plan.payload)
    assert verdict.consistent.bytes == sum(map(len, dossier.plan.payload.values()))
    assert verdict.consistent.openings_true == len(dossier.plan.openings)
    assert (verdict.signed.key, verdict.signed.given) == (key, True)
    assert not audit_dossier(folder).signed.given
    assert verdict.published.disclosed == len(dossier.plan.disclosed) + 1
    assert verdict.published.files == len(dossier.plan.payload)
    assert verdict.published.why == "to try it with colleagues"


def test_the_verdict_tells_when_the_log_existed(folder: Path, dossier: SealedDossier) -> None:
    stamps = audit_dossier(folder).existed.stamps
    assert {stamp.size for stamp in stamps} == set(dossier.plan.stamped)
    for stamp in stamps:
        day, hour = divmod(stamp.size, 24)
        assert stamp.time == parse_instant(f"2025-05-{3 + day:02}T{hour:02}:00:00Z")
        assert stamp.place in stamp.command
        assert (folder / stamp.place).is_file()


def test_every_byte_is_read_and_told_of(folder: Path, dossier: SealedDossier) -> None:
    events: list[Event] = []
    audit_dossier(folder, events=events.append)
    total = sum(map(len, dossier.plan.payload.values()))
    assert events[0] == Started("check", total, "bytes")
    assert events[-1] == Finished("check")
    assert sum(event.done for event in events if isinstance(event, Advanced)) == total


def test_each_kind_of_fault_is_told_with_its_place(folder: Path) -> None:
    (folder / "index.html").write_bytes(b"<!doctype HTML>")
    (folder / "README.txt").unlink()
    (folder / "more.txt").write_bytes(b"")
    verdict = audit_dossier(folder)
    assert not verdict.ok
    assert {(finding.code, finding.place) for finding in verdict.findings} == {
        (Step.FILES, "index.html"),
        (Step.FILES, "README.txt"),
        (Step.FILES, "more.txt"),
    }
    assert not verdict.consistent.ok
    assert verdict.published.ok
    assert verdict.signed.ok


def test_a_stranger_s_key_leaves_the_rest_of_the_verdict_as_it_is(folder: Path) -> None:
    verdict = audit_dossier(folder, key=str(random_dossier(10**6).plan.key.public))
    assert [finding.code for finding in verdict.findings] == [Step.KEY]
    assert not verdict.signed.ok
    assert verdict.consistent.ok


def test_a_folder_without_a_dossier_is_told_apart_from_a_damaged_one(folder: Path, tmp_path: Path) -> None:
    assert is_dossier(folder)
    assert not is_dossier(tmp_path)
    with pytest.raises(NotFoundError) as caught:
        audit_dossier(tmp_path)
    assert caught.value.code == "dossier-missing"
    assert caught.value.todo


def test_a_key_that_is_none_is_refused_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        audit_dossier(folder, key="nonsense")
    assert caught.value.code == "key-malformed"
