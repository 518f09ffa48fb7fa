"""Work on a Ray cluster: many machines, or several processes of this one. Needs the extra ``everyangle[ray]``.

A task whose worker or machine dies is run again elsewhere, a bounded number of times. The function travels once for
each map; a file that tasks read travels once to each machine that needs it, unless all machines share the folder that
it lies in. Starts no cluster but one of this machine, for one run.
"""

from __future__ import annotations

import io
import os
import pickle
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from everyangle import __version__
from everyangle.core.errors import BadInputError, ConflictError, LimitError
from everyangle.ports.work import OnFile

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Inputs begun ahead of the reader, per processor of the cluster: bounds the memory that waiting results take."""
_RETRIES = 4
_LOCAL_STORE_BYTES = 256 << 20
_LOOPBACK = ("127.", "localhost", "[::1]")
_ANSWER_S = 10.0
_SENT_BYTES = 1 << 30
"""Files kept in the cluster's memory for tasks to come; Ray puts on disk what does not fit."""


@dataclass(frozen=True, slots=True)
class Local:
    """A cluster on this machine, for one run and reachable from this machine only, with so many worker processes."""

    workers: int


@dataclass(frozen=True, slots=True)
class Running:
    """A cluster that runs already and that this machine has joined.

    Attributes:
        address: ``HOST:PORT`` of its head, or an empty string for the one that this machine is part of.
        shared: whether its machines see this machine's files under the same paths.
    """

    address: str
    shared: bool = False


class RayWork:
    """Maps over the processors of a Ray cluster.

    Args:
        cluster: which. It is connected to when first needed, and left at :meth:`close`.
    """

    def __init__(self, cluster: Local | Running) -> None:
        self._cluster = cluster
        self._mine = False
        self._sent: dict[Path, tuple[Any, int]] = {}
        self._sent_bytes = 0

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order.

        Raises:
            BadInputError: ``ray-missing`` if Ray is not installed, ``ray-unreachable`` if no cluster answers.
            ConflictError: ``worker-differs`` if a machine has another version of this program.
            LimitError: ``worker-lost`` if the workers of one task died again and again.
        """
        ray = self._connected()
        task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_work)
        travelling = ray.put(function)
        ahead = _AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        remaining = iter(inputs)

        def begin(count: int) -> None:
            for one in islice(remaining, count):
                data, files = self._packed(ray, one)
                waiting.append(task.remote(__version__, travelling, data, *files))

        try:
            begin(ahead)
            while waiting:
                result = _result(ray, waiting[0])
                waiting.popleft()
                begin(1)
                yield cast("R", result)
        finally:
            for left in waiting:
                ray.cancel(left, force=False)

    def close(self) -> None:
        """Leave the cluster; one that was made for this run ends."""
        self._sent.clear()
        self._sent_bytes = 0
        if self._mine:
            _ray().shutdown()
            self._mine = False

    def _connected(self) -> Any:
        """Return Ray, connected to the cluster."""
        cluster = self._cluster
        # What Ray reads when it is imported or makes a cluster: stay here, tell nobody, touch no accelerator.
        if isinstance(cluster, Local) or cluster.address.startswith(_LOOPBACK):
            os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        ray = _ray()
        if ray.is_initialized():
            return ray
        quiet = {"log_to_driver": False, "configure_logging": False, "logging_level": "ERROR"}
        try:
            if isinstance(cluster, Local):
                store = {"object_store_memory": _LOCAL_STORE_BYTES}
                ray.init(address="local", num_cpus=cluster.workers, include_dashboard=False, **store, **quiet)
            else:
                _answers(cluster.address)
                ray.init(address=cluster.address or "auto", **quiet)
        except (OSError, RuntimeError, ValueError) as error:
            name = cluster.address if isinstance(cluster, Running) else ""
            raise BadInputError(
                "ray-unreachable",
                f"No Ray cluster answers at {name or 'this machine'}: {str(error).partition(chr(10))[0]}",
                holds="Finished results are kept.",
                todo="Start one (ray start --head) and have this machine join it (ray start --address=HOST:PORT).",
            ) from error
        self._mine = True
        return ray

    def _packed(self, ray: Any, one: object) -> tuple[bytes, list[Any]]:
        """Return an input as bytes, and the files that it needs as objects of the cluster."""
        out = io.BytesIO()
        if isinstance(self._cluster, Local) or self._cluster.shared:
            pickle.dump(one, out)
            return out.getvalue(), []
        packer = _Packer(out)
        packer.dump(one)
        return out.getvalue(), [self._send(ray, path) for path in packer.paths]

    def _send(self, ray: Any, path: Path) -> Any:
        """Return a file as an object of the cluster; the one sent longest ago is forgotten where there are too many."""
        if path not in self._sent:
            data = np.frombuffer(path.read_bytes(), np.uint8)
            while self._sent and self._sent_bytes + len(data) > _SENT_BYTES:
                self._sent_bytes -= self._sent.pop(next(iter(self._sent)))[1]
            self._sent[path] = ray.put(data), len(data)
            self._sent_bytes += len(data)
        return self._sent[path][0]


class _Packer(pickle.Pickler):
    """Pickles an input with what lies on files left out; ``paths`` numbers these files."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out)
        self.paths: dict[Path, int] = {}

    def persistent_id(self, obj: object) -> tuple[type[OnFile], Path, int] | None:
        """Return what stands for a part that lies on a file, None for any other."""
        if not isinstance(obj, OnFile):
            return None
        return type(obj), obj.path, self.paths.setdefault(obj.path, len(self.paths))


class _Unpacker(pickle.Unpickler):
    """Undoes what :class:`_Packer` did, with the files' content at hand."""

    def __init__(self, data: bytes, files: Sequence[Any]) -> None:
        super().__init__(io.BytesIO(data))
        self._files = files

    def persistent_load(self, pid: tuple[Callable[[Path], OnFile], Path, int]) -> object:
        """Return the part that stands for one on a file."""
        kind, path, number = pid
        return kind(path).carrying(memoryview(self._files[number]))


def _work(version: str, function: Callable[[Any], Any], data: bytes, *files: Any) -> Any:
    """Do one task; runs on a worker."""
    if version != __version__:
        raise ConflictError(
            "worker-differs",
            f"A machine of the Ray cluster has Every Angle {__version__}, this one has {version}.",
            holds="Finished results are kept.",
            todo="Install the same version on all machines, then run the same command again.",
        )
    return function(_Unpacker(data, files).load())


def _result(ray: Any, reference: Any) -> Any:
    kinds = ray.exceptions
    try:
        return ray.get(reference)
    except (kinds.WorkerCrashedError, kinds.NodeDiedError, kinds.ObjectLostError, kinds.OutOfMemoryError) as error:
        raise LimitError(
            "worker-lost",
            f"The workers of one task died {_RETRIES + 1} times; most often because memory ran out.",
            holds="Finished results are kept.",
            todo="Run the same command again on machines with more memory, or with fewer workers on each.",
        ) from error
    except kinds.RayTaskError as error:
        raise error.cause from error


def _answers(address: str) -> None:
    """Try whether anybody listens there, since Ray itself tries for many minutes."""
    if address:
        host, _, port = address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER_S):
            pass


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise BadInputError(
            "ray-missing",
            "Working on a Ray cluster needs Ray, which is not installed.",
            todo="Install it on every machine: pip install 'everyangle[ray]'.",
        ) from error
    return ray
