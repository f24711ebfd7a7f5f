"""Documents beside their records: text by page, pages as pictures, and what is missing, with its reason."""

import pytest

from corpus.models import Candidate, Report
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import found_document, found_record, make_person
from tests.integration.review.material import BROKEN, LONG, SCANNED, crawl_with_documents, specimen, votes_of
from tests.integration.review.pages import HTMX, QUEUE, SCREEN, press, words
from tests.programs import needs_tesseract

OWN_TITLE = "Specimen: a tenancy with a link worker for young people leaving care"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def housing(review) -> Candidate:
    return crawl_with_documents(review, [], bodies={"Housing": specimen(LONG)})[0]


def address(candidate: Candidate) -> str:
    return f"/reviews/care-leavers/records/{candidate.pk}"


def page_address(page: int) -> str:
    return f"/reviews/care-leavers/documents/{Report.objects.get().pk}/pages/{page}.png"


def test_record_shows_the_text_of_a_page_and_its_picture(housing, ana, browser_of):
    client = browser_of(ana)

    first, second = client.get(address(housing)), client.get(address(housing) + "?page=2")

    assert "Text of page 1" in words(first)
    assert page_address(1) in first.content.decode()
    assert "71 of the 96 young people were still in the home" in words(second)
    assert page_address(2) in second.content.decode()
    assert 'alt="Page 2 of Housing (the report), as a picture"' in second.content.decode()


def test_page_shows_headings_and_what_repeats_apart(housing, ana, browser_of):
    page = browser_of(ana).get(address(housing)).content.decode()

    assert 'role="heading" aria-level="2"' in page
    assert '<p class="footer">' in page


@pytest.mark.parametrize(("offered_as", "is_remarked"), [(OWN_TITLE, False), ("Fisheries", True)])
def test_document_that_neither_link_nor_page_calls_by_its_title_is_remarked(
    review, ana, browser_of, offered_as, is_remarked
):
    """The link says "(the report)"; the page that offers the document has the title."""
    (candidate,) = crawl_with_documents(review, [], bodies={offered_as: specimen(LONG)})

    said = words(browser_of(ana).get(address(candidate)))

    assert ("it is known as “Fisheries”: look whether it is the right one." in said) is is_remarked
    assert ("look whether it is the right one" in said) is is_remarked


def test_pages_beyond_the_ends_open_the_nearest(housing, ana, browser_of):
    client = browser_of(ana)

    assert "Text of page 4" in words(client.get(address(housing) + "?page=99"))
    assert "Text of page 1" in words(client.get(address(housing) + "?page=0"))
    assert "Text of page 1" in words(client.get(address(housing) + "?page=-3&document=x"))


def test_part_shows_one_page_without_ranking_anything(housing, ana, browser_of):
    report = Report.objects.get()

    answer = browser_of(ana).get(f"/reviews/care-leavers/documents/{report.pk}/paper?page=3", headers=HTMX)

    assert answer.content.decode().strip().startswith('<section id="paper"')
    assert "Text of page 3" in words(answer)


def test_vote_says_that_text_and_picture_were_visible(housing, ana, browser_of):
    client = browser_of(ana)

    press(client, client.get(SCREEN), "include")

    assert {"text", "page_picture"} <= set(votes_of(ana)[0].visible)


def test_picture_is_a_png_that_only_this_browser_keeps(housing, ana, browser_of):
    answer = browser_of(ana).get(page_address(2))

    assert answer.status_code == 200
    assert answer.content.startswith(PNG)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", [0, 5, 10**30])
def test_picture_of_no_page_is_not_found_and_says_why(housing, ana, browser_of, page):
    answer = browser_of(ana).get(page_address(page))

    assert answer.status_code == 404
    assert f"No picture of page {page}: " in answer.content.decode()


def test_picture_is_for_members_only(housing, browser_of):
    assert browser_of(make_person("mallory")).get(page_address(1)).status_code == 404


def test_unreadable_document_gives_its_reason_and_no_picture(review, ana, browser_of):
    (broken,) = crawl_with_documents(review, [], bodies={"Broken": BROKEN})
    client = browser_of(ana)

    page, picture = client.get(address(broken)), client.get(page_address(1))

    assert "The document is damaged" in words(page)
    assert picture.status_code == 404
    assert picture.headers["Content-Type"].startswith("text/plain")
    assert "not readable" in words(client.get(QUEUE))


def test_scanned_page_says_that_it_has_no_text_and_why(review, ana, browser_of, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # where no tesseract is
    (scanned,) = crawl_with_documents(review, [], bodies={"Scan": specimen(SCANNED)})

    page = words(browser_of(ana).get(address(scanned)))
    assert "There is no text on this page." in page
    assert "recognition needs tesseract, which is not installed" in page


@needs_tesseract
def test_recognised_page_says_so_with_its_confidence(review, ana, browser_of):
    (scanned,) = crawl_with_documents(review, [], bodies={"Scan": specimen(SCANNED)})

    page = words(browser_of(ana).get(address(scanned)))
    assert "Recognised from the picture by tesseract, confidence 0." in page
    assert "Every young person who qualifies must have a personal adviser." in page


def test_document_that_was_not_retrieved_gives_its_reason(review, ana, browser_of):
    missing = found_document(status=RetrievalStatus.NOT_RETRIEVED, reason="answer 410: gone")
    sought = found_document(key="report-2", title="Annex")
    record = found_record(documents=[missing, sought])
    (candidate,) = crawl_with_documents(review, [record], bodies={})
    client = browser_of(ana)

    text = words(client.get(address(candidate)))

    assert "not retrieved: answer 410: gone" in text
    assert "Annex being sought" in text
    assert "being sought" in words(client.get(QUEUE))


def test_queue_says_how_far_documents_have_come(housing, ana, browser_of):
    assert "May 2019" not in words(browser_of(ana).get(QUEUE))
    assert "2019 text" in words(browser_of(ana).get(QUEUE))
