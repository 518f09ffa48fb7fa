"""``everyangle verify``: check a case or a dossier."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from everyangle import app
from everyangle.cli.exits import FAILED_CHECK, OK
from everyangle.cli.options import AsJson, Progress, Quiet
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.dossier.verdict import DossierVerdict
from everyangle.record.verdict import Consistent, ExistedBefore, Finding, SignedBy, Verdict

_SHOWN = 40


def verify(
    folder: Annotated[Path, typer.Argument(metavar="CASE|OUT", help="A case's folder, or a published dossier's.")],
    key: Annotated[
        str | None,
        typer.Option("--key", help="The public key that must have signed (or a file with it), learned from elsewhere."),
    ] = None,
    as_json: AsJson = False,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> int:
    """Check every byte and every entry. Exit status 0 only when everything holds, 1 when anything does not.

    Three answers are kept apart: is it consistent with itself, did this key sign it, and did it exist before a time.
    A dossier can be checked without this program too: python3 OUT/verify.py

    Try it:

    everyangle verify stop

    everyangle verify stop-dossier --key "everyangle/case-key/0a1b2c3d+…"
    """
    with progress(progress_style, quiet=quiet or as_json) as events:
        verdict = app.audit(folder, key=_key(key), events=events)
    if as_json:
        sys.stdout.write(json.dumps({"ok": verdict.ok, **asdict(verdict)}, indent=2, default=str) + "\n")
    elif not quiet:
        _tell(verdict)
    return OK if verdict.ok else FAILED_CHECK


def _key(given: str | None) -> str | None:
    """Return a key given as itself or as the file that holds it."""
    if given is None or "+" in given or not Path(given).is_file():
        return given
    return Path(given).read_text(encoding="utf-8", errors="replace").strip()


def _tell(verdict: Verdict | DossierVerdict) -> None:
    out = Console(highlight=False, soft_wrap=True)
    _consistent(out, verdict.consistent)
    _signed(out, verdict.signed)
    _existed(out, verdict.existed)
    if isinstance(verdict, DossierVerdict):
        published = verdict.published
        _answer(out, published.ok, "published", f"{published.files:,} files, as the log records it", published.findings)
    good = "[bold green]Everything checks.[/]"
    out.print(good if verdict.ok else "[bold red]This does not check. Do not rely on it.[/]")


def _consistent(out: Console, found: Consistent) -> None:
    held = f"{found.entries:,} entries, {found.blobs:,} files, {found.bytes:,} bytes hashed again"
    sealed = f"private fields: {found.openings_true:,} open and true, {found.openings_withheld:,} withheld"
    _answer(out, found.ok, "consistent", f"{held}; {sealed}", found.findings, found.notices)


def _signed(out: Console, found: SignedBy) -> None:
    whose = "the key that you gave" if found.given else "the key that it names itself (give --key to be sure whose)"
    _answer(out, found.ok, "signed", f"by {whose}: {found.key}", found.findings, found.notices)


def _existed(out: Console, found: ExistedBefore) -> None:
    if not found.stamps and not found.findings:
        out.print("[dim]not stamped[/]  no outside authority says since when it existed (everyangle stamp)")
        return
    _answer(out, found.ok, "existed", f"{len(found.stamps)} timestamps fit this log", found.findings)
    for stamp in found.stamps:
        when = "an unreadable time" if stamp.time is None else stamp.time.isoformat()
        out.print(f"             the first {stamp.size:,} entries existed by {when}, if this prints OK:")
        out.print(f"             {escape(stamp.command)}")


def _answer(
    out: Console, ok: bool, name: str, words: str, findings: Sequence[Finding], notices: Sequence[Finding] = ()
) -> None:
    verdict = "[green]yes[/]" if ok else "[bold red]NO[/] "
    out.print(f"{name:<12} {verdict}  {escape(words)}")
    for finding in findings[:_SHOWN]:
        out.print(f"             [red]{escape(str(finding))}[/]")
    if len(findings) > _SHOWN:
        out.print(f"             [red]and {len(findings) - _SHOWN} more[/]")
    for notice in notices[:_SHOWN]:
        out.print(f"             [dim]{escape(str(notice))}[/]")
