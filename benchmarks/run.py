"""Runs benchmarks by name and keeps what they print in RESULTS.md, with date, machine, commit. Measures nothing itself.

A benchmark is a module ``benchmarks/<name>.py`` with a ``main()`` under ``if __name__ == "__main__"`` that prints a
Markdown table; what it says on standard error (progress) is not kept. One whose docstring begins with "Quick" is run
when no name is given.
"""

from __future__ import annotations

import ast
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"


def benchmarks() -> dict[str, str]:
    """Return each benchmark's name and the first line of its docstring, in order of name."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("*.py")):
        if path != Path(__file__) and not path.stem.startswith("_"):
            text = ast.get_docstring(ast.parse(path.read_bytes())) or ""
            found[path.stem] = text.partition("\n")[0]
    return found


def heading(name: str, arguments: list[str], now: datetime) -> str:
    """Return the lines above a result: what was run, when, on what."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()
    facts = (
        f"{now:%Y-%m-%d %H:%M} UTC",
        f"commit {commit or 'unknown'}",
        f"{os.cpu_count()} cores (load {os.getloadavg()[0]:.1f} before), {platform.machine()}, {platform.system()}",
        f"Python {platform.python_version()}",
    )
    return f"## {' '.join((name, *arguments))}\n\n{'; '.join(facts)}\n"


def run(name: str, arguments: list[str]) -> int:
    """Run one benchmark, show what it prints, append it to the results when it succeeded; return its exit status."""
    top = heading(name, arguments, datetime.now(UTC))
    print(top)
    lines: list[str] = []
    command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode == 0:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write(f"\n{top}\n{''.join(lines).rstrip()}\n")
    return process.returncode


def main() -> int:
    """Run the named benchmark with its arguments, or list all and run the quick ones."""
    known = benchmarks()
    name, *arguments = sys.argv[1:] or [""]
    if name in known:
        return run(name, arguments)
    for each, text in known.items():
        print(f"  {each:12} {text}")
    if name:
        print(f"There is no benchmark {name!r}.", file=sys.stderr)
        return 2
    return max([run(each, []) for each, text in known.items() if text.startswith("Quick")], default=0)


if __name__ == "__main__":
    sys.exit(main())
