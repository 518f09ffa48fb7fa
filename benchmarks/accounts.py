"""How well statements are read, and times, on texts with a gold standard, beside other programs.

Parts: ``polnear`` (attributions of political news, with peers), ``corpus`` (the own corpus' reporting part),
``speakers`` (who its speakers are, and for whom), ``relations`` (its judged pairs of statements), ``dates`` (TimeBank
and AQUAINT, with peers), ``speed``; at the end every figure stands beside its goal. PolNeAR and TempEval-3 are not
part of the project and not fetched: name folders with copies of their repositories (networkdynamics/PolNeAR,
jspotter/TempEval-3 on GitHub), or let the environment variable EVERYANGLE_BENCH_DATA name a folder that holds them as
PolNeAR, TempEval-3 and GenderGapTracker (sfu-discourse-lab/GenderGapTracker, a peer). What is missing is told, and
the rest is measured.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from benchmarks.accounting.parts import PARTS, Given, run
from benchmarks.syncing.keep import KEEP


def main() -> None:
    """Print Markdown tables."""
    data = Path(os.environ.get("EVERYANGLE_BENCH_DATA") or KEEP / "data")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, default=data / "PolNeAR", help="a copy of PolNeAR's repository")
    parser.add_argument("--tempeval", type=Path, default=data / "TempEval-3", help="a copy of TempEval-3's repository")
    parser.add_argument(
        "--gender-gap-tracker", type=Path, default=data / "GenderGapTracker", help="a copy of the peer's repository"
    )
    parser.add_argument("--development", action="store_true", help="use the parts that rules are developed on")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", help="some parts only")
    parser.add_argument("--no-peers", action="store_true", help="measure this software alone")
    parser.add_argument("--keep", type=Path, default=KEEP, metavar="FOLDER", help="where peers' environments are kept")
    given = parser.parse_args()
    run(
        Given(
            given.polnear, given.tempeval, given.gender_gap_tracker, given.keep, given.development, not given.no_peers
        ),
        given.only or list(PARTS),
    )


if __name__ == "__main__":
    main()
