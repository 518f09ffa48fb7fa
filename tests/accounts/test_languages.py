"""Telling languages apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The officers said that they had waited for about 25 minutes, and that no one was hurt.", "en"),
        ("La agencia dijo que los agentes esperaron en la calle y que no fue así por más de una hora.", "es"),
        ("A agência disse que os agentes não foram feridos e que a polícia esperou por mais de uma hora na rua.", "pt"),
        ("L'agenzia ha detto che gli agenti sono stati nella strada e che non è stato più di un controllo.", "it"),
        ("De politie zei dat het niet waar is en dat de agenten een uur voor het huis hebben gewacht.", "nl"),
        (
            "Agencja powiedziała, że nie jest to prawda i że policjanci byli na ulicy przez godzinę, ale z nakazem.",
            "pl",
        ),
        ("Поліція заявила, що офіцери чекали біля автомобіля двадцять п'ять хвилин і їхній ордер є чинним.", "uk"),
        ("המשטרה מסרה כי השוטרים המתינו ליד הרכב", "he"),
        ("Talvik Joren, 19:53, C-31-0977", ""),
        ("", ""),
    ],
)
def test_a_text_s_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_quotation_in_another_script_does_not_make_the_text_foreign() -> None:
    text = "The officer, who was there, said “не знаю” to the man, and he left with the others in the car."
    assert language_of(text) == "en"


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert len(language_of(text)) in (0, 2)
