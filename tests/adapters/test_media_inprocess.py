"""Media read in the very process."""

from __future__ import annotations

import pytest

from everyangle.adapters.media_inprocess import InProcessMedia
from everyangle.ports.media import Media
from everyangle.testing.media_contract import MediaContract


class TestInProcess(MediaContract):
    @pytest.fixture
    def media(self) -> Media:
        return InProcessMedia()
