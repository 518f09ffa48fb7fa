"""Pure rooms take values and return values: no files, network, current time, environment or unseeded randomness.

import-linter forbids whole modules; this finds what a name alone does not tell: ``open``, ``datetime.now``, a random
generator without a seed, ``io.open`` beside the harmless ``io.BytesIO``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PURE_ROOMS = ("core", "record", "sync", "accounts", "capture", "redact", "dossier")

BUILTINS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
"""Built-in functions that reach outside."""

MODULES = {
    "asyncio", "ctypes", "fileinput", "ftplib", "getpass", "glob", "http", "importlib", "io", "logging", "mmap",
    "multiprocessing", "os", "pathlib", "pickle", "platform", "random", "resource", "secrets", "select",
    "shelve", "shutil", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib", "uuid", "warnings", "webbrowser",
}  # fmt: skip
"""Modules that reach outside, or keep state there."""

ALLOWED = {
    "io": {"BytesIO", "StringIO"},
    "pathlib": {"PurePath", "PurePosixPath"},
    "urllib": {"parse"},
    "uuid": {"UUID"},
}
"""The parts of those modules that are values only."""

ALLOWED_IN_ROOM = {("dossier", "importlib"): {"resources"}}
"""The page's own assets are part of the program, and are read as package resources."""

CALLS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "Path": {"cwd", "home"},
    "np": {"fromfile", "memmap", "loadtxt", "savetxt", "genfromtxt"},
    "random": {"seed", "rand", "randn", "randint", "random", "choice", "shuffle", "permutation", "normal", "uniform"},
}
"""Attributes that may not be called on these names (``random`` as in ``np.random``: the generator without a seed)."""

METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "tofile"}
"""Methods that touch files, whatever they are called on."""


def impurities(tree: ast.Module, room: str) -> Iterator[str]:
    """Yield what in a module reaches outside, as ``line: what``."""
    for node in ast.walk(tree):
        for what in _what(node, room):
            yield f"{getattr(node, 'lineno', 0)}: {what}"


def _what(node: ast.AST, room: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            module, _, rest = alias.name.partition(".")
            # "import io" alone is judged where it is used, below.
            if module in MODULES and not (_allowed(room, module) if not rest else {rest} <= _allowed(room, module)):
                yield f"import {alias.name}"
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        module, _, rest = node.module.partition(".")
        names = {rest} if rest else {alias.name for alias in node.names}
        if module in MODULES and not names <= _allowed(room, module):
            yield f"from {node.module} import {', '.join(sorted(names))}"
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module = node.value.id
        if module in MODULES and module in ALLOWED and node.attr not in _allowed(room, module):
            yield f"{module}.{node.attr}"
    elif isinstance(node, ast.Call):
        yield from _call(node)


def _allowed(room: str, module: str) -> set[str]:
    return ALLOWED.get(module, set()) | ALLOWED_IN_ROOM.get((room, module), set())


def _call(node: ast.Call) -> Iterator[str]:
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in BUILTINS:
            yield f"{function.id}()"
        if function.id == "default_rng" and not node.args and not node.keywords:
            yield "default_rng() without a seed"
    elif isinstance(function, ast.Attribute):
        owner = function.value
        name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
        if function.attr in CALLS.get(name, set()):
            yield f"{name}.{function.attr}()"
        if function.attr in METHODS and room_reads_files(owner):
            yield f".{function.attr}()"
        if function.attr == "default_rng" and not node.args and not node.keywords:
            yield "default_rng() without a seed"


def room_reads_files(owner: ast.expr) -> bool:
    """Whether a method is called on something other than a package resource (``resources.files(...) / name``)."""
    names = {node.id for node in ast.walk(owner) if isinstance(node, ast.Name)}
    return "resources" not in names


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_reaches_for_nothing_outside(package: Mapping[Path, ast.Module], room: str) -> None:
    found = [
        f"{path}:{what}" for path, tree in package.items() if path.parts[0] == room for what in impurities(tree, room)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "print('x')",
        "import os",
        "import os.path",
        "from os import environ",
        "from pathlib import Path",
        "import io\nio.open('x')",
        "from importlib import resources",
        "import time",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "import random",
        "import numpy as np\nnp.random.rand(3)",
        "import numpy as np\nnp.random.default_rng()",
        "from numpy.random import default_rng\ndefault_rng()",
        "import numpy as np\nnp.fromfile('x')",
        "import urllib.request",
        "def f(p): return p.read_bytes()",
    ],
)
def test_reaching_outside_is_noticed(source: str) -> None:
    assert list(impurities(ast.parse(source), "core")) != []


@pytest.mark.parametrize(
    "source",
    [
        "import io\nio.BytesIO(b'')",
        "from io import BytesIO",
        "from pathlib import PurePosixPath",
        "from urllib.parse import quote",
        "import numpy as np\nnp.random.default_rng(7)",
        "from datetime import UTC, datetime\ndatetime.fromtimestamp(0, UTC)",
    ],
)
def test_values_are_let_through(source: str) -> None:
    assert list(impurities(ast.parse(source), "core")) == []
