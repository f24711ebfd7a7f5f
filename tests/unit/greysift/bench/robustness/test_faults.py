import pytest

from corpus.vocabulary.documents import ExtractionLimits
from greysift.bench.robustness.alone import Alone
from greysift.bench.robustness.outcomes import Kind, Outcome
from greysift.bench.robustness.render import render_odd_files, to_page
from greysift.bench.robustness.run import faults_of

LIMITS = ExtractionLimits()


@pytest.mark.parametrize(
    ("outcome", "alone", "fault"),
    [
        (Outcome("a.pdf", Kind.TEXT, 1, 1, 300), Alone(1, 310), None),
        (Outcome("a.pdf", Kind.TEXT, 1, 1, 100), Alone(1, 310), "100 characters are left of 310"),
        (
            Outcome("a.pdf", Kind.NO_TEXT, 1, 1, 0),
            Alone(1, 5),
            "5 characters can be read of what gave no text",
        ),
        (Outcome("a.pdf", Kind.NO_TEXT, 1, 1, 0), Alone(1, 0), None),
        (
            Outcome("a.pdf", Kind.REASON, 1, said="Why."),
            Alone(1, 5),
            "5 characters can be read of what gave a",
        ),
        (Outcome("a.pdf", Kind.REASON, 1, said="Why."), None, None),
        (Outcome("a.pdf", Kind.UNFORESEEN, 1, said="KeyError: 1"), None, "KeyError"),
        (Outcome("a.pdf", Kind.TEXT, 999, 1, 300), None, "too slow"),
    ],
)
def test_what_must_not_be_is_named(outcome, alone, fault):
    found = faults_of(outcome, {"pdfium": alone, "pdfplumber": None}, LIMITS)

    assert [fault in one for one in found] == ([True] if fault else [])


def test_the_page_has_a_line_a_file():
    row = {
        "name": "a|b.pdf",
        "kind": "text",
        "pages": 2,
        "characters": 40,
        "engines": {"pdfium": 2},
        "alone": {"pdfium": {"pages": 2, "characters": 41}, "pdfplumber": None},
        "said": "",
    }
    failed = {**row, "name": "c.pdf", "kind": "reason", "engines": {}, "said": "The file is empty."}

    page = to_page({"files": [row, failed]})

    assert "| a\\|b.pdf | 2 | 40 | 41 / – | pdfium 2 |\n" in page
    assert page.endswith("| The file is empty. |\n")
    assert render_odd_files({"files": [row], "faults": []})
