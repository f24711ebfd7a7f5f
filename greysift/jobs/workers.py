"""Who does batch work: child processes of this machine, or the workers of a Dask cluster."""

import logging
import os
import socket
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.vocabulary.errors import WorkspaceError

LOCAL = "local"
SCHEMES = ("tcp://", "tls://")
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many tasks it should be given ahead so that none of its workers waits.

    ``losses`` are the exceptions by which it says that it gave a task up because workers died while they had it:
    they say nothing for certain about the task.
    """

    executor: Executor
    ahead: int
    losses: tuple[type[Exception], ...] = ()


@contextmanager
def open_workers(where: str = LOCAL, *, count: int | None = None) -> Iterator[Workers]:
    """Have workers for the length of a block.

    Parameters
    ----------
    where
        ``local``, or the address of a Dask scheduler: ``tcp://HOST:PORT``, ``tls://HOST:PORT``.
    count
        How many tasks at once here; else one for each processor. A cluster's workers are its own affair.

    Raises
    ------
    WorkspaceError
        When there is no such cluster, it has no workers, or what is needed is not installed.
    """
    if where == LOCAL:
        at_once = count or os.cpu_count() or 1
        # Threads: each waits for a child process of its own, and does nothing beside.
        with ThreadPoolExecutor(max_workers=at_once) as pool:
            yield Workers(pool, ahead=2 * at_once)
        return
    if not where.startswith(SCHEMES):
        raise WorkspaceError(f"{where} is no executor: write local, tcp://HOST:PORT or tls://HOST:PORT")
    if count is not None:
        raise WorkspaceError("how many workers a cluster has is set where they are started")
    with _cluster(where) as workers:
        yield workers


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        import dask  # noqa: PLC0415 - optional
        from distributed import Client, KilledWorker  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            f"a cluster needs {error.name}, which is not installed: pip install 'greysift[dask]'"
        ) from error
    _check_answers(address)
    # Documents travel within their tasks, on purpose: what lies with a worker is lost with it.
    quiet = {"distributed.admin.large-graph-warning-threshold": "1 TiB"}
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with dask.config.set(quiet):
        try:
            client = Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WorkspaceError(f"what answers at {address} is no Dask scheduler: {error}") from error
        with client:
            try:
                client.wait_for_workers(1, timeout=SECONDS_TO_ANSWER)
            except TimeoutError as error:
                raise WorkspaceError(
                    f"the cluster at {address} has no workers: start some with `dask worker {address}`"
                ) from error
            threads = sum(client.nthreads().values())
            # The scheduler itself does a dead worker's tasks again.
            yield Workers(client.get_executor(), ahead=2 * threads + 2, losses=(KilledWorker,))


def _check_answers(address: str) -> None:
    """Knock once: Dask itself would go on knocking for as long as it may wait."""
    try:
        place = urlsplit(address)
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=SECONDS_TO_ANSWER):
            pass
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"no Dask scheduler answers at {address} ({error}): start one there, or see whether the address is right"
        ) from error
