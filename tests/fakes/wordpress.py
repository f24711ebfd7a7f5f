"""A real WordPress on this machine, and a door before it that counts, changes and refuses.

Its scripts are used by path. They listen on fixed ports, so one test at a time has it, whatever process that runs in. They need the rights of root.
"""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.shared_material import SHARED

SCRIPTS = SHARED / "servers" / "wordpress"
HOME = "http://127.0.0.1:18082"
WITHOUT_VALIDATORS = "http://127.0.0.1:18081"
_FOLDER = Path("/tmp/wp")  # noqa: S108 - the scripts' own
_STATE = Path(tempfile.gettempdir()) / "greysift-wordpress"
_NEEDED = ("apache2", "mariadbd", "php", "bc", "curl", "setsid")

_missing = [name for name in _NEEDED if shutil.which(name) is None]
_lacking = (
    f"the scripts at {SCRIPTS}: set GREYSIFT_SHARED"
    if not SCRIPTS.is_dir()
    else f"{', '.join(_missing)} (see .ci/run)"
    if _missing
    else "WordPress (Debian: wordpress)"
    if not Path("/usr/share/wordpress").is_dir()
    else "the rights of root, whom the scripts need"
    if os.geteuid() != 0
    else ""
)
needs_wordpress = pytest.mark.skipif(bool(_lacking), reason=f"a real WordPress needs {_lacking}")


class WordPress:
    """The running site: 240 posts and one default, 160 of them with a PDF; one page."""

    def run(self, script: str, *arguments: str) -> str:
        """Run one of the scripts that change the site. Tests leave as many posts as there were, though others."""
        done = subprocess.run(
            ["php", script, *arguments], cwd=_FOLDER, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout.strip()

    def do(self, code: str) -> str:
        """Run PHP within the site."""
        load = "$_SERVER['HTTP_HOST']='127.0.0.1:18082'; require '/tmp/wp/site/wp-load.php';"
        done = subprocess.run(
            ["php", "-r", f"{load} {code}"],
            cwd=_FOLDER,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.strip()

    def total(self, what: str) -> int:
        """Return what the site itself says it holds of something: ``posts``, ``pages``, ``media``."""
        return self._list(what, page=1)[0]

    def numbers(self, what: str) -> set[int]:
        """Return the numbers of all that the site lists; it must be at rest."""
        total, numbers = self._list(what, page=1)
        for page in range(2, -(-total // 100) + 1):
            numbers |= self._list(what, page=page)[1]
        return numbers

    def _list(self, what: str, *, page: int) -> tuple[int, set[int]]:
        with closing(http.client.HTTPConnection(urlsplit(HOME).netloc, timeout=30)) as connection:
            connection.request(
                "GET", f"/wp-json/wp/v2/{what}?per_page=100&page={page}&orderby=id&order=asc&_fields=id"
            )
            answer = connection.getresponse()
            return int(answer.headers["X-WP-Total"]), {entry["id"] for entry in json.load(answer)}


@contextmanager
def have_wordpress() -> Iterator[WordPress]:
    """Have the site to oneself, started if need be."""
    with _alone():
        users = _users()
        if not users or not _is_up():
            _stop()  # what a killed run of tests may have left
            _run("up_all.sh", "240")
        _remember(users | {os.getpid()})
        yield WordPress()


def leave_wordpress() -> None:
    """Stop the site unless another process of tests still needs it."""
    with _alone():
        users = _users()
        if os.getpid() in users:
            _remember(users - {os.getpid()})
            if users == {os.getpid()}:
                _stop()


@contextmanager
def _alone() -> Iterator[None]:
    _STATE.mkdir(exist_ok=True)
    with (_STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_up() -> bool:
    """Whether the site listens: the number of a user that died may be anyone's by now."""
    try:
        socket.create_connection(("127.0.0.1", urlsplit(HOME).port or 0), timeout=5).close()
    except OSError:
        return False
    return True


def _users() -> set[int]:
    path = _STATE / "users"
    numbers = map(int, path.read_text().split()) if path.exists() else ()
    return {number for number in numbers if Path(f"/proc/{number}").exists()}


def _remember(users: set[int]) -> None:
    (_STATE / "users").write_text(" ".join(map(str, users)))


def _stop() -> None:
    """Stop what the scripts started, and wait until it has gone: the next start wants the same ports."""
    files = {name: _FOLDER / name for name in ("run/httpd.pid", "php.pid", "run/m.pid")}
    pids = {
        name: int(path.read_text()) for name, path in files.items() if path.exists() and path.stat().st_size
    }
    ours = {name: pid for name, pid in pids.items() if _is_ours(pid)}
    with suppress(ProcessLookupError):
        for name, pid in ours.items():
            if name == "php.pid":
                os.killpg(pid, signal.SIGTERM)  # with its workers
            else:
                os.kill(
                    pid, signal.SIGTERM if name == "run/httpd.pid" else signal.SIGKILL
                )  # no data is to be saved
    deadline = time.monotonic() + 30
    while any(map(_is_ours, ours.values())) and time.monotonic() < deadline:
        time.sleep(0.05)
    shutil.rmtree(_FOLDER, ignore_errors=True)


def _is_ours(pid: int) -> bool:
    """Whether a process is one of the site's: a file that a killed run left may name anyone's by now."""
    with suppress(OSError):
        return str(_FOLDER).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _run(script: str, *arguments: str) -> None:
    with (_STATE / "log").open("w") as log:  # no pipe: what it starts lives on and would hold it open
        done = subprocess.run(
            ["bash", SCRIPTS / script, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            timeout=180,
        )
    if done.returncode != 0:
        raise RuntimeError(f"{script} failed:\n{(_STATE / 'log').read_text()[-2000:]}")
