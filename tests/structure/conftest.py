"""What the tests of the house look at: the files of the checkout, and its Python sources as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_NOT_OURS = {"node_modules", "build", "dist", "demo", "__pycache__"}
_BINARY = {
    ".mp4",
    ".mov",
    ".mkv",
    ".webm",
    ".wav",
    ".opus",
    ".mp3",
    ".m4a",
    ".3gp",
    ".jpg",
    ".png",
    ".pdf",
    ".der",
    ".tsr",
}


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name not in {".ci", ".github"}
            if not (hidden or path.name in _NOT_OURS or path.name.endswith(".egg-info")):
                found += _walk(path)
        elif path.is_file() and path.name != ".git":  # a linked worktree has a file there
            found.append(path)
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's folder."""
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file of the checkout that is ours, absolute."""
    return _walk(ROOT)


@pytest.fixture(scope="session")
def texts(files: list[Path]) -> Mapping[Path, str]:
    """The text of every file that has one, by path relative to the checkout."""
    found: dict[Path, str] = {}
    for path in files:
        if path.suffix not in _BINARY:
            try:
                found[path.relative_to(ROOT)] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


@pytest.fixture(scope="session")
def sources(texts: Mapping[Path, str]) -> Mapping[Path, ast.Module]:
    """The syntax tree of every Python file, by path relative to the checkout."""
    return {path: ast.parse(text) for path, text in texts.items() if path.suffix == ".py"}


@pytest.fixture(scope="session")
def package(sources: Mapping[Path, ast.Module]) -> Mapping[Path, ast.Module]:
    """The syntax tree of every module of the package, by path relative to ``src/everyangle``."""
    home = Path("src/everyangle")
    return {path.relative_to(home): tree for path, tree in sources.items() if path.is_relative_to(home)}
