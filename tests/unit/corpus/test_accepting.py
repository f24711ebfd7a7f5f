"""A crawl that got sharply less than the ones before has failed, until a person says that the source shrank."""

import pytest

from corpus import policies
from corpus.models import AuditEvent, Record
from corpus.services.acceptance import accept_fewer
from corpus.services.reviews import add_member, use_run
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.errors import PolicyError, WorkspaceError
from greysift.jobs.acceptance import accept_run
from tests.factories import NOON, make_person, make_review, make_source
from tests.unit.corpus.crawls import Crawl, carry_out

pytestmark = pytest.mark.django_db


def crawl(day, number, *, documents=None, **more):
    """Crawl so many records (told, not stored) and documents."""
    counts = {"records": number, "documents_retrieved": number if documents is None else documents}
    return carry_out(make_source(), Crawl(day, counts=counts, **more))


@pytest.mark.parametrize(
    ("usual", "got"),
    [
        *((1, 0), (2, 0), (3, 0), (3, 1), (4, 2), (5, 2), (5, 3)),
        *((10, 7), (20, 17), (30, 26), (100, 89), (2451, 2076)),
    ],
)
def test_sharply_fewer(usual, got):
    assert policies.is_sharply_fewer(got, usual=usual)


@pytest.mark.parametrize(
    ("usual", "got"),
    [(0, 0), (0, 5), (2, 1), (3, 2), (6, 4), (10, 8), (30, 27), (100, 90), (2451, 2300), (5, 9)],
)
def test_not_sharply_fewer(usual, got):
    assert not policies.is_sharply_fewer(got, usual=usual)


def test_a_sharp_drop_fails_and_the_sentence_gives_the_figures():
    crawl(0, 100)

    run = crawl(7, 60)

    assert run.status == "failed"
    assert [f.partition(":")[0] for f in run.failures] == [
        "Sharply fewer documents than before",
        "Sharply fewer records than before",
    ]
    assert "60, where the crawl of 2026-03-02 12:00 (UTC) ended with 100" in run.failures[1]


def test_documents_that_vanish_while_the_records_stay_are_a_drop():
    crawl(0, 100)

    assert crawl(7, 100, documents=0).status == "failed"


def test_the_measure_is_the_best_of_the_last_complete_crawls_not_the_last_alone():
    for day, number in enumerate([100, 95, 92]):
        assert crawl(day, number).status == "complete"

    assert crawl(3, 89).status == "failed"


def test_what_left_the_list_during_a_crawl_is_no_measure_for_the_next():
    left = {"left_the_list": 3, "documents_that_left_the_list": 1}
    counts = {"records": 33, "documents_retrieved": 31} | left
    assert carry_out(make_source(), Crawl(0, counts=counts)).status == "complete"

    assert crawl(1, 29).status == "complete"
    run = crawl(2, 26)

    assert run.status == "failed"
    assert "26, where the crawl of 2026-03-02 12:00 (UTC) ended with 30" in run.failures[0]


def test_crawls_long_past_failed_crawls_and_other_strategies_are_no_measure():
    crawl(0, 200, strategy="all and more")
    crawl(1, 150, is_complete=False)
    assert crawl(2, 50).status == "complete"
    for day in range(3, 9):
        assert crawl(day, 48).status == "complete"

    assert crawl(9, 44).status == "complete"  # a tenth of 50 is long past


def test_a_growing_source_and_a_first_crawl_are_no_drop():
    assert [crawl(day, number).status for day, number in enumerate([0, 3, 300])] == ["complete"] * 3


def test_an_old_recording_is_measured_by_what_came_before_it():
    crawl(5, 100)

    assert crawl(1, 40, channel="replay").status == "complete"


def test_an_upload_is_what_a_person_chose_and_never_a_drop():
    crawl(0, 100)

    assert crawl(1, 3, channel="upload").status == "complete"


def test_accepted_run_counts_as_complete_and_the_next_is_measured_by_it():
    by = make_person()
    crawl(0, 100)
    run = crawl(7, 60)

    accepted = accept_fewer(run, why="the archive moved", by=by, at=NOON)

    assert (accepted.status, accepted.fewer_accepted_why) == ("complete", "the archive moved")
    assert accepted.failures == run.failures
    event = AuditEvent.objects.get(event="fewer_accepted")
    assert (event.by, event.facts["why"]) == (by, "the archive moved")
    assert crawl(8, 58).status == "complete"
    assert crawl(9, 40).status == "failed"
    with pytest.raises(PolicyError, match="was accepted already: the archive moved"):
        accept_fewer(run, why="again", by=by, at=NOON)
    assert AuditEvent.objects.filter(event="fewer_accepted").count() == 1


def test_accepted_runs_settle_what_is_gone_and_reviews_take_them_up():
    listed, review = {key: (key.upper(), None) for key in "abcd"}, make_review()
    runs = []
    for day, few in enumerate([listed, {"e": ("E", None)}, {"e": ("E", None)}]):
        runs.append(carry_out(make_source(), Crawl(day, few, counts={"records": len(few)})))
    assert [run.status for run in runs] == ["complete", "failed", "failed"]

    for run in runs[1:]:
        assert not Record.objects.exclude(gone_since=None).exists()
        accept_fewer(run, why="it shrank", by=None, at=NOON)

    assert set(Record.objects.exclude(gone_since=None).values_list("key", flat=True)) == set("abcd")
    assert [use_run(review, run, at=NOON) for run in runs] == [4, 1, 0]


def test_a_run_that_fell_short_otherwise_cannot_be_accepted():
    crawl(0, 100)
    run = crawl(1, 50, is_complete=False)

    with pytest.raises(PolicyError, match="the second page timed out"):
        accept_fewer(run, why="it shrank", by=None, at=NOON)
    with pytest.raises(PolicyError, match="is complete"):
        accept_fewer(crawl(2, 100), why="it shrank", by=None, at=NOON)


def test_only_an_owner_of_a_review_accepts():
    review = make_review()
    crawl(0, 100)
    run = crawl(7, 60)
    reviewer, owner = make_person("reviewer"), make_person("owner")
    add_member(review, reviewer, role=Role.REVIEWER, by=None, at=NOON)
    add_member(review, owner, role=Role.OWNER, by=None, at=NOON)

    with pytest.raises(PolicyError, match="only the owner of a review may accept"):
        accept_run(str(run.uid), why="it shrank", by="reviewer", at=NOON)
    with pytest.raises(WorkspaceError, match="nobody is called 'nobody'"):
        accept_run(str(run.uid), why="it shrank", by="nobody", at=NOON)

    assert accept_run(str(run.uid), why="it shrank", by="owner", at=NOON)[0].status == "complete"
