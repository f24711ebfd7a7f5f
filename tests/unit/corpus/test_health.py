"""How a source is doing, in a word."""

from datetime import timedelta

import pytest

from corpus.selectors.health import health_of
from corpus.services.harvest import begin_run
from corpus.vocabulary.harvest import SourceHealth
from tests.factories import NOON, begin_crawl, make_source
from tests.unit.corpus.crawls import Crawl, carry_out

pytestmark = pytest.mark.django_db

WELL = Crawl(0, {"a": ("A", None)}, counts={"records": 1})


def health(at=NOON + timedelta(days=30)):
    return health_of(make_source(), at=at)


def test_a_source_that_nobody_crawled_was_never_crawled():
    make_source()
    assert health().state is SourceHealth.NEVER
    begin_run(
        make_source(), uid="6f7f2f5e-9f3b-4c58-9b52-0d3c7a3f5a11", channel="upload", strategy={}, at=NOON
    )
    assert health().words == "no crawl has been tried"

    begin_crawl(source=make_source())

    assert (health().state, health().words) == (SourceHealth.NEVER, "its first crawl has not ended yet")


def test_a_complete_crawl_is_healthy_and_one_under_way_changes_nothing():
    carry_out(make_source(), WELL)
    begin_crawl(source=make_source(), at=NOON + timedelta(days=1))

    assert (health().state, health().words) == (SourceHealth.HEALTHY, "complete on 2026-03-02")


def test_a_failed_crawl_after_a_complete_one_is_failing_and_says_why():
    carry_out(make_source(), WELL)
    run = carry_out(make_source(), Crawl(1, is_complete=False))

    assert (health().state, health().last) == (SourceHealth.FAILING, run)
    assert health().words == "the second page timed out"


def test_an_old_recording_replayed_late_does_not_hide_the_last_crawl():
    carry_out(make_source(), Crawl(1, is_complete=False))
    carry_out(make_source(), Crawl(0, {"a": ("A", None)}, channel="replay"))

    assert health().state is SourceHealth.FAILING


def test_a_source_that_gave_nothing_or_that_nobody_asks_any_more_is_silent():
    carry_out(make_source(), Crawl(0, counts={"records": 0}, expected=0))
    assert health().words == "its last crawl found nothing"

    carry_out(make_source(), Crawl(1, {"a": ("A", None)}, counts={"records": 1}))

    assert health().state is SourceHealth.HEALTHY
    assert health(at=NOON + timedelta(days=200)).words == "no crawl since 2026-03-03"
