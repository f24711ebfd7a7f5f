"""Services called in the same moment by several processes' worth of connections leave what one caller would."""

from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import Candidate, Person, ProtocolVersion, Record, RecordRevision, SearchRun
from corpus.selectors.registry import serving_model
from corpus.services.extraction import store_extraction_failure
from corpus.services.harvest import begin_run, store_capture, store_record
from corpus.services.people import create_person
from corpus.services.predictions import Scored, store_predictions
from corpus.services.registry import promote_model, roll_back_model
from corpus.services.reviews import add_member, import_protocol, use_run
from corpus.services.sources import ensure_source
from corpus.vocabulary.decisions import Role
from tests.factories import (
    NOON,
    PASSWORD,
    begin_crawl,
    capture_fact,
    found_record,
    make_candidates,
    make_person,
    make_review,
    make_run,
    make_source,
    protocol_document,
)
from tests.integration.corpus.threads import run_at_once
from tests.unit.corpus.full_store import make_model

pytestmark = pytest.mark.django_db(transaction=True)


def errors(answers):
    return [a for a in answers if isinstance(a, Exception)]


def test_crawls_begun_at_once_are_one_run():
    source = make_source()

    answers = run_at_once([lambda: begin_crawl(source=source).uid] * 4)

    assert errors(answers) == []
    assert set(answers) == {SearchRun.objects.get().uid}


def test_record_found_by_several_runs_at_once_is_one_record():
    source = make_source()
    runs = [begin_run(source, uid=uuid4(), channel="upload", strategy={}, at=NOON) for _ in range(4)]

    answers = run_at_once([lambda r=r: store_record(r.uid, found_record(key="r")) for r in runs])

    assert sorted(answers) == [False, False, False, True]
    assert RecordRevision.objects.count() == Record.objects.count() == 1
    assert Record.objects.get().sightings.count() == 4


def test_record_revised_by_several_runs_at_once_has_all_revisions():
    source = make_source()
    runs = [begin_run(source, uid=uuid4(), channel="upload", strategy={}, at=NOON) for _ in range(4)]

    answers = run_at_once(
        [lambda r=r, n=n: store_record(r.uid, found_record(title=f"Title {n}")) for n, r in enumerate(runs)]
    )

    assert errors(answers) == []
    assert sorted(RecordRevision.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    record = Record.objects.get()
    assert record.title == "Title 3"  # of the run that was begun last, whoever was stored last
    assert RecordRevision.objects.get(number=record.revision).said["title"] == "Title 3"


def test_same_capture_at_once_is_one_row():
    run, fact = begin_crawl(source=make_source()), capture_fact()

    answers = run_at_once([lambda: store_capture(run.uid, fact)] * 4)

    assert sorted(answers) == [False, False, False, True]


def test_run_used_at_once_gives_each_candidate_once():
    review = make_review()
    run = make_run(source=make_source(), records=[found_record(key=f"r{n}") for n in range(5)])

    answers = run_at_once([lambda: use_run(review, run, at=NOON)] * 4)

    assert sorted(answers) == [0, 0, 0, 5]
    assert Candidate.objects.count() == 5


def test_resumed_run_used_at_once_gives_each_candidate_once():
    review = make_review()
    run = begin_crawl(source=make_source())
    use_run(review, run, at=NOON)
    for n in range(5):
        store_record(run.uid, found_record(key=f"r{n}"))

    answers = run_at_once([lambda: use_run(review, run, at=NOON)] * 4)

    assert sorted(answers) == [0, 0, 0, 5]


def test_protocols_imported_at_once_are_numbered_in_order():
    documents = [protocol_document(reviewers=n) for n in (1, 2, 3)]

    answers = run_at_once([lambda d=d: import_protocol(d, at=NOON, by=None, why="why") for d in documents])

    assert errors(answers) == []
    assert sorted(ProtocolVersion.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_rollbacks_at_once_go_back_one_step_each():
    for version in "abc":
        make_model(version=version)
        promote_model("eligibility", version, by=None, at=NOON, why="better")

    answers = run_at_once([lambda: roll_back_model("eligibility", by=None, at=NOON, why="worse").version] * 2)

    assert sorted(answers) == ["a", "b"]
    assert serving_model("eligibility").version == "a"


def test_scores_stored_at_once_are_stored_once():
    candidates = make_candidates(review=make_review(), count=5)
    model = make_model()
    scores = [Scored(c.pk, 0.5, "unseen", "t" * 64) for c in candidates]

    answers = run_at_once([lambda: store_predictions(model, scores, at=NOON)] * 4)

    assert sorted(answers) == [0, 0, 0, 5]


def test_account_made_at_once_is_made_once():
    def make():
        return create_person("ana", password=PASSWORD, at=NOON)

    answers = run_at_once([make] * 3)

    assert sorted(type(a).__name__ for a in answers) == ["Person", "PolicyError", "PolicyError"]
    assert Person.objects.count() == 1


def test_member_source_and_text_made_at_once_are_made_once():
    review, ana = make_review(), make_person()

    answers = run_at_once(
        [lambda: add_member(review, ana, role=Role.OWNER, by=None, at=NOON)] * 3
        + [lambda: ensure_source("s", name="S", organisation="O", kind="k", declaration={}, at=NOON)] * 3
        + [
            lambda n=n: store_extraction_failure(
                "a" * 64,
                extractor="pdf",
                extractor_version="1",
                reason="torn",
                at=NOON + timedelta(seconds=n),
            )
            for n in range(3)
        ]
    )

    assert errors(answers) == []
    assert len({(type(a), a.pk) for a in answers}) == 3
