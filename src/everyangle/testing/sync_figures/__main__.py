"""``python -m everyangle.testing.sync_figures ALIGNMENT OUT [TRUTH]``: draw the documentation's figures.

ALIGNMENT is what ``everyangle align examples/incident/recordings --json ALIGNMENT`` wrote. With the truth of the scene
(``examples/incident/truth.json``) it also prints how far the placements are off it, as a table.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from everyangle.adapters.media_inprocess import InProcessMedia
from everyangle.core.alignment import Alignment
from everyangle.core.alignment_json import Document, document_from_json
from everyangle.core.outcomes import is_used, numbers, objects
from everyangle.sync import RATE_HZ
from everyangle.sync.spectra import Sound
from everyangle.testing.sync_figures.groups import circles, clock
from everyangle.testing.sync_figures.known import table
from everyangle.testing.sync_figures.pairs import agreement, correlation
from everyangle.testing.sync_figures.sounds import SECONDS, landmarks


def main(arguments: list[str]) -> int:
    """Draw; return the exit status."""
    if len(arguments) not in (2, 3):
        sys.stderr.write("Usage: python -m everyangle.testing.sync_figures ALIGNMENT OUT [TRUTH]\n")
        return 2
    document = document_from_json(Path(arguments[0]).read_bytes())
    for name, picture in figures(document).items():
        (Path(arguments[1]) / name).write_bytes(picture)
    if len(arguments) == 3:
        sys.stdout.write(table(document, json.loads(Path(arguments[2]).read_bytes())) + "\n")
    return 0


def figures(document: Document) -> dict[str, bytes]:
    """Return the figures by file name, drawn from the pairs that show most: several sources, a lost stretch."""
    names = {source.id: Path(source.path).stem for source in document.sources}
    lengths = {p.id: p.duration_s for p in document.solution.placements}
    used = [one for one in document.solution.alignments if is_used(one)]
    many = max(used, key=lambda one: (len(numbers(one.evidence, "source_offsets_s")), one.score))
    lossy = max(used, key=lambda one: (len(objects(one.evidence, "pieces")), one.score))
    close = max(used, key=lambda one: (_share(one), one.score))
    sounds = {s.id: _sound(Path(s.path)) for s in document.sources if s.id in (close.a, close.b)}
    return {
        "sync-landmarks.svg": landmarks(close, names, sounds, densest(close)),
        "sync-correlation.svg": correlation(many, names),
        "sync-agreement.svg": agreement(lossy, names, lengths[lossy.b]),
        "sync-circles.svg": circles(document.solution, names),
        "sync-clock.svg": clock(document.solution, names),
    }


def _share(found: Alignment) -> float:
    """Return in what share of the common seconds landmarks agree."""
    counted = found.evidence.get("landmarks")
    if not isinstance(counted, dict):
        return 0.0
    return float(counted["agreeing_s"]) / max(1.0, float(counted["looked_s"]))


def densest(found: Alignment) -> float:
    """Return where the first five seconds begin in which most seconds agree, media time of the second recording.

    Neither recording has begun less than two seconds before.
    """
    piece = max(objects(found.evidence, "pieces"), key=lambda one: len(numbers(one, "agreeing_s")))
    agreeing = numbers(piece, "agreeing_s")
    inside = [t for t in agreeing if min(t, t + (found.offset_s or 0.0)) >= 2]
    return max(inside, key=lambda t: (sum(t <= s < t + SECONDS for s in agreeing), -t))


def _sound(path: Path) -> Sound:
    with path.open("rb") as source:
        return np.asarray(InProcessMedia().sound(source, RATE_HZ, label=path.name).samples, dtype=np.float32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
