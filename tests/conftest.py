"""What every test shares: a data folder of its own, and a rule that nothing is skipped where that is forbidden."""

import os
from pathlib import Path

import pytest
from django.conf import settings

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
NOTHING_SKIPPED = os.environ.get("GREYSIFT_NOTHING_SKIPPED") == "1"


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path) -> Path:
    """Give each test its own data folder."""
    folder = tmp_path / "var"
    folder.mkdir()
    settings.DATA_DIR = folder
    return folder


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords the quick way: accounts are many in tests. The browser tests log in the real way."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, run what touches the database: the rest is the same there and has run on SQLite."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    touches = [
        item for item in items if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    ]
    if len(touches) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in touches])
        items[:] = touches


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where everything must run."""
    report = (yield).get_result()
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
