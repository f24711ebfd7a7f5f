"""Documents that were to be fetched, and not one of them had."""

import pytest

from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus
from harvester.shortfall import Shortfall


def document(reason: str | None) -> FoundDocument:
    status = RetrievalStatus.RETRIEVED if reason is None else RetrievalStatus.NOT_RETRIEVED
    return FoundDocument("k", "http://a.invalid/", "T", "application/pdf", status, reason)


def test_all_refused_is_told_with_reasons_and_numbers():
    shortfall = Shortfall()
    shortfall.note(map(document, ["access refused", "access refused", "web page instead of the file"]))
    shortfall.note([document("not found"), document("external")])

    assert shortfall.sentence() == (
        "Not one of the 4 documents to fetch could be had: access refused (2), not found (1), "
        "web page instead of the file (1). Look at the source."
    )


@pytest.mark.parametrize(
    "reasons",
    [
        [],
        [None],
        ["access refused", None],
        ["external", "no usable link", "not a kind of document that is sought: text/csv"],
    ],
)
def test_one_that_came_or_none_that_was_sought_is_no_shortfall(reasons):
    shortfall = Shortfall()
    shortfall.note(map(document, reasons))

    assert shortfall.sentence() is None


@pytest.mark.parametrize(
    ("reasons", "notes"),
    [
        (
            [None, "access refused", "not found"],
            ["of 3 to fetch, 1 came; the others: access refused (1), not found (1)"],
        ),
        ([None, None, "access refused", "not found"], []),
        ([None, "external", "external"], []),
        (["access refused", "access refused"], []),
    ],
)
def test_where_most_are_missing_a_note_says_so(reasons, notes):
    shortfall = Shortfall()
    shortfall.note(map(document, reasons))

    told = list(shortfall.notes())

    assert len(told) == len(notes)
    assert all(note in sentence for note, sentence in zip(notes, told, strict=True))


def test_what_is_told_does_not_depend_on_what_came_first():
    reasons = ["not found", "access refused", None]
    told = set()
    for order in (reasons, reasons[::-1]):
        shortfall = Shortfall()
        shortfall.note(map(document, order))
        told.update(shortfall.notes())

    assert len(told) == 1
