"""Reads: what is known, what is meant."""

from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import AuditEvent, Membership, Source
from corpus.selectors.records import candidate_in, candidates_in, pool
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
    full_captures,
    harvest_counts,
    run_by_uid,
    runs_of_sources,
    source_by_slug,
    source_statuses,
)
from corpus.services.harvest import finish_run, store_capture, store_record
from corpus.services.people import create_person
from corpus.services.reviews import add_member, import_protocol, use_run
from corpus.services.sources import confirm_terms, ensure_source
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.errors import PolicyError, WorkspaceError
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    PASSWORD,
    begin_crawl,
    capture_fact,
    found_document,
    found_record,
    harvest_bodies,
    make_candidates,
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
    confirm_terms(busy, hosts=[], note="Read", by=make_person("ana"), at=NOON)
    confirm_terms(busy, hosts=[], note="Read again", by=make_person("ben"), at=LATER)

    statuses = source_statuses()

    assert [s.slug for s in statuses] == ["a-trust", "zoo-trust"]
    assert (statuses[0].records, statuses[0].last_run, statuses[0].terms_confirmed_by) == (2, run, "ben")
    assert (statuses[1].records, statuses[1].last_run, statuses[1].terms_confirmed_by) == (0, None, None)
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
    harvest_bodies([b"first", b"other"], source=source)
    run, _ = harvest_bodies([b"second"], source=source)
    harvest_bodies([b"elsewhere"], source=make_source(slug="elsewhere"))

    captures = {capture.url: capture for capture in full_captures(source)}

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

    *_, capture = full_captures(source)

    assert capture.fetched_at == NOON + timedelta(hours=2)


def test_harvest_is_counted():
    harvest_bodies([b"one", b"two"])
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
