import json
from dataclasses import replace

import pytest

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, Lack, Page
from harvester.extraction.exchange import Reading, as_stored
from harvester.extraction.settings import NOT_INSTALLED, held_back, may_gain, refused_under, told

LIMITS = ExtractionLimits()
ENGLISH = "tesseract 5.3.0, eng"


def text(*pages, recognition=None):
    settings = told(LIMITS) | ({"recognition": recognition} if recognition else {})
    return ExtractedText(None, None, pages, "greysift", "1", settings=settings)


def page(**facts):
    return Page(1, 100, 100, "words", (), **facts)


def test_every_limit_is_told():
    assert told(LIMITS) == {
        "seconds": "120",
        "memory_bytes": str(2 * 1024**3),
        "pages": "3000",
        "recognised_pages": "60",
        "recognition_seconds": "240",
    }


def test_no_setting_held_back_a_page_with_its_own_text():
    assert held_back(text(page())) == {}


def test_pages_that_nobody_recognised_were_held_back_by_who_would_have():
    held = held_back(text(page(lack=Lack.PICTURE), recognition=NOT_INSTALLED))

    assert held == {"recognised_pages": "60", "recognition_seconds": "240", "recognition": NOT_INSTALLED}


def test_a_recognised_page_may_be_better_recognised_by_another():
    assert held_back(text(page(confidence=0.9), recognition=ENGLISH)) == {"recognition": ENGLISH}


def test_what_held_a_reading_back_comes_with_its_summary():
    made = text(page(lack=Lack.CODES), recognition=ENGLISH)

    _, summary = as_stored(Reading(made, (None,)).to_bytes())

    assert summary == replace(made.summary, held_back=held_back(made))
    assert json.dumps(summary.held_back)


@pytest.mark.parametrize(
    ("then", "now", "gains"),
    [
        ({}, {"seconds": "500"}, False),
        ({"seconds": "120"}, {"seconds": "120"}, False),
        ({"seconds": "120"}, {"seconds": "500"}, True),
        ({"seconds": "120"}, {"seconds": "60"}, False),
        (
            {"recognised_pages": "0", "recognition": ENGLISH},
            {"recognised_pages": "60", "recognition": ENGLISH},
            True,
        ),
        ({"recognition": NOT_INSTALLED}, {"recognition": ENGLISH}, True),
        ({"recognition": ENGLISH}, {"recognition": NOT_INSTALLED}, False),
        ({"recognition": ENGLISH}, {"recognition": f"{ENGLISH}+cym"}, True),
        ({"unheard of": "1"}, {"seconds": "500"}, False),
    ],
)
def test_more_room_or_another_recogniser_may_give_more(then, now, gains):
    assert may_gain(then, now) is gains


def test_a_document_that_was_refused_was_not_held_back_by_how_many_pages_may_be_recognised():
    assert set(refused_under(LIMITS)) == {"seconds", "memory_bytes", "pages"}
