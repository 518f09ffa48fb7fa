"""What kind of document a text is."""

from __future__ import annotations

import pytest

from everyangle.accounts.document_kind import kind_of_text

WORDS = "Officers waited in the street, and neighbours filmed.\n" * 6


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"FOR IMMEDIATE RELEASE\nMay 4, 2031\n{WORDS}Media contact: Pell Hargrave", "release"),
        (f"STATEMENT OF THE MARON FAMILY\n4 May 2031\n{WORDS}", "statement"),
        (f"Statement by Nuria Castellane, counsel for Joren Talvik\n{WORDS}", "statement"),
        ("CUSTODY RECORD\nRecord no.   C-31-0977\nName:  Joren\n20:31   Arrived.\n20:34   Checked.\n", "record"),
        (f"IN THE DISTRICT COURT OF MERROW\nCase no. 31-0977\n{WORDS}", "record"),
        ("Town hall, press conference\n" + "LOFTIN: We know.\nREPORTER: What?\n" * 3, "transcript"),
        ("Q: Where were you?\nA: At home.\n" + "Q: When?\nA: At eight.\n" * 3, "transcript"),
        (f"Driver held\nBy Ruth Immel\n{WORDS}", "news"),
        (f"PORT ELLERY (Example Press) — Officers waited.\n{WORDS}", "news"),
        (WORDS, "other"),
        ("", "other"),
    ],
)
def test_kinds_are_told_by_simple_evidence(text: str, kind: str) -> None:
    assert kind_of_text(text) == kind


REPORT = (
    "Officers waited in the street, said Ilse Maron, who filmed. “Nobody came,” she said. The agency denied it. "
    "“He was asked six times,” said its spokesman. “We were told to wait,” a neighbour said, and the family says "
    "“that is not true”.\n"
)
OWN = (
    "We waited in the street for our brother. They never showed us a warrant. I was filming, and my phone was taken.\n"
)


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        (REPORT * 2, "Agency stands by statement", "news"),
        (REPORT * 2, "Diary of the outpost contradicts police", "news"),
        (OWN * 3, "Statement on Orrin Street", "statement"),
        (f"Dear neighbours,\n{OWN * 3}", "", "statement"),
        (OWN * 3, "", "other"),
        (f"Incident log MC-117\n{'1120 Departed. 1340 Stopped, and the driver called the depot. ' * 4}", "", "record"),
        (
            f"Communiqué No. 88\n{'The ministry stopped a boat on the river, and nobody was hurt there. ' * 4}",
            "",
            "release",
        ),
    ],
)
def test_who_speaks_decides_where_headings_do_not(text: str, title: str, kind: str) -> None:
    assert kind_of_text(text, title) == kind


def test_an_article_that_mentions_a_statement_stays_news() -> None:
    assert kind_of_text(f"Agency stands by statement\n{WORDS}", news=True) == "news"
