"""Running the command line as a user does: a process of its own, in a workspace of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.integration.greysift.databases import address_for


def environment(workspace: Path, **more: str) -> dict[str, str]:
    """Return this process's environment without its storage and database: the workspace has its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GREYSIFT_") or k == "GREYSIFT_SHARED"}
    address = address_for(Path(more.get("GREYSIFT_DATA_DIR", workspace / "var")))
    return {**kept, **({"GREYSIFT_DATABASE_URL": address} if address else {}), **more}


def greysift(workspace: Path, *arguments: str, status: int = 0, **more: str) -> str:
    """Run a command, check its exit status, return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "greysift", *arguments],
        cwd=workspace,
        env=environment(workspace, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == status, (
        f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    )
    return done.stdout if status == 0 else done.stdout + done.stderr


def greysift_json(workspace: Path, *arguments: str, status: int = 0, **more: str):
    """Run a command with --json and return what it printed."""
    return json.loads(greysift(workspace, *arguments, "--json", status=status, **more))
