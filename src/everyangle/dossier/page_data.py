"""The page's data: what the player and the timeline need, and the waveforms in files of their own."""

from __future__ import annotations

import base64

from everyangle.core.items import ItemKind
from everyangle.dossier.coverage import Coverage, coverage
from everyangle.dossier.evidence import evidence_path
from everyangle.dossier.groups import Group, groups, timed
from everyangle.dossier.json_script import Json, entry_script
from everyangle.dossier.model import Dossier, Filmstrip, ShownItem, ShownPlacement
from everyangle.dossier.words import line, placed, utc_offset_min

_DIGITS = 6
"""Decimal digits of seconds: a microsecond."""


def peaks_script(item: ShownItem) -> bytes:
    """Return the script that adds an item's waveform to ``window.EVERYANGLE_PEAKS``; empty where it has none."""
    if item.peaks is None:
        return b""
    levels = base64.b64encode(item.peaks.levels).decode("ascii")
    return entry_script("EVERYANGLE_PEAKS", item.digest, {"step": item.peaks.step_s, "levels": levels})


def peaks_path(item: ShownItem) -> str:
    """Return where an item's waveform lies in the dossier."""
    return f"data/peaks-{item.digest}.js"


def page_data(dossier: Dossier) -> Json:
    """Return what the scripts of the page need to play: components with their recordings, photos and coverage."""
    return {
        "case": dossier.case,
        "title": line(dossier.title),
        "components": [_component(dossier, group) for group in groups(dossier)],
        "names": {i.digest: line(i.name) for i in dossier.items},
    }


def _component(dossier: Dossier, group: Group) -> Json:
    return {
        "number": group.number,
        "wall": _wall(dossier) if group.number == 0 else None,
        "recordings": [_recording(i, i.placement) for i in group.items if i.kind is ItemKind.RECORDING and i.placement],
        "photos": [_photo(i, i.placement) for i in group.items if i.kind is ItemKind.PHOTO and i.placement],
        "coverage": _coverage(coverage(timed(group))),
    }


def _wall(dossier: Dossier) -> Json:
    if dossier.tie is None:
        return None
    tie = dossier.tie.tie
    return {
        "t": _seconds(tie.t_event),
        "us": tie.instant.us,
        "within": tie.within_s,
        "offsetMinutes": utc_offset_min(dossier.tie.said),
    }


def _recording(item: ShownItem, placement: ShownPlacement) -> Json:
    media = item.media
    video = media.video if media else None
    return {
        "id": item.digest,
        "label": line(item.name),
        "src": item.plays,
        "picture": video is not None,
        "sound": media is not None and media.audio is not None,
        "width": video.width if video else 0,
        "height": video.height if video else 0,
        "fps": round(float(video.frame_rate), 4) if video and video.frame_rate else 25,
        "duration": _seconds(media.duration_s if media else 0.0),
        "clock": _clock(placement),
        "placed": "on a clock of its own" if item.reason else placed(placement),
        "peaks": peaks_path(item) if item.peaks else None,
        "evidence": evidence_path(item),
        "strip": _strip(item.filmstrip) if item.filmstrip else None,
    }


def _strip(strip: Filmstrip) -> Json:
    return {
        "src": strip.path,
        "columns": strip.columns,
        "count": strip.count,
        "width": strip.tile_width,
        "height": strip.tile_height,
        "first": _seconds(strip.first_s),
        "step": _seconds(strip.step_s),
    }


def _photo(item: ShownItem, placement: ShownPlacement) -> Json:
    return {
        "id": item.digest,
        "label": line(item.name),
        "src": item.plays,
        "at": _seconds(placement.clock.event_from_media(0.0)),
        "error": _seconds(placement.clock.error_s) if placement.error_known else None,
        "placed": placed(placement),
        "evidence": evidence_path(item),
    }


def _clock(placement: ShownPlacement) -> Json:
    clock = placement.clock
    return {
        "offset": _seconds(clock.offset_s),
        "rate": round(clock.rate, 12),
        "error": _seconds(clock.error_s) if placement.error_known else None,
        "jumps": [[_seconds(j.at_s), _seconds(j.lost_s)] for j in clock.jumps],
    }


def _coverage(found: Coverage) -> Json:
    return {
        "span": [_seconds(found.span.start_s), _seconds(found.span.end_s)] if found.span else None,
        "segments": [[_seconds(s.start_s), _seconds(s.end_s), list(s.recordings)] for s in found.segments],
    }


def _seconds(value: float) -> float:
    return round(value, _DIGITS)
