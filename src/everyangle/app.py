"""The wiring, and only the wiring: settings to adapters to the ports that stages take. Decides nothing else."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from everyangle.adapters.case_folder import case_to_verify, cases_below, is_case, new_case
from everyangle.adapters.case_folder import open_case as open_folder
from everyangle.adapters.clock_system import SystemClock
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.timestamps_rfc3161 import HttpAuthority
from everyangle.adapters.work_processes import ProcessWork
from everyangle.adapters.work_serial import SerialWork
from everyangle.adapters.work_threads import ThreadWork
from everyangle.core.errors import BadInputError, NotFoundError, StorageError
from everyangle.core.stated import USUAL, Hints
from everyangle.core.time import Instant, parse_instant
from everyangle.dossier.verdict import DossierVerdict
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Events, silent
from everyangle.ports.work import MEMORY, Memory, Work
from everyangle.record.verdict import Verdict
from everyangle.stages.audit import audit_case
from everyangle.stages.audit_dossier import audit_dossier, is_dossier
from everyangle.stages.preserve import init_case as init_stage

if TYPE_CHECKING:
    from everyangle.capture.limits import Limits
    from everyangle.core.alignment_json import Document
    from everyangle.core.statements_json import StatementsFile
    from everyangle.ports.language_model import LanguageModel
    from everyangle.ports.staff import StaffStore
    from everyangle.ports.workbench import Workbench
    from everyangle.stages.capture import Capture
    from everyangle.stages.capture_keep import Pace

# What takes long to load (decoders, databases, text and signal processing) is imported where it is used, so that
# commands which need none of it start at once.


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside.

    Attributes:
        home: folder of keys and of checkpoints seen (``EVERYANGLE_HOME``).
        catalogue: URL of the catalogue, or None for a file in the case (``EVERYANGLE_CATALOGUE``).
        work: URL of how to work, as :func:`work` takes it (``EVERYANGLE_WORK``).
        memory: what each process of the work should take at most (``EVERYANGLE_MEMORY``, in MiB).
    """

    home: Path
    catalogue: str | None
    work: str
    memory: Memory


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment makes."""
    given = os.environ if environment is None else environment
    default_home = Path(given.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "everyangle"
    return Settings(
        home=Path(given.get("EVERYANGLE_HOME") or default_home),
        catalogue=given.get("EVERYANGLE_CATALOGUE") or None,
        work=given.get("EVERYANGLE_WORK") or f"processes:{os.cpu_count() or 1}",
        memory=_memory(given.get("EVERYANGLE_MEMORY")),
    )


def _memory(said: str | None) -> Memory:
    if not said:
        return MEMORY
    if not said.isascii() or not said.isdecimal():
        raise BadInputError(
            "memory-unknown", f"{said!r} is no amount of memory.", todo="Set EVERYANGLE_MEMORY to MiB: 1024, say."
        )
    return Memory(int(said))


def _on_ray(rest: str) -> Work:
    from everyangle.adapters.work_ray import Local, RayWork, Running

    place, _, query = rest.partition("?")
    said = dict(urllib.parse.parse_qsl(query, strict_parsing=True)) if query else {}
    if place == "local":
        cluster: Local | Running = Local(int(said.pop("workers", os.cpu_count() or 1)))
    elif place.startswith("//"):
        cluster = Running(place.strip("/"), shared=said.pop("files", "sent") == "shared")
    else:
        raise ValueError(place)
    if said:
        raise ValueError(query)
    return RayWork(cluster)


_IN_WORKERS = ("everyangle.stages.align",)
"""What takes workers longest to load."""

_WORK: dict[str, Callable[[str], Work]] = {
    "serial": lambda _: SerialWork(),
    "processes": lambda count: ProcessWork(int(count.strip("/")), _IN_WORKERS),
    "ray": _on_ray,
}
"""Ways to work, by URL scheme."""


def work(url: str) -> Work:
    """Return the way to work that a URL names.

    ``serial:``, ``processes:N``, ``ray:local?workers=N`` (a cluster of this machine, for one run), ``ray://HOST:PORT``
    or ``ray://`` (a cluster that runs and that this machine has joined); ``?files=shared`` where all machines of the
    cluster see this one's files under the same paths.

    Raises:
        BadInputError: ``work-unknown``.
    """
    scheme, _, rest = url.partition(":")
    try:
        return _WORK[scheme](rest)
    except (KeyError, ValueError) as error:
        raise BadInputError(
            "work-unknown",
            f"{url!r} is no way to work.",
            todo="Give serial:, processes:4 (for four), ray:local?workers=4, ray://HOST:PORT or ray:// for a cluster.",
        ) from error


@contextmanager
def _at_work(jobs: int | None, url: str | None) -> Iterator[Work]:
    """Yield the way to work that was asked for, or else what the settings say, and leave it in order."""
    if jobs is not None and url is not None:
        raise BadInputError(
            "work-twice", "Both a number of processes and a way to work were given.", todo="Give --jobs or --work."
        )
    chosen = work(url or (settings().work if jobs is None else f"processes:{jobs}"))
    try:
        yield chosen
    finally:
        close = getattr(chosen, "close", None)
        if close is not None:
            close()


@dataclass(frozen=True, slots=True)
class Reader:
    """A language model to ask: its server's address, its name there, and how long one answer may take, in seconds."""

    url: str
    model: str
    timeout_s: float = 120.0


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


@contextmanager
def open_bench(
    folder: Path, *, jobs: int | None = None, work_url: str | None = None, events: Events = silent
) -> Iterator[Workbench]:
    """Yield the ports of an existing case at work.

    Args:
        folder: the case.
        jobs: how many processes, or None for what the settings say.
        work_url: how to work, as :func:`work` takes it, instead.
        events: takes progress.
    """
    from everyangle.adapters.catalogue_sql import SqlCatalogue
    from everyangle.adapters.documents_walled import WalledDocuments
    from everyangle.adapters.language_lazy import LazyLanguage
    from everyangle.adapters.media_pyav import PyavMedia
    from everyangle.ports.workbench import Workbench

    given = settings()
    with (
        open_case(folder) as case,
        closing(PyavMedia()) as media,
        closing(WalledDocuments()) as documents,
        _at_work(jobs, work_url) as at_work,
    ):
        catalogue = SqlCatalogue(given.catalogue or f"sqlite:///{(folder / 'catalogue.sqlite').absolute()}")
        try:
            yield Workbench(
                case=case,
                catalogue=catalogue,
                derived=FolderDerived(folder / "derived"),
                media=media,
                documents=documents,
                language=LazyLanguage(),
                work=at_work,
                waiting=ThreadWork(jobs or os.cpu_count() or 1),
                events=events,
                memory=given.memory,
            )
        finally:
            catalogue.close()


def align(
    paths: Sequence[Path],
    *,
    hints: Hints = USUAL,
    jobs: int | None = None,
    work_url: str | None = None,
    events: Events = silent,
) -> Document:
    """Align files without a case; sounds are kept in a temporary folder while it works."""
    from everyangle.adapters.media_pyav import PyavMedia
    from everyangle.stages.align_files import FilePorts, align_files

    with (
        tempfile.TemporaryDirectory(prefix="everyangle-") as temporary,
        closing(PyavMedia()) as media,
        _at_work(jobs, work_url) as at_work,
    ):
        ports = FilePorts(
            media=media,
            derived=FolderDerived(Path(temporary)),
            work=at_work,
            waiting=ThreadWork(jobs or os.cpu_count() or 1),
            events=events,
            memory=settings().memory,
        )
        return align_files(paths, ports, hints)


JOURNAL = "capture-journal"
"""Name of the journal's folder beside the cases."""


@contextmanager
def open_capture(root: Path, tell: Callable[..., None], *, limits: Limits, pace: Pace) -> Iterator[Capture]:
    """Yield live capture for the cases directly below a folder, not yet started.

    Args:
        root: holds cases, and the journal.
        tell: takes what happened: a word and fields.
        limits: what is taken.
        pace: when recordings become items.

    Raises:
        BadInputError: ``root-is-case``.
        NotFoundError: ``root-missing``.
        ConflictError: ``journal-locked``.
    """
    from everyangle.adapters.journal_folder import FolderJournal
    from everyangle.adapters.keys_server import server_keys
    from everyangle.adapters.media_pyav import PyavMedia
    from everyangle.stages.capture import Capture
    from everyangle.stages.capture_cases import Cases, Door
    from everyangle.stages.capture_derive import derive_copies
    from everyangle.stages.capture_intake import Intake
    from everyangle.stages.capture_keep import Keeper

    if is_case(root):
        raise BadInputError(
            "root-is-case",
            f"{root} is a case itself.",
            todo="Name the folder in which it lies: all cases in it are served.",
        )
    if not root.is_dir():
        raise NotFoundError("root-missing", f"{root} is no folder.", todo="Name a folder that holds cases.")
    home, clock = settings().home, SystemClock()

    def doors() -> dict[str, Door]:
        return {
            case: Door(case, folder.name, partial(open_folder, folder, home, clock, secrets.token_bytes))
            for case, folder in cases_below(root).items()
        }

    keys = server_keys(home, secrets.token_bytes)
    with closing(FolderJournal(root / JOURNAL)) as journal, closing(PyavMedia()) as media:
        intake = Intake(Cases(doors), journal, keys, clock, limits, tell)
        keeper = Keeper(intake, journal, clock, pace, partial(derive_copies, media), tell)
        yield Capture(intake, keeper, journal, clock, tell)


def staff_store() -> StaffStore:
    """Return where the accounts of the people of this server are kept."""
    from everyangle.adapters.staff_folder import FolderStaff

    return FolderStaff(settings().home)


def language_model(reader: Reader) -> LanguageModel:
    """Return the language model at a server; its key is taken from the environment variable EVERYANGLE_READER_KEY.

    Raises:
        BadInputError: ``reader-malformed``.
        RefusedError: ``reader-key-exposed``.
    """
    from everyangle.adapters.language_model_http import HttpLanguageModel

    key = os.environ.get("EVERYANGLE_READER_KEY", "")
    return HttpLanguageModel(reader.url, reader.model, key, reader.timeout_s)


def read(paths: Sequence[Path], reader: Reader | None = None, events: Events = silent) -> StatementsFile:
    """Read the statements in files without a case.

    Args:
        paths: the files.
        reader: a language model that proposes further statements.
        events: takes progress.
    """
    from everyangle.adapters.documents_walled import WalledDocuments
    from everyangle.adapters.language_lazy import LazyLanguage
    from everyangle.stages.read_files import ReadPorts, read_files

    model = None if reader is None else language_model(reader)
    with closing(WalledDocuments()) as documents:
        waiting = ThreadWork(os.cpu_count() or 1)
        return read_files(paths, ReadPorts(documents, LazyLanguage(), waiting, events, model))


def audit(folder: Path, *, key: str | None = None, events: Events = silent) -> Verdict | DossierVerdict:
    """Verify what a folder holds: a case or a dossier.

    Raises:
        NotFoundError: ``nothing-to-verify`` if it is neither.
    """
    if is_case(folder):
        case = case_to_verify(folder, settings().home, SystemClock(), secrets.token_bytes)
        return audit_case(case, key=key, events=events)
    if is_dossier(folder):
        return audit_dossier(folder, key=key, events=events)
    raise NotFoundError(
        "nothing-to-verify",
        f"{folder} is neither a case nor a dossier.",
        todo="Name a case's folder, or the folder that publish made.",
    )


def authorities(urls: Sequence[str]) -> list[HttpAuthority]:
    """Return the timestamping authorities at some URLs."""
    return [HttpAuthority(url) for url in urls]


def now() -> str:
    """Return the time in UTC, as logs write it."""
    return SystemClock().now().isoformat()


def until(text: str) -> Instant:
    """Return the instant that a text means: a time with its offset, or a span from now (``90m``, ``12h``, ``7d``).

    Raises:
        BadInputError: ``time-malformed``.
    """
    span = re.fullmatch(r"([0-9]{1,5})([mhd])", text)
    if span is None:
        return parse_instant(text)
    return Instant(SystemClock().now().us + int(span[1]) * {"m": 60, "h": 3600, "d": 86_400}[span[2]] * 1_000_000)


def lab_certificate(host: str) -> tuple[Path, Path]:
    """Return a self-made certificate and its key for trying things out, made when first asked for."""
    from everyangle.adapters.certificate_lab import lab_certificate

    return lab_certificate(settings().home / "lab", host)


def verifier() -> bytes:
    """Return the stand-alone verifier: from the installed package, or from the checkout that this runs in."""
    name = "everyangle_verify.py"
    checkout = Path(__file__).parents[2] / "verifier" / name
    installed = resources.files("everyangle.dossier").joinpath("assets", name)
    return checkout.read_bytes() if checkout.is_file() else installed.read_bytes()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageError: ``output-not-written``.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=".new-", delete=False) as out:
            out.write(data)
        Path(out.name).chmod(0o644)
        Path(out.name).replace(path)
    except OSError as error:
        raise StorageError("output-not-written", f"{path} could not be written: {error.strerror}.") from error
