"""What is installed is locked, hashed, the same everywhere, and accounted for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

LOCKS = ("run", "dev", "bench")
PIN = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def normal(requirement: str) -> str:
    """Return the normalised name that a requirement begins with."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def wanted(text: str) -> set[str]:
    """Return the names in a requirements file written by hand."""
    return {normal(line) for line in text.splitlines() if line and not line.startswith(("#", "-"))}


def pins(text: str) -> dict[str, str]:
    """Return the versions in a locked requirements file, by name."""
    return {match[1]: match[2] for match in PIN.finditer(text)}


@pytest.fixture(scope="session")
def locked(texts: Mapping[Path, str]) -> dict[str, dict[str, str]]:
    """The pins of each lock."""
    return {name: pins(texts[Path(f"requirements/{name}.txt")]) for name in LOCKS}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_nothing_but_versions_and_hashes(texts: Mapping[Path, str], name: str) -> None:
    assert PIN.sub("", texts[Path(f"requirements/{name}.txt")]) == ""


@pytest.mark.parametrize("name", LOCKS)
def test_all_that_is_wanted_is_locked(
    texts: Mapping[Path, str], locked: Mapping[str, Mapping[str, str]], name: str
) -> None:
    assert wanted(texts[Path(f"requirements/{name}.in")]) <= locked[name].keys()


def test_tests_run_with_the_versions_that_users_get(locked: Mapping[str, Mapping[str, str]]) -> None:
    assert locked["run"].items() <= locked["dev"].items()


def test_the_locks_follow_the_project_file(texts: Mapping[Path, str]) -> None:
    project = tomllib.loads(texts[Path("pyproject.toml")])
    run = {normal(r) for r in (*project["project"]["dependencies"], *project["build-system"]["requires"])}
    extras = {extra: {normal(r) for r in names} for extra, names in project["project"]["optional-dependencies"].items()}
    installed = run | extras["accounts"] | extras["documents"] | extras["serve"]
    assert wanted(texts[Path("requirements/run.in")]) == installed | {"editables"}
    assert extras["testing"] | extras["ray"] <= wanted(texts[Path("requirements/dev.in")])


def test_every_package_that_users_install_is_named_with_its_licence(
    texts: Mapping[Path, str], locked: Mapping[str, Mapping[str, str]]
) -> None:
    rows = re.findall(
        r"^\| *([A-Za-z0-9._-]+) *\| *([^|]+?) *\| *([^|]+?) *\|$", texts[Path("docs/third-party.md")], re.M
    )
    named = {normal(name): (licence, purpose) for name, licence, purpose in rows}
    assert {*locked["run"], "ray"} - named.keys() == set()
    assert not [name for name in locked["run"] if re.match(r"A?GPL", named[name][0])]
