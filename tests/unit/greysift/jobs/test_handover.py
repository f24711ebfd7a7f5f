"""Imports that die half way, and how a source fares whose files people hand over."""

from datetime import timedelta

import pytest

from corpus.models import AuditEvent, Record, SearchRun, Sighting, Source
from corpus.selectors.health import health_of
from corpus.vocabulary.errors import HandOverError
from corpus.vocabulary.harvest import RunStatus, SourceHealth
from greysift.jobs import handover
from greysift.jobs.handover import File, Origin, take_in_export
from greysift.jobs.sources import declare_sources
from tests.factories import NOON, make_person

pytestmark = pytest.mark.django_db

HEADER = "Cites,Authors,Title,Year,ArticleURL,GSRank,QueryDate"
ROWS = "\n".join(f"1,A,Report {n},2019,https://a.example.invalid/{n},{n},2026-02-03" for n in range(5))
EXPORT = File("scholar.csv", f"{HEADER}\n{ROWS}\n".encode())
ORIGIN = Origin("google-scholar", '"care leavers"', "ana")


class KilledError(BaseException):
    """What a process that dies raises to nobody."""


@pytest.fixture(autouse=True)
def workspace(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    make_person("ana")


@pytest.mark.parametrize("stored", [0, 1, 4])
def test_an_import_that_died_is_completed_by_the_same_command(monkeypatch, stored):
    store, calls = handover.store_record, []

    def dies(*arguments):
        if len(calls) == stored:
            raise KilledError
        calls.append(arguments)
        return store(*arguments)

    monkeypatch.setattr(handover, "store_record", dies)
    with pytest.raises(KilledError):
        take_in_export(EXPORT, origin=ORIGIN, at=NOON)
    monkeypatch.setattr(handover, "store_record", store)
    assert SearchRun.objects.get().status == RunStatus.RUNNING

    outcome = take_in_export(EXPORT, origin=ORIGIN, at=NOON + timedelta(hours=1))

    assert not outcome.was_known
    assert (outcome.run.status, outcome.run.started_at) == (RunStatus.COMPLETE, NOON)
    assert (SearchRun.objects.count(), Record.objects.count(), Sighting.objects.count()) == (1, 5, 5)


def test_who_handed_a_file_over_is_in_the_audit_log():
    outcome = take_in_export(EXPORT, origin=ORIGIN, at=NOON)

    events = AuditEvent.objects.filter(subject_type="searchrun", subject_id=str(outcome.run.pk))
    assert {event.event: event.by and event.by.get_username() for event in events} == {
        "run_begun": "ana",
        "run_finished": "ana",
    }


def test_a_source_that_people_bring_is_never_missed_by_crawls():
    declare_sources()
    source = Source.objects.get(slug="google-scholar")
    before = health_of(source, at=NOON)

    take_in_export(EXPORT, origin=ORIGIN, at=NOON)

    after = health_of(source, at=NOON + timedelta(days=500))
    assert (before.state, before.words) == (SourceHealth.BY_HAND, "nothing yet")
    assert (after.state, after.words) == (SourceHealth.BY_HAND, "last on 2026-03-02")


def test_a_file_that_is_no_text_is_named():
    with pytest.raises(HandOverError, match=r"^nul\.csv: it is not text"):
        take_in_export(File("nul.csv", EXPORT.data + b"\0"), origin=ORIGIN, at=NOON)


def test_a_file_without_a_row_that_can_be_read_says_what_is_wrong_with_the_first():
    data = f"{HEADER}\n1,A,,2019,,,\n2,A\n".encode()

    with pytest.raises(HandOverError, match=r"bad\.csv holds no row .*: line 2 has no title; and 1 more"):
        take_in_export(File("bad.csv", data), origin=ORIGIN, at=NOON)


def test_a_file_with_its_header_alone_says_so():
    with pytest.raises(HandOverError, match=r"only\.csv holds no row"):
        take_in_export(File("only.csv", HEADER.encode()), origin=ORIGIN, at=NOON)
