"""Lists: items with their markers and depths."""

import pytest

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.numbering import heading_depth, marker_of, without_number
from tests.unit.harvester.extraction.structure.typeset import Row, page, read, text


def items(document):
    return [
        (block.marker, block.level, document.text_of(block).split()[-1])
        for block in document.blocks
        if block.kind is BlockKind.LIST_ITEM
    ]


def test_bullets_nest_by_indent():
    document = read(
        page(
            text(),
            Row("• homes that are first"),
            Row("◼ rents that are second", x0=70.0),
            Row("◼ rents that are third", x0=70.0),
            Row("• homes that are fourth"),
            text(),
        )
    )
    assert items(document) == [("•", 1, "first"), ("◼", 2, "second"), ("◼", 2, "third"), ("•", 1, "fourth")]


def test_signs_of_symbol_fonts_are_bullets():
    document = read(
        page(text(), Row("\uf0b7 homes that are first", above=6.0), Row("\uf0b7 homes that are second"))
    )
    assert items(document) == [("\uf0b7", 1, "first"), ("\uf0b7", 1, "second")]


def test_numbers_and_letters_need_the_next():
    document = read(
        page(
            text(),
            Row("1. homes that are first", above=8.0),
            Row("(a) rents that are second", x0=70.0, above=8.0),
            Row("(b) rents that are third", x0=70.0, above=8.0),
            Row("2. homes that are fourth", above=8.0),
            text(above=2.0),
        )
    )
    assert items(document) == [
        ("1.", 1, "first"),
        ("(a)", 2, "second"),
        ("(b)", 2, "third"),
        ("2.", 1, "fourth"),
    ]


def test_single_number_or_dash_begins_no_list():
    document = read(
        page(
            text(),
            Row("7. of May was when it began", above=8.0),
            Row("– but not for long", above=8.0),
            text(),
        )
    )
    assert items(document) == []


def test_items_set_without_white_space_are_parted():
    rows = [
        Row(f"{n}. that is as long as the line above it and the one below it and so on") for n in (1, 2, 3)
    ]
    assert [marker for marker, _, _ in items(read(page(text(), rows, text())))] == ["1.", "2.", "3."]


def test_item_over_a_page_goes_on():
    document = read(
        page(
            text(),
            Row("• homes that some of them left behind when they went away to the city and the"),
            number=1,
        ),
        page(Row("sea, and others", x0=60.0), text(), number=2),
    )
    first, second = (block for block in document.blocks if block.kind is BlockKind.LIST_ITEM)
    assert (first.goes_on, second.goes_on, second.level) == (False, True, 1)


@pytest.mark.parametrize(
    ("words", "depth", "rest"),
    [
        ("1 Introduction", 1, "Introduction"),
        ("2.1 Homes", 2, "Homes"),
        ("3.2.1. Rents", 3, "Rents"),
        ("Chapter 4: Work", 1, "Work"),
        ("IV. Work", 1, "Work"),
        ("B.2. Work", 2, "Work"),
        ("2014 was a good year", None, "2014 was a good year"),
        ("Introduction", None, "Introduction"),
    ],
)
def test_numbers_of_headings(words, depth, rest):
    assert (heading_depth(words), without_number(words)) == (depth, rest)


@pytest.mark.parametrize(
    ("word", "form", "values"),
    [
        ("•", "•", ()),
        ("1.", "#.", (1,)),
        ("[12]", "[#]", (12,)),
        ("(iv)", "(a)", (4,)),
        ("i)", "a)", (1, 9)),
        ("B.", "A.", (2,)),
        ("–", "–", ()),
    ],
)
def test_markers(word, form, values):
    marker = marker_of(word)
    assert (marker.text, marker.form, marker.values) == (word, form, values)


@pytest.mark.parametrize("word", ["1", "and", "1.5", "(see)", "1900.", "e.g."])
def test_words_that_are_no_markers(word):
    assert marker_of(word) is None
