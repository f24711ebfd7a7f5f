"""Votes are appended, numbered and kept as they were judged; who may not vote is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import AuditEvent, Candidate, Review, ScreeningDecision
from corpus.selectors.screening import newest_own_decision, own_decisions, standing_decisions
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.harvest import store_record
from corpus.services.reviews import add_member, import_protocol, use_run
from corpus.services.screening import Shown, withdraw_decision
from corpus.vocabulary.decisions import Choice, Role, Stage
from corpus.vocabulary.documents import ExtractedText, Page
from corpus.vocabulary.errors import PolicyError, WorkspaceError
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    found_document,
    found_record,
    make_candidates,
    make_capture,
    make_member,
    make_person,
    make_review,
    make_run,
    make_source,
    protocol_document,
    vote,
)
from tests.unit.corpus.rows import all_rows

pytestmark = pytest.mark.django_db

TITLES = Stage.TITLE_ABSTRACT


def withdraw(candidate, *, by, token=None):
    return withdraw_decision(candidate, stage=TITLES, by=by, at=NOON, token=token or uuid4())


@pytest.fixture
def review():
    return make_review()


@pytest.fixture
def candidate(review):
    return make_candidates(review=review)[0]


@pytest.fixture
def ana(review):
    return make_member(review=review, username="ana")


@pytest.fixture
def ben(review):
    return make_member(review=review, username="ben")


def test_later_vote_supersedes_and_keeps_the_earlier(candidate, ana, review):
    first = vote(candidate, by=ana, choice=Choice.INCLUDE)
    second = vote(candidate, by=ana, choice=Choice.EXCLUDE, reason="population")

    assert [first.sequence, second.sequence] == [1, 2]
    assert list(standing_decisions(review, stage=TITLES)) == [second]
    assert set(ScreeningDecision.objects.all()) == {first, second}
    assert AuditEvent.objects.filter(event="decision_recorded", by=ana).count() == 2


def test_sequences_are_counted_per_reviewer_and_stage(candidate, ana, ben):
    sequences = [
        vote(candidate, by=ana).sequence,
        vote(candidate, by=ben).sequence,
        vote(candidate, by=ana, stage=Stage.FULL_TEXT).sequence,
        vote(candidate, by=ana).sequence,
    ]

    assert sequences == [1, 1, 1, 2]


def test_same_form_twice_is_one_vote(candidate, ana):
    token = uuid4()
    first = vote(candidate, by=ana, token=token)
    before = all_rows()

    again = vote(candidate, by=ana, token=token, at=NOON + timedelta(seconds=1))

    assert again == first
    assert all_rows() == before


def test_same_form_with_another_answer_returns_the_answer_that_stands(candidate, ana):
    token = uuid4()
    vote(candidate, by=ana, token=token, choice=Choice.INCLUDE)

    again = vote(candidate, by=ana, token=token, choice=Choice.EXCLUDE)

    assert again.choice == Choice.INCLUDE


def test_form_of_another_candidate_is_refused(review, ana):
    here, there = make_candidates(review=review, count=2)
    token = uuid4()
    vote(here, by=ana, token=token)

    with pytest.raises(PolicyError, match="another record"):
        vote(there, by=ana, token=token)

    assert ScreeningDecision.objects.count() == 1


def test_form_of_another_stage_is_refused(candidate, ana):
    token = uuid4()
    vote(candidate, by=ana, token=token)

    with pytest.raises(PolicyError, match="another record"):
        vote(candidate, by=ana, token=token, stage=Stage.FULL_TEXT)


def test_form_of_another_person_is_refused(candidate, ana, ben):
    token = uuid4()
    vote(candidate, by=ana, token=token)

    with pytest.raises(PolicyError, match="another record"):
        vote(candidate, by=ben, token=token)


@pytest.mark.parametrize("role", [Role.OWNER, Role.REVIEWER, Role.ADJUDICATOR])
def test_those_who_screen_may_vote(candidate, review, role):
    member = make_member(review=review, role=role)

    assert vote(candidate, by=member).reviewer == member


def test_observer_is_refused(candidate, review):
    observer = make_member(review=review, role=Role.OBSERVER)

    with pytest.raises(PolicyError, match="not a reviewer"):
        vote(candidate, by=observer)

    assert not ScreeningDecision.objects.exists()


def test_member_of_another_review_is_refused(candidate):
    stranger = make_member(review=make_review(slug="other"), username="stranger")

    with pytest.raises(PolicyError, match="not a reviewer"):
        vote(candidate, by=stranger)


def test_nobody_s_member_is_refused_to_withdraw(candidate, ana, review):
    vote(candidate, by=ana)
    add_member(review, ana, role=Role.OBSERVER, by=None, at=NOON)

    with pytest.raises(PolicyError, match="not a reviewer"):
        withdraw(candidate, by=ana)


@pytest.mark.parametrize(
    ("choice", "reason", "says"),
    [
        (Choice.INCLUDE, "population", "exclusion only"),
        (Choice.UNSURE, "population", "exclusion only"),
        (Choice.EXCLUDE, "weather", "knows no exclusion reason 'weather'"),
        (Choice.EXCLUDE, "", "knows no exclusion reason"),
    ],
)
def test_reason_that_does_not_fit_is_refused(candidate, ana, choice, reason, says):
    with pytest.raises(PolicyError, match=says):
        vote(candidate, by=ana, choice=choice, reason=reason)

    assert not ScreeningDecision.objects.exists()


def test_reason_is_checked_against_the_newest_protocol(candidate, ana, review):
    document = protocol_document().replace('code = "not_england"', 'code = "elsewhere"')
    version = import_protocol(document, at=NOON, by=ana, why="a better word")

    decision = vote(candidate, by=ana, choice=Choice.EXCLUDE, reason="elsewhere")

    assert decision.protocol_version == version
    with pytest.raises(PolicyError):
        vote(candidate, by=ana, choice=Choice.EXCLUDE, reason="not_england")


def test_vote_is_taken_back_by_a_row_that_says_so(candidate, ana, review):
    vote(candidate, by=ana)

    row = withdraw(candidate, by=ana)

    assert (row.choice, row.sequence) == (None, 2)
    assert not standing_decisions(review, stage=TITLES).exists()
    assert AuditEvent.objects.filter(event="decision_withdrawn").count() == 1


def test_vote_after_a_withdrawal_stands(candidate, ana, review):
    vote(candidate, by=ana)
    withdraw(candidate, by=ana)

    again = vote(candidate, by=ana, choice=Choice.UNSURE)

    assert again.sequence == 3
    assert list(standing_decisions(review, stage=TITLES)) == [again]


def test_same_withdrawal_twice_is_one_row(candidate, ana):
    vote(candidate, by=ana)
    token = uuid4()

    assert withdraw(candidate, by=ana, token=token) == withdraw(candidate, by=ana, token=token)
    assert ScreeningDecision.objects.count() == 2


def test_withdrawal_sent_again_after_a_new_vote_leaves_that_vote(candidate, ana, review):
    vote(candidate, by=ana)
    token = uuid4()
    withdraw(candidate, by=ana, token=token)
    again = vote(candidate, by=ana)

    withdraw(candidate, by=ana, token=token)

    assert list(standing_decisions(review, stage=TITLES)) == [again]


def test_nothing_to_take_back_is_said(candidate, ana, ben):
    vote(candidate, by=ben)

    with pytest.raises(PolicyError, match="no vote of yours"):
        withdraw(candidate, by=ana)


def test_second_withdrawal_has_nothing_to_take_back(candidate, ana):
    vote(candidate, by=ana)
    withdraw(candidate, by=ana)

    with pytest.raises(PolicyError, match="no vote of yours"):
        withdraw(candidate, by=ana)


def test_form_that_voted_cannot_take_back(candidate, ana):
    token = uuid4()
    vote(candidate, by=ana, token=token)

    with pytest.raises(PolicyError, match="another"):
        withdraw(candidate, by=ana, token=token)


def test_form_that_took_back_cannot_vote(candidate, ana):
    vote(candidate, by=ana)
    token = uuid4()
    withdraw(candidate, by=ana, token=token)

    with pytest.raises(PolicyError, match="another"):
        vote(candidate, by=ana, token=token)


def test_undo_finds_the_last_vote_that_stands(review, ana, ben):
    one, two = make_candidates(review=review, count=2)
    first = vote(one, by=ana)
    vote(two, by=ana)
    vote(two, by=ben)
    assert newest_own_decision(review, stage=TITLES, reviewer=ana).candidate == two

    withdraw(two, by=ana)

    assert newest_own_decision(review, stage=TITLES, reviewer=ana) == first
    assert list(own_decisions(review, stage=TITLES, reviewer=ana)) == [first]
    assert newest_own_decision(review, stage=Stage.FULL_TEXT, reviewer=ana) is None


def extracted(body, *, text="Text", version="1", blob="b" * 64, at=NOON):
    pages = (Page(number=1, width=595, height=842, text=text, words=()),)
    made = ExtractedText(title=None, title_from=None, pages=pages, extractor="pdf", extractor_version=version)
    return store_extraction(body, made.summary, blob_sha256=blob, at=at)


def candidate_with(documents, review, *, run):
    store_record(run.uid, found_record(documents=documents))
    use_run(review, run, at=NOON)
    return review.candidates.select_related("record").get()


def test_what_was_judged_is_stored_with_the_vote(review, ana):
    run = begin_crawl(source=make_source())
    error, pdf = make_capture(run=run, status=404, body=b"not here"), make_capture(run=run, body=b"%PDF")
    documents = [
        found_document(key="1", status=RetrievalStatus.NOT_RETRIEVED, reason="404", captures=[error]),
        found_document(key="2", status=RetrievalStatus.RETRIEVED, captures=[pdf]),
    ]
    candidate = candidate_with(documents, review, run=run)
    capture = run.captures.get(record_id=pdf)
    extracted(capture.body_sha256, blob="c" * 64)
    shown = Shown(visible=("title", "text"), model_version="7", ranker_state="a" * 64, rank=3, score=0.25)

    decision = ScreeningDecision.objects.get(pk=vote(candidate, by=ana, shown=shown).pk)

    assert decision.record_revision == 1
    assert decision.capture == capture
    assert decision.text_sha256 == "c" * 64
    assert decision.visible == ["title", "text"]
    assert (decision.model_version, decision.ranker_state) == ("7", "a" * 64)
    assert (decision.rank, decision.score) == (3, 0.25)


def test_error_page_is_never_what_was_judged(review, ana):
    run = begin_crawl(source=make_source())
    error, pdf = make_capture(run=run, status=404, body=b"not here"), make_capture(run=run, body=b"%PDF")
    documents = [
        found_document(key="1", status=RetrievalStatus.NOT_RETRIEVED, reason="404", captures=[error]),
        found_document(key="2", status=RetrievalStatus.RETRIEVED, captures=[pdf]),
    ]

    decision = vote(candidate_with(documents, review, run=run), by=ana)

    assert (decision.capture.record_id, decision.text_sha256) == (pdf, None)


def test_vote_on_a_record_without_documents_stores_none(candidate, ana):
    decision = vote(candidate, by=ana)

    assert (decision.capture, decision.text_sha256) == (None, None)


def test_document_with_text_is_the_one_that_was_judged(review, ana):
    run = begin_crawl(source=make_source())
    captures = [make_capture(run=run, body=body) for body in (b"broken", b"whole")]
    documents = [
        found_document(key=str(n), status=RetrievalStatus.RETRIEVED, captures=[c])
        for n, c in enumerate(captures)
    ]
    candidate = candidate_with(documents, review, run=run)
    broken, whole = (run.captures.get(record_id=c) for c in captures)
    store_extraction_failure(
        broken.body_sha256, extractor="pdf", extractor_version="1", reason="torn", at=NOON
    )
    extracted(whole.body_sha256)

    assert vote(candidate, by=ana).capture == whole


def test_vote_keeps_the_revision_of_its_day(review, ana):
    source = make_source()
    use_run(review, make_run(source=source, records=[found_record(title="Draft")]), at=NOON)
    first = vote(review.candidates.get(), by=ana)
    make_run(source=source, records=[found_record(title="Final")])

    second = vote(review.candidates.get(), by=ana)

    assert [d.record_revision for d in (first, second)] == [1, 2]


def test_review_without_a_protocol_takes_no_votes(candidate, ana):
    bare = Review.objects.create(slug="bare", title="Bare", created_at=NOON)
    stray = Candidate.objects.create(
        review=bare, record=candidate.record, search_use=candidate.search_use, added_at=NOON
    )

    with pytest.raises(WorkspaceError, match="no protocol yet"):
        vote(stray, by=ana)


def test_person_without_any_review_is_refused(candidate):
    with pytest.raises(PolicyError):
        vote(candidate, by=make_person("nobody"))
