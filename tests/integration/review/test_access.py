"""Who may see and do what. Every address, every kind of visitor."""

import pytest
from django.test import Client

from corpus.models import Review, Schedule, ScreeningDecision, TermsConfirmation
from corpus.vocabulary.decisions import Role
from tests.factories import (
    NOON,
    PASSWORD,
    make_candidates,
    make_member,
    make_person,
    make_review,
    make_source,
)
from tests.integration.review.pages import DECISIONS, HTMX, QUEUE, SCREEN, SOURCES, UNDO, field, title, words

TERMS = "/reviews/care-leavers/sources/department-for-education/terms"
SOURCE = "/reviews/care-leavers/sources/department-for-education"
SCHEDULE = f"{SOURCE}/schedule"
CONFIRMATION = {"has_read": "on", "note": "https://example.org/terms, read today"}


@pytest.fixture
def candidate(review):
    return make_candidates(review=review)[0]


@pytest.fixture
def record(candidate):
    return f"/reviews/care-leavers/records/{candidate.pk}"


@pytest.fixture
def addresses(record):
    documents = "/reviews/care-leavers/documents/1"
    return [
        QUEUE,
        SCREEN,
        DECISIONS,
        SOURCES,
        SOURCE,
        f"{SOURCE}/running",
        record,
        f"{documents}/paper",
        f"{documents}/pages/1.png",
    ]


@pytest.fixture
def deeds(record):
    return [f"{record}/vote", UNDO, TERMS, SCHEDULE]


@pytest.mark.django_db
def test_strangers_are_sent_to_the_login(addresses, deeds):
    client = Client()

    answers = [client.get(a) for a in ["/", *addresses]] + [client.post(a) for a in deeds]

    assert {(a.status_code, a.headers["Location"].partition("?")[0]) for a in answers} == {(302, "/login/")}


def test_people_of_no_review_find_nothing(addresses, deeds, browser_of):
    client = browser_of(make_person("mallory"))

    answers = [client.get(a) for a in addresses] + [client.post(a, CONFIRMATION) for a in deeds]

    assert {a.status_code for a in answers} == {404}
    assert not ScreeningDecision.objects.exists()
    assert not TermsConfirmation.objects.exists()
    assert "no review yet" in words(client.get("/"))


def test_people_of_another_review_find_nothing(addresses, deeds, browser_of):
    client = browser_of(make_member(review=make_review(slug="another"), username="olga", role=Role.OWNER))

    answers = [client.get(a) for a in addresses] + [client.post(a, CONFIRMATION) for a in deeds]

    assert {a.status_code for a in answers} == {404}
    assert not TermsConfirmation.objects.exists()


def test_records_of_another_review_are_not_found(review, candidate, ana, browser_of):
    other = make_review(slug="another")
    foreign = make_candidates(review=other, source=make_source(slug="elsewhere"))[0]
    client = browser_of(ana)

    assert client.get(f"/reviews/care-leavers/records/{foreign.pk}").status_code == 404
    assert (
        client.post(f"/reviews/care-leavers/records/{foreign.pk}/vote", {"vote": "include"}).status_code
        == 404
    )


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30])
def test_numbers_of_nothing_are_not_found(ana, browser_of, number):
    client = browser_of(ana)
    addresses = [f"/records/{number}", f"/documents/{number}/paper", f"/documents/{number}/pages/1.png"]

    answers = [client.get(f"/reviews/care-leavers{a}") for a in addresses]
    answers.append(client.post(f"/reviews/care-leavers/records/{number}/vote", {"vote": "include"}))

    assert {a.status_code for a in answers} == {404}


def test_observers_read_and_do_not_vote(review, record, deeds, browser_of):
    client = browser_of(make_member(review=review, username="olu", role=Role.OBSERVER))

    page = client.get(record)

    assert page.status_code == 200
    assert client.get(QUEUE).status_code == 200
    assert "Include" not in words(page)
    assert 'name="form"' not in page.content.decode()
    assert [client.get(a).status_code for a in (SCREEN, DECISIONS)] == [403, 403]
    assert [client.post(a, CONFIRMATION | {"vote": "include"}).status_code for a in deeds] == [
        403,
        403,
        403,
        403,
    ]
    assert not ScreeningDecision.objects.exists()


def test_observer_with_a_reviewers_form_does_not_vote(review, record, ana, browser_of):
    form = field(browser_of(ana).get(record), "form")
    client = browser_of(make_member(review=review, username="olu", role=Role.OBSERVER))

    answer = client.post(f"{record}/vote", {"form": form, "vote": "include"})

    assert answer.status_code == 403
    assert "Ask its owner" in words(answer)
    assert not ScreeningDecision.objects.exists()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.OBSERVER])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_only_owners_set_schedules(review, candidate, role, headers, browser_of):
    client = browser_of(make_member(review=review, username="one", role=role))

    answer = client.post(SCHEDULE, {"cron": "0 3 * * 1", "do": "set"}, headers=headers)

    assert answer.status_code == 403
    assert "Only the owner" in words(answer)
    assert not Schedule.objects.exists()
    assert "When to crawl" not in words(client.get(SOURCE))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.OBSERVER])
def test_only_owners_confirm_terms(review, candidate, role, browser_of):
    client = browser_of(make_member(review=review, username="one", role=role))

    answer = client.post(TERMS, CONFIRMATION)

    assert answer.status_code == 403
    assert "Only the owner" in words(answer)
    assert not TermsConfirmation.objects.exists()
    assert "I have read the terms" not in words(client.get(SOURCES))


def test_deeds_need_their_token_against_forgery(ana, deeds, browser_of):
    client = browser_of(ana, enforce_csrf_checks=True)

    answers = [client.post(a) for a in deeds]

    assert {a.status_code for a in answers} == {403}
    assert {title(a) for a in answers} == {"The form was too old"}


def test_deeds_are_not_done_by_links(ana, deeds, browser_of):
    client = browser_of(ana)

    assert {client.get(a).status_code for a in [*deeds, "/logout/"]} == {405}


def test_pages_stay_out_of_caches_and_frames_and_run_no_inline_script(ana, record, browser_of):
    answer = browser_of(ana).get(record)

    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_login_leads_back_to_the_page_that_was_asked_for(ana):
    client = Client()

    answer = client.post(f"/login/?next={QUEUE}", {"username": "ana", "password": PASSWORD, "next": QUEUE})

    assert (answer.status_code, answer.headers["Location"]) == (302, QUEUE)
    assert client.get(QUEUE).status_code == 200


def test_login_never_leads_elsewhere(ana):
    form = {"username": "ana", "password": PASSWORD, "next": "https://example.com/"}

    assert Client().post("/login/", form).headers["Location"] == "/"


def test_wrong_password_gets_a_sentence(ana):
    answer = Client().post("/login/", {"username": "ana", "password": "wrong"})

    assert answer.status_code == 200
    assert "Please enter a correct username and password" in words(answer)


def test_name_is_locked_after_ten_wrong_passwords(ana):
    client = Client()
    for _ in range(10):
        last = client.post("/login/", {"username": "ana", "password": "wrong"})

    right = client.post("/login/", {"username": "ana", "password": PASSWORD})

    assert (last.status_code, right.status_code) == (429, 429)


def test_logout_ends_the_session(ana, browser_of):
    client = browser_of(ana)

    answer = client.post("/logout/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")
    assert client.get(QUEUE).status_code == 302


@pytest.mark.django_db
def test_partial_asked_for_after_the_session_ended_sends_the_whole_page_to_the_login(review):
    headers = HTMX | {"HX-Current-URL": f"http://testserver{SCREEN}"}

    answer = Client().get("/login/", headers=headers)

    assert answer.headers["HX-Redirect"] == f"/login/?next={SCREEN}"


def test_review_without_a_protocol_says_so_instead_of_failing(db, browser_of):
    bare = Review.objects.create(slug="care-leavers", title="Bare", created_at=NOON)
    client = browser_of(make_member(review=bare, username="ana"))

    answer = client.get(QUEUE)

    assert answer.status_code == 409
    assert "no protocol yet" in words(answer)
