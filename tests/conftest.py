"""What every test shares: a data folder of its own, and a rule that nothing is skipped where that is forbidden."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

NOTHING_SKIPPED = os.environ.get("GREYSIFT_NOTHING_SKIPPED") == "1"

# Tests hold on a loaded machine: no example fails for having taken long.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where everything must run."""
    report = (yield).get_result()
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
