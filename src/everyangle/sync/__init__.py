"""Synchronization of recordings by their sound: features, pairs, match, check, graph, solve. Arrays only.

Nothing here reads a file, a clock or a random number. Sound is mono at :data:`RATE_HZ`, its
index divided by the rate is media time in seconds.
"""

RATE_HZ = 8000
"""Samples a second of every sound here."""

SYNC_VERSION = "26"
"""Changes whenever the same sound could give other features, pairs or placements: it is part of every cache key."""
