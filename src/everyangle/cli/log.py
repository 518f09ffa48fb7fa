"""``everyangle log``: the custody log for people."""

from __future__ import annotations

import json
import sys

from rich.console import Console
from rich.markup import escape

from everyangle import app
from everyangle.cli.options import AsJson, CasePath
from everyangle.core.ids import Digest, short
from everyangle.core.items import Name
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import Value
from everyangle.record.kinds import ItemReceived
from everyangle.record.words import describe, reason
from everyangle.stages.custody import Custody, custody


def log(case: CasePath, as_json: AsJson = False) -> None:
    """Show the custody log: who did what, when and why, entry by entry. Private fields show where they are open.

    Try it:

    everyangle log stop
    """
    with app.open_case(case) as ports:
        names = _names(ports)
        out = Console(highlight=False, soft_wrap=True)
        for act in custody(ports):
            if as_json:
                sys.stdout.write(_line(act, names) + "\n")
            else:
                out.print(_paragraph(act, names))


def _names(ports: CasePorts) -> dict[Digest, str]:
    """Return the first received name of each item."""
    names: dict[Digest, str] = {}
    for act in custody(ports):
        if isinstance(act.entry.body, ItemReceived):
            names.setdefault(act.entry.body.digest, act.entry.body.name.display)
    return names


def _paragraph(act: Custody, names: dict[Digest, str]) -> str:
    words = describe(act.entry, lambda item: names.get(item, short(item)))
    lines = [f"[bold]{act.index:>5}[/]  {act.entry.time.isoformat()}  {escape(words)}"]
    if reason(act.entry):
        lines.append(f"       why: {escape(reason(act.entry))}")
    lines += [f"       {field}: {escape(_text(value))}" for field, value in sorted(act.opened.items())]
    if act.withheld:
        lines.append(f"       [dim]withheld: {', '.join(act.withheld)}[/]")
    return "\n".join(lines)


def _line(act: Custody, names: dict[Digest, str]) -> str:
    return json.dumps(
        {
            "index": act.index,
            "time": act.entry.time.isoformat(),
            "clock": act.entry.time.clock,
            "kind": act.entry.kind,
            "words": describe(act.entry, lambda item: names.get(item, short(item))),
            "why": reason(act.entry),
            "private": {field: _text(value) for field, value in sorted(act.opened.items())},
            "withheld": list(act.withheld),
        }
    )


def _text(value: Value) -> str:
    return value.display if isinstance(value, Name) else Name(value.encode("utf-8", "surrogatepass")).display
