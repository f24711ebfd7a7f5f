"""Commands that are to be killed, and a workspace for them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fakes.govuk_server import GovukServer
from tests.integration.greysift.commands import environment, greysift


def make_workspace(folder: Path, server: GovukServer, **declared: str) -> Path:
    """Make a workspace whose only source is the server."""
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    (folder / "var" / "sources").mkdir(exist_ok=True)
    (folder / "var" / "sources" / "local.toml").write_text(server.declaration(**declared), encoding="utf-8")
    return folder


def begin(workspace: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, with what it says of errors to be read."""
    return subprocess.Popen(
        [sys.executable, "-m", "greysift", *arguments],
        cwd=workspace,
        env=environment(workspace, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL a command and all that it started; it must still be at work."""
    assert process.poll() is None, "the command ended before it could be killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def kill_when(is_due: Callable[[], bool], workspace: Path, *arguments: str) -> None:
    """Start a command and kill it as soon as ``is_due``."""
    process = begin(workspace, *arguments)
    wait_until(is_due)
    kill(process)


def wait_until(is_due: Callable[[], bool]) -> None:
    """Wait for something that another process does; a minute is too long."""
    deadline = time.monotonic() + 60
    while not is_due():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.02)
