"""Seeing: what the page needs of each recording and photo: a copy that browsers play, a waveform, a filmstrip."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from everyangle.core.errors import EveryAngleError
from everyangle.core.items import ItemKind
from everyangle.core.waveform import peak_levels
from everyangle.ports.events import Advanced, Finished, Started, Warned
from everyangle.ports.media import FilmstripSettings, ProxySettings
from everyangle.ports.workbench import Workbench
from everyangle.stages.examine import Examined
from everyangle.stages.footage import footage
from everyangle.stages.sounds import load_sound
from everyangle.sync import RATE_HZ

STEP = "copies"

PEAKS_HZ = 50
PHOTO_SIDE = 1600
PROXY = ProxySettings()
FILMSTRIP = FilmstripSettings()


@dataclass(frozen=True, slots=True)
class Strip:
    """A filmstrip in the cache: where the picture lies, and its geometry as in ``ports.media.Filmstrip``."""

    path: Path
    columns: int
    count: int
    tile_width: int
    tile_height: int
    first_s: float
    step_s: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page can show of an item.

    Attributes:
        copy: where the copy that browsers play or show lies, or None.
        recipe: what made the copy.
        media_type: of the copy.
        levels: waveform of :data:`PEAKS_HZ` levels a second, or None without sound.
        strip: filmstrip, or None without picture.
    """

    copy: Path | None = None
    recipe: str = ""
    media_type: str = ""
    levels: bytes | None = None
    strip: Strip | None = None


def see(items: Sequence[Examined], bench: Workbench) -> None:
    """Make what the page needs of every recording and photo, as far as it is not there yet.

    What fails for one item is told as a warning, and the page goes without.
    """
    shown = [one for one in items if one.kind in (ItemKind.RECORDING, ItemKind.PHOTO)]
    bench.events(Started(STEP, len(shown)))
    for one, problems in zip(shown, bench.waiting.map(lambda one: _make(one, bench), shown), strict=True):
        for error in problems:
            bench.events(Warned(error.code, str(error)))
        bench.events(Advanced(STEP, 1, one.item.name))
    bench.events(Finished(STEP))


def seen(one: Examined, bench: Workbench) -> Seen:
    """Return what was made of an item; what is not in the cache is left out."""
    keys = _Keys(one, bench)
    if one.kind is ItemKind.PHOTO:
        return Seen(bench.derived.path(keys.photo), keys.photo_recipe, "image/jpeg")
    copy = bench.derived.path(keys.proxy)
    facts = bench.derived.get(keys.proxy + " facts")
    recipe = keys.proxy_recipe if facts is None else str(json.loads(facts)["recipe"])
    return Seen(copy, recipe, "video/mp4", bench.derived.get(keys.peaks), _strip(keys, bench))


class _Keys:
    """The names under which an item's results are kept."""

    def __init__(self, one: Examined, bench: Workbench) -> None:
        recipe = bench.media.recipe
        self.proxy_recipe = recipe("proxy", **asdict(PROXY))
        self.photo_recipe = recipe("photo", long_side=PHOTO_SIDE)
        self.proxy = f"proxy/1 {self.proxy_recipe} {one.item.id}"
        self.photo = f"photo/1 {self.photo_recipe} {one.item.id}"
        self.strip = f"filmstrip/1 {recipe('filmstrip', **asdict(FILMSTRIP))} of {self.proxy}"
        self.peaks = f"peaks/1 {PEAKS_HZ} {recipe('sound', rate_hz=RATE_HZ)} {one.item.id}"


def _make(one: Examined, bench: Workbench) -> list[EveryAngleError]:
    keys = _Keys(one, bench)
    steps = [_make_photo] if one.kind is ItemKind.PHOTO else [_make_proxy, _make_peaks, _make_strip]
    problems: list[EveryAngleError] = []
    for step in steps:
        try:
            step(one, keys, bench)
        except EveryAngleError as error:
            problems.append(error)
    return problems


def _make_proxy(one: Examined, keys: _Keys, bench: Workbench) -> None:
    if bench.derived.path(keys.proxy) is not None:
        return
    facts: dict[str, object] = {}
    with footage(one.item.id, bench) as source:
        bench.derived.make(
            keys.proxy,
            lambda sink: facts.update(asdict(bench.media.proxy(source, sink, PROXY, label=one.item.name))),
        )
    bench.derived.put(keys.proxy + " facts", json.dumps(facts).encode())


def _make_peaks(one: Examined, keys: _Keys, bench: Workbench) -> None:
    if not one.has_sound or bench.derived.path(keys.peaks) is not None:
        return
    samples = load_sound(one, bench)
    bench.derived.put(keys.peaks, peak_levels(samples, RATE_HZ, PEAKS_HZ))


def _make_strip(one: Examined, keys: _Keys, bench: Workbench) -> None:
    copy = bench.derived.path(keys.proxy)
    if copy is None or one.info is None or one.info.video is None or bench.derived.path(keys.strip) is not None:
        return
    with copy.open("rb") as source:
        strip = bench.media.filmstrip(source, FILMSTRIP, label=one.item.name)
    facts = {name: value for name, value in asdict(strip).items() if name != "jpeg"}
    bench.derived.put(keys.strip + " facts", json.dumps(facts).encode())
    bench.derived.put(keys.strip, strip.jpeg)


def _make_photo(one: Examined, keys: _Keys, bench: Workbench) -> None:
    if bench.derived.path(keys.photo) is not None:
        return
    with footage(one.item.id, bench) as source:
        bench.derived.put(keys.photo, bench.media.photo(source, PHOTO_SIDE, label=one.item.name).jpeg)


def _strip(keys: _Keys, bench: Workbench) -> Strip | None:
    path, facts = bench.derived.path(keys.strip), bench.derived.get(keys.strip + " facts")
    return None if path is None or facts is None else Strip(path, **json.loads(facts))
