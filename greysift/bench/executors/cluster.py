"""A Dask cluster on this machine, in processes of its own, any of which may be killed."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.vocabulary.errors import WorkspaceError

SECONDS_TO_START = 60


class LocalCluster:
    """A scheduler and its workers, one thread each, reachable from this machine only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._said = folder / "scheduler.json"
        self.address = ""
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, *, workers: int) -> None:
        """Start the scheduler, then the workers, and wait for the scheduler's address."""
        self.scheduler = self._start(
            "dask_scheduler", "--port", "0", "--scheduler-file", str(self._said), "--no-show"
        )
        self.address = self._address()
        for _ in range(workers):
            self.add_worker()

    def add_worker(self) -> None:
        """Start one more worker, which nobody starts again when it dies."""
        folder = self._folder / f"worker-{len(self.workers)}"
        self.workers.append(
            self._start(
                "dask_worker",
                self.address,
                "--no-nanny",
                "--nthreads",
                "1",
                "--local-directory",
                str(folder),
            )
        )

    def kill_worker(self, number: int) -> None:
        """End a worker by SIGKILL, as want of memory or a pulled plug would."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()

    def end(self) -> None:
        """End whatever still runs."""
        left = [*self.workers, *([self.scheduler] if self.scheduler else [])]
        for process in left:
            process.kill()
            process.wait()

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own interpreter; no word of it comes from outside
                [
                    sys.executable,
                    "-m",
                    f"distributed.cli.{module}",
                    *arguments,
                    "--host",
                    "127.0.0.1",
                    "--no-dashboard",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _address(self) -> str:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.scheduler and self.scheduler.poll() is None:
            try:
                return str(json.loads(self._said.read_text())["address"])
            except (FileNotFoundError, ValueError):  # not written, or not to its end
                time.sleep(0.05)
        raise WorkspaceError(f"Dask's scheduler did not start: {(self._folder / 'log').read_text()[-2000:]}")


@contextmanager
def local_cluster(*, workers: int) -> Iterator[LocalCluster]:
    """Have a cluster for the length of a block; nothing of it is left behind."""
    with TemporaryDirectory(prefix="greysift-dask-") as folder:
        cluster = LocalCluster(Path(folder))
        try:
            cluster.start(workers=workers)
            yield cluster
        finally:
            cluster.end()
