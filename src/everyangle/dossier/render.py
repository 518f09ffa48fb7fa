"""The dossier's page: values in, files out.

Everything that can be read without a script is HTML, escaped by the template engine; the player and the timeline read
``data/dossier.js``; waveforms are loaded when wanted. The page fetches nothing: its own policy forbids it. Media,
originals, filmstrips, proofs and the verifier are not made here; they lie beside the page where its paths say.
"""

from __future__ import annotations

import re
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from everyangle.core.errors import BadInputError
from everyangle.core.items import ItemKind
from everyangle.dossier import words
from everyangle.dossier.accounts_data import accounts_files, has_accounts
from everyangle.dossier.evidence import evidence, evidence_path
from everyangle.dossier.json_script import entry_script, script
from everyangle.dossier.model import Dossier
from everyangle.dossier.page_data import page_data, peaks_path, peaks_script
from everyangle.dossier.page_view import view

STYLES = ("base.css", "text.css", "player.css", "timeline.css", "evidence.css", "print.css")
"""Style sheets, in the order in which they apply."""

SCRIPTS = (
    "theme.js", "namespace.js", "clock.js", "follow.js", "moment.js", "ruler.js", "dom.js", "paint.js", "datafile.js",
    "peaks.js", "scope.js", "copy.js", "session.js", "follower.js", "tiles.js", "transport.js", "player.js", "lanes.js",
    "pictures.js", "evidence.js", "pointing.js", "timeline.js", "keys.js", "proofs.js", "opening.js", "app.js",
)  # fmt: skip
"""Scripts, in the order in which they run; the first one before anything is drawn."""

ACCOUNTS = (
    "accounts.css", "accounts-index.js", "accounts-words.js", "accounts-parts.js", "accounts-matrix.js",
    "accounts-question.js", "accounts-statement.js", "accounts-parties.js", "accounts-measured.js", "accounts.js",
)  # fmt: skip
"""What shows the accounts, in the order in which it applies; loaded when they are first seen."""

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
    "media-src 'self' file:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types everyangle"
)
"""The page's own Content-Security-Policy: files of this folder, nothing inline, nothing from anywhere else.

``file:`` stands beside ``'self'`` because browsers differ in whether a page opened by double click has a self; a page
served over HTTP cannot reach ``file:`` anyway.
"""

_SAFE_PATH = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")


def render(dossier: Dossier) -> dict[str, bytes]:
    """Return the page's files by their path in the dossier.

    Raises:
        BadInputError: ``dossier-path-unsafe`` if a path of the dossier could leave its folder or name a protocol.
    """
    for path in _paths(dossier):
        safe_path(path)
    files = {f"assets/{name}": _asset(name) for name in (*STYLES, *SCRIPTS, "icon.svg")}
    files["index.html"] = _page(dossier)
    files["data/dossier.js"] = script("EVERYANGLE_DATA", page_data(dossier))
    files |= {peaks_path(item): peaks_script(item) for item in dossier.items if item.peaks is not None}
    for item in dossier.items:
        beside = evidence_path(item)
        if beside is not None:
            files[beside] = entry_script("EVERYANGLE_EVIDENCE", item.digest, evidence(dossier, item))
    if has_accounts(dossier):
        files |= {f"assets/{name}": _asset(name) for name in ACCOUNTS} | accounts_files(dossier)
    return files


def safe_path(path: str) -> str:
    """Return ``path`` if it stays within the dossier.

    Raises:
        BadInputError: ``dossier-path-unsafe``.
    """
    if not _SAFE_PATH.fullmatch(path):
        raise BadInputError(
            "dossier-path-unsafe",
            f"{path[:200]!r} cannot stand in a dossier.",
            holds="Nothing was written.",
            todo="Use relative paths of ASCII letters, digits, '.', '_' and '-', separated by '/'.",
        )
    return path


def _paths(dossier: Dossier) -> list[str]:
    found: list[str] = []
    for item in dossier.items:
        found.append(item.original)
        found += [d.path for d in item.derivatives]
        found += [item.plays] if item.plays else []
        found += [item.filmstrip.path] if item.filmstrip else []
    return found


def _asset(name: str) -> bytes:
    """Return a file of the page's own code; part of this program, not of anyone's case."""
    return resources.files("everyangle.dossier").joinpath("assets", name).read_bytes()


def _page(dossier: Dossier) -> bytes:
    environment = Environment(
        loader=PackageLoader("everyangle.dossier", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": words.line,
        "paragraphs": words.paragraphs,
        "size": words.size,
        "span": words.span,
        "error": words.error,
        "instant": words.instant,
        "placed": words.placed,
        "drift": words.drift,
        "about": words.about,
        "count": words.count,
        "capital": words.capital,
        "path": safe_path,
    }
    template = environment.get_template("page.html.j2")
    text = template.render(
        dossier=dossier,
        policy=POLICY,
        styles=[f"assets/{name}" for name in STYLES],
        scripts=["assets/" + SCRIPTS[0], "data/dossier.js", "proof/proof.js", *("assets/" + s for s in SCRIPTS[1:])],
        moment=_moment,
        kinds={
            ItemKind.RECORDING: "Recording",
            ItemKind.PHOTO: "Photo",
            ItemKind.DOCUMENT: "Document",
            ItemKind.OTHER: "File",
        },
        **view(dossier),
    )
    return text.encode("utf-8")


def _moment(t_s: float) -> Markup:
    """Return a link that brings the player to a moment of the main clock."""
    return Markup('<a class="moment" href="#t={}">{}</a>').format(f"{t_s:.2f}", words.clock_time(t_s))
