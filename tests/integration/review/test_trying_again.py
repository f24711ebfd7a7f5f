"""Documents that were set aside are not tried again by themselves; told to, they are, and the log says so."""

import json

import pytest
from typer.testing import CliRunner

from corpus.models import AuditEvent, ExtractedText, Suggestion
from corpus.vocabulary.decisions import SuggestionKind
from corpus.vocabulary.documents import ExtractionStatus
from greysift.cli.app import app
from greysift.jobs.again import try_again
from greysift.jobs.extract import extract_due
from greysift.jobs.workers import open_workers
from tests.factories import NOON
from tests.integration.review.material import BROKEN, LONG, SCANNED, crawl_with_documents, specimen
from tests.programs import needs_tesseract

pytestmark = pytest.mark.django_db(transaction=True)


def extract():
    with open_workers(count=1) as workers:
        counts = extract_due(workers=workers)
    return counts.read, counts.failed


def doctor():
    checks = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)["checks"]
    return checks["documents"]["say"]


def test_what_could_not_be_read_is_left_alone_until_told_otherwise(review):
    crawl_with_documents(review, [], bodies={"Broken": BROKEN, "Long": specimen(LONG)})
    row = ExtractedText.objects.get(status=ExtractionStatus.FAILED)

    assert extract() == (0, 0)
    assert f"1 read, 1 set aside, e.g. {row.body_sha256[:12]}: The document is damaged" in doctor()
    assert try_again("all") == 1
    assert "1 read" in doctor()
    assert extract() == (0, 1)
    assert ExtractedText.objects.get(status=ExtractionStatus.FAILED).reason == row.reason
    event = AuditEvent.objects.get(event="extraction_told_again")
    assert (event.facts["body_sha256"], event.facts["reason"]) == (row.body_sha256, row.reason)


def test_one_document_is_named_by_how_its_number_begins(review):
    crawl_with_documents(review, [], bodies={"Broken": BROKEN, "Long": specimen(LONG)})
    row = ExtractedText.objects.get(status=ExtractionStatus.DONE)

    assert try_again(row.body_sha256[:12].upper()) == 1
    assert extract() == (1, 0)
    assert try_again("0" * 64) == 0


def test_a_text_that_somebody_works_with_stays(review):
    (candidate,) = crawl_with_documents(review, [], bodies={"Long": specimen(LONG)})
    text = ExtractedText.objects.get()
    Suggestion.objects.create(
        candidate=candidate,
        kind=SuggestionKind.DOMAIN,
        value="Housing",
        extracted_text=text,
        page=1,
        start=0,
        end=4,
        quote="home",
        made_at=NOON,
    )

    assert try_again(text.body_sha256) == 0
    assert ExtractedText.objects.get() == text
    assert not AuditEvent.objects.filter(event="extraction_told_again").exists()


@needs_tesseract
def test_scans_that_were_read_without_tesseract_are_read_with_it(review, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        crawl_with_documents(review, [], bodies={"Scan": specimen(SCANNED), "Long": specimen(LONG)})
    assert ExtractedText.objects.filter(character_count=0).count() == 1

    assert try_again("all") == 1
    assert extract() == (1, 0)
    assert not ExtractedText.objects.filter(character_count=0).exists()
