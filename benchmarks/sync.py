"""How well, how surely and how fast recordings are put on one clock, on made sets with truth, beside other programs.

Parts: ``sets`` (easy, medium and hard without metadata, medium with creation times), ``peers`` (other programs on the
same medium set), ``small`` (single incidents, one by one). ``--scale`` has parts of its own: ``growth`` with the number
of recordings, ``negatives`` (false merges over a million pairs) and ``cluster`` (the same answer from a Ray cluster
that loses a machine). It takes hours, and goes on where it was cut off.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.syncing.keep import KEEP
from benchmarks.syncing.making import Maker
from benchmarks.syncing.material import material_for
from benchmarks.syncing.parts import PARTS, Asked, run_parts
from benchmarks.syncing.peers import Brought
from benchmarks.syncing.scale import SCALE_PARTS, run_scale

from everyangle.testing.collection.material import Synthesized

REPORTING_SEED = 10_000
DEVELOPMENT_SEED = 500


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=150, help="recordings in each set")
    parser.add_argument(
        "--seeds", type=int, nargs="+", help="seeds of the sets; all of one difficulty are told together"
    )
    parser.add_argument("--development", action="store_true", help="use seeds for development")
    parser.add_argument("--synthesized", action="store_true", help="no real speech and music from Debian's packages")
    parser.add_argument("--only", nargs="+", choices=[*PARTS, *SCALE_PARTS], metavar="PART", help="some parts only")
    parser.add_argument("--cases", type=int, default=30, help="how many single incidents")
    parser.add_argument("--sample", type=int, default=60, help="pairs of each kind that slow peers are asked about")
    parser.add_argument("--audfprint", type=Path, help="a copy of audfprint's repository")
    parser.add_argument("--olaf", type=Path, help="a copy of Olaf's repository")
    parser.add_argument("--keep", type=Path, default=KEEP, metavar="FOLDER", help="where made sets and peers are kept")
    parser.add_argument("--scale", action="store_true", help="growth, a million negative pairs, a cluster (hours)")
    parser.add_argument("--most", type=int, default=5000, help="with --scale: recordings at most")
    parser.add_argument("--pairs", type=int, default=1_000_000, help="with --scale: negative pairs")
    given = parser.parse_args()
    first = DEVELOPMENT_SEED if given.development else REPORTING_SEED
    seeds = tuple(given.seeds or [first])
    if len({seed >= REPORTING_SEED for seed in seeds}) > 1:
        parser.error("seeds for development and seeds for reporting need runs of their own")
    maker = Maker(given.keep, Synthesized() if given.synthesized else material_for(seeds[0], given.keep))
    asked = Asked(
        maker=maker,
        seeds=seeds,
        clips=given.clips,
        parts=tuple(given.only or PARTS),
        cases=given.cases,
        sample=given.sample,
        brought=Brought(given.audfprint, given.olaf),
    )
    if given.scale:
        run_scale(maker, first, given.most, given.pairs, given.only or SCALE_PARTS)
    else:
        run_parts(asked)


if __name__ == "__main__":
    main()
