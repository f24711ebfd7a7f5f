"""Documents that were set aside are not tried again by themselves; told to, they are, and the log says so."""

import json

import pytest
import typer
from typer.testing import CliRunner

from corpus.models import AuditEvent, ExtractedText, Suggestion
from corpus.vocabulary.decisions import SuggestionKind
from corpus.vocabulary.documents import ExtractionLimits, ExtractionStatus
from greysift.cli.app import app
from greysift.cli.extract_again import make_due
from greysift.jobs.again import try_again
from greysift.jobs.extract import extract_due
from greysift.jobs.workers import open_workers
from tests.factories import NOON
from tests.integration.review.material import BROKEN, LONG, SCANNED, crawl_with_documents, specimen
from tests.programs import needs_tesseract

pytestmark = pytest.mark.django_db(transaction=True)


def extract(**limits):
    with open_workers(count=1) as workers:
        counts = extract_due(workers=workers, limits=ExtractionLimits(**limits))
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
    with pytest.raises(LookupError, match="no document whose number begins with 0000"):
        try_again("0" * 64)


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


def test_a_document_that_nobody_knows_is_an_error(review):
    crawl_with_documents(review, [], bodies={"Broken": BROKEN, "Long": specimen(LONG)})

    for wanted, said in {
        "zzzz": "no document whose number begins with zzzz",
        "": "no document is named",
    }.items():
        with pytest.raises(typer.BadParameter, match=said) as error:
            make_due(wanted)
        assert error.value.exit_code == 2


def test_a_document_that_is_due_anyway_is_no_error(review, capsys):
    crawl_with_documents(review, [], bodies={"Long": specimen(LONG)})
    row = ExtractedText.objects.get()
    ExtractedText.objects.update(extractor_version="0")

    make_due(row.body_sha256[:12])

    assert "was due already" in capsys.readouterr().err


def test_the_beginning_of_several_numbers_names_none(review):
    crawl_with_documents(review, [], bodies={str(n): BROKEN + bytes([n]) for n in range(40)})
    first = min(ExtractedText.objects.values_list("body_sha256", flat=True))[:1]

    with pytest.raises(LookupError, match="documents begin"):
        try_again(first)


def test_a_scan_is_read_again_when_more_pages_may_be_recognised_and_nothing_else_is(review):
    crawl_with_documents(
        review,
        [],
        bodies={"Scan": specimen(SCANNED), "Long": specimen(LONG), "Broken": BROKEN},
        limits=ExtractionLimits(recognised_pages=0),
    )

    assert extract(recognised_pages=0) == (0, 0)
    assert extract(recognised_pages=60) == (1, 0)
    assert extract(recognised_pages=60) == (0, 0)
    assert extract(recognised_pages=0) == (0, 0)
    assert ExtractedText.objects.count() == 4


def test_what_took_too_long_is_tried_again_with_more_time(review):
    crawl_with_documents(review, [], bodies={"Broken": BROKEN, "Long": specimen(LONG)})

    assert extract(seconds=60) == (0, 0)
    assert extract(seconds=500) == (0, 1)
    assert extract(seconds=500) == (0, 0)
