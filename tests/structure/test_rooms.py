"""Who may stand on whom, where import-linter's contracts do not reach."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

CONTRACTLESS = {
    "events": "one function that takes a value; what draws it is tested by what it draws",
    "time": "one function that reads the clock",
    "cache": "two functions; the folder of derived results is its adapter",
    "derived": "one adapter so far",
    "language_model": "one adapter so far",
    "signing": "one adapter so far",
    "staff": "one adapter so far",
    "timestamps": "one adapter so far",
}
"""Ports without a contract suite in everyangle.testing, and why. A second adapter brings the suite."""

COMMAND_NEVER_IMPORTS = ("av", "numpy", "scipy", "sqlalchemy", "cryptography", "everyangle.adapters", "everyangle.sync")

COMMAND_LINES = 60
"""A command parses, calls, prints; what is longer than this does something else, too (docstrings count)."""


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted name of every module that is imported, at any depth of the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of the packages or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def room(package: Mapping[Path, ast.Module], name: str) -> dict[Path, ast.Module]:
    """Return the modules of one room."""
    return {path: tree for path, tree in package.items() if path.parts[0] == name}


def test_only_the_wiring_and_the_test_tools_name_adapters(package: Mapping[Path, ast.Module]) -> None:
    naming = {
        path.parts[0].removesuffix(".py")
        for path, tree in package.items()
        for module in imports(tree)
        if named(module, ("everyangle.adapters",))
    }
    assert naming <= {"app", "testing", "adapters"}


def test_the_program_runs_without_its_test_tools(package: Mapping[Path, ast.Module]) -> None:
    using = [
        path
        for path, tree in package.items()
        if path.parts[0] != "testing"
        and any(named(m, ("everyangle.testing", "pytest", "hypothesis")) for m in imports(tree))
    ]
    assert using == []


def test_what_benchmarks_share_with_tests_is_public(sources: Mapping[Path, ast.Module]) -> None:
    borrowed = [
        path
        for path, tree in sources.items()
        if path.parts[0] != "tests" and any(named(module, ("tests",)) for module in imports(tree))
    ]
    assert borrowed == []


def test_the_verifier_stands_alone(sources: Mapping[Path, ast.Module]) -> None:
    modules = set(imports(sources[Path("verifier/everyangle_verify.py")]))
    assert not [m for m in modules if named(m, ("everyangle", "cryptography", "numpy"))]


def test_commands_leave_the_work_to_stages(package: Mapping[Path, ast.Module]) -> None:
    busy = [
        f"{path}: {module}"
        for path, tree in room(package, "cli").items()
        for module in imports(tree)
        if named(module, COMMAND_NEVER_IMPORTS)
    ]
    assert busy == []


def test_commands_are_short(package: Mapping[Path, ast.Module]) -> None:
    long = [
        f"{path}:{node.name}"
        for path, tree in room(package, "cli").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > COMMAND_LINES
    ]
    assert long == []


def test_every_port_has_a_contract_that_any_adapter_can_be_held_to(package: Mapping[Path, ast.Module]) -> None:
    ports = {
        path.stem
        for path, tree in room(package, "ports").items()
        if any(isinstance(node, ast.ClassDef) and "Protocol" in map(ast.unparse, node.bases) for node in tree.body)
    }
    suites = [tree for path, tree in room(package, "testing").items() if path.stem.endswith("_contract")]
    held = {
        module.split(".")[2] for tree in suites for module in imports(tree) if module.startswith("everyangle.ports.")
    }
    assert ports - held <= CONTRACTLESS.keys() <= ports
