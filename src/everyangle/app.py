"""The wiring, and only the wiring: settings to adapters to the ports that stages take. Decides nothing else."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from everyangle.adapters.case_folder import is_case, new_case
from everyangle.adapters.case_folder import open_case as open_folder
from everyangle.adapters.catalogue_sql import SqlCatalogue
from everyangle.adapters.clock_system import SystemClock
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.documents_trafilatura import TrafilaturaDocuments
from everyangle.adapters.work_processes import ProcessWork
from everyangle.adapters.work_serial import SerialWork
from everyangle.core.errors import BadInputError
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Events, silent
from everyangle.ports.work import Work
from everyangle.ports.workbench import Workbench
from everyangle.stages.preserve import init_case as init_stage


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside.

    Attributes:
        home: folder of keys and of checkpoints seen (``EVERYANGLE_HOME``).
        catalogue: URL of the catalogue, or None for a file in the case (``EVERYANGLE_CATALOGUE``).
        work: URL of how to work: ``serial:`` or ``processes:N`` (``EVERYANGLE_WORK``).
    """

    home: Path
    catalogue: str | None
    work: str


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment makes."""
    given = os.environ if environment is None else environment
    default_home = Path(given.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "everyangle"
    return Settings(
        home=Path(given.get("EVERYANGLE_HOME") or default_home),
        catalogue=given.get("EVERYANGLE_CATALOGUE") or None,
        work=given.get("EVERYANGLE_WORK") or f"processes:{os.cpu_count() or 1}",
    )


_WORK: dict[str, Callable[[str], Work]] = {
    "serial": lambda _: SerialWork(),
    "processes": lambda count: ProcessWork(int(count)),
}
"""Ways to work, by URL scheme."""


def work(url: str) -> Work:
    """Return the way to work that a URL names.

    Raises:
        BadInputError: ``work-unknown``.
    """
    scheme, _, rest = url.partition(":")
    try:
        return _WORK[scheme](rest.strip("/"))
    except (KeyError, ValueError) as error:
        raise BadInputError(
            "work-unknown",
            f"{url!r} is no way to work.",
            todo=f"Name one of: {', '.join(f'{name}:' for name in _WORK)} (processes:4 for four).",
        ) from error


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was opened: its public key, and where its signing key is kept."""

    key: str
    key_folder: Path


def init_case(folder: Path, *, title: str, by: str | None = None) -> OpenedCase:
    """Open a new case in a folder.

    Raises:
        EveryAngleError: as ``new_case`` and ``init_case`` raise it.
    """
    given = settings()
    ports = new_case(folder, given.home, SystemClock(), secrets.token_bytes)
    opened = init_stage(ports, title, by=by)
    return OpenedCase(opened.key, given.home / "keys")


@contextmanager
def open_case(folder: Path) -> Iterator[CasePorts]:
    """Yield the ports of the record of an existing case."""
    yield open_folder(folder, settings().home, SystemClock(), secrets.token_bytes)
