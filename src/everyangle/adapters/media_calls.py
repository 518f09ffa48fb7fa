"""The media port's methods over one way to run an operation. Knows no FFmpeg and no processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

import numpy as np

from everyangle.adapters.media_recipes import recipe
from everyangle.core.items import MediaInfo
from everyangle.core.media_json import media_info_from_json
from everyangle.ports.media import (
    Filmstrip,
    FilmstripSettings,
    Part,
    Photo,
    Progress,
    ProxyInfo,
    ProxySettings,
    RemuxInfo,
    Sound,
    ignore,
)

Json = dict[str, Any]


class MediaCalls(ABC):
    """Every method of :class:`~everyangle.ports.media.Media`; a subclass says where operations run."""

    @abstractmethod
    def run(
        self, operation: str, settings: Mapping[str, Any], source: int, sink: int, label: str, progress: Progress
    ) -> Json:
        """Run an operation of ``media_operations``; ``source`` and ``sink`` are descriptors."""

    def recipe(self, operation: str, **parameters: object) -> str:
        """Return what makes the result of an operation."""
        return recipe(operation, **parameters)

    def probe(self, source: BinaryIO, *, label: str) -> MediaInfo:
        """Return what the bytes hold."""
        with tempfile.TemporaryFile() as unused:
            found = self.run("probe", {}, source.fileno(), unused.fileno(), label, ignore)
        return media_info_from_json(json.dumps(found).encode())

    def sound(self, source: BinaryIO, rate_hz: int, *, label: str, progress: Progress = ignore) -> Sound:
        """Return the sound; its samples lie in an unlinked file and are read on demand."""
        with tempfile.TemporaryFile() as scratch:
            found = self.run("sound", {"rate_hz": rate_hz}, source.fileno(), scratch.fileno(), label, progress)
            samples = np.memmap(scratch, np.float32, "r")
        spans = tuple((int(begin), int(end)) for begin, end in found["spans"])
        return Sound(samples, rate_hz, spans, tuple(map(str, found["warnings"])))

    def proxy(
        self, source: BinaryIO, sink: BinaryIO, settings: ProxySettings, *, label: str, progress: Progress = ignore
    ) -> ProxyInfo:
        """Write a copy that browsers play into ``sink``; its position is then at the end."""
        made_by = recipe("proxy", **asdict(settings))
        wanted = {"proxy": asdict(settings), "recipe": made_by}
        sink.flush()
        if fcntl.fcntl(sink, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR:
            found = self.run("proxy", wanted, source.fileno(), sink.fileno(), label, progress)
            sink.seek(0, os.SEEK_END)
        else:
            with tempfile.TemporaryFile() as scratch:
                found = self.run("proxy", wanted, source.fileno(), scratch.fileno(), label, progress)
                scratch.seek(0)
                shutil.copyfileobj(scratch, sink)
        return ProxyInfo(**{**found, "warnings": tuple(map(str, found["warnings"]))})

    def remux(
        self, source: BinaryIO, sink: BinaryIO, parts: Sequence[Part], *, label: str, progress: Progress = ignore
    ) -> RemuxInfo:
        """Join files that lie one behind the other."""
        wanted = {"parts": [asdict(part) for part in parts], "recipe": recipe("remux")}
        sink.flush()
        found = self.run("remux", wanted, source.fileno(), sink.fileno(), label, progress)
        sink.seek(0, os.SEEK_END)
        return RemuxInfo(**{**found, "warnings": tuple(map(str, found["warnings"]))})

    def filmstrip(
        self, source: BinaryIO, settings: FilmstripSettings, *, label: str, progress: Progress = ignore
    ) -> Filmstrip:
        """Return pictures at even steps of media time."""
        found, jpeg = self._picture("filmstrip", asdict(settings), source, label, progress)
        return Filmstrip(jpeg, **found)

    def photo(self, source: BinaryIO, long_side: int, *, label: str) -> Photo:
        """Return a photo, or a recording's first picture, for the web."""
        found, jpeg = self._picture("photo", {"long_side": long_side}, source, label, ignore)
        return Photo(jpeg, **found)

    def _picture(
        self, operation: str, settings: Mapping[str, Any], source: BinaryIO, label: str, progress: Progress
    ) -> tuple[Json, bytes]:
        with tempfile.TemporaryFile() as scratch:
            found = self.run(operation, settings, source.fileno(), scratch.fileno(), label, progress)
            scratch.seek(0)
            return found, scratch.read()
