"""A real Wagtail on this machine, run by the environment that `make wagtail` makes."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import pytest

from tests.shared_material import REPOSITORY

_PYTHON = REPOSITORY / ".venv" / "wagtail" / "bin" / "python"
_SCRIPT = REPOSITORY / "tests" / "fakes" / "wagtail" / "serve.py"

needs_wagtail = pytest.mark.skipif(
    not _PYTHON.exists(), reason="a real Wagtail is not installed: run `make wagtail`"
)


class WagtailServer:
    """A small site: seven reports, six of them with a document, one draft."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        with (folder / "log.txt").open("w") as log:
            self._process = subprocess.Popen(
                [_PYTHON, _SCRIPT, folder],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not line.strip():
            raise RuntimeError(f"Wagtail did not start: {(folder / 'log.txt').read_text()[-2000:]}")
        self.url = f"http://127.0.0.1:{int(line)}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def replace(self, name: str, body: bytes) -> None:
        """Put another file in the place of a document, as of a minute from now."""
        path = self.folder / "media" / "documents" / name
        path.write_bytes(body)
        later = time.time() + 60
        os.utime(path, (later, later))
