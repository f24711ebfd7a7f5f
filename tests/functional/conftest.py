"""A real browser against a real server.

Playwright's synchronous interface runs an event loop in its thread, where Django refuses to touch the
database. So the browser has a thread of its own, and tests ask the database from theirs.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.services.reviews import use_run
from tests.factories import NOON, make_member, make_review, make_run, make_source
from tests.functional.browsing import CHROMIUM, BrowserThread, Desk
from tests.integration.review.material import LONG, crawl_with_documents, plain_records, specimen

REASON = f"no browser at {CHROMIUM} (Debian: apt-get install chromium)"


def pytest_collection_modifyitems(items):
    """Every test here needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(not CHROMIUM.exists(), reason=REASON))


@pytest.fixture(autouse=True)
def quick_passwords():
    """Leave the real hasher in place: people log in here."""


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserThread]:
    """Start one browser for all tests."""
    with BrowserThread() as started:
        yield started


@pytest.fixture
def review(transactional_db):
    """Return a review of plain records."""
    review = make_review()
    use_run(review, make_run(source=make_source(), records=plain_records()), at=NOON)
    return review


@pytest.fixture
def housing(review) -> str:
    """Give the review a record with a document of several pages; return its address."""
    (*_, candidate) = crawl_with_documents(review, [], bodies={"Housing link worker": specimen(LONG)})
    return f"/records/{candidate.pk}"


@pytest.fixture
def ana(review):
    """Return a reviewer."""
    return make_member(review=review, username="ana")


@pytest.fixture
def desk(browser, live_server, ana) -> Iterator[Desk]:
    """Log the reviewer in through the login page; afterwards, insist that the browser had nothing to complain of."""
    opened = Desk(browser, server=live_server.url)
    opened.log_in("ana")
    yield opened
    complaints = opened.close()
    assert complaints == []


@pytest.fixture
def screenshots() -> Path | None:
    """Return where pictures of the pages are wanted, if anywhere."""
    folder = os.environ.get("GREYSIFT_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None
