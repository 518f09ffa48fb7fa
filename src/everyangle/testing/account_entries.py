"""One specimen of each kind of entry about accounts, for tests of whatever reads, writes or judges entries."""

from __future__ import annotations

from everyangle.core.accounts import Act, Modality, Polarity, Span
from everyangle.core.ids import Digest
from everyangle.core.statement_ref import StatementRef
from everyangle.core.weighing import BearingKind, Edge, MeasureSort, QuestionState, RelationKind, Slot
from everyangle.record import kinds_accounts as kinds


def account_bodies(document: Digest, recording: Digest, moment: int, step: int = 1) -> tuple[kinds.AccountBody, ...]:
    """Return an act of each kind, about a document and a recording that were received before.

    Args:
        document: digest of a document.
        recording: digest of a recording.
        moment: index that the first of the acts will have in the log: it marks a moment, which others cite.
        step: how far the index of the next act is; 0 where all of them may cite one entry.
    """
    waited = StatementRef(document, (Span(0, 14), Span(20, 31)), "We waited, for half an")
    denied = StatementRef(document, (Span(40, 52),), "nobody waite")
    why = "read again"
    contradict, polarity = RelationKind.CONTRADICT, Slot.POLARITY
    return (
        kinds.MomentSet("the door opens", recording, -1_500_000, 0, 40_000, None, "0:00 to 0:01.5", why),
        kinds.MomentSet("the door opens", recording, 0, 0, None, moment, "0:00", why),
        kinds.MeasureSet(
            MeasureSort.INTERVAL,
            (kinds.MomentEdge(moment), kinds.MomentEdge(moment + step, Edge.END)),
            "how long the door was shut",
            "wait:how-long",
            why,
        ),
        kinds.MeasureSet(MeasureSort.COUNT, (kinds.MomentEdge(moment),) * 3, "", None, why),
        kinds.BearingLinked(waited, BearingKind.CONTEXT, moment + 2 * step, None, why),
        kinds.BearingLinked(denied, BearingKind.NONE, None, recording, why),
        kinds.StatementCorrected(
            waited,
            content=denied,
            who="Ottmar Vey",
            role="",
            party="Harbour Office",
            act=Act.DOES_NOT_KNOW,
            polarity=Polarity.NEGATIVE,
            modality=Modality.FACT,
            said_at="2031-04",
            shown=True,
            why=why,
        ),
        kinds.StatementCorrected(denied, shown=False),
        kinds.PartyAssigned("Ottmar Vey", "Harbour Office", why),
        kinds.QuestionRenamed("wait:how-long", "How long did they wait?", why),
        kinds.StatementsGrouped("", None, (waited, denied), why),
        kinds.StatementsGrouped("h1", "Who opened the door?", (denied,), why),
        kinds.QuestionsMerged("h1", "wait:how-long", why),
        kinds.QuestionPinned("h2", "Who has the key?", QuestionState.PINNED, why),
        kinds.RelationConfirmed(waited, denied, contradict, polarity, why),
        kinds.RelationRejected(denied, waited, RelationKind.NARROWS, None, why),
        kinds.StatementsImported(document, kinds.ImportColumns("Words", who="Speaker", said_at="Date"), why),
        kinds.AccountWithdrawn(moment + step, "a mistake"),
    )
