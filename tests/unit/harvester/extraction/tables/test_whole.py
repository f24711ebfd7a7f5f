"""A table is one and whole: parted from the next by its head, held together by its rules, not by its colours."""

from corpus.vocabulary.documents import Box
from harvester.extraction.tables import Ink
from harvester.extraction.tables.scattered import scattered
from tests.unit.harvester.extraction.tables.paper import across, found, read, rows_at, words_at

COLUMNS = [50.0, 250.0, 330.0, 410.0]
HEAD = ["Area", "Places", "Mean", "Share"]
BODY = [["Leeds", "12", "3.5", "40%"], ["York", "7", "2.5", "61%"], ["Hull", "110", "1.0", "8%"]]


def test_a_head_that_stands_again_begins_a_table():
    """Its caption, in one piece above it, is in neither."""
    one = rows_at(COLUMNS, [HEAD, *BODY])
    caption = words_at(200.0, 160.0, "The year after")
    other = rows_at(COLUMNS, [HEAD, *BODY], top=174.0)
    words = [*one, *caption, *other]

    tables = found(words)

    assert [read(table, words)[0, 0] for table in tables] == ["Area", "Area"]
    assert [max(cell.row for cell in table.cells) for table in tables] == [3, 3]
    assert not {"The", "year", "after"} & {
        words[at].text for table in tables for cell in table.cells for at in cell.words
    }


def test_a_row_of_figures_that_stands_again_begins_none():
    rows = [HEAD, ["Leeds", "1", "2", "3"], ["York", "1", "2", "3"], ["Leeds", "1", "2", "3"]]

    (table,) = found(rows_at(COLUMNS, rows))

    assert max(cell.row for cell in table.cells) == 3


def rows_of_text(lines, *, top=100.0):
    """Three rows, the last cell of each over some lines."""
    words, tops = rows_at([50.0, 150.0, 300.0], [["No", "Name", "What it is"]], top=top), [top - 3.0]
    at = top + 14.0
    for number, name in enumerate(("mentor", "coach", "adviser"), start=1):
        tops.append(at - 3.0)
        words += rows_at([50.0, 150.0], [[str(number), name]], top=at)
        for line in range(lines):
            words += words_at(300.0, at + 11.0 * line, "an adult who stands by them and says so often")
        at += 11.0 * lines + 6.0
    return words, [*tops, at - 3.0]


def test_rules_of_one_length_tie_rows_of_many_lines():
    words, tops = rows_of_text(6)

    (table,) = found(words, Ink(across=across(*tops)))

    assert (table.box.top, max(cell.row for cell in table.cells)) == (100.0, 3)
    assert len(read(table, words)[2, 2].split()) == 60


def test_rules_of_one_length_over_text_are_no_table():
    words = [
        word
        for line in range(30)
        for word in words_at(
            50.0, 100.0 + 14.0 * line, "young people who leave care say what they think of it all"
        )
    ]
    assert found(words, Ink(across=across(96.0, 180.0, 264.0, 348.0, 432.0, 516.0))) == ()


def test_figures_coloured_here_and_there_are_one_table():
    """The drawn cells that touch make grids, one over another, with rows without colour between."""
    rows = [[f"Home {name}", "0.10", "0.25", "0.90", "0.40"] for name in "abcdefghijkl"]
    words = rows_at([50.0, 150.0, 190.0, 230.0, 270.0], rows)
    corner = [(0, 1), (0, 2), (0, 3), (1, 1), (2, 1)]
    coloured = [
        Box(105.0 + 40.0 * column, 97.0 + 14.0 * row, 145.0 + 40.0 * column, 111.0 + 14.0 * row)
        for first in (0, 4, 8)
        for row, column in [(first + row, column) for row, column in [*corner, (2, 3), (2, 4)]]
    ]

    tables = found(words, Ink(areas=tuple(coloured)))

    assert [len({cell.row for cell in table.cells}) for table in tables] == [11]
    assert read(tables[0], words)[10, max(cell.column for cell in tables[0].cells)] == "0.40"


def test_pieces_apart_or_few_are_no_region():
    """Tables one below the other, a frame and what lies in it."""
    apart = [Box(50, 100.0 * n, 300, 100.0 * n + 60) for n in range(5)]
    assert list(scattered(apart, height=10.0)) == []
    assert list(scattered([Box(0, 0, 500, 500), Box(10, 10, 90, 90)], height=10.0)) == []
    overlapping = [Box(50, 40.0 * n, 300, 40.0 * n + 45) for n in range(5)]
    assert list(scattered(overlapping, height=10.0)) == [Box(50, 0, 300, 205)]
