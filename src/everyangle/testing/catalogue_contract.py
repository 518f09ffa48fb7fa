"""What every catalogue must do. Subclass :class:`CatalogueContract` and give it a ``catalogue`` fixture."""

from __future__ import annotations

import hashlib

from everyangle.core.casefile import Captured, DecisionKind, Guidance, Rejected
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.stated import USUAL, DeviceFrom, Hints
from everyangle.core.time import ClockMap, Instant, Jump
from everyangle.ports.catalogue import Catalogue, Position
from everyangle.record import kinds
from everyangle.record.entries import Entry
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.record.relations import relation_of
from everyangle.testing.account_entries import account_bodies

CASE = "0" * 32
CLOCK = ClockMap(12.5, 1.00002, 0.03, (Jump(60.0, 4.25),))

ACCOUNTS_FROM = 22
"""Index of the first entry about accounts in the sample log."""


def digest(text: str) -> Digest:
    """Return a digest for a test's item."""
    return Digest(hashlib.sha256(text.encode()).hexdigest())


def entry(body: kinds.Body, us: int = 1_700_000_000_000_000) -> Entry:
    """Return an entry around a body."""
    return Entry(CASE, body, Instant(us), "1" * 32, "everyangle test")


def sample_log() -> list[tuple[int, Entry]]:
    """Return a small log with an entry of every kind, its indices beside."""
    a, b = digest("a"), digest("b")
    why = "seen on the video"
    bodies: list[kinds.Body] = [
        kinds.CaseOpened("name+00000000+AAAA", "A case"),
        kinds.ItemReceived(a, 10, Name(b"a.mp4"), None, Instant(5, "file")),
        kinds.ItemReceived(b, 20, Name(b"\xff\n.wav"), Name(b"clips/\xff\n.wav")),
        kinds.ItemReceived(a, 10, Name(b"again.mp4")),
        kinds.PlacementConfirmed(b, a, relation_of(CLOCK), "--confirm", why),
        kinds.PlacementOverridden(b, a, relation_of(ClockMap(13.0), error_stated=False), "--offset 13", why),
        kinds.ClockTied(a, 1_000_000, Instant(2_000_000, "stated"), 500_000, "said", why),
        kinds.ClockTied(a, 2_000_000, Instant(3_000_000, "stated"), None, "said", "better seen"),
        kinds.NoteAdded(a),
        kinds.ItemDerived(digest("p"), 7, (b, a), "proxy/1", "video/mp4"),
        kinds.DossierPublished(digest("m"), 12, 3456, "no bystanders"),
        kinds.PlacementOverridden(a, None, relation_of(ClockMap(0.0), error_stated=False), "--at 0", why),
        kinds.PlacementWithdrawn(11, a, "a mistake"),
        kinds.PairRejected(b, a, None, None, "--reject a.mp4", why),
        kinds.PairRejected(b, a, 13_000_000, 500_000, "--reject a.mp4 --offset 13", why),
        kinds.RejectionWithdrawn(13, b, "a mistake"),
        kinds.DeviceStated(a, "Ada's old phone", why),
        kinds.DeviceStated(b, "the porch camera", why),
        kinds.DeviceStated(a, "Ada's phone", why),
        kinds.DeviceStated(b, None, "not sure"),
        kinds.HintsChosen(metadata=True, device_from=DeviceFrom.FOLDER, why=why),
        kinds.HintsChosen(metadata=False, device_from=DeviceFrom.METADATA, why="clocks were never set"),
        *account_bodies(a, b, ACCOUNTS_FROM),
        *_capture_bodies(a, b),
    ]
    return [(index, entry(body)) for index, body in enumerate(bodies)]


def _capture_bodies(a: Digest, b: Digest) -> list[kinds.Body]:
    """Return entries about two recordings: one that goes on, and one that became two items, the second longer."""
    one, two = "0a" * 16, "0b" * 16
    return [
        InvitationMade(digest("link"), 3, None),
        CaptureBegun(one, digest("link"), digest("device"), digest("head"), "name+00000000+AAAA"),
        CaptureCheckpoint(one, 40, digest("head 40"), 5),
        CaptureBegun(two, digest("link"), digest("device"), digest("head"), "name+00000000+AAAA"),
        CaptureEnded(two, a, 30, digest("head 30"), 2, ended=False, last_us=5),
        CaptureEnded(two, b, 90, digest("head 90"), 0, ended=True, last_us=9),
        InvitationRevoked(digest("link"), "seen on a wall"),
    ]


class CatalogueContract:
    """Behaviours of a catalogue, whatever the database."""

    def test_a_new_catalogue_has_no_position(self, catalogue: Catalogue) -> None:
        """Nothing was taken in, and the catalogue knows it."""
        assert catalogue.position() is None

    def test_acts_on_accounts_stand_until_they_are_withdrawn(self, catalogue: Catalogue) -> None:
        """Every act comes back as it was, in log order, but the one that a later entry takes back."""
        fill(catalogue, sample_log())
        acts = account_bodies(digest("a"), digest("b"), ACCOUNTS_FROM)
        assert [act.body for act in catalogue.account_acts()] == [acts[0], *acts[2:-1]]
        assert [act.entry for act in catalogue.account_acts()][:2] == [ACCOUNTS_FROM, ACCOUNTS_FROM + 2]

    def test_it_answers_what_the_log_says(self, catalogue: Catalogue) -> None:
        """Every question is answered from the entries."""
        fill(catalogue, sample_log())
        a, b = digest("a"), digest("b")
        assert catalogue.head().title == "A case"
        first, second = catalogue.items()
        assert (first.id, first.size, len(first.receptions)) == (a, 10, 2)
        assert first.receptions[0].modified == Instant(5, "file")
        assert second.receptions[0].name.raw == b"\xff\n.wav"
        assert second.receptions[0].path == Name(b"clips/\xff\n.wav")
        (cited,) = catalogue.derivatives(a)
        assert cited.derivative.parents == (b, a)
        assert [p.files for p in catalogue.publications()] == [12]

    def test_the_last_decision_on_an_item_stands(self, catalogue: Catalogue) -> None:
        """A later placement replaces an earlier one; a withdrawn one is gone."""
        log = sample_log()
        fill(catalogue, log[:5])
        (confirmed,) = catalogue.decisions()
        assert (confirmed.kind, confirmed.relation) == (DecisionKind.CONFIRMED, CLOCK)
        fill(catalogue, log[5:])
        (overridden,) = catalogue.decisions()
        assert (overridden.kind, overridden.entry, overridden.relation.offset_s) == (DecisionKind.OVERRIDDEN, 5, 13.0)
        assert (confirmed.error_stated, overridden.error_stated) == (True, False)

    def test_the_last_tie_of_a_recording_stands(self, catalogue: Catalogue) -> None:
        """A second tie of the same recording corrects the first."""
        fill(catalogue, sample_log())
        (tie,) = catalogue.ties()
        assert (tie.media_s, tie.within_s, tie.why) == (2.0, None, "better seen")

    def test_what_people_said_last_guides(self, catalogue: Catalogue) -> None:
        """The last choice of hints and of each device stands; a withdrawn rejection is gone, another one stays."""
        assert Guidance() == Guidance(USUAL, (), {})
        fill(catalogue, sample_log()[:13])
        assert catalogue.guidance() == Guidance()
        fill(catalogue, sample_log()[13:])
        a, b = digest("a"), digest("b")
        said = "--reject a.mp4 --offset 13"
        assert catalogue.guidance() == Guidance(
            Hints(metadata=False, device_from=DeviceFrom.METADATA),
            (Rejected(14, b, a, 13.0, 0.5, said, "seen on the video"),),
            {a: "Ada's phone"},
        )

    def test_recordings_by_phones_are_told_as_far_as_the_log_goes(self, catalogue: Catalogue) -> None:
        """How far each came, how much is only committed, and what it became."""
        fill(catalogue, sample_log())
        began = Instant(1_700_000_000_000_000)
        assert list(catalogue.captures()) == [
            Captured("0a" * 16, began, 40, 5, (), ended=False),
            Captured("0b" * 16, began, 90, 0, (digest("a"), digest("b")), ended=True),
        ]

    def test_items_are_found_by_name_path_or_digest(self, catalogue: Catalogue) -> None:
        """A person names an item as they know it."""
        fill(catalogue, sample_log())
        a, b = digest("a"), digest("b")
        assert [i.id for i in catalogue.find("again.mp4")] == [a]
        assert [i.id for i in catalogue.find(a[:8])] == [a]
        assert [i.id for i in catalogue.find("\udcff\n.wav")] == [b]
        assert [i.id for i in catalogue.find("clips/\udcff\n.wav")] == [b]
        assert not catalogue.find("%")
        assert not catalogue.find(a[:3])

    def test_grouping_makes_no_difference(self, catalogue: Catalogue) -> None:
        """Entry by entry or all at once, the answers are the same."""
        for pair in sample_log():
            fill(catalogue, [pair])
        assert len(catalogue.items()) == 2
        assert len(catalogue.decisions()) == 1
        assert catalogue.position() == Position(len(sample_log()), b"root")

    def test_entries_taken_in_already_are_not_taken_twice(self, catalogue: Catalogue) -> None:
        """Two processes that project the same entries do no harm."""
        fill(catalogue, sample_log())
        fill(catalogue, sample_log())
        assert len(catalogue.items()[0].receptions) == 2

    def test_a_reset_forgets_everything(self, catalogue: Catalogue) -> None:
        """After a reset it can be filled anew to the same answers."""
        fill(catalogue, sample_log())
        before = (catalogue.items(), catalogue.decisions(), catalogue.ties(), catalogue.guidance())
        catalogue.reset()
        assert catalogue.position() is None
        fill(catalogue, sample_log())
        assert (catalogue.items(), catalogue.decisions(), catalogue.ties(), catalogue.guidance()) == before


def fill(catalogue: Catalogue, entries: list[tuple[int, Entry]]) -> None:
    """Take entries in as the stages do: a catalogue without a position is reset first."""
    if catalogue.position() is None:
        catalogue.reset()
    catalogue.apply(entries, Position(entries[-1][0] + 1, b"root"))
