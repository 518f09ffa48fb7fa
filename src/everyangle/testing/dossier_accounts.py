"""A small ledger with everything that the accounts of a dossier can show: invented, about the tests' dossier.

Nothing was read or weighed for it: statements, positions and relations are written down as they shall be shown.
"""

from __future__ import annotations

from dataclasses import replace

from everyangle.core.accounts import AccountDocument, Act, Cue, DatedBy, Form, Passage, Span, Speaker, Statement
from everyangle.core.ids import Digest, ItemId
from everyangle.core.ledger import (
    Answer,
    Bearing,
    Claimed,
    Ledger,
    LedgerStatement,
    Measure,
    Moment,
    Party,
    Person,
    Position,
    Question,
    ReadAt,
    StatementRelation,
    key_of,
)
from everyangle.core.statement_ref import ref_of
from everyangle.core.weighing import (
    BearingKind,
    By,
    Edge,
    MeasureSort,
    QuestionSort,
    QuestionState,
    RelationKind,
    Slot,
    Stance,
)

AGENCY, FAMILY, POLICE, SHOP = "Border Agency", "Okafor family", "Wexbourne Police", "Alder Street shop"

RELEASE = (
    "The agency states that its officer stopped the vehicle at 10:04 and gave three clear orders.\n"
    "“At no time was anyone prevented from filming,” Capt. Ruth Amsel said. “Not once.” "
    "The agency declined to say how long its officers waited."
)
FAMILY_TEXT = "📣 Our son was told twice to stay in the car. 🚗 “They pushed my phone down,” Ada Okafor said."
UNSEEN = "Police do not know how many orders were given, a spokesman said."


def made_ledger(release: Digest, family: Digest, camera: ItemId) -> Ledger:
    """Return a ledger of two documents that the dossier holds and one that it does not.

    Args:
        release: digest of the agency's press release.
        family: digest of the family's statement.
        camera: the recording in which the moments were marked.
    """
    unseen = Digest("9" * 64)
    documents = (
        AccountDocument("release.html", release, RELEASE, "release", "Press release", AGENCY, published=_ON_FRIDAY),
        AccountDocument("family.html", family, FAMILY_TEXT, "statement", "Statement of the family"),
        AccountDocument("wire.txt", unseen, UNSEEN, "news", "A report that is not shown", "Courier"),
    )
    orders = _said(documents[0], ("stopped the vehicle at 10:04 and gave three clear orders",), AGENCY, "The agency")
    never = ("“At no time was anyone prevented from filming,”", "“Not once.”")
    free = _said(documents[0], never, AGENCY, "Capt. Ruth Amsel", "said")
    declined = _said(
        documents[0], ("how long its officers waited",), AGENCY, "The agency", "declined to say", act=Act.DECLINES
    )
    twice = _said(documents[1], ("Our son was told twice to stay in the car.",), FAMILY, "", own=True)
    phone = _said(documents[1], ("“They pushed my phone down,”",), FAMILY, "Ada Okafor", "said", known=True)
    unknown = _said(
        documents[2], ("how many orders were given",), POLICE, "a spokesman", "do not know", act=Act.DOES_NOT_KNOW
    )
    every = (orders, free, declined, twice, phone, unknown)
    return Ledger(
        documents=documents,
        statements=every,
        parties=_parties(every),
        questions=_questions(orders, free, declined, twice, phone, unknown),
        positions=_positions(orders, free, declined, twice, phone, unknown),
        relations=(
            StatementRelation(
                orders.key, twice.key, RelationKind.CONTRADICT, Slot.NUMBER, "three is not two", "1 order",
                By.PERSON, 33, "orders:how-many",
            ),
            StatementRelation(
                free.key, phone.key, RelationKind.LEAVES_OPEN, None, "neither settles it", question="film:whether"
            ),
        ),
        moments=(
            Moment(31, "second order", camera, 4.0, 5.0, 4.0, 5.0, 0.0, 0.2, why="Heard in two recordings."),
            Moment(32, "car door opens", camera, 9.5, 9.5, 9.5, 9.5, None, None, why="Seen."),
            Moment(35, "another evening", camera, 1.0, 1.0, None, None, None, None),
        ),
        measures=(
            Measure(
                36, MeasureSort.INTERVAL, "From order to door", (31, 32), (Edge.START, Edge.START), "wait:how-long",
                5.5, None, "5.5 s, error unknown", (), "The wait.",
            ),
            Measure(
                37, MeasureSort.COUNT, "Orders", (31,), (Edge.START,), "orders:how-many", 1.0, None, "1 moment",
                (
                    Claimed(orders.key, "three clear orders", 3.0, 3.0, fits=False, difference="measured 2 less"),
                    Claimed(twice.key, "twice", 2.0, None, fits=None),
                ),
            ),
        ),
        bearings=(
            Bearing(orders.key, BearingKind.CONTRADICTS, 31, None, By.PERSON, "It is the second and last order.", 34),
            Bearing(phone.key, BearingKind.CONTEXT, None, camera, By.PERSON, "The hand is seen.", 38),
        ),
        candidates=(Bearing(twice.key, BearingKind.CONTEXT, 32, None, By.MACHINE, "a door is named", None, 9.5),),
        hidden=(Question("x", "Hidden question", QuestionSort.WHETHER, ()),),
    )  # fmt: skip


def hostile_ledger(ledger: Ledger, text: str) -> Ledger:
    """Return the ledger with ``text`` wherever somebody's words can stand; what it says makes no sense any more."""
    spans = (Span(0, len(text)),)
    content = Passage(spans, text)
    return replace(
        ledger,
        documents=tuple(replace(d, text=text, title=text, publisher=text, author=text) for d in ledger.documents),
        statements=tuple(
            replace(
                one,
                party=text,
                speaker=text,
                said_at=text,
                statement=replace(one.statement, content=content, speaker=Speaker(content, text, text, text)),
            )
            for one in ledger.statements
        ),
        parties=tuple(
            replace(
                p,
                name=text,
                people=tuple(
                    replace(who, name=text, role=text, read_at=tuple(replace(at, words=text) for at in who.read_at))
                    for who in p.people
                ),
            )
            for p in ledger.parties
        ),
        questions=tuple(replace(q, title=text) for q in ledger.questions),
        positions=tuple(
            replace(p, party=text, answers=tuple(replace(a, words=text, since=text) for a in p.answers))
            for p in ledger.positions
        ),
        relations=tuple(replace(r, reason=text, difference=text) for r in ledger.relations),
        moments=tuple(replace(m, label=text, why=text) for m in ledger.moments),
        measures=tuple(
            replace(
                m,
                label=text,
                words=text,
                why=text,
                claims=tuple(replace(c, words=text, difference=text) for c in m.claims),
            )
            for m in ledger.measures
        ),
        bearings=tuple(replace(b, reason=text) for b in ledger.bearings),
        candidates=tuple(replace(b, reason=text) for b in ledger.candidates),
    )


_ON_FRIDAY = DatedBy("2025-05-03T18:00:00-05:00", "json-ld")


def _said(
    document: AccountDocument,
    words: tuple[str, ...],
    party: str,
    speaker: str,
    cue: str = "",
    *,
    act: Act = Act.ASSERTS,
    own: bool = False,
    known: bool = False,
) -> LedgerStatement:
    content = _passage(document.text, *words)
    statement = Statement(
        "s1",
        content,
        Form.DIRECT if own or words[0].startswith("“") else Form.INDIRECT,
        Speaker(_passage(document.text, speaker), speaker, None, party) if speaker else None,
        Cue(_passage(document.text, cue), act) if cue else None,
    )
    said = "2025-05-02" if known else document.published.value if document.published else ""
    ref = ref_of(document.digest, statement)
    return LedgerStatement(key_of(ref), document.digest, statement, party, speaker or party, said, known, own=own)


def _passage(text: str, *words: str) -> Passage:
    lower = text.lower()
    spans = tuple(Span(at, at + len(word)) for word in words for at in [lower.index(word.lower())])
    return Passage(spans, " ".join(text[span.start : span.end] for span in spans))


def _parties(every: tuple[LedgerStatement, ...]) -> tuple[Party, ...]:
    found = []
    for name in (AGENCY, SHOP, FAMILY, POLICE):
        keys = tuple(one.key for one in every if one.party == name)
        speakers = dict.fromkeys(one.speaker for one in every if one.party == name)
        people = tuple(
            Person(
                who, "captain" if "Capt." in who else "", name, keys, keys[:1], 39 if who == "Ada Okafor" else None,
                tuple(ReadAt(one.document, one.statement.content.spans[0], who) for one in every[:1] if "Capt." in who),
            )
            for who in speakers
        )  # fmt: skip
        found.append(Party(name, people, keys))
    return tuple(found)


def _questions(*every: LedgerStatement) -> tuple[Question, ...]:
    orders, free, declined, twice, phone, unknown = (one.key for one in every)
    return (
        Question(
            "orders:how-many", "How many orders were given?", QuestionSort.HOW_MANY, (orders, twice, unknown),
            QuestionState.PINNED, By.PERSON, entries=(30,),
        ),
        Question("film:whether", "Was filming prevented?", QuestionSort.WHETHER, (free, phone)),
        Question("wait:how-long", "How long did the officers wait?", QuestionSort.HOW_LONG, (declined,), open=True),
    )  # fmt: skip


def _positions(*every: LedgerStatement) -> tuple[Position, ...]:
    orders, free, declined, twice, phone, unknown = (one.key for one in every)
    answers: dict[tuple[str, str], tuple[Answer, ...]] = {
        ("orders:how-many", AGENCY): (Answer(Stance.ASSERTS, "three", "2025-05-03", (orders,)),),
        ("orders:how-many", FAMILY): (Answer(Stance.ASSERTS, "twice", "", (twice,)),),
        ("orders:how-many", POLICE): (Answer(Stance.DOES_NOT_KNOW, "", "", (unknown,)),),
        ("film:whether", AGENCY): (Answer(Stance.DENIES, "no", "2025-05-03", (free,)),),
        ("film:whether", FAMILY): (
            Answer(Stance.DOES_NOT_KNOW, "", "2025-05-01", ()),
            Answer(Stance.ASSERTS, "yes", "2025-05-02", (phone,)),
        ),
        ("wait:how-long", AGENCY): (Answer(Stance.DECLINES, "", "2025-05-03", (declined,)),),
    }
    silent = (Answer(Stance.SILENT, "", "", ()),)
    questions = ("orders:how-many", "film:whether", "wait:how-long")
    return tuple(
        Position(question, party, answers.get((question, party), silent))
        for question in questions
        for party in (AGENCY, SHOP, FAMILY, POLICE)
    )
