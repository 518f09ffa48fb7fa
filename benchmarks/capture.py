"""What live capture loses when browsers, servers, networks and power fail, and how much it takes; peers beside it.

Parts: ``kill`` (the browser is killed: the page as it is, MediaRecorder, MP4 only), ``peers`` (the same kill for tus
and WHIP), ``offline`` (an outage, a kill, a return), ``slow`` (a link at half the media rate), ``server`` (killed
at random under load), ``steps`` (killed at every write, sync and rename), ``power`` (states after the power went),
``mutations`` (forged chunks), ``load`` (chunks of 50 kB a second, phones at once).
All of them in full take more than an hour.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.capturing import browsers, links, loads, outside, servers
from benchmarks.capturing.figures import Asked, Told
from benchmarks.syncing.keep import KEEP, say

Part = Callable[[Asked, Told], None]

PARTS: dict[str, Part] = {
    "kill": browsers.our_kills,
    "peers": outside.peers,
    "offline": links.offline,
    "slow": links.slow,
    "server": servers.killed_at_random,
    "steps": servers.every_step,
    "power": servers.power,
    "mutations": servers.mutations,
    "load": loads.load,
}
TIMED = ("kill", "peers", "slow", "load")
"""What is measured in seconds: these run at a higher priority where that is allowed."""


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART", help="some parts only")
    parser.add_argument("--runs", type=int, default=50, help="browsers to kill, each way")
    parser.add_argument("--peer-runs", type=int, help="the same for peers and for MediaRecorder; default: as --runs")
    parser.add_argument("--kills", type=int, default=1000, help="how often the server is killed (about 1.7 s each)")
    parser.add_argument("--states", type=int, default=5000, help="states of the power-loss model")
    parser.add_argument("--offline", type=float, default=600, metavar="S", help="how long the phone is offline")
    parser.add_argument("--slow", type=float, default=60, metavar="S", help="how long the link is slow")
    parser.add_argument("--mutations", type=int, default=10_000, help="forged chunks, at least")
    parser.add_argument("--load", type=float, default=10, metavar="S", help="how long each load lasts")
    parser.add_argument("--phones", type=int, nargs="+", default=[50, 100, 200, 300, 700], help="how many at once")
    parser.add_argument("--width", type=int, default=1280, help="of the camera's picture, a multiple of 320")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=KEEP, metavar="FOLDER", help="where peers are kept")
    given = parser.parse_args()
    asked = Asked(
        runs=given.runs,
        peer_runs=given.runs if given.peer_runs is None else given.peer_runs,
        kills=given.kills,
        states=given.states,
        offline_s=given.offline,
        slow_s=given.slow,
        mutations=given.mutations,
        load_s=given.load,
        phones=tuple(sorted(given.phones)),
        width=given.width,
        seed=given.seed,
        keep=given.keep,
    )
    told = Told()
    parts = given.only or list(PARTS)
    if any(part in TIMED for part in parts):
        told.notes.append(f"Timed parts ran {browsers.prefer()}, since other programs may work on the machine.")
    for part in parts:
        say(f"part {part}, load {os.getloadavg()[0]:.1f}")
        PARTS[part](asked, told)
        told.notes.append(f"Load (1 min) after {part}: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    version = subprocess.run(["/usr/bin/chromium", "--version"], capture_output=True, text=True, check=False).stdout
    told.notes.append(f"{version.strip() or 'Chromium'}, headless, over loopback; the server is `everyangle serve`.")
    told.print()


if __name__ == "__main__":
    main()
