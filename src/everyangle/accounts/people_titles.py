"""For whom people speak by the titles before their names and by their surnames, where no words beside them tell."""

from __future__ import annotations

import re

from everyangle.accounts.people_figures import Figure, Figures
from everyangle.accounts.people_roles import agency_of, of_role
from everyangle.accounts.people_words import COURTESY, FIELDS, KIN, OFFICES, POLICE
from everyangle.core.accounts import Span

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", re.UNICODE)


def rank(figures: Figures) -> None:
    """Fill in the roles and parties of a document's persons from their titles and surnames."""
    for figure in figures.persons:
        _by_title(figures, figure)
    _by_surname(figures)


def _by_title(figures: Figures, figure: Figure) -> None:
    titles = [title for title in figure.titles if title not in COURTESY]
    if titles and not figure.role:
        figure.role = " ".join(sorted(titles))
    figure.roles |= set(titles)
    if figure.party not in {"", "police"}:
        return
    if "attorney" in titles and "district" in titles:
        figure.party, figure.guessed = "district attorney", True
        return
    fields = [word for word in dict.fromkeys([*titles, *figure.role.lower().split()]) if word in FIELDS]
    if not set(titles) & {"commissioner", "superintendent"}:
        fields = [word for word in fields if word not in {"county", "city", "town", "district", "school", "schools"}]
    for title in titles:
        if title in POLICE and fields:
            figure.party = _of_field(figures, figure, fields)
        elif title in POLICE:
            kept = of_role(figures, [title], 1 << 30)
            figure.party = kept.party if kept else agency_of(figures, title)
        elif OFFICES.get(title):
            figure.party = OFFICES[title]
        if figure.party:
            figure.guessed = True
            figure.tie = Span(figure.places[0], figure.places[0] + 1) if figure.places else None
            return


def _of_field(figures: Figures, figure: Figure, fields: list[str]) -> str:
    """Return for whom a "labour officer" or a "fire chief" speaks: an organization of that field, or the field."""
    for word in fields:
        housed = [each for each in figures.organizations if word in each.words]
        if len(housed) == 1:
            return housed[0].party
    told = next((FIELDS[word] for word in fields if FIELDS[word]), "")
    before = figure.places[0] + 80 if figure.places else 1 << 30
    near = None if told else figures.nearest(before, figures.organizations)
    return told or (near.party if near else "")


def _by_surname(figures: Figures) -> None:
    """Put those without a party, who share a surname with one of a family, with that family."""
    bearers: dict[str, list[Figure]] = {}
    for each in figures.persons:
        if len(each.words) > 1 and "," not in each.name:
            bearers.setdefault(each.words[-1], []).append(each)
    kin = set(_WORD.findall(figures.document.text.lower())) & KIN
    for same in bearers.values():
        if len(same) > 1 and kin and all(each.party in {"", "family"} for each in same):
            for each in same:
                if not each.role or each.party:
                    each.party = "family"
    families = {each.words[-1] for each in figures.persons if each.party == "family" and len(each.words) > 1}
    for each in figures.persons:
        if not each.party and not each.role and each.words[-1] in families:
            each.party = "family"
