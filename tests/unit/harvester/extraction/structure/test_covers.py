"""Titles that no larger type tells: subject lines, bold lines at the size of the text, covers in plain type."""

import pytest

from corpus.vocabulary.documents import BlockKind
from tests.unit.harvester.extraction.structure.typeset import Row, heading, of_kind, page, read, text

WIDTH = 595.0


def centred(words, size=10.0, *, bold=False, above=12.0):
    width = sum(0.5 * size * len(word) for word in words.split()) + 0.3 * size * (len(words.split()) - 1)
    return Row(words, size=size, bold=bold, x0=(WIDTH - width) / 2, above=above)


def test_subject_line_below_a_salutation_is_the_title():
    document = read(
        page(
            Row("Jo Smith"),
            Row("Director of Housing"),
            Row("Dear Ms Smith", above=30.0),
            heading("Visit to the homes for young people", 10.0),
            text(),
            heading("Findings", 10.0),
            text(),
        )
    )
    assert (document.title, document.title_from) == ("Visit to the homes for young people", "typography")
    assert of_kind(document, BlockKind.TITLE) == ["Visit to the homes for young people"]
    assert of_kind(document, BlockKind.HEADING) == ["Findings"]


def test_bold_centred_line_that_heads_the_first_page_is_the_title():
    document = read(page(centred("Homes after care in the north", bold=True), text()))
    assert document.title == "Homes after care in the north"


def test_bold_line_at_the_left_above_text_is_a_heading():
    document = read(page(heading("Where they lived", 10.0), text()), page(text()))
    assert document.title is None
    assert of_kind(document, BlockKind.HEADING) == ["Where they lived"]


def test_first_line_of_a_cover_in_plain_type_is_the_title():
    document = read(
        page(
            centred("Exploring new homes for young people", above=200.0),
            centred("Jo Smith, Kim Brown", above=20.0),
            centred("Department of Housing, University of the North", above=20.0),
        ),
        page(heading("Methods"), text()),
    )
    assert document.title == "Exploring new homes for young people"
    assert document.facts.authors == ("Jo Smith", "Kim Brown")


@pytest.mark.parametrize("first", ["May 2019", "Jo Smith and Kim Brown", "12 North Street, Leeds, LS1 4AP"])
def test_dates_names_and_addresses_are_no_titles(first):
    document = read(page(centred(first), centred("Number 12", above=20.0)), page(text()))
    assert document.title is None


def test_what_the_report_is_goes_on_below_a_name_in_large_type():
    document = read(
        page(
            Row("Leeds", size=20.0),
            Row("Inspection of services for young people", bold=True, above=8.0),
            Row("and", above=8.0),
            Row("Review of the board1", bold=True, above=8.0),
            Row("Inspection date: 2 July 2014", bold=True, above=8.0),
            text(),
        ),
        page(text()),
    )
    assert document.title == "Leeds: Inspection of services for young people and Review of the board"


def test_first_page_tells_the_title_before_large_type_of_later_pages():
    document = read(
        page(centred("Homes after care in the north", bold=True), text()),
        page(Row("Where do they live now", size=30.0), text(40)),
    )
    assert document.title == "Homes after care in the north"


def test_larger_name_of_the_publisher_is_not_the_title():
    document = read(
        page(
            centred("Institute of Housing", 20.0, above=60.0),
            centred("Research report 12", 16.0, above=40.0),
            centred("Homes after care in the north", 14.0, bold=True, above=60.0),
            centred("Jo Smith and Kim Brown", above=60.0),
        ),
        page(heading("Methods", 12.0), text()),
    )
    assert document.title == "Homes after care in the north"
    assert of_kind(document, BlockKind.TITLE) == ["Homes after care in the north"]


def test_name_of_many_words_goes_on_with_what_the_report_is():
    document = read(
        page(
            Row("Royal Borough of Kensington and Chelsea", size=18.0),
            Row("Inspection of services for young people", bold=True, above=8.0),
            Row("2 July 2014", above=20.0),
            text(above=20.0),
        )
    )
    assert document.title == (
        "Royal Borough of Kensington and Chelsea: Inspection of services for young people"
    )


def test_title_may_stand_behind_a_cover_that_tells_none():
    """In bold type of two lines, the first of which no title ends with."""
    document = read(
        page(centred("Statement", above=200.0), centred("by"), centred("Jo Smith")),
        page(
            centred("HOMES AFTER CARE IN THE NORTH,", bold=True, above=100.0),
            centred("AND WHAT BECAME OF THEM", bold=True, above=0.0),
        ),
        page(text()),
    )
    assert document.title == "HOMES AFTER CARE IN THE NORTH, AND WHAT BECAME OF THEM"


def test_declared_title_is_marked_where_it_is_printed_in_other_words():
    document = read(
        page(
            Row("Jo Smith"),
            Row("Dear Ms Smith", above=30.0),
            heading("Visit to the homes for young people in Leeds", 10.0),
            text(),
        ),
        declared="Leeds - homes visit",
    )
    assert (document.title, document.title_from) == ("Leeds - homes visit", "metadata")
    assert of_kind(document, BlockKind.TITLE) == ["Visit to the homes for young people in Leeds"]


def test_title_that_does_not_agree_with_the_declared_one_is_not_marked():
    document = read(
        page(centred("Where they lived then", 14.0, bold=True), text(), Row("Leeds homes visit")),
        declared="Leeds homes visit",
    )
    assert of_kind(document, BlockKind.TITLE) != ["Where they lived then"]
