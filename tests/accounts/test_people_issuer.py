"""Every person and place here is invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.people_issuer import Issuer, cased, issuer


def test_a_letterhead_and_a_field_tell_who_issues_a_record() -> None:
    text = "WEXMERE POLICE DEPARTMENT\nSupplementary statement\nOfficer:    Sergeant Dana Whitlock, badge 7\n\nI came."
    assert issuer(text) == Issuer("Wexmere Police Department", "Sergeant Dana Whitlock, badge 7")


def test_a_family_issues_its_statement_and_the_signature_is_whose_words_they_are() -> None:
    text = "STATEMENT OF THE TALVER FAMILY\n18 April 2031\n\nThey never showed it.\n\nMira Talver, for our mother\n"
    assert issuer(text) == Issuer("", "Mira Talver, for our mother", family=True)


def test_a_heading_names_the_author() -> None:
    text = "OPEN STREET COUNSEL\nStatement by Nuria Castell, counsel for Joren Talver\n\nWe have seen four recordings."
    assert issuer(text) == Issuer("Open Street Counsel", "Nuria Castell, counsel for Joren Talver")


def test_what_says_nothing_of_its_issuer_has_none() -> None:
    assert issuer("It rained.\nIt was late.\n") == Issuer()


def test_capitals_become_ordinary_letters() -> None:
    assert cased("DEPARTMENT OF WATERS") == "Department of Waters"
    assert cased("Department of Waters") == "Department of Waters"


@given(st.text())
def test_any_text_has_an_issuer_or_none(text: str) -> None:
    assert isinstance(issuer(text), Issuer)
