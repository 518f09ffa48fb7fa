"""The clock of this machine."""

from __future__ import annotations

import time

from everyangle.core.time import Instant


class SystemClock:
    """Tells the operating system's time. Whether that clock is right is not known, and the entry says so."""

    def now(self) -> Instant:
        """Return the current instant, known from the system clock."""
        return Instant(time.time_ns() // 1000, "system")
