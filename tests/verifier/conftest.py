"""The stand-alone verifier, loaded as a module, and both judges of a dossier side by side."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from everyangle.dossier.verdict import Step
from everyangle.stages.audit_dossier import audit_dossier
from everyangle.testing.dossier_cases import write_dossier

VERIFIER = Path(__file__).parents[2] / "verifier" / "everyangle_verify.py"

STEP_OF_CODE = {
    "manifest": Step.MANIFEST,
    "files": Step.FILES,
    "proof": Step.PROOF,
    "checkpoint": Step.SEAL,
    "key": Step.KEY,
    "entries": Step.ENTRIES,
    "opened": Step.OPENED,
    "publication": Step.PUBLICATION,
    "cited": Step.CITED,
    "openings": Step.OPENINGS,
    "stamps": Step.STAMPS,
}


@dataclass(frozen=True)
class Judgement:
    """What both said: the steps at which each found something wrong."""

    package: frozenset[Step]
    verifier: frozenset[Step]

    @property
    def accepted(self) -> tuple[bool, bool]:
        """Whether the package and the verifier let the dossier pass."""
        return not self.package, not self.verifier

    @property
    def agree(self) -> bool:
        """Whether both refuse it, and for the same reasons, or both let it pass."""
        return self.package == self.verifier


Judge = Callable[..., Judgement]


@pytest.fixture(scope="session")
def verifier_file() -> Path:
    return VERIFIER


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("everyangle_verify", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def judge_folder(verifier: ModuleType) -> Judge:
    def judge(folder: Path, key: str | None = None) -> Judgement:
        verdict = audit_dossier(folder, key=key)
        trusted = None if key is None else verifier.read_key(key, "the key")
        check = verifier.Verification(folder, trusted)
        assert check.run() == all(c.result != "FAIL" for c in check.checks)
        failed = frozenset(STEP_OF_CODE[c.code] for c in check.checks if c.result == "FAIL")
        found = frozenset(Step(finding.code) for finding in verdict.findings)
        assert verdict.ok == (not found)
        return Judgement(found, failed)

    return judge


@pytest.fixture
def judge(judge_folder: Judge, tmp_path: Path) -> Judge:
    def judge_files(files: Mapping[str, bytes], key: str | None = None) -> Judgement:
        folder = tmp_path / "dossier"
        write_dossier(folder, files)
        try:
            return judge_folder(folder, key)
        finally:
            shutil.rmtree(folder)

    return judge_files
