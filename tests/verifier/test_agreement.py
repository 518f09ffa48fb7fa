"""The package and the stand-alone verifier say the same of thousands of dossiers, and refuse every damaged one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from everyangle.testing.dossier_cases import SealedDossier, random_dossier
from everyangle.testing.dossier_damage import WHOLE_FILE, Damage
from everyangle.testing.dossier_edits import LESSENED, PROOF_EDITS

BASES = 60
"""Dossiers that are made; each is damaged in every way once."""

Judge = Callable[..., Any]

DAMAGES = (*WHOLE_FILE, *PROOF_EDITS)


@pytest.fixture(scope="module")
def dossiers() -> list[SealedDossier]:
    return [random_dossier(seed) for seed in range(BASES)]


def _name(damage: Damage) -> str:
    return getattr(damage, "__name__", "")


def test_a_whole_dossier_passes_both(judge: Judge, dossiers: list[SealedDossier]) -> None:
    for dossier in dossiers:
        assert judge(dossier.files, str(dossier.plan.key.public)).accepted == (True, True)


@pytest.mark.parametrize("damage", DAMAGES, ids=_name)
def test_a_damaged_dossier_is_refused_by_both_for_the_same_reasons(
    judge: Judge, dossiers: list[SealedDossier], damage: Damage
) -> None:
    rng = Random(_name(damage))
    tried = 0
    for seed, dossier in enumerate(dossiers):
        files = damage(dossier, rng)
        if files is None:
            continue
        tried += 1
        judgement = judge(files)
        assert judgement.accepted == (False, False), (seed, judgement)
        assert judgement.agree, (seed, judgement)
    assert tried > BASES // 5


@pytest.mark.parametrize("lessen", LESSENED, ids=_name)
def test_a_dossier_that_shows_less_still_passes_both(
    judge: Judge, dossiers: list[SealedDossier], lessen: Damage
) -> None:
    rng = Random(_name(lessen))
    results = [judge(files) for dossier in dossiers if (files := lessen(dossier, rng)) is not None]
    assert len(results) > BASES // 10
    assert {judgement.accepted for judgement in results} == {(True, True)}


def test_a_whole_dossier_under_another_key_than_the_trusted_one_is_refused_by_both(
    judge: Judge, dossiers: list[SealedDossier]
) -> None:
    stranger = str(random_dossier(10**6).plan.key.public)
    for dossier in dossiers[:20]:
        judgement = judge(dossier.files, stranger)
        assert judgement.accepted == (False, False)
        assert judgement.agree


def test_damage_in_two_places_is_refused_by_both(judge: Judge, dossiers: list[SealedDossier]) -> None:
    rng = Random("two places")
    for dossier in dossiers:
        files = None
        while files is None:
            first, second = rng.sample(WHOLE_FILE, 2)
            once = first(dossier, rng)
            twice = second(dossier, rng)
            files = once and twice and {**once, **{p: d for p, d in twice.items() if dossier.files.get(p) != d}}
        assert judge(files).accepted == (False, False)
