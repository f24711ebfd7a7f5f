"""Real processes on the tests' own database, to be killed."""

import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.shared_material import REPOSITORY

PREAMBLE = "import django; django.setup()\n"


def database_url() -> str:
    """Return the address of the database that this test uses."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    host, user, password = (quote(facts[key], safe="") for key in ("HOST", "USER", "PASSWORD"))
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgres://{user}{':' + password if password else ''}@{host}{port}/{facts['NAME']}"


def start(code: str) -> subprocess.Popen[str]:
    """Run Python code in a process of its own, set up on this test's database and data folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "greysift.settings",
        "GREYSIFT_DATABASE_URL": database_url(),
        "GREYSIFT_DATA_DIR": str(settings.DATA_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + code],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
