"""The same recordings aligned on a Ray cluster, one of its machines lost on the way, and in this process: same answer?

The machines are made on this one, so times say what the detour costs, not what a cluster saves.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.syncing.engine import Clip, run
from benchmarks.syncing.keep import say
from benchmarks.syncing.table import table

from everyangle.core.solution_json import solution_json
from everyangle.ports.events import Advanced, Event

MACHINES = 3
SOON = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 200, "health_check_failure_threshold": 5}


def cluster_table(clips: Sequence[Clip]) -> str:
    """Return what differs between a cluster that loses a machine and one process, as a table."""
    # Read by Ray as it is imported: stay on this machine, tell nobody.
    os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray, made = import_module("ray"), import_module("ray.cluster_utils")
    except ImportError as error:
        return f"Not measured: {error}."
    with tempfile.TemporaryDirectory(prefix="everyangle-bench-") as name:
        say(f"aligning {len(clips)} recordings in one process")
        local = run(clips, Path(name) / "local")
        say(f"starting {MACHINES} machines")
        node: dict[str, Any] = {"num_cpus": 1, "include_dashboard": False, "node_ip_address": "127.0.0.1"}
        cluster = made.Cluster(initialize_head=True, head_node_args={**node, "num_cpus": 0, "_system_config": SOON})
        try:
            nodes = [cluster.add_node(**node) for _ in range(MACHINES)]
            lost: list[str] = []

            def lose(event: Event) -> None:
                """Kill a machine when the first pairs have come back."""
                if isinstance(event, Advanced) and event.step == "match" and not lost:
                    say("killing a machine")
                    cluster.remove_node(nodes[0], allow_graceful=False)
                    lost.append(event.step)

            far = run(clips, Path(name) / "far", work=f"ray://{cluster.address}", also=lose)
        finally:
            ray.shutdown()
            cluster.shutdown()
    same = solution_json(far.solution) == solution_json(local.solution)
    rows = [
        ["recordings", f"{len(clips)}"],
        ["machines (of one core); killed while pairs were compared", f"{MACHINES}; {len(lost)}"],
        ["placements and alignments are those of one process, to the last digit", "yes" if same else "**no**"],
        ["wall seconds on the cluster; in one process", f"{far.wall_s:.0f}; {local.wall_s:.0f}"],
    ]
    return table(["a cluster that loses a machine", "found"], rows)
