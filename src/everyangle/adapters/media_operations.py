"""The operations of the media port as one table: a name and JSON in, JSON out, bytes into a sink.

Runs in whatever process calls it: in a child of its own (``child``) or right here (``media_inprocess``).
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import av
from av.error import FFmpegError

from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_pyav_filmstrip import filmstrip, photo
from everyangle.adapters.media_pyav_open import HOLDS, Item, out_of_memory
from everyangle.adapters.media_pyav_probe import probe
from everyangle.adapters.media_pyav_proxy import proxy
from everyangle.adapters.media_pyav_remux import remux
from everyangle.adapters.media_pyav_sound import sound
from everyangle.core.errors import BadInputError, LimitError, StorageError
from everyangle.core.media_json import media_info_json
from everyangle.ports.media import FilmstripSettings, Progress, ProxySettings

Json = dict[str, Any]
Operation = Callable[[Item, Mapping[str, Any], DescriptorFile, Progress], Json]


def perform(operation: str, settings: Mapping[str, Any], item: Item, sink: DescriptorFile, progress: Progress) -> Json:
    """Do one operation on one item and return what is known of the result; its bytes are in ``sink``.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
        StorageError: ``storage-full`` where the result finds no room, ``storage-failed`` for other failures below.
    """
    try:
        return _OPERATIONS[operation](item, settings, sink, progress)
    except (MemoryError, av.error.MemoryError) as error:
        raise out_of_memory(item) from error
    except OSError as error:
        raise _no_room(item, sink.failure or error) from error
    except FFmpegError as error:
        if sink.failure is not None:
            raise _no_room(item, sink.failure) from error
        raise BadInputError("media-unreadable", f"{item.label} cannot be decoded ({error}).", holds=HOLDS) from error


def _no_room(item: Item, error: OSError) -> Exception:
    if error.errno == errno.EFBIG:
        return LimitError("media-limit-output", f"What was made of {item.label} is larger than allowed.", holds=HOLDS)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            "storage-full", f"There is no room for what is made of {item.label}.", holds=HOLDS, todo="Make room."
        )
    return StorageError("storage-failed", f"Reading {item.label} or writing its result failed: {error}.", holds=HOLDS)


def _probe(item: Item, _settings: Mapping[str, Any], _sink: DescriptorFile, progress: Progress) -> Json:
    info: Json = json.loads(media_info_json(probe(item, progress)))
    return info


def _sound(item: Item, settings: Mapping[str, Any], sink: DescriptorFile, progress: Progress) -> Json:
    return asdict(sound(item, int(settings["rate_hz"]), sink, progress))


def _proxy(item: Item, settings: Mapping[str, Any], sink: DescriptorFile, progress: Progress) -> Json:
    wanted = ProxySettings(**settings["proxy"])
    return asdict(proxy(item, sink, wanted, str(settings["recipe"]), progress))


def _remux(item: Item, settings: Mapping[str, Any], sink: DescriptorFile, progress: Progress) -> Json:
    return asdict(remux(item, sink, settings, progress))


def _filmstrip(item: Item, settings: Mapping[str, Any], sink: DescriptorFile, progress: Progress) -> Json:
    strip = filmstrip(item, FilmstripSettings(**settings), progress)
    sink.write(strip.jpeg)
    return {name: value for name, value in asdict(strip).items() if name != "jpeg"}


def _photo(item: Item, settings: Mapping[str, Any], sink: DescriptorFile, _progress: Progress) -> Json:
    made = photo(item, int(settings["long_side"]))
    sink.write(made.jpeg)
    return {"width": made.width, "height": made.height}


_OPERATIONS: Mapping[str, Operation] = {
    "probe": _probe,
    "sound": _sound,
    "proxy": _proxy,
    "remux": _remux,
    "filmstrip": _filmstrip,
    "photo": _photo,
}
