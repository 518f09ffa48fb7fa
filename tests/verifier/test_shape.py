"""The verifier is one file that any court's machine can run and any reader can read through."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def source(verifier_file: Path) -> str:
    return verifier_file.read_text(encoding="utf-8")


def test_it_is_shorter_than_1500_lines(source: str) -> None:
    assert source.count("\n") < 1500


def test_it_imports_the_standard_library_alone(source: str) -> None:
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            modules.add((node.module or "").split(".")[0])
    assert modules <= sys.stdlib_module_names
    assert "everyangle" not in modules


def test_it_can_reach_no_network_and_run_no_program(source: str) -> None:
    modules = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert modules.isdisjoint({"socket", "ssl", "http", "urllib", "subprocess", "ctypes", "importlib", "pickle"})
    called = {
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called.isdisjoint({"eval", "exec", "compile", "open", "__import__"})


def test_python_3_8_can_parse_it(source: str) -> None:
    ast.parse(source, feature_version=(3, 8))


def test_names_that_came_after_python_3_8_are_not_used_when_it_runs(source: str) -> None:
    tree = ast.parse(source)
    annotations = {
        id(part)
        for node in ast.walk(tree)
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if annotation is not None
        for part in ast.walk(annotation)
    }
    guarded = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for part in ast.walk(node)
    }
    subscripted = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"list", "dict", "tuple", "set", "frozenset", "type"}
        and id(node) not in annotations | guarded
    ]
    methods = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert subscripted == []
    assert methods.isdisjoint({"removeprefix", "removesuffix", "file_digest", "is_relative_to", "readlink", "pairwise"})
    assert "strict=" not in source


def test_it_explains_itself_and_ends_with_2_when_it_cannot_begin(verifier_file: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", os.fspath(verifier_file), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    described = run("--help")
    assert described.returncode == 0
    assert "--key" in described.stdout
    for arguments in ([str(tmp_path)], [str(tmp_path / "gone")], ["--nonsense"], [str(tmp_path), "--key", "nonsense"]):
        result = run(*arguments)
        assert result.returncode == 2
        assert result.stdout == ""
        assert result.stderr != ""
