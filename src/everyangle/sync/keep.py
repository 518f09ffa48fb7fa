"""What comparing two recordings found, as values for JSON and back, every number exactly: for keeping it in a cache."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from everyangle.core.alignment import Verdict
from everyangle.sync.check import Finding
from everyangle.sync.compare import Heard
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.jumps import Lost
from everyangle.sync.match import Match, Piece, Rival
from everyangle.sync.phase import Phase
from everyangle.sync.sources import Pauses


def heard_to_json(heard: Heard) -> dict[str, Any]:
    """Return values that JSON can hold."""
    return asdict(heard)


def heard_from_json(fields: dict[str, Any]) -> Heard:
    """Return what :func:`heard_to_json` gave; takes the values apart.

    Raises:
        ValueError, KeyError, TypeError: the values are not that.
    """
    found, finding = fields["match"], fields["finding"]
    verdict = finding.pop("verdict")
    kinds, lags_s = tuple(finding.pop("kinds")), tuple(finding.pop("lags_s"))
    return Heard(
        Match(tuple(map(_piece, found["pieces"])), tuple(Rival(**r) for r in found["rivals"]), found["overlap_s"]),
        Finding(verdict=None if verdict is None else Verdict(verdict), kinds=kinds, lags_s=lags_s, **finding),
        tuple(Lost(**{**lost, "curve": tuple(lost["curve"])}) for lost in fields["lost"]),
        None if fields["pauses"] is None else Pauses(**fields["pauses"]),
    )


def _piece(fields: dict[str, Any]) -> Piece:
    phase: dict[str, Any] | None = fields.pop("phase")
    line, seconds = Line(**fields.pop("line")), tuple(fields.pop("seconds"))
    counts: dict[str, Any] = {name: Seconds(**fields.pop(name)) for name in ("landmarks", "all_landmarks", "envelope")}
    return Piece(phase=None if phase is None else _phase(phase), line=line, seconds=seconds, **counts, **fields)


def _phase(fields: dict[str, Any]) -> Phase:
    lists: dict[str, Any] = {
        name: tuple(fields.pop(name)) for name in ("sources_s", "seconds", "offsets", "looked_s", "profile")
    }
    return Phase(**lists, **fields)
