"""Documents read again by a newer version: earlier texts stay, and what stood on them is found again or said to be lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.blobs import read_blob, write_blob
from corpus.models import AuditEvent, ExtractedText, Reanchoring, Suggestion
from corpus.selectors.anchors import anchoring_counts, anchors_due
from corpus.selectors.extraction import bodies_due
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.vocabulary.anchors import Anchoring
from greysift.cli.extract_again import told_again
from greysift.jobs import carry
from greysift.jobs.extract import Again, extract_due
from greysift.jobs.workers import open_workers
from harvester.extraction import EXTRACTOR, EXTRACTOR_VERSION, from_json, to_json
from tests.factories import NOON, make_review
from tests.integration.review.material import BROKEN, LONG, crawl_with_documents, specimen

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = NOON - timedelta(days=1)


def altered(today, **changes):
    """Make a text as an earlier version would have: the second page otherwise, no structure."""
    second = replace(today.pages[1], words=(), mends=(), **changes)
    return replace(
        today,
        pages=(today.pages[0], second, *today.pages[2:]),
        extractor_version="0",
        blocks=(),
        tables=(),
        sections=(),
        sentences=(),
    )


def make_earlier(row, **changes):
    """Put an earlier version's text in the place of this one; return the old row and the text of today."""
    today = from_json(read_blob(row.blob_sha256))
    row.delete()
    old = altered(today, **changes)
    return store_extraction(
        row.body_sha256, old.summary, blob_sha256=write_blob(to_json(old)), at=BEFORE
    ), today


def suggest(candidate, row, quote, *, nth=0):
    page = from_json(read_blob(row.blob_sha256)).pages[1].text
    at = -1
    for _ in range(nth + 1):
        at = page.index(quote, at + 1)
    return Suggestion.objects.create(
        candidate=candidate,
        kind="barrier",
        value=quote[:20],
        extracted_text=row,
        page=2,
        start=at,
        end=at + len(quote),
        quote=quote,
        made_at=BEFORE,
    )


@pytest.fixture
def read_before():
    """A document that an earlier version read with a word misread and one glued, three places on it, and one unread."""
    (candidate, _) = crawl_with_documents(make_review(), [], bodies={"a": specimen(LONG), "b": BROKEN})
    ExtractedText.objects.filter(status="failed").delete()
    row = ExtractedText.objects.get()
    words = from_json(read_blob(row.blob_sha256)).pages[1].text.split()
    whole, misread, gone = words[10:18], words[30:38], "a line that nobody wrote in this report at all"
    longest = max(misread, key=len)
    text = from_json(read_blob(row.blob_sha256)).pages[1].text
    wrong = longest[:2] + "1" + longest[3:]
    was = " ".join(misread).replace(longest, wrong)
    page = f"Page 2 of 4 {' '.join(words[:30])} {was} {' '.join(words[38:])} {gone}"
    old, _ = make_earlier(row, text=page)
    quotes = (" ".join(whole), was, gone)
    assert text != page
    return candidate, old, [suggest(candidate, old, quote) for quote in quotes]


def extract():
    with open_workers(count=2) as workers:
        return extract_due(workers=workers)


def test_places_are_found_again_on_the_new_text_or_lost_and_the_old_text_stays(read_before):
    _, old, (whole, misread, gone) = read_before

    counts = extract()

    assert (counts.read, counts.failed) == (1, 1)
    assert {kind: n for kind, n in counts.again.items() if n} == {Again.TEXT: 1}
    assert counts.carried == {Anchoring.EXACT: 1, Anchoring.MENDED: 1, Anchoring.LOST: 1}
    new = ExtractedText.objects.get(status="done", extractor_version=EXTRACTOR_VERSION)
    page = from_json(read_blob(new.blob_sha256)).pages[1].text
    exact, mended, lost = (Reanchoring.objects.get(suggestion=s) for s in (whole, misread, gone))
    assert " ".join(page[exact.start : exact.end].split()) == whole.quote
    assert exact.quote == page[exact.start : exact.end]
    assert (mended.anchoring, mended.quote) == ("mended", page[mended.start : mended.end])
    assert mended.quote != misread.quote
    assert exact.boxes
    assert (lost.anchoring, lost.page, lost.quote) == ("lost", None, None)
    assert from_json(read_blob(old.blob_sha256)).pages[1].text[gone.start : gone.end] == gone.quote
    assert anchoring_counts() == counts.carried
    assert AuditEvent.objects.get(event="places_carried_over").facts == {"exact": 1, "mended": 1, "lost": 1}
    first, second = told_again(counts.again, counts.carried)
    assert (
        first == "Of these 1 had been tried by an earlier version or under other settings: 1 with other text."
    )
    assert second.startswith(
        "3 places on earlier texts were looked for in the new ones: 1 letter for letter;"
    )


def test_job_that_ended_before_places_were_carried_is_made_whole_by_the_next(read_before, monkeypatch):
    monkeypatch.setattr("greysift.jobs.extract.carry_due", end)
    with pytest.raises(KeyboardInterrupt):
        extract()
    monkeypatch.undo()
    assert Reanchoring.objects.count() == 0
    assert len(anchors_due()) == 3

    counts = extract()

    assert counts.read == 0
    assert sum(counts.carried.values()) == Reanchoring.objects.count() == 3
    assert extract().carried == dict.fromkeys(Anchoring, 0)
    assert anchors_due() == []


def end():
    raise KeyboardInterrupt


def test_job_that_ended_half_way_reads_the_rest_only(read_before, monkeypatch):
    told = []

    def stop(done, total):
        told.append((done, total))
        raise KeyboardInterrupt

    with open_workers(count=1) as workers, pytest.raises(KeyboardInterrupt):
        extract_due(workers=workers, on_progress=stop)
    assert told == [(1, 2)]
    assert len(bodies_due(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)) == 1

    counts = extract()

    assert counts.read + counts.failed == 1
    assert ExtractedText.objects.filter(extractor_version=EXTRACTOR_VERSION).count() == 2
    assert Reanchoring.objects.count() == 3


def test_what_an_earlier_version_made_of_a_document_is_compared(read_before):
    _, old, _ = read_before
    broken = bodies_due(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)[-1].body_sha256
    store_extraction_failure(broken, extractor=EXTRACTOR, extractor_version="0", reason="torn", at=BEFORE)
    first = extract()
    (new,) = ExtractedText.objects.filter(status="done", extractor_version=EXTRACTOR_VERSION)
    Reanchoring.objects.all().delete()
    Suggestion.objects.all().delete()
    old.delete()
    make_earlier(new)

    second = extract()

    assert {kind: n for kind, n in first.again.items() if n} == {Again.TEXT: 1, Again.STILL_NOT: 1}
    assert {kind: n for kind, n in second.again.items() if n} == {Again.STRUCTURE: 1}


def test_place_on_a_text_of_a_form_that_is_no_longer_read_is_lost(read_before):
    _, old, suggestions = read_before
    form = read_blob(old.blob_sha256).replace(b'"format":2', b'"format":1')
    ExtractedText.objects.filter(pk=old.pk).update(blob_sha256=write_blob(form))

    counts = extract()

    assert carry.stored_text(write_blob(form)) is None
    assert counts.carried[Anchoring.LOST] == len(suggestions)
