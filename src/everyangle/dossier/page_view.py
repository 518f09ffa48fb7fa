"""What the page's template shows, picked and put in words from a :class:`~everyangle.dossier.model.Dossier`.

No HTML here, and no escaping: the template does both.
"""

from __future__ import annotations

from collections.abc import Mapping

from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind
from everyangle.core.ledger import Ledger
from everyangle.core.outcomes import Support, conflict_words, supports, why_not
from everyangle.dossier import words
from everyangle.dossier.coverage import Coverage, coverage
from everyangle.dossier.evidence import FINDINGS
from everyangle.dossier.groups import Group, groups, timed
from everyangle.dossier.model import Dossier, ShownItem


def view(dossier: Dossier) -> Mapping[str, object]:
    """Return the template's variables by name."""
    every = groups(dossier)
    main = next((g for g in every if g.number == 0), Group(0, ()))
    cover = coverage(timed(main))
    return {
        "main": main.items,
        "strangers": [g for g in every if g.number != 0],
        "placed_items": main.items,
        "unplaced": [i for i in dossier.items if _unplaced(i)],
        "documents": [i for i in dossier.items if i.text is not None],
        "names": _names(dossier),
        "findings": FINDINGS,
        "rests": _rests(dossier),
        "why_not": why_not,
        "conflicts": [words.line(conflict_words(one, _plain_names(dossier))) for one in dossier.conflicts],
        "cover": cover,
        "cover_words": _cover_words(cover),
        "summary": _summary(dossier),
        "wall": _wall(dossier),
        "accounts": _accounts(dossier.accounts),
    }


def _accounts(ledger: Ledger | None) -> str:
    """Return what the accounts hold, in words; nothing where there are none."""
    if ledger is None or not ledger.statements:
        return ""
    parties = sum(1 for party in ledger.parties if party.name)
    documents = len({one.document for one in ledger.statements})
    parts = (
        words.count(len(ledger.questions), "question", "questions"),
        words.count(parties, "party", "parties"),
        words.count(len(ledger.statements), "statement", "statements"),
        words.count(documents, "document", "documents"),
    )
    return "{}, {}, {} in {}".format(*parts)


def _unplaced(item: ShownItem) -> bool:
    """Whether an item that has a time has no known place on the main clock."""
    if item.kind in {ItemKind.RECORDING, ItemKind.PHOTO}:
        return item.placement is None or bool(item.reason)
    return bool(item.reason)


def _rests(dossier: Dossier) -> dict[Digest, str]:
    """Return on what each recording's place rests, in words; nothing where sound gave it none."""
    found = supports([i.digest for i in dossier.items], dossier.alignments)
    return {i.digest: _support(found[i.digest]) for i in dossier.items}


def _support(one: Support) -> str:
    if not one.others:
        return ""
    others = words.count(one.others, "other recording", "other recordings")
    kinds = words.count(len(one.kinds), "kind of evidence", "kinds of evidence")
    circles = words.count(one.circles, "circle of three", "circles of three")
    return f"{others}, {kinds}, {circles if one.circles else 'no circle'}"


def _plain_names(dossier: Dossier) -> dict[str, str]:
    return {i.digest: i.name for i in dossier.items}


def _names(dossier: Dossier) -> dict[Digest, str]:
    return {i.digest: words.line(i.name) for i in dossier.items}


def _summary(dossier: Dossier) -> str:
    kinds = [i.kind for i in dossier.items]
    counts = (
        (ItemKind.RECORDING, "recording", "recordings"),
        (ItemKind.PHOTO, "photo", "photos"),
        (ItemKind.DOCUMENT, "document", "documents"),
        (ItemKind.OTHER, "other file", "other files"),
    )
    parts = [words.count(kinds.count(kind), one, many) for kind, one, many in counts if kind in kinds]
    return ", ".join(parts)


def _cover_words(cover: Coverage) -> str:
    if cover.span is None:
        return ""
    most = max(len(s.recordings) for s in cover.segments)
    gaps_s = sum(g.length_s for g in cover.gaps)
    start, end = words.clock_time(cover.span.start_s), words.clock_time(cover.span.end_s)
    begin = f"Between {start} and {end} of event time, {words.span(cover.span.length_s)}, at most "
    begin += f"{words.count(most, 'recording', 'recordings')} ran at once. "
    if not cover.gaps:
        return begin + "At every moment at least one was running."
    return (
        begin
        + f"In {words.count(len(cover.gaps), 'gap', 'gaps')}, together {words.span(gaps_s)}, nobody was recording."
    )


def _wall(dossier: Dossier) -> str:
    if dossier.tie is None:
        return ""
    return words.instant(dossier.tie.tie.instant, offset_min=words.utc_offset_min(dossier.tie.said))
