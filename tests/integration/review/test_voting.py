"""One record at a time: a vote is stored with how its record was shown, and the next record follows from it."""

import dataclasses

import pytest

from corpus.models import Candidate, ScreeningDecision
from corpus.services.reviews import import_protocol
from corpus.vocabulary.decisions import Role
from greysift.jobs.ranking import queue_for
from greysift.review.visit import STAGE
from tests.factories import NOON, found_record, make_member, make_run, protocol_document
from tests.integration.review.material import crawl_with_documents, plain_records, votes_of
from tests.integration.review.pages import (
    DECISIONS,
    HTMX,
    QUEUE,
    SCREEN,
    ballot_address,
    field,
    press,
    press_undo,
    title,
    words,
)


@pytest.fixture
def candidates(review) -> list[Candidate]:
    return crawl_with_documents(review, plain_records(), bodies={})


@pytest.fixture
def page(candidates, ana, browser_of):
    return browser_of(ana)


def show_scores(review, visibility):
    document = protocol_document().replace('"after_decision"', f'"{visibility}"')
    import_protocol(document, at=NOON, by=None, why="another visibility")


def test_vote_keeps_how_its_record_was_shown(page, review, ana):
    queue = queue_for(review, stage=STAGE, reviewer=ana)
    best = queue.order[0]

    press(page, page.get(SCREEN), "exclude:not_england")

    (vote,) = votes_of(ana)
    assert (vote.candidate_id, vote.choice, vote.reason, vote.sequence) == (best, "exclude", "not_england", 1)
    assert (vote.rank, vote.score, vote.ranker_state) == (1, queue.scores[best], queue.state)
    assert vote.model_version == queue.model_version
    assert vote.visible == ["title", "source", "publisher", "published", "document_type", "summary"]
    assert vote.protocol_version.number == 1


def test_vote_keeps_what_its_page_held_though_source_and_protocol_have_changed_since(page, review, ana):
    shown = page.get(SCREEN)
    candidate = Candidate.objects.get(pk=queue_for(review, stage=STAGE, reviewer=ana).order[0])
    revised = found_record(key=candidate.record.key, title=candidate.record.title, summary="Other words.")
    make_run(source=candidate.record.source, records=[revised])
    show_scores(review, "never")

    press(page, shown, "include")

    (vote,) = votes_of(ana)
    candidate.record.refresh_from_db()
    assert candidate.record.revision == 2
    assert vote.record_revision == 1
    assert vote.protocol_version.number == 1


def test_next_record_is_the_best_by_a_ranker_that_has_learnt_from_the_vote(page, review, ana):
    before = queue_for(review, stage=STAGE, reviewer=ana)

    answer = press(page, page.get(SCREEN), "include")

    after = queue_for(review, stage=STAGE, reviewer=ana)
    assert after.state != before.state
    assert after.labels == 1
    assert title(answer) == Candidate.objects.get(pk=after.order[0]).record.title
    assert before.order[0] not in after.order


def test_vote_on_a_given_record_keeps_its_rank(page, review, ana):
    queue = queue_for(review, stage=STAGE, reviewer=ana)
    fourth = queue.order[3]

    press(page, page.get(f"/reviews/care-leavers/records/{fourth}"), "unsure")

    (vote,) = votes_of(ana)
    assert (vote.candidate_id, vote.rank, vote.score) == (fourth, 4, queue.scores[fourth])


def test_same_form_votes_once(page, ana):
    form = page.get(SCREEN)

    press(page, form, "include")
    again = press(page, form, "include")

    assert len(votes_of(ana)) == 1
    assert "Stored: include" in words(again)


def test_same_form_with_another_choice_says_that_it_has_voted(page, ana):
    form = page.get(SCREEN)

    press(page, form, "include")
    again = press(page, form, "exclude")

    assert [v.choice for v in votes_of(ana)] == ["include"]
    assert "This form had voted before" in words(again)
    assert "Stored: include" in words(again)


def test_partial_and_page_say_the_same_after_a_vote(page):
    form = page.get(SCREEN)

    part = page.post(ballot_address(form), {"form": field(form, "form"), "vote": "include"}, headers=HTMX)

    assert part.status_code == 200
    assert part.headers["HX-Replace-Url"] == SCREEN
    assert "<html" not in part.content.decode()
    assert "Stored: include" in words(part)
    assert title(part) == title(page.get(SCREEN)) != title(form)


@pytest.mark.parametrize(
    "vote", ["", "maybe", "exclude:no_such_reason", "include:not_england", "exclude:" + "x" * 300]
)
def test_vote_that_makes_no_sense_is_refused_with_a_sentence(page, ana, vote):
    answer = press(page, page.get(SCREEN), vote)

    assert answer.status_code == 403
    assert title(answer) == "Not allowed"
    assert votes_of(ana) == []


def test_forged_form_is_refused(page, ana):
    form = page.get(SCREEN)

    answer = page.post(ballot_address(form), {"form": field(form, "form")[:-3] + "abc", "vote": "include"})

    assert answer.status_code == 403
    assert votes_of(ana) == []


def test_form_of_another_record_is_refused(page, candidates, ana):
    form = page.get(SCREEN)
    other = next(c for c in candidates if f"/{c.pk}/" not in ballot_address(form))

    answer = page.post(
        f"/reviews/care-leavers/records/{other.pk}/vote", {"form": field(form, "form"), "vote": "include"}
    )

    assert answer.status_code == 403
    assert votes_of(ana) == []


def test_form_of_another_person_is_refused(page, review, browser_of):
    ben = make_member(review=review, username="ben")
    form = page.get(SCREEN)

    answer = press(browser_of(ben), form, "include")

    assert answer.status_code == 403
    assert not ScreeningDecision.objects.exists()


def test_refusal_of_a_partial_goes_to_the_messages_and_leaves_the_record(page):
    form = page.get(SCREEN)

    answer = page.post(ballot_address(form), {"form": "x", "vote": "include"}, headers=HTMX)

    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#messages"
    assert "nothing was stored" in words(answer)


def test_picture_that_did_not_reach_the_screen_is_not_said_to_be_visible(review, ana, browser_of):
    crawl_with_documents(review, [], bodies={"A report": b"%PDF-1.7\nbroken"})
    client = browser_of(ana)

    press(client, client.get(SCREEN), "unsure", picture="failed")

    (vote,) = votes_of(ana)
    assert "page_picture" not in vote.visible
    assert "title" in vote.visible


def test_scores_are_nowhere_before_the_vote(page, review, ana):
    queue = queue_for(review, stage=STAGE, reviewer=ana)

    pages = [page.get(QUEUE), page.get(SCREEN), page.get(f"/reviews/care-leavers/records/{queue.order[2]}")]

    for answer in pages:
        assert "score" not in words(answer).lower()
        for score in queue.scores.values():
            assert f"{score:.3f}" not in words(answer)


def test_score_is_said_after_the_vote_where_the_protocol_permits(page, review, ana):
    queue = queue_for(review, stage=STAGE, reviewer=ana)

    answer = press(page, page.get(SCREEN), "include")

    score = queue.scores[queue.order[0]]
    assert f"rank 1 of {len(queue.order)}, score {score:.3f}" in words(answer)


def test_score_is_never_said_where_the_protocol_says_never(page, review):
    show_scores(review, "never")

    answer = press(page, page.get(SCREEN), "include")

    assert "Stored: include" in words(answer)
    assert "score" not in words(answer).lower()


def test_score_is_shown_and_kept_as_visible_where_the_protocol_shows_it_before(page, review, ana):
    show_scores(review, "before_decision")
    queue = queue_for(review, stage=STAGE, reviewer=ana)

    form = page.get(SCREEN)
    press(page, form, "include")

    assert f"Score {queue.scores[queue.order[0]]:.3f}" in words(form)
    assert "score" in votes_of(ana)[0].visible


def test_changed_vote_supersedes_and_knows_what_was_seen_before(page, ana):
    press(page, page.get(SCREEN), "include")
    first = votes_of(ana)[0]

    record = page.get(f"/reviews/care-leavers/records/{first.candidate_id}")
    press(page, record, "exclude:date")

    assert "You voted include" in words(record)
    rows = votes_of(ana)
    assert [(v.sequence, v.choice, v.reason) for v in rows] == [(1, "include", None), (2, "exclude", "date")]
    assert "own_earlier_vote" not in rows[0].visible
    assert {"own_earlier_vote", "score"} <= set(rows[1].visible)
    assert rows[1].rank is None


def test_undo_takes_the_last_vote_back_and_shows_its_record(page, ana):
    shown = title(page.get(SCREEN))
    answer = press(page, page.get(SCREEN), "include")

    back = press_undo(page, answer)

    assert title(back) == shown
    assert "taken back" in words(back)
    assert [(v.sequence, v.choice) for v in votes_of(ana)] == [(1, "include"), (2, None)]
    assert title(page.get(SCREEN)) == shown


def test_undo_pressed_twice_takes_one_vote_back(page, ana):
    press(page, page.get(SCREEN), "include")
    answer = press(page, page.get(SCREEN), "exclude")

    press_undo(page, answer)
    again = press_undo(page, answer)

    assert [v.choice for v in votes_of(ana)] == ["include", "exclude", None]
    assert "nothing was changed" in words(again)


def test_undo_after_undo_takes_the_vote_before_back(page, ana):
    press(page, page.get(SCREEN), "include")
    answer = press(page, page.get(SCREEN), "exclude")

    press_undo(page, press_undo(page, answer))

    assert [v.choice for v in votes_of(ana)] == ["include", "exclude", None, None]
    assert votes_of(ana)[3].candidate_id == votes_of(ana)[0].candidate_id


@pytest.mark.parametrize("form", [{}, {"decision": "1"}, {"decision": "x", "token": "y"}])
def test_undo_of_nothing_is_refused(page, form):
    assert page.post("/reviews/care-leavers/undo", form).status_code == 403


def test_undo_with_a_damaged_token_changes_nothing(page, ana):
    press(page, page.get(SCREEN), "include")

    answer = page.post("/reviews/care-leavers/undo", {"decision": votes_of(ana)[0].pk, "token": "y"})

    assert answer.status_code == 403
    assert len(votes_of(ana)) == 1


def test_undo_of_another_persons_vote_is_refused(page, review, ana, browser_of):
    press(page, page.get(SCREEN), "include")
    ben = make_member(review=review, username="ben")

    form = {"decision": votes_of(ana)[0].pk, "token": "2f9a1f0e-6f0c-4a53-9a3e-0d6f1b1f6c11"}
    answer = browser_of(ben).post("/reviews/care-leavers/undo", form)

    assert answer.status_code == 403
    assert len(votes_of(ana)) == 1


def test_page_says_so_when_nothing_is_left(page, candidates):
    for choice in ["include", "unsure", *["exclude"] * (len(candidates) - 2)]:
        answer = press(page, page.get(SCREEN), choice)

    assert title(answer) == "Nothing is left for you to judge"
    assert (
        f"judged {len(candidates)} records at title and abstract: 1 included, {len(candidates) - 2} excluded, 1 unsure"
        in words(answer)
    )
    assert title(press_undo(page, answer)) != "Nothing is left for you to judge"


def test_decisions_lists_own_standing_votes_newest_first(page, ana):
    first = title(page.get(SCREEN))
    second = title(press(page, page.get(SCREEN), "include"))
    third = title(press(page, page.get(SCREEN), "exclude:date"))
    press_undo(page, press(page, page.get(SCREEN), "unsure"))

    text = words(page.get(DECISIONS))

    assert "2 votes of yours stand" in text
    assert text.index(second) < text.index(first)
    assert "Outside the dates" in text
    assert third not in text


def test_record_of_a_withdrawn_publication_says_so(review, ana, browser_of):
    (record,) = plain_records(titles=["A report"])
    changed = dataclasses.replace(record, withdrawn_reason="It had errors.")
    crawl_with_documents(review, [changed], bodies={})

    answer = browser_of(ana).get(SCREEN)

    assert "Withdrawn. It had errors." in words(answer)


def test_foreign_text_and_addresses_stay_harmless(review, ana, browser_of):
    (record,) = plain_records(titles=["<script>alert(1)</script>"])
    changed = dataclasses.replace(record, url="javascript:alert(1)", summary="<img src=x onerror=alert(1)>")
    crawl_with_documents(review, [changed], bodies={})
    client = browser_of(ana)

    page = client.get(SCREEN)
    answers = [page, client.get(QUEUE), press(client, page, "include"), client.get(DECISIONS)]

    for answer in answers:
        text = answer.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "javascript:" not in text


def test_owner_and_adjudicator_may_screen_too(review, candidates, browser_of):
    for role in (Role.OWNER, Role.ADJUDICATOR):
        person = make_member(review=review, username=role, role=role)
        client = browser_of(person)

        press(client, client.get(SCREEN), "include")

        assert len(votes_of(person)) == 1
