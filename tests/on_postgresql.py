"""Run a command against a PostgreSQL server made for it: ``python -m tests.on_postgresql COMMAND …``.

The cluster lives in a temporary folder, listens on a Unix socket only, and goes when the command ends.
Exit status: that of the command; 3 when the server's programs are not installed.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MISSING = 3


def find_programs() -> Path | None:
    """Return the folder of the newest installed server, if any."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if folders:
        return folders[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def main(command: list[str]) -> int:
    """Start a server, run ``command`` with ``GREYSIFT_DATABASE_URL`` set, stop the server."""
    programs = find_programs()
    if command == ["--available"]:
        return 0 if programs else MISSING
    if programs is None:
        sys.stderr.write("PostgreSQL is not installed (Debian: apt-get install postgresql)\n")
        return MISSING
    owner: dict[str, object] = {}
    folder = Path(tempfile.mkdtemp(prefix="greysift-pg-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder.chmod(0o755)
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **owner}
    try:
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "greysift",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            **quiet,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run(
            [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"],
            check=True,
            **quiet,
        )
        try:
            url = f"postgres://greysift@{str(folder).replace('/', '%2F')}/postgres"
            return subprocess.run(
                command, env={**os.environ, "GREYSIFT_DATABASE_URL": url}, check=False
            ).returncode
        finally:
            subprocess.run(
                [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], check=True, **quiet
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
