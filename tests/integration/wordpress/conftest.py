"""The real WordPress, one test at a time."""

from collections.abc import Iterator

import pytest

from tests.fakes.wordpress import WordPress, have_wordpress, leave_wordpress
from tests.integration.greysift.databases import ON_POSTGRESQL

# What concerns the spider alone hands over to files and touches no database: once is enough. test_harvest.py, where
# everything goes through the store, runs on both.
collect_ignore = ["test_crawl.py", "test_disturbed.py", "test_closed.py"] if ON_POSTGRESQL else []


@pytest.fixture(scope="session", autouse=True)
def _stop_wordpress() -> Iterator[None]:
    yield
    leave_wordpress()


@pytest.fixture
def wordpress() -> Iterator[WordPress]:
    """Have the site to oneself for a test."""
    with have_wordpress() as site:
        yield site
