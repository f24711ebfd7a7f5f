"""Home, queue and sources."""

import re

import pytest

from corpus.models import Candidate, TermsConfirmation
from corpus.services.harvest import finish_run
from corpus.services.sources import ensure_source
from corpus.vocabulary.decisions import Role
from greysift.jobs.ranking import queue_for
from greysift.review.views.queue import PAGE_SIZE
from greysift.review.visit import STAGE
from tests.factories import (
    NOON,
    begin_crawl,
    make_candidates,
    make_member,
    make_person,
    make_review,
    make_source,
    run_result,
    vote,
)
from tests.integration.review.pages import QUEUE, SOURCES, words

TERMS = "/reviews/care-leavers/sources/department-for-education/terms"


@pytest.fixture
def owner(review):
    return make_member(review=review, username="olga", role=Role.OWNER)


def test_home_lists_own_reviews_with_role_and_own_progress(review, browser_of):
    candidates = make_candidates(review=review, count=3)
    ana = make_member(review=review, username="ana", role=Role.ADJUDICATOR)
    ben = make_member(review=review, username="ben")
    make_review(slug="another")
    vote(candidates[0], by=ana)
    vote(candidates[1], by=ben)

    answer = browser_of(ana).get("/")

    assert "You are an adjudicator" in words(answer)
    assert "You have judged 1 of 3" in words(answer)
    assert "another" not in answer.content.decode()


def test_home_of_an_observer_speaks_of_no_votes(review, browser_of):
    make_candidates(review=review, count=3)
    olu = make_member(review=review, username="olu", role=Role.OBSERVER)

    text = words(browser_of(olu).get("/"))

    assert "You are an observer" in text
    assert "3 records" in text
    assert "judged" not in text


def test_queue_is_in_the_rankers_order_and_paged(review, ana, browser_of):
    candidates = make_candidates(review=review, count=PAGE_SIZE + 3)
    vote(candidates[5], by=ana)
    order = queue_for(review, stage=STAGE, reviewer=ana).order
    client = browser_of(ana)

    pages = [client.get(QUEUE), client.get(f"{QUEUE}?page=2")]

    places = [place for page in pages for place in page.context["places"]]
    assert tuple(place.candidate.pk for place in places) == order
    assert [place.rank for place in places] == list(range(1, PAGE_SIZE + 3))
    assert "27 to judge, best first. You have judged 1." in words(pages[0])
    assert "and 1 vote: your own" in words(pages[0])
    assert "Page 2 of 2" in words(pages[1])


@pytest.mark.parametrize("number", ["0", "99", "x", ""])
def test_queue_pages_that_are_not_there_open_one_that_is(review, ana, browser_of, number):
    make_candidates(review=review)

    assert browser_of(ana).get(f"{QUEUE}?page={number}").status_code == 200


def test_queue_without_records_says_so(review, ana, browser_of):
    assert "Nothing is left for you to judge" in words(browser_of(ana).get(QUEUE))


def test_queue_asks_the_database_no_more_for_more_records(
    review, ana, browser_of, django_assert_max_num_queries
):
    make_candidates(review=review, count=PAGE_SIZE)
    client = browser_of(ana)

    with django_assert_max_num_queries(30):
        client.get(QUEUE)

    assert Candidate.objects.count() == PAGE_SIZE


def test_sources_show_health_and_failures(review, owner, browser_of):
    source = make_source()
    run = begin_crawl(source=source)
    finish_run(
        run.uid, run_result(expected=9, got=7, failures=["two <b>documents</b> were refused"]), at=NOON
    )

    text = browser_of(owner).get(SOURCES).content.decode()

    assert "got 7 of the 9 that the source says it holds" in text
    assert "two &lt;b&gt;documents&lt;/b&gt; were refused" in text
    assert "<strong>failed</strong>" in text


def test_sources_that_the_protocol_names_and_nobody_knows_are_said(review, owner, browser_of):
    text = words(browser_of(owner).get(SOURCES))

    assert (
        "department-for-education is named in the protocol, but nothing has been searched there yet" in text
    )


def test_owner_confirms_terms_with_a_note(review, owner, browser_of):
    make_source()
    client = browser_of(owner)

    answer = client.post(
        TERMS, {"has_read": "on", "note": " https://example.org/terms, 2 March "}, follow=True
    )

    confirmation = TermsConfirmation.objects.get()
    assert confirmation.note == "https://example.org/terms, 2 March"
    assert confirmation.confirmed_by == owner
    assert "olga has read its terms" in words(answer)


@pytest.mark.parametrize(
    "form", [{}, {"has_read": "on"}, {"has_read": "on", "note": "  "}, {"note": "I read it"}]
)
def test_confirmation_needs_tick_and_note(review, owner, browser_of, form):
    make_source()

    answer = browser_of(owner).post(TERMS, form, follow=True)

    assert "nothing was stored" in words(answer)
    assert not TermsConfirmation.objects.exists()


def test_unknown_source_is_not_found(review, owner, browser_of):
    assert browser_of(owner).post(TERMS, {"has_read": "on", "note": "x"}).status_code == 404


def test_uploads_have_no_terms_to_confirm(review, owner, browser_of):
    ensure_source("a-file", name="A file", organisation="We", kind="upload", declaration={}, at=NOON)

    assert "may be crawled" not in words(browser_of(owner).get(SOURCES))


@pytest.mark.django_db
def test_pages_that_are_not_there_look_like_ours(browser_of):
    answer = browser_of(make_person("ana")).get("/no/such/page")

    assert answer.status_code == 404
    assert "There is no such page, or it is not yours to see." in words(answer)


@pytest.mark.parametrize("address", [SOURCES, f"{SOURCES}/department-for-education"])
def test_word_holds_for_the_hosts_that_its_page_showed(review, owner, browser_of, address):
    source, client = make_source(), browser_of(owner)

    def declare(*hosts: str) -> None:
        source.declaration = {"hosts": list(hosts)}
        source.save()

    def form() -> dict[str, object]:
        shown = re.findall(r'name="host" value="([^"]+)"', client.get(address).content.decode())
        return {"has_read": "on", "note": "Read", "host": shown}

    declare("a.test")
    old = form()
    declare("a.test", "b.test")
    refused = words(client.post(TERMS, old, follow=True))
    assert "The hosts of Department For Education have changed since this page was opened" in refused
    assert "Your word is for a.test, b.test." in refused
    assert not TermsConfirmation.objects.exists()

    client.post(TERMS, form())

    assert TermsConfirmation.objects.get().hosts == ["a.test", "b.test"]


def test_word_for_an_upload_is_refused(review, owner, browser_of):
    source = make_source()
    source.kind = "upload"
    source.save()

    answer = browser_of(owner).post(TERMS, {"has_read": "on", "note": "Read"}, follow=True)

    assert "never crawled" in words(answer)
    assert "Nothing was stored" in words(answer)
    assert not TermsConfirmation.objects.exists()
