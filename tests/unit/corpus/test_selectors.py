"""Reads: what is due, what is known, what is meant."""

from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import AuditEvent, Membership, Source
from corpus.selectors.extraction import bodies_due, extraction_counts, extraction_failures
from corpus.selectors.records import candidate_in, candidates_in, document_in, documents_of, pool
from corpus.selectors.reviews import (
    find_person,
    protocol_of,
    protocol_version,
    review_by_slug,
    reviews_of,
    role_in,
    team_of,
)
from corpus.selectors.sources import (
    harvest_counts,
    has_confirmed_terms,
    newest_captures,
    run_by_uid,
    runs_of_sources,
    source_by_slug,
    source_statuses,
)
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.harvest import finish_run, store_capture, store_record
from corpus.services.people import create_person
from corpus.services.reviews import add_member, import_protocol, use_run
from corpus.services.sources import confirm_terms, ensure_source
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.documents import ExtractedText, Page
from corpus.vocabulary.errors import PolicyError, WorkspaceError
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    PASSWORD,
    begin_crawl,
    capture_fact,
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
    run_result,
)
from tests.unit.corpus.rows import all_rows

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


def read(body_sha256, *, version="1", title="Title", at=NOON, blob="b" * 64):
    pages = tuple(Page(number=n, width=595, height=842, text=f"Page {n}", words=()) for n in (1, 2))
    text = ExtractedText(
        title=title, title_from="metadata", pages=pages, extractor="pdf", extractor_version=version
    )
    return store_extraction(body_sha256, text, blob_sha256=blob, at=at)


def fail(body_sha256, *, version="1", reason="torn", at=NOON):
    return store_extraction_failure(
        body_sha256, extractor="pdf", extractor_version=version, reason=reason, at=at
    )


def harvest(bodies, *, source=None, key="r"):
    """Store one record with a retrieved document for each body; return the run and the bodies' hashes."""
    run = begin_crawl(source=source or make_source())
    captures = [
        make_capture(run=run, url=f"https://example.org/{n}.pdf", body=b) for n, b in enumerate(bodies)
    ]
    documents = [
        found_document(
            key=str(n), url=f"https://example.org/{n}.pdf", status=RetrievalStatus.RETRIEVED, captures=[c]
        )
        for n, c in enumerate(captures)
    ]
    store_record(run.uid, found_record(key=key, documents=documents))
    finish_run(run.uid, run_result(expected=1, got=1), at=NOON)
    return run, [run.captures.get(record_id=c).body_sha256 for c in captures]


def due(version="1"):
    return [d.body_sha256 for d in bodies_due(extractor="pdf", extractor_version=version)]


def test_retrieved_bodies_are_due_once_each_oldest_first():
    _, hashes = harvest([b"one", b"two", b"one"])

    assert due() == hashes[:2]
    urls = [d.url for d in bodies_due(extractor="pdf", extractor_version="1")]
    assert urls == ["https://example.org/0.pdf", "https://example.org/1.pdf"]


def test_body_that_was_tried_is_due_again_only_for_another_version():
    _, (first, second) = harvest([b"one", b"two"])
    read(first)
    fail(second)

    assert due("1") == []
    assert due("2") == [first, second]
    assert len(bodies_due(extractor="other", extractor_version="1")) == 2


def test_what_is_due_says_where_it_lies():
    run, _ = harvest([b"one"])
    capture = run.captures.get()

    (body,) = bodies_due(extractor="pdf", extractor_version="1")

    assert (body.warc_file, body.warc_offset) == (capture.warc_file, capture.warc_offset)
    assert (body.url, body.media_type) == ("https://example.org/0.pdf", "application/pdf")


def test_error_pages_and_documents_not_had_are_not_due():
    run = begin_crawl(source=make_source())
    error = make_capture(run=run, status=404, body=b"not here")
    documents = [
        found_document(key="1", status=RetrievalStatus.NOT_RETRIEVED, reason="404", captures=[error]),
        found_document(key="2"),
    ]
    store_record(run.uid, found_record(documents=documents))

    assert due() == []


def test_counts_and_failures_tell_each_body_s_newest_word():
    fail("1" * 64, version="1", reason="too long")
    read("1" * 64, version="2", at=LATER)
    read("2" * 64)
    fail("3" * 64, reason="torn")

    assert extraction_counts() == {"done": 2, "failed": 1}
    assert extraction_failures() == [("3" * 64, "torn")]


def test_same_extraction_again_changes_nothing():
    read("1" * 64)
    fail("2" * 64)
    before = all_rows()

    read("1" * 64, at=LATER, title="Other")
    fail("2" * 64, at=LATER)

    assert all_rows() == before
    assert AuditEvent.objects.count() == 2


def test_extracted_words_that_no_database_keeps_are_replaced():
    text = read("1" * 64, title="A\0 title \ud800")
    failure = fail("2" * 64, reason="bad byte \0")

    text.refresh_from_db()
    failure.refresh_from_db()
    assert text.title == "A\ufffd title \ufffd"
    assert failure.reason == "bad byte \ufffd"
    assert (text.page_count, text.character_count) == (2, 12)


def test_documents_with_text_come_first_and_tell_what_reading_gave():
    review = make_review()
    run, (torn, whole) = harvest([b"torn", b"whole"])
    use_run(review, run, at=NOON)
    fail(torn, reason="no pages")
    read(whole, blob="c" * 64)

    first, second = documents_of(review.candidates.get())

    assert (first.body_sha256, first.blob_sha256, first.page_count) == (whole, "c" * 64, 2)
    assert (second.body_sha256, second.blob_sha256, second.extraction_failure) == (torn, None, "no pages")
    assert first.extraction_failure is None
    assert document_in(review, first.report_id) == first
    assert document_in(review, second.report_id) == second


def test_newest_reading_of_a_document_counts():
    review = make_review()
    run, (body,) = harvest([b"one"])
    use_run(review, run, at=NOON)
    read(body, version="2", blob="2" * 64, at=LATER)
    read(body, version="1", blob="1" * 64, at=NOON)

    (document,) = documents_of(review.candidates.get())

    assert document.blob_sha256 == "2" * 64
    assert document_in(review, document.report_id).blob_sha256 == "2" * 64


def test_document_not_had_tells_why():
    review = make_review()
    sought = found_document(status=RetrievalStatus.NOT_RETRIEVED, reason="410 Gone")
    use_run(review, make_run(source=make_source(), records=[found_record(documents=[sought])]), at=NOON)

    (document,) = documents_of(review.candidates.get())

    assert (document.status, document.reason) == (RetrievalStatus.NOT_RETRIEVED, "410 Gone")
    assert (document.body_sha256, document.warc_file, document.blob_sha256) == (None, None, None)


def test_document_that_is_not_there_is_none():
    assert document_in(make_review(), 1) is None


def test_pool_is_in_the_order_of_arrival():
    review, source = make_review(), make_source()
    for keys in (["z", "a"], ["m", "z"]):
        use_run(review, make_run(source=source, records=[found_record(key=k) for k in keys]), at=NOON)

    records = pool(review)

    assert [r.key for r in records] == ["z", "a", "m"]
    assert records[0].source == "department-for-education"
    assert [r.candidate_id for r in records] == sorted(r.candidate_id for r in records)


def test_candidates_come_in_the_order_asked_for():
    review = make_review()
    one, two, three = make_candidates(review=review, count=3)

    assert candidates_in(review, [three.pk, 10**6, one.pk]) == [three, one]
    assert candidate_in(review, two.pk) == two
    assert candidate_in(review, 10**6) is None


def test_only_review_is_meant_without_a_slug():
    review = make_review()

    assert review_by_slug() == review_by_slug("care-leavers") == review


def test_missing_review_is_told_how_to_make_one():
    with pytest.raises(WorkspaceError, match="no review here yet; `greysift init"):
        review_by_slug()


def test_several_reviews_are_listed():
    make_review()
    make_review(slug="kinship-care")

    with pytest.raises(
        WorkspaceError, match=r"several reviews here; .* --review: care-leavers, kinship-care"
    ):
        review_by_slug()
    with pytest.raises(WorkspaceError, match=r"no review 'other' here; there is: care-leavers, kinship-care"):
        review_by_slug("other")
    assert review_by_slug("kinship-care").slug == "kinship-care"


def test_team_and_roles():
    review, other = make_review(), make_review(slug="other")
    ana = make_member(review=review, role=Role.OBSERVER)
    before = Membership.objects.count()

    add_member(review, ana, role=Role.OWNER, by=ana, at=NOON)

    assert Membership.objects.count() == before
    assert (role_in(review, ana), role_in(other, ana)) == (Role.OWNER, None)
    assert reviews_of(ana) == [review]
    assert team_of(review) == [("ana", "owner")]
    assert (find_person("ana"), find_person("ben")) == (ana, None)


def test_same_role_again_writes_nothing():
    review = make_review()
    ana = make_member(review=review)
    before = all_rows()

    add_member(review, ana, role=Role.REVIEWER, by=None, at=LATER)

    assert all_rows() == before


def test_protocol_versions_are_numbered_and_the_newest_counts():
    review = make_review()
    document = protocol_document(reviewers=3).replace('title = "Innovation', 'title = "Change')
    second = import_protocol(document, at=LATER, by=None, why="more eyes")

    assert import_protocol(document, at=LATER, by=None, why="again") == second == protocol_version(review)
    assert second.number == 2
    assert protocol_of(review).screening.reviewers_per_record == 3
    review.refresh_from_db()
    assert review.title.startswith("Change")


def test_return_to_an_earlier_protocol_is_a_new_version():
    for reviewers in (2, 3, 2):
        version = import_protocol(protocol_document(reviewers=reviewers), at=NOON, by=None, why="why")

    assert version.number == 3


def test_review_without_protocol_says_so():
    review = make_review()
    review.protocol_versions.all().delete()

    with pytest.raises(WorkspaceError, match="care-leavers has no protocol yet"):
        protocol_version(review)


def test_sources_tell_their_health_by_name():
    empty, busy = make_source(slug="zoo-trust"), make_source(slug="a-trust")
    run = make_run(source=busy, records=[found_record(key="1"), found_record(key="2")])
    confirm_terms(busy, note="Read", by=make_person("ana"), at=NOON)
    confirm_terms(busy, note="Read again", by=make_person("ben"), at=LATER)

    statuses = source_statuses()

    assert [s.slug for s in statuses] == ["a-trust", "zoo-trust"]
    assert (statuses[0].records, statuses[0].last_run, statuses[0].terms_confirmed_by) == (2, run, "ben")
    assert (statuses[1].records, statuses[1].last_run, statuses[1].terms_confirmed_by) == (0, None, None)
    assert (has_confirmed_terms(busy), has_confirmed_terms(empty)) == (True, False)
    assert source_by_slug("zoo-trust") == empty
    assert source_by_slug("none") is None


def test_source_that_is_declared_again_changes_only_when_its_declaration_does():
    facts = {"name": "S", "organisation": "O", "kind": "k"}
    ensure_source("s", **facts, declaration={"hosts": ("a", "b"), "seen": NOON.date()}, at=NOON)
    before = all_rows()

    ensure_source("s", **facts, declaration={"hosts": ["a", "b"], "seen": "2026-03-02"}, at=LATER)
    assert all_rows() == before
    ensure_source("s", **facts, declaration={"hosts": ["a"]}, at=LATER)

    assert Source.objects.get().declaration == {"hosts": ["a"]}
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["source_added", "source_changed"]


def test_runs_are_found():
    source = make_source()
    whole = make_run(source=source, records=[])
    failed = begin_crawl(source=source)
    finish_run(failed.uid, run_result(failures=["no answer"]), at=LATER)
    begin_crawl(source=source)
    make_run(source=make_source(slug="other"), records=[])

    assert runs_of_sources((source.slug,)) == [whole]
    assert run_by_uid(str(failed.uid)) == failed
    assert run_by_uid(str(uuid4())) is None


def test_newest_full_capture_of_each_document_is_kept_for_the_next_run():
    source = make_source()
    harvest([b"first", b"other"], source=source)
    run, _ = harvest([b"second"], source=source)
    harvest([b"elsewhere"], source=make_source(slug="elsewhere"))

    captures = newest_captures(source)

    assert set(captures) == {"https://example.org/0.pdf", "https://example.org/1.pdf"}
    assert captures["https://example.org/0.pdf"] == run.captures.get()


def test_newest_capture_is_the_last_fetched_not_the_last_stored():
    source = make_source()
    run = begin_crawl(source=source)
    for hours, key in ((2, "r"), (1, "replayed")):
        fact = capture_fact(at=NOON + timedelta(hours=hours), body=b"%d" % hours)
        store_capture(run.uid, fact)
        document = found_document(key=key, status=RetrievalStatus.RETRIEVED, captures=[fact.record_id])
        store_record(run.uid, found_record(key=key, documents=[document]))

    (capture,) = newest_captures(source).values()

    assert capture.fetched_at == NOON + timedelta(hours=2)


def test_harvest_is_counted():
    harvest([b"one", b"two"])
    make_run(source=make_source(), records=[found_record(key="x", documents=[found_document()])])

    assert harvest_counts() == {"records": 2, "reports": 3, "retrieved": 2, "captures": 2, "runs": 2}


@pytest.mark.parametrize(
    ("username", "password", "says"),
    [
        ("ana", PASSWORD, "account 'ana' already"),
        ("ben", "short", "too short"),
        ("", PASSWORD, "blank"),
        ("b n", PASSWORD, "valid username"),
    ],
)
def test_account_that_cannot_be_made_says_why(username, password, says):
    make_person("ana")
    before = all_rows()

    with pytest.raises(PolicyError, match=says):
        create_person(username, password=password, at=NOON)

    assert all_rows() == before


def test_account_keeps_no_readable_password():
    ana = make_person("ana")

    assert ana.check_password(PASSWORD)
    assert PASSWORD not in ana.password
