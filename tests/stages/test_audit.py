"""Auditing: a whole case passes, and every byte that is touched is found and named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from everyangle.adapters.log_tiles import FolderLog
from everyangle.adapters.timestamps_rfc3161 import HttpAuthority
from everyangle.core.errors import BadInputError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Advanced, Event, Started
from everyangle.record import kinds
from everyangle.record.entries import Entry, decode_entry, encode_entry
from everyangle.record.notes import VerifyKey
from everyangle.record.verdict import Verdict
from everyangle.stages.acts import Act, record
from everyangle.stages.audit import audit_case
from everyangle.stages.custody import custody
from everyangle.stages.preserve import Provenance, add
from everyangle.stages.stamp import stamp
from everyangle.testing.cases import Place, place_below
from everyangle.testing.faults import CountingDisk
from everyangle.testing.tsa import LocalAuthority


def filled(folder: Path) -> Place:
    """A case with three originals, a derivative, acts of every kind that A may write, and a stamp."""
    place = place_below(folder)
    case = place.new(disk=CountingDisk())
    inbox = folder / "inbox"
    inbox.mkdir()
    for name, data in (("a.mp4", b"first"), ("b.mp4", b""), ("c.mp4", bytes(70_000))):
        (inbox / name).write_bytes(data)
    items = [one.digest for one in add(case, [inbox], Provenance("Ada Quill", "a neighbour", "porch")).received]
    made = folder / "proxy"
    made.write_bytes(b"proxy")
    with made.open("rb", buffering=0) as stream:
        proxy = case.derivatives.put(stream)
    relation = kinds.Relation(1_000_000, 5, 30_000, (kinds.LostStretch(1, 2),))
    record(
        case,
        [
            Act(kinds.ItemDerived(proxy.digest, proxy.size, (items[0],), "proxy/1", "video/mp4")),
            Act(kinds.PlacementOverridden(items[0], items[1], relation, "--offset 1", "seen"), {"by": "Ada Quill"}),
            Act(kinds.PlacementWithdrawn(5, items[0], "wrong")),
            Act(kinds.NoteAdded(items[2]), {"note": "a long wait"}),
        ],
    )
    (folder / "tsa").mkdir()
    with LocalAuthority(folder / "tsa") as authority:
        assert not stamp(case, [HttpAuthority(authority.url)]).failed
    return place


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return filled(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def place(whole: Place, tmp_path: Path) -> Place:
    shutil.copytree(whole.case, tmp_path / "case")
    shutil.copytree(whole.home, tmp_path / "home")
    return place_below(tmp_path)


def verdict_of(place: Place, key: str | None = None) -> Verdict:
    return audit_case(place.open(), key=key)


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def test_a_whole_case_passes_every_part(place: Place) -> None:
    verdict = verdict_of(place)
    assert verdict.findings == ()
    assert verdict.ok
    assert (verdict.consistent.entries, verdict.consistent.blobs, verdict.consistent.bytes) == (8, 4, 70_010)
    assert (verdict.consistent.openings_true, verdict.consistent.openings_withheld) == (15, 0)
    assert verdict.consistent.notices == ()
    assert [one.size for one in verdict.existed.stamps] == [8]


def files(place: Place) -> list[str]:
    below = sorted(path for path in place.case.rglob("*") if path.is_file() and path.stat().st_size)
    return [path.relative_to(place.case).as_posix() for path in below]


def flip(path: Path, at: int) -> None:
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:at] + bytes((data[at] ^ 0x01,)) + data[at + 1 :])


@pytest.mark.parametrize("share", [0.0, 0.31, 0.64, 0.999])
def test_a_flipped_byte_in_any_file_of_a_case_is_found_and_its_place_is_named(place: Place, share: float) -> None:
    touched = [name for name in files(place) if not name.endswith(".tsr")]
    assert len(touched) > 20
    for name in touched:
        path = place.case / name
        before = path.read_bytes()
        flip(path, int(len(before) * share))
        where = name.rpartition("/")[0] if "stamps" in name else name
        try:
            verdict = verdict_of(place)
        except IntegrityError:
            assert name == "log/checkpoint"
        else:
            assert any(finding.place.startswith(where) for finding in verdict.findings), name
            assert not verdict.ok
        path.write_bytes(before)
    assert verdict_of(place).ok


def test_a_removed_file_is_found_and_named_except_an_opening_which_may_be_withheld(place: Place) -> None:
    for name in files(place):
        path = place.case / name
        before = path.read_bytes()
        if name == "log/checkpoint" or name.endswith(".tsr"):
            continue
        path.unlink()
        verdict = verdict_of(place)
        if name.startswith("private/"):
            assert verdict.ok
            assert (verdict.consistent.openings_true, verdict.consistent.openings_withheld) == (14, 1)
        else:
            where = name.rpartition("/")[0] if "stamps" in name else name
            assert any(finding.place.startswith(where) for finding in verdict.findings), name
        path.write_bytes(before)


def test_an_opening_of_another_value_is_found_as_false(place: Place) -> None:
    path = next(iter(sorted((place.case / "private").glob("*.json"))))
    path.write_bytes(path.read_bytes().replace(b'"value":"', b'"value":"not '))
    path.write_bytes(path.read_bytes().replace(b'"hex":"', b'"hex":"00'))
    verdict = verdict_of(place)
    assert codes(verdict) == {"opening-false"}
    assert verdict.signed.ok


def test_planted_files_are_told_and_change_nothing(place: Place) -> None:
    (place.case / "originals" / "planted.mp4").write_bytes(b"planted")
    (place.case / "log" / "tile" / "0" / "planted").write_bytes(b"planted")
    with (place.case / "originals" / "planted.mp4").open("rb", buffering=0) as stream:
        uncited = place.open().originals.put(stream)
    verdict = verdict_of(place)
    assert verdict.ok
    assert {(notice.code, notice.place) for notice in verdict.consistent.notices} == {
        ("file-foreign", "originals/planted.mp4"),
        ("file-foreign", "log/tile/0/planted"),
        ("blob-uncited", f"originals/sha256/{uncited.digest[:2]}/{uncited.digest[2:]}"),
    }


def test_the_key_that_is_given_must_be_the_one_that_signed(place: Place) -> None:
    case = place.open()
    assert case.signer
    own = str(case.signer.key)
    other = VerifyKey(
        "everyangle/case-key/other", Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    )
    assert verdict_of(place, key=own).signed.given
    assert verdict_of(place, key=own).ok
    wrong = verdict_of(place, key=str(other))
    assert wrong.consistent.ok
    assert {finding.code for finding in wrong.signed.findings} == {"key-other", "signature-wrong"}
    with pytest.raises(BadInputError):
        verdict_of(place, key="no key")


def test_an_older_copy_of_a_case_is_found_where_a_later_one_was_seen(place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.case, tmp_path / "older")
    record(place.open(), [Act(kinds.NoteAdded(None))])
    assert verdict_of(place).ok
    older = Place(tmp_path / "older", place.home)
    assert codes(verdict_of(older)) == {"log-rolled-back"}
    unseen = Place(tmp_path / "older", tmp_path / "another-home")
    verdict = verdict_of(unseen)
    assert verdict.ok
    assert [notice.code for notice in verdict.signed.notices] == ["case-unseen"]


def rewritten(place: Place, change: Callable[[list[Entry]], None]) -> Verdict:
    """Have the key's owner sign a changed history, on a machine that saw no other, and audit it."""
    case = place.open()
    history = [decode_entry(data) for data in case.log.read()]
    change(history)
    shutil.rmtree(place.case / "log" / "tile")
    (place.case / "log" / "checkpoint").unlink()
    shutil.rmtree(place.home / "seen")
    FolderLog(place.case / "log", case.log.origin, case.signer, CountingDisk()).append(
        [encode_entry(entry) for entry in history]
    )
    return verdict_of(place)


def test_a_rewritten_history_does_not_fit_an_earlier_stamp(place: Place) -> None:
    def change(history: list[Entry]) -> None:
        history[7] = replace(history[7], nonce="f" * 32)

    verdict = rewritten(place, change)
    assert verdict.consistent.ok
    assert verdict.signed.ok
    assert [finding.code for finding in verdict.existed.findings] == ["stamp-foreign"]


@pytest.mark.parametrize(
    ("code", "place_named", "body"),
    [
        ("case-unopened", "entry 0", kinds.NoteAdded(None)),
        ("case-reopened", "entry 7", kinds.CaseOpened("k", "again")),
        ("entry-dangling", "entry 7", kinds.PlacementWithdrawn(6, Digest("a" * 64), "no placement")),
        ("entry-dangling", "entry 7", kinds.ItemDerived(Digest("a" * 64), 1, (Digest("b" * 64),), "r", "video/mp4")),
        ("blob-missing", "originals/sha256/aa", kinds.ItemReceived(Digest("a" * 64), 1, Name(b"a"))),
    ],
)
def test_a_signed_history_that_makes_no_sense_is_found(
    place: Place, code: str, place_named: str, body: kinds.Body
) -> None:
    def change(history: list[Entry]) -> None:
        index = 0 if place_named == "entry 0" else 7
        history[index] = replace(history[index], body=body, private={})

    findings = rewritten(place, change).consistent.findings
    assert any(finding.code == code and finding.place.startswith(place_named) for finding in findings)


def test_an_entry_of_another_case_and_a_wrong_size_are_found(place: Place) -> None:
    def change(history: list[Entry]) -> None:
        body = history[1].body
        assert isinstance(body, kinds.ItemReceived)
        history[1] = replace(history[1], body=replace(body, size=body.size + 1))
        history[7] = replace(history[7], case="f" * 32)

    assert codes(rewritten(place, change)) >= {"entry-foreign", "size-wrong"}


def test_a_clock_that_went_backwards_is_told_and_is_no_fault(place: Place) -> None:
    def change(history: list[Entry]) -> None:
        history[7] = replace(history[7], time=replace(history[7].time, us=0))

    verdict = rewritten(place, change)
    assert verdict.consistent.ok
    assert [notice.code for notice in verdict.consistent.notices] == ["time-backwards"]


def test_a_stamp_about_other_bytes_is_found(place: Place) -> None:
    folder = next((place.case / "log" / "stamps").iterdir())
    checkpoint = folder / "checkpoint"
    record(place.open(), [Act(kinds.NoteAdded(None))])
    checkpoint.write_bytes((place.case / "log" / "checkpoint").read_bytes())
    assert [finding.code for finding in verdict_of(place).existed.findings] == ["stamp-foreign"]


def test_progress_is_told_in_bytes(place: Place) -> None:
    events: list[Event] = []
    audit_case(place.open(), events=events.append)
    assert events[0] == Started("verify", 70_010, "bytes")
    assert sum(event.done for event in events if isinstance(event, Advanced)) == 70_010


def test_custody_tells_every_act_with_what_is_open_and_what_is_withheld(place: Place) -> None:
    case: CasePorts = place.open()
    acts = list(custody(case))
    assert [act.index for act in acts] == list(range(8))
    assert acts[1].opened["from"] == "a neighbour"
    assert acts[7].opened == {"note": "a long wait"}
    case.openings.erase(acts[7].entry.private["note"])
    last = list(custody(case))[7]
    assert (last.opened, last.withheld) == ({}, ("note",))
    assert verdict_of(place).ok


def test_a_case_can_be_moved_as_one_folder(place: Place, tmp_path: Path) -> None:
    place.case.rename(tmp_path / "moved")
    assert verdict_of(Place(tmp_path / "moved", place.home)).ok
