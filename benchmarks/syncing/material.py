"""Real speech, music and sounds for made sets, out of Debian's packages; used by the benchmark, handed on to nobody.

Packages are brought in with ``apt-get download`` (a Debian or Ubuntu machine), refused where their SHA-256 is not the
one named here, unpacked with ``dpkg-deb``, and decoded once to 16 kHz in the benchmark's cache. Voices, songs and
sounds of development seeds are others than those of reporting seeds. Sirens, horns, dogs and birds stay synthesized.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from benchmarks.syncing.keep import say
from numpy.typing import NDArray

from everyangle.testing.collection.forms import decode
from everyangle.testing.collection.material import MATERIAL_HZ, Material, Synthesized, Track
from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.ready import REPORTING_FROM

LONGEST_S = {"voice": 12.0, "song": 180.0, "sound": 4.0}
SHORTEST_S = {"voice": 0.4, "song": 40.0, "sound": 0.05}


CHOICE = 2
"""Raised when the same packages come to be used in another way."""

SPEEDS = tuple(0.85 + 0.01 * n for n in range(32))
"""At which speeds recorded speech is played, one for each of so many incidents."""

PARTS = 3
"""Into how many parts a speaker's words are divided, one for each ``len(SPEEDS)`` incidents."""


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package: its name, version and SHA-256."""

    name: str
    version: str
    sha256: str


PACKAGES = (
    Package(
        "asterisk-core-sounds-en-g722",
        "1.6.1-1",
        "38c5261820b406dcb0ecb37675720da2b0864850690690352ca52707eb623806",
    ),
    Package(
        "asterisk-core-sounds-es-g722",
        "1.6.1-1",
        "e4e3b4281057d3b81b779298fd6be705f57411513955c518eed1bcaabbd615b8",
    ),
    Package(
        "asterisk-core-sounds-fr-g722",
        "1.6.1-1",
        "7add61d5e42279ecff1bbdf842a5a946ac3644fac9a0fe44384731aa7270c8e0",
    ),
    Package(
        "asterisk-core-sounds-it-g722",
        "1.6.1-1",
        "46b4cf7afc508a5fcfc051b7ea233251c0d195dd4ef83cc4b7facb4c6429b016",
    ),
    Package(
        "asterisk-core-sounds-ru-g722",
        "1.6.1-1",
        "673b4238a6b8269960f055d868c6a11083f7a0d00979167cb01554046b48ed9b",
    ),
    Package(
        "asterisk-moh-opsound-g722",
        "2.03-1.1",
        "8d6b39d6f2e8feff54a042c4a25e1b72f3e2478d05ee372c92f77446fa0b1671",
    ),
    Package(
        "fillets-ng-data-cs",
        "1.0.1-1.1",
        "3ecef99b9456f1c80c9625c6f2418642b52d58e7167a46bad7a412db17991b14",
    ),
    Package(
        "fillets-ng-data-nl",
        "1.0.1-1.1",
        "afb4443fda9ab507dee578b75be857d121718a1cd6017a474f30e0eb13dc9d10",
    ),
    Package(
        "wesnoth-1.16-music",
        "1:1.16.9-1",
        "f9bc3cde92b4ab30db5d7b85f89b4bcc3d788dd92602956d0347250850bf59bb",
    ),
    Package(
        "colobot-common-sounds",
        "0.2.0-2",
        "819e799542eac69c95b072567b5584eb3e0b2bb900de13efa3684915747b1644",
    ),
    Package(
        "minetest-data",
        "5.6.1+dfsg+~1.9.0mt8+dfsg-2",
        "91371dd2bd51cfcd4fa60c138667989a47047dfe1a47f7523b9ad1782d397585",
    ),
)
"""What is brought in; licences in docs/third-party.md."""

SOUNDS = {
    "slam": ("doors_", "default_chest"),
    "glass": ("default_break_glass", "default_tool_breaks"),
    "clatter": ("default_dug", "default_place_node_metal", "default_dig_metal", "xpanes_", "carts_"),
    "strike": ("default_hard", "default_metal_footstep", "default_dig_cracky", "sound0"),
}
"""Kinds of single sound, and how the files begin that hold them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sounds in one file of samples, one after another, and where each ends."""

    file: str
    ends: tuple[int, ...]


def digest() -> str:
    """Return a name for all that is brought in."""
    every = json.dumps([p.sha256 for p in PACKAGES]) + "2"
    return hashlib.sha256(every.encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Real:
    """Real speech and music, and single sounds where there are any; everything else is synthesized.

    Attributes:
        folder: where :func:`bring_in` put it.
        name: says what it is, with a digest.
        reporting: which half of the voices, songs and sounds.
    """

    folder: Path
    name: str
    reporting: bool

    def words(self, voice: int, number: int, seconds: float) -> Floats:
        """Return what a real speaker says, in about so many seconds.

        There are fewer words than a set needs. So that unrelated incidents never say the same by accident, each has
        a speed of its own out of ``SPEEDS``, and those that would share one say other words.
        """
        rng = np.random.default_rng([voice, 11])
        pools = _named(self.folder, "voice", reporting=self.reporting)
        name = pools[int(rng.integers(len(pools)))]
        speed, part = manner_of(voice // 100)
        whole = max(1, _count(self.folder, name) // PARTS)
        order = np.random.default_rng([voice, number, 12])
        pieces: list[Floats] = []
        made = 0.0
        while made < seconds * MATERIAL_HZ:
            piece = _at_speed(_pick(self.folder, name, PARTS * int(order.integers(whole)) + part), speed)
            pieces.append(piece / (np.max(np.abs(piece)) + 1e-9))
            made += len(piece)
        return np.concatenate(pieces)[: int(1.3 * seconds * MATERIAL_HZ)]

    def track(self, number: int) -> Track:
        """Return a real song."""
        names = _named(self.folder, "song", reporting=self.reporting)
        return Track(_pick(self.folder, names[number * 7919 % len(names)], 0))

    def sound(self, kind: str, number: int) -> Floats:
        """Return a real sound at a speed of its own where there are any of the kind, else a synthesized one."""
        names = [n for n in _named(self.folder, "sound", reporting=self.reporting) if n == f"sound {kind}"]
        if not names:
            return Synthesized().sound(kind, number)
        rng = np.random.default_rng([number, 13])
        found = _halves(_count(self.folder, names[0]))[self.reporting]
        piece = _pick(self.folder, names[0], found[int(rng.integers(len(found)))])
        return _at_speed(piece, float(rng.uniform(0.8, 1.2)))


def manner_of(incident: int) -> tuple[float, int]:
    """Return at which speed an incident's people speak, and which part of a speaker's words they say."""
    return SPEEDS[incident % len(SPEEDS)], incident // len(SPEEDS) % PARTS


def material_for(seed: int, keep: Path) -> Material:
    """Return real material for a seed, brought in if need be; synthesized where that fails, which is said."""
    try:
        folder = bring_in(keep)
    except (OSError, ValueError, subprocess.CalledProcessError) as failed:
        say(f"No real speech and music ({failed}); everything is synthesized.")
        return Synthesized()
    return Real(folder, f"debian-{digest()}-{CHOICE}", seed >= REPORTING_FROM)


def bring_in(keep: Path) -> Path:
    """Return the folder of decoded material, made if absent.

    Raises:
        ValueError: when a package is not the one that is named here.
        OSError: where there is no apt-get or no room.
        subprocess.CalledProcessError: when a package cannot be had.
    """
    folder = keep / "material" / digest()
    if (folder / "index.json").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    groups: dict[str, list[NDArray[np.int16]]] = {}
    for package in PACKAGES:
        say(f"material: {package.name}")
        for name, samples in _decoded(_package(package, keep / "packages")):
            groups.setdefault(name, []).append(samples)
    index = {}
    for number, (name, pieces) in enumerate(sorted(groups.items())):
        np.save(folder / f"{number}.npy", np.concatenate(pieces))
        ends = np.cumsum([len(piece) for piece in pieces])
        index[name] = {"file": f"{number}.npy", "ends": [int(end) for end in ends]}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def _package(package: Package, folder: Path) -> Path:
    """Return a package's file, fetched if absent, its digest checked."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package.name}.deb"
    if not path.exists():
        with TemporaryDirectory(dir=folder) as scratch:
            asked = f"{package.name}={package.version}"
            subprocess.run(["apt-get", "download", "-qq", asked], cwd=scratch, check=True, capture_output=True)
            next(Path(scratch).glob("*.deb")).replace(path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{path} has SHA-256 {found}, not {package.sha256}. Nothing was used. Delete it to try again.")
    return path


def _decoded(deb: Path) -> Iterator[tuple[str, NDArray[np.int16]]]:
    """Yield (group, samples) of each sound in a package, in order of their names."""
    with TemporaryDirectory() as scratch:
        subprocess.run(["dpkg-deb", "-x", str(deb), scratch], check=True)
        for path in sorted(p for p in Path(scratch).rglob("*") if p.suffix in {".g722", ".ogg", ".wav"}):
            group = group_of(path, deb.stem)
            if group is None or path.is_symlink():
                continue
            kind = group.split()[0]
            form = "g722" if path.suffix == ".g722" else None
            samples = _trimmed(decode(path.read_bytes(), MATERIAL_HZ, form=form))
            samples = samples[: int(LONGEST_S[kind] * MATERIAL_HZ)]
            if len(samples) >= SHORTEST_S[kind] * MATERIAL_HZ:
                yield group, np.round(np.clip(samples, -1, 1) * 32_767).astype(np.int16)


def group_of(path: Path, package: str) -> str | None:
    """Return which voice, song or kind of sound a file belongs to, or None for what is not used."""
    stem = path.stem
    if package.startswith("asterisk-core"):
        return None if "silence" in path.parts or stem.startswith(("beep", "tt-")) else f"voice {package.split('-')[3]}"
    if package.startswith("fillets"):
        parts = stem.split("-")
        speaker = parts[1] if len(parts) > 2 else ""
        return f"voice {package[-2:]}-{speaker}" if speaker in {"m", "v"} else None
    if package.startswith("minetest") or (package.startswith("colobot") and path.suffix == ".wav"):
        kinds = [kind for kind, begins in SOUNDS.items() if stem.startswith(begins)]
        return f"sound {kinds[0]}" if kinds else None
    return f"song {package} {stem}"


def _trimmed(samples: Floats) -> Floats:
    """Return samples without the silence around them."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * (np.max(np.abs(samples), initial=0) + 1e-9))
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def _at_speed(samples: Floats, speed: float) -> Floats:
    """Return samples played faster or slower, and so higher or lower."""
    positions = np.arange(0, len(samples) - 1, speed)
    return np.asarray(np.interp(positions, np.arange(len(samples)), samples), dtype=np.float64)


def _named(folder: Path, kind: str, *, reporting: bool) -> Sequence[str]:
    """Return the groups of a kind that a seed may use; all of single sounds, which are halved within each kind."""
    names = [name for name in _index(folder) if name.split()[0] == kind]
    if kind == "sound":
        return names
    ranked = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return ranked[reporting::2]


def _halves(count: int) -> tuple[Sequence[int], Sequence[int]]:
    """Return which of so many sounds are for development and which for reporting."""
    ranked = sorted(range(count), key=lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    return ranked[0::2], ranked[1::2]


def _count(folder: Path, name: str) -> int:
    return len(_index(folder)[name].ends)


def _pick(folder: Path, name: str, number: int) -> Floats:
    """Return one of a group's sounds, any number taken modulo their count."""
    row = _index(folder)[name]
    ends = row.ends
    which = number % len(ends)
    samples = _opened(folder / row.file)[ends[which - 1] if which else 0 : ends[which]]
    return samples.astype(np.float64) / 32_768


@cache
def _index(folder: Path) -> dict[str, Group]:
    said = json.loads((folder / "index.json").read_bytes())
    return {name: Group(row["file"], tuple(row["ends"])) for name, row in said.items()}


@cache
def _opened(path: Path) -> NDArray[np.int16]:
    return np.asarray(np.load(path, mmap_mode="r"))
