"""What a run says of itself when it has several things to account for."""

import asyncio
from uuid import uuid4

import pytest

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations import parse_declaration
from harvester.job import CrawlJob
from harvester.reasons import CrawlStoppedError
from harvester.session import FINISHED, CrawlSession

HERE = "http://127.0.0.1:8000"
DECLARED = {
    "slug": "here",
    "name": "Here",
    "organisation": "Nobody",
    "kind": "govuk",
    "hosts": ["127.0.0.1:8000"],
    "licence": "none",
    "entry": dict.fromkeys(("search", "content", "site", "assets"), HERE),
    "filters": {"organisations": ["nobody"], "document_types": ["research"]},
}


class TakesAll:
    async def store(self, found):
        """Take it and forget it."""


@pytest.fixture
def declared():
    return DECLARED


@pytest.fixture
def session(tmp_path, declared):
    declaration = parse_declaration(declared, name="here")
    made = CrawlSession(
        CrawlJob(declaration=declaration, run_uid=uuid4(), warc_dir=tmp_path, sink=TakesAll())
    )
    yield made
    made.close(finish_reason=FINISHED)


def record(key: str) -> FoundRecord:
    return FoundRecord(key, None, key, None, None, None, None)


async def hand_over(session, *keys):
    for key in keys:
        await session.hand_over_record(record(key))
    await session.flush()


def test_each_expected_thing_must_be_accounted_for(session):
    session.expect(2)
    session.expect(3, "media")
    session.account_for(3, "media")
    asyncio.run(hand_over(session, "a", "b"))

    result = session.result(finish_reason=FINISHED)

    assert (result.expected, result.got, result.failures) == (5, 5, ())
    assert result.counts["expected media"] == result.counts["got media"] == 3


def test_what_falls_short_is_named(session):
    session.expect(0)
    session.expect(3, "media")
    session.account_for(2, "media")

    (failure,) = session.result(finish_reason=FINISHED).failures

    assert failure == "The source says that it holds 3 media for this search; 2 were got."


def test_records_that_come_of_counted_posts_are_no_thing_of_their_own(session):
    session.expect(2, "posts")
    session.expect_records(2)
    asyncio.run(hand_over(session, "a", "b"))
    session.account_for(2, "posts")

    result = session.result(finish_reason=FINISHED)

    assert (result.expected, result.got, result.failures) == (2, 2, ())
    assert (result.counts["expected records"], result.counts["records"]) == (2, 2)


def test_nothing_expected_is_a_search_without_an_answer(session):
    assert session.result(finish_reason=FINISHED).failures == ("The search was not answered.",)


def test_a_source_that_does_not_say_its_size_is_complete_when_it_gave_something(session):
    session.expect(None)
    session.expect(None, "media")
    session.account_for(3, "media")
    asyncio.run(hand_over(session, "a"))

    result = session.result(finish_reason=FINISHED)

    assert (result.expected, result.got, result.failures) == (None, 1, ())
    assert (result.counts["got media"], "expected media" in result.counts) == (3, False)


def test_a_source_that_does_not_say_its_size_and_gives_nothing_has_failed(session):
    session.expect(None)

    (failure,) = session.result(finish_reason=FINISHED).failures

    assert "gave nothing" in failure


def test_a_size_that_is_told_later_counts(session):
    session.expect(None)
    session.expect(2)
    asyncio.run(hand_over(session, "a"))

    (failure,) = session.result(finish_reason=FINISHED).failures

    assert "2 records" in failure


@pytest.mark.parametrize("declared", [{**DECLARED, "limits": {"requests": 3, "pages": 2}}])
def test_a_crawl_without_end_is_ended_and_says_which_limit_it_met(session):
    for _ in range(3):
        session.spend_request()
    assert session.stop_reason is None

    with pytest.raises(CrawlStoppedError):
        session.spend_request()

    (failure,) = session.result(finish_reason="stopped").failures
    assert failure == (
        "The crawl was ended before it was complete: 3 addresses were asked for, which is all that limits.requests "
        "of here allows. Either the site has no end, or the limit in its declaration is too low."
    )


@pytest.mark.parametrize("declared", [{**DECLARED, "limits": {"pages": 3}}])
def test_a_list_without_end_is_ended_and_one_that_leads_in_a_circle_is_known(session):
    assert [session.turn_page(f"{HERE}/list?page={n}") for n in (1, 2, 1)] == [True, True, False]

    with pytest.raises(CrawlStoppedError, match="3 pages of lists were turned"):
        session.turn_page(f"{HERE}/list?page=3")


@pytest.mark.parametrize("declared", [{**DECLARED, "limits": {"hours": 1e-9}}])
def test_a_crawl_that_lasts_too_long_is_ended(session):
    with pytest.raises(
        CrawlStoppedError, match=r"it has lasted 1e-09 hours, which is all that limits\.hours"
    ):
        session.spend_request()
