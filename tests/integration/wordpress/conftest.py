"""The real WordPress, one test at a time."""

from collections.abc import Iterator

import pytest

from tests.fakes.wordpress import WordPress, have_wordpress, leave_wordpress
from tests.integration.greysift.databases import ON_POSTGRESQL

# On both databases: the killed command and the how-to, where everything goes through the store. Once is enough for the
# rest: the spider alone hands over to files and touches no database, and the story's rows are those of any crawl.
ONCE = [
    "test_closed.py",
    "test_crawl.py",
    "test_disturbed.py",
    "test_landing_text.py",
    "test_sitemap.py",
    "test_sitemap_over_time.py",
    "test_story.py",
]
collect_ignore = ONCE if ON_POSTGRESQL else []


@pytest.fixture(scope="session", autouse=True)
def _stop_wordpress() -> Iterator[None]:
    yield
    leave_wordpress()


@pytest.fixture
def wordpress() -> Iterator[WordPress]:
    """Have the site to oneself for a test."""
    with have_wordpress() as site:
        yield site
