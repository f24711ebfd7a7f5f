"""The database itself refuses what may not be, whoever asks."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from corpus.models import (
    Candidate,
    Capture,
    ExtractedText,
    HostTurn,
    Membership,
    ModelPromotion,
    Prediction,
    ProtocolVersion,
    Reanchoring,
    Record,
    RecordRevision,
    Report,
    ReportCapture,
    ReportSighting,
    Schedule,
    ScreeningDecision,
    SearchRun,
    SearchUse,
    Sighting,
    Study,
    Suggestion,
    TermsConfirmation,
    TrainedModel,
    Verdict,
)
from tests.factories import NOON
from tests.unit.corpus.full_store import fill_store
from tests.unit.corpus.rows import row_counts, tables

pytestmark = pytest.mark.django_db

APPEND_ONLY = {
    "AuditEvent",
    "Capability",
    "Capture",
    "ModelPromotion",
    "ProtocolVersion",
    "Reanchoring",
    "RecordRevision",
    "ReportCapture",
    "ReportSighting",
    "ScreeningDecision",
    "Sighting",
    "TermsConfirmation",
    "Verdict",
}

# For each constraint: the table, and what a copy of its one lawful row says otherwise. Other unique columns get
# values of their own, so that no constraint hides behind another.
VIOLATIONS = {
    "candidate_once_per_review": (Candidate, {}),
    "capture_has_its_own_place": (Capture, {"record_id": "other"}),
    "capture_status_is_http": (Capture, {"record_id": "other", "warc_offset": 7, "status": 99}),
    "decision_choice_known": (ScreeningDecision, {"choice": "perhaps", "sequence": 2}),
    "decision_in_sequence": (ScreeningDecision, {}),
    "decision_rank_from_one": (ScreeningDecision, {"rank": 0, "sequence": 2}),
    "decision_reason_only_for_exclude": (
        ScreeningDecision,
        {"reason": "date", "choice": "include", "sequence": 2},
    ),
    "decision_sequence_from_one": (ScreeningDecision, {"sequence": 0}),
    "decision_stage_known": (ScreeningDecision, {"stage": "abstract"}),
    "decision_takes_back_something": (ScreeningDecision, {"choice": None, "stage": "full_text"}),
    "extracted_once_per_version": (ExtractedText, {}),
    "extracted_text_or_reason": (ExtractedText, {"extractor_version": "3", "blob_sha256": None}),
    "host_turn_held_has_end": (HostTurn, {"host": "other", "held_until": None}),
    "membership_one_role": (Membership, {}),
    "membership_role_known": (Membership, {"role": "guest"}),
    "model_location_known": (TrainedModel, {"version": "2", "location": "cloud"}),
    "model_version_once": (TrainedModel, {}),
    "prediction_basis_known": (Prediction, {"basis": "seen", "text_sha256": "2"}),
    "prediction_once_per_model_and_text": (Prediction, {}),
    "promotion_action_known": (ModelPromotion, {"action": "demote"}),
    "protocol_numbered_once": (ProtocolVersion, {}),
    "reanchored_once_per_text": (Reanchoring, {}),
    "reanchoring_has_a_place_unless_lost": (Reanchoring, {"page": None}),
    "record_gone_has_reason": (Record, {"key": "other", "gone_since": NOON}),
    "record_once_per_source": (Record, {}),
    "record_revision_from_one": (Record, {"key": "other", "revision": 0}),
    "record_revision_numbered_once": (RecordRevision, {}),
    "report_capture_once": (ReportCapture, {}),
    "report_gone_has_reason": (Report, {"key": "other", "gone_reason": "deleted"}),
    "report_not_retrieved_has_reason": (Report, {"key": "other", "status": "not_retrieved", "reason": None}),
    "report_once_per_record": (Report, {}),
    "report_retrieved_has_capture": (Report, {"key": "other", "capture": None}),
    "report_sighting_once_per_run": (ReportSighting, {}),
    "report_sighting_status_known": (ReportSighting, {"status": "lost"}),
    "report_status_known": (Report, {"key": "other", "status": "lost"}),
    "schedule_cron_given": (Schedule, {"cron": ""}),
    "search_run_channel_known": (SearchRun, {"channel": "rumour"}),
    "search_run_complete_got_all": (
        SearchRun,
        {"status": "complete", "finished_at": NOON, "expected": 10, "got": 9},
    ),
    "search_run_finished_has_time": (SearchRun, {"channel": "upload", "finished_at": NOON}),
    "search_run_one_running_crawl": (SearchRun, {}),
    "search_run_status_known": (SearchRun, {"status": "paused", "finished_at": NOON}),
    "search_used_once_per_review": (SearchUse, {}),
    "sighting_once_per_run": (Sighting, {}),
    "study_label_once_per_review": (Study, {}),
    "suggestion_has_a_place": (Suggestion, {"start": 4, "end": 4}),
    "suggestion_kind_known": (Suggestion, {"kind": "hunch"}),
    "suggestion_once": (Suggestion, {}),
    "suggestion_once_without_model": (Suggestion, {"model": None, "start": 1}),
    "terms_note_given": (TermsConfirmation, {"note": ""}),
    "verdict_answers_or_adds": (Verdict, {"choice": "add"}),
    "verdict_choice_known": (Verdict, {"choice": "shrug"}),
    "verdict_kind_known": (Verdict, {"kind": "hunch"}),
}
FRESH = {"uid": "00000000-0000-4000-8000-000000000001", "token": "00000000-0000-4000-8000-000000000002"}


def copy_of(row: models.Model, otherwise: dict[str, object]) -> models.Model:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    copy = type(row)(**(values | {name: value for name, value in FRESH.items() if name in values}))
    for name, value in otherwise.items():
        setattr(copy, name, value)
    return copy


def refusal(deed) -> str:
    """Return what the database says to a deed, nothing when it lets it pass; the deed is undone."""
    try:
        with transaction.atomic():
            deed()
            connection.check_constraints()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""


def test_every_constraint_has_a_violation_here():
    declared = {c.name for table in tables() for c in table._meta.constraints}

    assert declared == set(VIOLATIONS)


def test_store_is_full():
    fill_store()

    assert [name for name, count in row_counts().items() if not count] == []


def test_every_row_can_say_what_it_is():
    fill_store()

    assert [t.__name__ for t in tables() if not str(t.objects.all()[0]).strip()] == []


def test_each_constraint_refuses_its_violation():
    fill_store()
    copy_of(Suggestion.objects.get(), {"model": None, "start": 1}).save()
    wrong = {}

    for name, (table, otherwise) in VIOLATIONS.items():
        lawful = table.objects.order_by("pk").first()
        said = refusal(partial(copy_of(lawful, otherwise).save, force_insert=True))
        if expected_words(table, name) not in said:
            wrong[name] = said

    assert wrong == {}


def expected_words(table: type[models.Model], name: str) -> str:
    constraint = next(c for c in table._meta.constraints if c.name == name)
    if connection.vendor == "postgresql" or isinstance(constraint, models.CheckConstraint):
        return name
    columns = [table._meta.get_field(f).column for f in constraint.fields]
    return "UNIQUE constraint failed: " + ", ".join(f"{table._meta.db_table}.{column}" for column in columns)


def test_rows_of_evidence_and_only_they_refuse_any_change():
    fill_store()
    refusing = set()

    for table in tables():
        row, field = table.objects.order_by("pk").first(), table._meta.concrete_fields[1]
        deeds = [
            lambda row=row: row.save(),
            lambda row=row, field=field: type(row).objects.update(
                **{field.attname: getattr(row, field.attname)}
            ),
            partial(execute, f"UPDATE {table._meta.db_table} SET {field.column} = {field.column}"),  # noqa: S608
        ]
        answers = {"append-only" in refusal(deed) for deed in deeds}
        assert len(answers) == 1, table
        refusing |= {table.__name__} if answers == {True} else set()

    assert refusing == APPEND_ONLY


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_change_of_several_votes_at_once_changes_none():
    fill_store()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ScreeningDecision.objects.update(choice="exclude")

    assert set(ScreeningDecision.objects.values_list("choice", flat=True)) == {"include"}


def test_row_that_another_refers_to_cannot_be_deleted():
    fill_store()
    checked = 0

    for table in tables():
        for field in (f for f in table._meta.concrete_fields if f.is_relation):
            target = getattr(table.objects.exclude(**{field.name: None}).first(), field.name)
            with pytest.raises(ProtectedError):
                target.delete()
            statement = f"DELETE FROM {target._meta.db_table} WHERE id = %s"  # noqa: S608 - names from the schema
            assert "foreign key" in refusal(partial(execute, statement, target.pk)), field
            checked += 1

    assert checked >= 35
