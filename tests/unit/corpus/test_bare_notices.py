"""A source's word that a record is gone, with nothing else said of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import Candidate, Record, RecordRevision, Sighting
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.vocabulary.harvest import FoundRecord, RunResult
from tests.factories import NOON, make_source

pytestmark = pytest.mark.django_db

TITLED = FoundRecord("a", "https://a.example.invalid/", "A report", None, None, "2019", None)
NOTICE = FoundRecord("a", None, "", None, None, None, None, gone_reason="deleted in the repository")


def run_with(source, *found, day=0):
    at = NOON + timedelta(days=day)
    run = begin_run(source, uid=uuid4(), channel="crawl", strategy={"q": "x"}, at=at)
    new = [store_record(run.uid, each) for each in found]
    finish_run(run.uid, RunResult(len(found), len(found), {}, (), {}), at=at)
    return new


def test_a_record_that_is_known_is_gone_and_its_last_words_stand():
    source = make_source()
    run_with(source, TITLED)

    run_with(source, NOTICE, day=1)

    record = Record.objects.get()
    assert (record.title, record.published, record.gone_reason) == (
        "A report",
        "2019",
        "the source says so: deleted in the repository",
    )
    assert RecordRevision.objects.count() == 1
    assert Sighting.objects.count() == 2


def test_a_record_that_comes_back_is_gone_no_longer():
    source = make_source()
    run_with(source, TITLED)
    run_with(source, NOTICE, day=1)

    run_with(source, TITLED, day=2)

    assert Record.objects.get().gone_since is None


def test_what_nobody_here_knew_is_not_stored():
    assert run_with(make_source(), NOTICE) == [False]

    assert not Record.objects.exists()
    assert not Candidate.objects.exists()
