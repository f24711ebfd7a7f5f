"""Headings by what stands around them: lines that are one, labels of figures, words beside text, lines above a title."""

from dataclasses import replace

import pytest

from corpus.vocabulary.documents import BlockKind, ExtractedText, SectionRole
from harvester.extraction.layout import lay_out
from harvester.extraction.structure import role_of, with_structure
from tests.unit.harvester.extraction.structure.typeset import Row, heading, of_kind, page, read, text

TITLE = heading("Leaving care in the north", 22.0)


def headings_of(*rows):
    return of_kind(read(page(TITLE, heading("Homes"), text(), *rows)), BlockKind.HEADING)[1:]


def sections_of(*rows):
    return [section.title for section in read(page(TITLE, heading("Homes"), text(), *rows)).sections][1:]


def test_bold_capitals_below_the_size_of_the_text_are_headings_full_stop_or_not():
    """They are as tall as its small letters."""
    rows = [heading("SEC. 2. WHERE THEY LIVED IN THE YEARS BEFORE.", 8.0), text()]
    more = [heading("SEC. 3. WHAT THEY SAID.", 8.0), text()]
    assert headings_of(*rows, *more) == [rows[0].text, more[0].text]


def test_small_type_that_is_no_capitals_names_nothing():
    assert headings_of(heading("Where they lived", 8.0), text()) == []


def test_second_line_in_small_capitals_goes_on_with_the_first():
    rows = [heading("3. USE OF HOMES IN THE NORTH AND THE", 12.0), Row("SOUTH", 9.0, bold=True, above=2.0)]
    assert sections_of(*rows, text()) == ["3. USE OF HOMES IN THE NORTH AND THE SOUTH"]


def test_two_lines_of_one_style_are_one_heading():
    rows = [heading("Homes for the North", 14.0), Row("Centre of Advice", 14.0, bold=True, above=0.0)]
    assert " ".join(sections_of(*rows, text())) == "Homes for the North Centre of Advice"


@pytest.mark.parametrize("words", ["GENERAL AIM:", "4.2 Where they went"])
def test_lines_in_plain_type_are_headings_by_capitals_or_a_deeper_number(words):
    assert headings_of(Row(words, above=12.0), text()) == [words]


@pytest.mark.parametrize(
    "words", ["4 Where they went", "4.2 Where they went.", "4.2 0.7 1.3", "General aim:"]
)
def test_lines_in_plain_type_are_no_headings_without(words):
    assert headings_of(Row(words, above=12.0), text()) == []


def test_what_goes_on_below_the_label_of_a_figure_is_no_heading():
    rows = [Row("Figure 2.", bold=True, above=12.0), Row("Homes by Age", 14.0, bold=True, above=0.0)]
    assert headings_of(*rows, text()) == []


def test_words_at_the_right_of_the_text_below_are_no_heading():
    """A judgement beside a heading, in a box of its own."""
    assert headings_of(heading("Inadequate", x0=420.0), text()) == []


@pytest.mark.parametrize("kind", [BlockKind.TABLE, BlockKind.FIGURE])
@pytest.mark.parametrize(("words", "is_heading"), [("Homes by age", False), ("4.2 Homes by age", True)])
def test_slanted_line_above_a_table_or_a_figure_is_its_title(kind, words, is_heading):
    rows = [Row(words, italic=True, above=12.0), text(above=12.0)]
    (composed,) = lay_out([page(text(), *rows, Row("They were asked again.", above=30.0), text())])
    place = next(
        n for n, block in enumerate(composed.blocks) if composed.page.text[block.start :].startswith(words)
    )
    blocks = [
        replace(block, kind=kind) if n == place + 1 else block for n, block in enumerate(composed.blocks)
    ]
    composed = replace(composed, blocks=tuple(blocks))
    made = ExtractedText(None, None, (composed.page,), "greysift", "0", composed.blocks)
    document = with_structure(made, [composed], outline=(), author=None)
    assert (words in of_kind(document, BlockKind.HEADING)) == is_heading


def test_capitals_may_lead_to_a_lead():
    rows = [Row("OTHER AIMS:", above=12.0), Row("To ask:"), Row("• where they live"), Row("• what they want")]
    document = read(page(TITLE, heading("Homes"), text()), page(text(), *rows))
    assert of_kind(document, BlockKind.HEADING) == ["Homes", "OTHER AIMS:"]


def test_section_above_its_first_subsection_is_a_heading_where_text_begins():
    document = read(page(heading("1. Homes", 16.0), heading("1.1. In the north", 12.0), text()))
    assert "1.1. In the north" in of_kind(document, BlockKind.HEADING)
    assert "1. Homes" in of_kind(document, BlockKind.HEADING)


def test_numbered_section_above_a_heading_without_number_is_a_heading_where_text_begins():
    rows = [heading("5.2.1. In the north", 14.0), heading("Before they left", 12.0), text()]
    document = read(page(TITLE, text(), *rows))
    assert of_kind(document, BlockKind.HEADING) == ["5.2.1. In the north", "Before they left"]


def test_section_s_name_with_its_number_is_no_title():
    assert read(page(Row("Homes | 3.2.", 20.0), text())).title is None


def test_lines_above_the_title_are_no_headings():
    document = read(
        page(
            heading("Office for Homes", 14.0),
            heading("Leaving care in the north", 22.0),
            text(),
            heading("Work", 14.0),
            text(),
        )
    )
    assert of_kind(document, BlockKind.HEADING) == ["Work"]


def test_larger_heading_that_stands_once_among_many_opens_no_level():
    rows = [row for n in range(9) for row in (heading(f"Home number {'abcdefghi'[n]}", 12.0), text())]
    document = read(page(TITLE, text()), page(*rows, heading("What they said", 13.5), text()))
    levels = {block.level for block in document.blocks if block.kind is BlockKind.HEADING}
    assert levels == {1}


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Summary of key findings", SectionRole.EXECUTIVE_SUMMARY),
        ("Summary for young people", SectionRole.EXECUTIVE_SUMMARY),
        ("7. Summary of findings", SectionRole.FINDINGS),
        ("3.1 Overview", None),
        ("SEC. 301. FINDINGS AND PURPOSES.", SectionRole.FINDINGS),
        ("Part B: Methods", SectionRole.METHODS),
    ],
)
def test_numbers_tell_front_matter_from_chapters(words, role):
    assert role_of(words) is role
