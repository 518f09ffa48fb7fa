"""What a child does with a recording or photo: one operation of the media port. The wall around it is in ``child``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from everyangle.adapters.child import Told
from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_operations import perform as perform_operation
from everyangle.adapters.media_pyav_open import Item


def perform(request: Mapping[str, Any], tell: Told, source: int, sink: int) -> object:
    """Do the operation that a request of :class:`~everyangle.adapters.media_pyav.PyavMedia` names."""
    item = Item(source, request["label"], MediaLimits(**request["limits"]))
    return perform_operation(request["operation"], request["settings"], item, DescriptorFile(sink), tell)
