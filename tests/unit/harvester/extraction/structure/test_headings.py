"""Headings with their levels, told by type, numbers, outline and lists of contents."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, SectionRole
from harvester.extraction.composing import Piece, compose
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines
from harvester.extraction.structure import OutlineEntry
from harvester.extraction.structure.contents import find_contents
from harvester.extraction.structure.typography import looks_of
from tests.unit.harvester.extraction.structure.typeset import Row, heading, of_kind, page, read, text

TITLE = Row("Leaving care in the north", size=24.0)


def levels(document):
    return [
        (" ".join(document.text_of(block).split()), block.level)
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_larger_and_bolder_type_ranks_headings():
    document = read(
        page(
            TITLE,
            heading("Housing", 16.0),
            text(),
            heading("Rents in the cities", 12.0),
            text(),
            heading("Homes that were left", 10.0),
            text(),
            heading("Work", 16.0),
            text(),
        )
    )
    assert levels(document) == [
        ("Housing", 1),
        ("Rents in the cities", 2),
        ("Homes that were left", 3),
        ("Work", 1),
    ]


def test_numbers_say_levels_whatever_the_type():
    document = read(
        page(
            heading("1 Introduction", 10.0),
            text(),
            heading("1.1 Aims of the study", 10.0),
            text(),
            heading("1.1.1 Questions", 10.0),
            text(),
            heading("2 Methods", 10.0),
            text(),
            heading("References", 10.0),
            text(),
        )
    )
    assert [level for _, level in levels(document)] == [1, 2, 3, 1, 1]


def test_bold_beats_slightly_larger_type():
    """Type that is half a point larger is seen as less than bold type."""
    document = read(
        page(
            heading("Areas for improvement", 12.0),
            text(size=12.0),
            heading("Planning for young people", 12.7, bold=False),
            text(size=12.0),
            heading("Next steps", 12.0),
            text(size=12.0),
        )
    )
    assert levels(document) == [
        ("Areas for improvement", 1),
        ("Planning for young people", 2),
        ("Next steps", 1),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Table 3: Homes by region",
        "Figure 2. How long they stayed",
        "www.example.org",
        "It was found that most of those who left care had moved again within the year.",
        "12 34 56 78 Total",
        "Dear colleagues",
        "Leeds LS1 4AP",
        "Lucy K. Brown, and Jo R. Smith",
        "Office of Homes, P.O. Box 62, Leeds",
        "[49] Smith and Brown on homes",
        "corporation in the north.",
    ],
)
def test_captions_sentences_addresses_are_no_headings(words):
    document = read(page(heading("Homes"), text(), heading(words), text(), heading("Work"), text()))
    assert of_kind(document, BlockKind.HEADING) == ["Homes", "Work"]


def test_heading_over_two_blocks_is_one():
    document = read(
        page(
            TITLE,
            heading("Homes"),
            text(),
            heading("What young people say of"),
            Row("the homes they left", size=14.0, bold=True, above=10.5),
            text(),
        )
    )
    (_, section) = document.sections
    assert section.title == "What young people say of the homes they left"
    assert [block.goes_on for block in document.blocks if block.kind is BlockKind.HEADING] == [
        False,
        False,
        True,
    ]


def test_known_wording_set_as_text_is_a_heading_where_white_space_parts_it():
    document = read(page(heading("Homes"), text(), Row("References", above=12.0), text()))
    assert of_kind(document, BlockKind.HEADING) == ["Homes", "References"]


def test_slanted_first_line_is_a_heading_by_its_number():
    document = read(
        page(
            TITLE,
            heading("4 Discussion", 12.0),
            text(),
            Row("4.2 Where they went", italic=True, above=12.0),
            text(),
            heading("5 Conclusions", 12.0),
            text(),
        )
    )
    assert levels(document) == [("4 Discussion", 1), ("4.2 Where they went", 2), ("5 Conclusions", 1)]


def test_columns_of_names_are_no_headings():
    names = [heading(name, 12.0) for name in ("Jo Smith", "Sam Brown", "Kim Jones", "Lee Green")]
    document = read(page(TITLE, text()), page(heading("Homes", 12.0), text(), *names, text()))
    assert of_kind(document, BlockKind.HEADING) == ["Homes"]


def test_lines_of_a_cover_are_no_headings():
    cover = page(
        Row("Leaving care in the north", size=26.0),
        Row("A report of the working group", size=14.0, bold=True, above=60.0),
        Row("Published: 4 May 2021", size=14.0, bold=True, above=200.0),
    )
    document = read(cover, page(heading("Homes"), text(), heading("Work"), text()))
    assert of_kind(document, BlockKind.TITLE) == ["Leaving care in the north"]
    assert of_kind(document, BlockKind.HEADING) == ["Homes", "Work"]


def test_entries_of_contents_are_no_headings_but_name_them():
    entries = [
        ("Summary of it all", 3),
        ("Where they lived", 4),
        ("Where they worked", 9),
        ("Who said so", 12),
    ]
    listed = [
        Row(f"{words} ............ {number}", size=14.0, bold=True, above=8.0) for words, number in entries
    ]
    document = read(
        page(heading("Contents"), *listed),
        page(Row("Where they lived", above=12.0), text(), Row("Where they worked", above=12.0), text()),
    )
    assert of_kind(document, BlockKind.HEADING) == ["Contents", "Where they lived", "Where they worked"]


def column(names, x0, first):
    return [
        Row(f"{first + 2 * n} {name}", size=12.0, bold=True, x0=x0, above=16.0)
        for n, name in enumerate(names)
    ]


def test_heading_of_contents_over_columns_heads_those_read_before_it_too():
    left = column(["Homes", "Rents", "Moves", "Costs"], 50.0, 2)
    right = column(["Work", "Schools", "Colleges", "Jobs"], 330.0, 20)
    lines = [
        *page(Row("Corporate overview", size=16.0, above=40.0), *left).lines,
        *page(heading("Contents", 16.0, x0=330.0), *right).lines,
    ]
    pieces = [Piece(BlockKind.PARAGRAPH, (line,)) for line in lines]
    composed = compose(PageLines(595.0, 842.0, ()), pieces, number=1, hyphens=Hyphens([]))
    looks, _ = looks_of([composed])
    found = find_contents(looks)
    assert found.headings == {5}
    assert found.blocks == set(range(10)) - {5}


def test_heading_that_is_numbered_with_a_letter_is_no_name():
    document = read(
        page(TITLE, heading("C. Compensation and Pension Exams"), text(), heading("Work"), text())
    )
    assert of_kind(document, BlockKind.HEADING) == ["C. Compensation and Pension Exams", "Work"]


def test_outline_names_headings_and_says_levels():
    outline = [
        OutlineEntry("Leaving care", 1, 1),
        OutlineEntry("Where they lived", 2, 1),
        OutlineEntry("In hostels", 3, 1),
    ]
    document = read(
        page(Row("1. Where they lived", above=12.0), text(), Row("In hostels", above=12.0), text()),
        outline=outline,
    )
    assert levels(document) == [("1. Where they lived", 1), ("In hostels", 2)]


def test_outline_of_another_document_tells_nothing():
    outline = [OutlineEntry(f"Chapter of another book {n}", 1, n) for n in range(9)]
    outline.append(OutlineEntry("and say so", 2, 1))
    assert read(page(text()), outline=outline).sections == ()


def test_sections_nest_and_inherit_roles():
    document = read(
        page(
            TITLE,
            heading("Methods", 16.0),
            text(),
            heading("Whom we asked", 12.0),
            text(),
            heading("Key findings", 16.0),
            text(),
            heading("Whom we asked", 12.0),
            text(),
            heading("Annex A: the letter", 16.0),
            text(),
        )
    )
    assert [section.role for section in document.sections] == [
        SectionRole.METHODS,
        SectionRole.METHODS,
        SectionRole.FINDINGS,
        SectionRole.FINDINGS,
        SectionRole.APPENDICES,
    ]
    methods, asked, findings, *_ = document.sections
    assert (methods.first, methods.last) == (1, findings.first)
    assert asked.last == methods.last


rows = st.lists(
    st.builds(
        Row,
        text=st.sampled_from(
            [
                "Contents",
                "1. Homes",
                "Methods",
                "2.1 Rents",
                "• one more of them",
                "– of these",
                "Homes 7",
                "a) this",
                "42",
            ]
        )
        | st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20),
        size=st.sampled_from([8.0, 10.0, 12.0, 20.0]),
        bold=st.booleans(),
        italic=st.booleans(),
        x0=st.sampled_from([50.0, 70.0, 300.0]),
        above=st.sampled_from([0.0, 10.0]),
    ),
    max_size=12,
)


@example(pages=[[Row("İ")]])  # a dotted capital is no Roman number
@given(pages=st.lists(rows, min_size=1, max_size=3))
def test_whatever_is_read_sections_nest_and_nothing_is_lost(pages):
    document = read(*[page(*of_page) for of_page in pages])
    for before, after in zip(document.blocks, document.blocks[1:], strict=False):
        assert before.page < after.page or before.end <= after.start
    held = [[] for _ in pages]
    for block in document.blocks:
        held[block.page - 1].append(document.text_of(block))
    assert ["".join("".join(of_page).split()) for of_page in held] == [
        "".join(one.text.split()) for one in document.pages
    ]
    open_sections = []
    for section in document.sections:
        first = document.blocks[section.first]
        assert (first.kind, first.goes_on, first.level) == (BlockKind.HEADING, False, section.level)
        assert section.first < section.last <= len(document.blocks)
        while open_sections and open_sections[-1].last <= section.first:
            open_sections.pop()
        if open_sections:
            assert section.last <= open_sections[-1].last
            assert section.level > open_sections[-1].level
        open_sections.append(section)
