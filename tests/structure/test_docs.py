"""Every command and option is documented, and the documentation names no command that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer.main

from everyangle.cli.main import app

Command = tuple[str, tuple[str, ...]]
"""A command's name, and the options it has: the long form where there is one."""

SELF_EXPLAINING = {"--help", "--install-completion", "--show-completion"}
NOT_COMMANDS = {"everyangle"}


def commands(group: object = None, before: str = "") -> Iterator[Command]:
    """Yield every command of the command line with its options, those of a group under both names."""
    for last, command in getattr(group or typer.main.get_command(app), "commands", {}).items():
        name = f"{before}{last}"
        yield from commands(command, f"{name} ") if hasattr(command, "commands") else ()
        forms = [[*param.opts, *param.secondary_opts] for param in command.params if param.param_type_name == "option"]
        options = (form for all_forms in forms for form in all_forms if form.startswith("--"))
        yield name, tuple(sorted(set(options) - SELF_EXPLAINING))


COMMANDS = dict(commands())


@pytest.fixture(scope="session")
def pages(texts: Mapping[Path, str]) -> list[str]:
    """The pages that teach the command line."""
    return [
        text for path, text in texts.items() if path.parent == Path("docs/howto") or path == Path("docs/commands.md")
    ]


def test_there_are_commands() -> None:
    assert {"init", "add", "build", "publish", "verify"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_are_documented(pages: list[str], name: str) -> None:
    about = "\n".join(page for page in pages if re.search(rf"everyangle {name}\b", page))
    assert about
    missing = [option for option in COMMANDS[name] if not re.search(rf"(?<![\w-]){option}(?![\w-])", about)]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_teaches_with_an_example(name: str) -> None:
    command: object = typer.main.get_command(app)
    for part in name.split():
        command = getattr(command, "commands", {})[part]
    words = f"{getattr(command, 'help', None) or ''}\n{getattr(command, 'epilog', None) or ''}"
    assert f"everyangle {name} " in words


def test_pages_name_only_commands_that_exist(texts: Mapping[Path, str]) -> None:
    lines = [line for path, text in texts.items() if path.suffix == ".md" for line in text.splitlines()]
    named = {match[1] for line in lines if (match := re.match(r" *\$? ?everyangle ([a-z-]+)", line))}
    assert named <= COMMANDS.keys()


def test_the_readme_says_how_to_begin(texts: Mapping[Path, str]) -> None:
    assert "script/demo" in texts[Path("README.md")]
