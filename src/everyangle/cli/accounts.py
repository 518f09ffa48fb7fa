"""``everyangle accounts``: gathers the commands that weigh what documents say."""

from __future__ import annotations

import typer

from everyangle.cli import (
    accounts_apply,
    accounts_correct,
    accounts_export,
    accounts_group,
    accounts_import,
    accounts_judge,
    accounts_link,
    accounts_list,
    accounts_measure,
    accounts_moment,
    accounts_people,
    accounts_questions,
    accounts_show,
    accounts_withdraw,
)

group = typer.Typer(
    name="accounts",
    help="""Weigh what documents say: statements, questions, positions, relations, moments and measures.

    Every act of a person is an entry of the log and outranks the machine at every later build:

        everyangle accounts list stop

        everyangle accounts moment stop "window breaks" --at 3:02.0 --why "seen in two recordings"
    """,
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

for name, command in (
    ("list", accounts_list.show_list),
    ("show", accounts_show.show),
    ("questions", accounts_questions.questions),
    ("people", accounts_people.people),
    ("link", accounts_link.link),
    ("moment", accounts_moment.moment),
    ("measure", accounts_measure.measure),
    ("confirm", accounts_judge.confirm),
    ("reject", accounts_judge.reject),
    ("correct", accounts_correct.correct),
    ("party", accounts_correct.party),
    ("rename", accounts_group.rename),
    ("split", accounts_group.split),
    ("merge", accounts_group.merge),
    ("pin", accounts_group.pin),
    ("apply", accounts_apply.apply),
    ("export", accounts_export.export),
    ("import", accounts_import.import_statements),
    ("withdraw", accounts_withdraw.withdraw),
):
    group.command(name)(command)
