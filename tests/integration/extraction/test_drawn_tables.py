"""Tables drawn by a PDF writer and read back through PDFium."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.vocabulary.documents import BlockKind, ExtractionLimits
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.reading import read_pdf
from harvester.extraction.tables import Kind, find_tables

STYLES = getSampleStyleSheet()
TEXT = "Young people who had left care said that nobody had asked them what would help. " * 6
FIGURES = [
    ["Area", "Places", "Mean age", "Share"],
    ["Leeds", "12", "17.5", "40%"],
    ["York", "7", "18.5", "61%"],
    ["Hull and its port", "110", "16.0", "8%"],
]
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOOKTABS = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
    ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
]


def write(path, *stories, pagesize=pagesizes.A4, rotate=0):
    def turn(canvas, _document):
        canvas.setPageRotation(rotate)

    flow = [part for story in stories for part in (story, Spacer(1, 14))]
    SimpleDocTemplate(str(path), pagesize=pagesize).build(flow, onFirstPage=turn)
    return path


def read(path):
    document = PdfiumDocument(path)
    page = document.read_page(0)
    words = [word for line in page.lines for word in line.words]
    tables = find_tables(words, page.ink, width=page.width, height=page.height)
    return [(table, cells_of(table, words)) for table in tables], words


def cells_of(table, words):
    return {(cell.row, cell.column): " ".join(words[at].text for at in cell.words) for cell in table.cells}


def as_cells(rows):
    return {
        (row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell
    }


@pytest.mark.parametrize(
    ("style", "kind"), [(RULED, Kind.RULED), (BOOKTABS, Kind.PARTLY_RULED), ([], Kind.ALIGNED)]
)
def test_a_table_between_paragraphs_is_read_with_its_caption(tmp_path, style, kind):
    caption = Paragraph("Table 4: Who took part", STYLES["Normal"])
    text = Paragraph(TEXT, STYLES["Normal"])
    path = write(tmp_path / "a.pdf", text, caption, Table(FIGURES, colWidths=100, style=style), text)

    ((table, cells),), words = read(path)

    assert cells == as_cells(FIGURES)
    assert table.kind is kind
    assert " ".join(words[at].text for at in table.caption) == "Table 4: Who took part"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path, rotate):
    upright, _ = read(write(tmp_path / "a.pdf", Table(FIGURES, colWidths=100, style=RULED)))
    turned, _ = read(write(tmp_path / "b.pdf", Table(FIGURES, colWidths=100, style=RULED), rotate=rotate))

    assert len(turned) == len(upright) == 1
    assert len(turned[0][0].cells) == len(upright[0][0].cells)


def test_merged_cells_span_rows_and_columns(tmp_path):
    rows = [
        ["Area", "Seen", "", "Share"],
        ["", "2023", "2024", ""],
        ["Leeds", "12", "13", "40%"],
        ["York", "7", "9", "61%"],
    ]
    merged = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1))]

    ((table, cells),), _ = read(write(tmp_path / "a.pdf", Table(rows, colWidths=90, style=RULED + merged)))

    assert cells == as_cells(rows)
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans[0, 0] == spans[0, 3] == (2, 1)
    assert spans[0, 1] == (1, 2)


def test_cells_of_many_lines_stay_whole(tmp_path):
    long = "Meets each young person every week and helps with homes, work and money"
    rows = [["Role", "What it does"], ["Mentor", long], ["Adviser", long]]
    drawn = [[Paragraph(cell, STYLES["Normal"]) for cell in row] for row in rows]

    ((_, cells),), _ = read(write(tmp_path / "a.pdf", Table(drawn, colWidths=[80, 150], style=RULED)))

    assert cells == as_cells(rows)


def test_coloured_cells_show_a_table(tmp_path):
    style = [("BACKGROUND", (0, row), (-1, row), colors.lightgrey) for row in (0, 2)]
    path = write(tmp_path / "a.pdf", Table(FIGURES, colWidths=100, style=style))

    ((_, cells),), _ = read(path)

    assert cells == as_cells(FIGURES)


def test_running_text_has_no_tables(tmp_path):
    path = write(tmp_path / "a.pdf", *[Paragraph(TEXT, STYLES["Normal"])] * 4)

    assert read(path)[0] == []


@settings(deadline=None, max_examples=15)
@given(st.integers(2, 6), st.integers(2, 6))
def test_any_drawn_grid_is_read_as_it_was_drawn(tmp_path_factory, rows, columns):
    written = [[f"r{row}c{column}" for column in range(columns)] for row in range(rows)]
    path = write(tmp_path_factory.mktemp("grid") / "a.pdf", Table(written, colWidths=60, style=RULED))

    ((table, cells),), words = read(path)

    assert cells == as_cells(written)
    assert sorted(at for cell in table.cells for at in cell.words) == list(range(len(words)))


@pytest.mark.parametrize("style", [RULED, BOOKTABS, []])
def test_cells_are_characters_of_the_page(tmp_path, style):
    caption = Paragraph("Table 4: Who took part", STYLES["Normal"])
    text = Paragraph(TEXT, STYLES["Normal"])
    story = [text, caption, Table(FIGURES, colWidths=100, style=style), text]

    read_text = read_pdf(write(tmp_path / "a.pdf", *story), limits=ExtractionLimits()).text

    (table,) = read_text.tables
    block = read_text.blocks[table.block]
    page = read_text.pages[block.page - 1].text
    assert block.kind is BlockKind.TABLE
    assert read_text.text_of(block).splitlines() == [" ".join(row) for row in FIGURES]
    assert {(cell.row, cell.column): page[cell.start : cell.end] for cell in table.cells} == as_cells(FIGURES)
    assert table.caption is not None
    assert read_text.text_of(read_text.blocks[table.caption]) == "Table 4: Who took part"
    assert read_text.running_text.split() == (TEXT * 2).split()


def test_a_word_broken_within_a_cell_is_mended_and_none_over_two_cells(tmp_path):
    rows = [["Role", "What it does"], ["Mentor-", "helps with educa-\ntion and work"], ["Adviser", "visits"]]

    read_text = read_pdf(write(tmp_path / "a.pdf", Table(rows, style=RULED)), limits=ExtractionLimits()).text

    (table,) = read_text.tables
    cells = [read_text.pages[0].text[cell.start : cell.end] for cell in table.cells]
    assert cells[2:4] == ["Mentor-", "helps with education and work"]
