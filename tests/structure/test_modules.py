"""Files are named for what they do, short, explained, and finished."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}

LONG = {Path("verifier/everyangle_verify.py"): 1500}
"""Files that may be longer than the others, and why: the verifier is one file, so that it can be read as one."""

LINES = 500
CODE = {".py", ".js", ".css", ".sh"}
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")


def handlers(tree: ast.Module) -> Iterator[ast.ExceptHandler]:
    """Yield every ``except`` clause."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether a clause catches ``Exception`` or more, and does not raise again."""
    caught = handler.type
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    names = {kind.id if isinstance(kind, ast.Name) else "" if kind else "BaseException" for kind in kinds}
    last = handler.body[-1]
    return bool(names & {"Exception", "BaseException"}) and not (isinstance(last, ast.Raise) and last.exc is None)


def test_no_module_has_a_name_that_says_nothing(sources: Mapping[Path, ast.Module]) -> None:
    vague = [path for path in sources if VAGUE & {*path.parts, path.stem}]
    assert vague == []


def test_no_file_needs_a_table_of_contents(texts: Mapping[Path, str]) -> None:
    lines = {path: text.count("\n") for path, text in texts.items() if path.suffix in CODE}
    too_long = {path: n for path, n in lines.items() if n > LONG.get(path, LINES)}
    assert too_long == {}


def test_every_module_says_what_it_is(sources: Mapping[Path, ast.Module]) -> None:
    silent = [path for path, tree in sources.items() if not ast.get_docstring(tree) and path.parts[0] != "tests"]
    assert silent == []


def test_errors_are_caught_narrowly(sources: Mapping[Path, ast.Module]) -> None:
    broad = [
        f"{path}:{handler.lineno}"
        for path, tree in sources.items()
        for handler in handlers(tree)
        if catches_everything(handler)
    ]
    assert broad == []


def test_catching_everything_is_noticed() -> None:
    source = "try: f()\nexcept {}: {}"
    judged = [
        next(catches_everything(handler) for handler in handlers(ast.parse(source.format(*parts))))
        for parts in (
            ("Exception", "pass"),
            ("(OSError, Exception)", "pass"),
            ("BaseException", "raise"),
            ("OSError", "0"),
        )
    ]
    assert judged == [True, True, False, False]


def test_nothing_is_left_to_do_in_a_comment(texts: Mapping[Path, str]) -> None:
    unfinished: list[str] = []
    for path, text in texts.items():
        if path.suffix == ".py":
            tokens = tokenize.generate_tokens(io.StringIO(text).readline)
            comments = [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]
        elif path.suffix in {".js", ".css", ".sh", ".md", ".toml"}:
            comments = list(enumerate(text.splitlines(), 1))
        else:
            continue
        unfinished += [f"{path}:{line}" for line, words in comments if any(mark in words for mark in UNFINISHED)]
    assert unfinished == []


CHILDREN = {"adapters/child.py"}
"""Run in a process of their own, which they end."""


def test_the_library_never_ends_the_program(package: Mapping[Path, ast.Module]) -> None:
    ends = [
        f"{path}:{node.lineno}"
        for path, tree in package.items()
        if path.parts[0] != "cli" and path.name != "__main__.py" and path.as_posix() not in CHILDREN
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"exit", "_exit"}
        and ast.unparse(node.value) in {"sys", "os"}
    ]
    assert ends == []
