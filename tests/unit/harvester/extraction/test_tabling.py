from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.lines import Direction, line_of
from harvester.extraction.tables import Ink
from harvester.extraction.tabling import set_apart
from tests.unit.harvester.extraction.tables.paper import rows_at, words_at

COLUMNS = [50.0, 250.0, 330.0]
ROWS = [["Leeds", "12", "3.5"], ["York", "7", "2.5"], ["Hull", "11", "1.0"], ["Bath", "3", "1.1"]]


def lines_of(*texts, x=50.0, top=300.0):
    return [line_of(words_at(x, top + 14 * number, text)) for number, text in enumerate(texts)]


def rows_as_lines(*, top=100.0):
    return [line_of(rows_at(COLUMNS, [row], top=top + 14 * number)) for number, row in enumerate(ROWS)]


def apart(lines):
    return set_apart(lines, Ink(), width=600.0, height=800.0)


def text_of(lines):
    return [line.text for line in lines]


def test_a_table_is_taken_out_of_the_lines_cell_by_cell():
    before = lines_of("Table 1: Places in four areas", top=80)
    after = lines_of("Most had few places.")

    (table,), rest = apart([*before, *rows_as_lines(), *after])

    assert text_of(rest) == ["Most had few places."]
    assert [text_of(lines) for lines in table.lines] == [[cell] for row in ROWS for cell in row]
    assert text_of(table.caption) == ["Table 1: Places in four areas"]
    assert table.after == 0


def test_a_line_that_runs_on_beside_a_table_keeps_the_rest():
    text = [words_at(420, 100 + 14 * number, "what was said at length in the text") for number in range(4)]
    lines = [
        line_of([*rows_at(COLUMNS, [row], top=100 + 14 * number), *text[number]])
        for number, row in enumerate(ROWS)
    ]

    (table,), rest = apart(lines)

    assert text_of(rest) == ["what was said at length in the text"] * 4
    assert all(line.box.x0 == 420 for line in rest)
    assert len(table.cells) == 12


def test_turned_lines_are_left_alone():
    lines = [line_of(words_at(50, 100 + 14 * n, "12"), direction=Direction.UP) for n in range(5)]

    assert apart(lines) == ([], lines)


@given(st.lists(st.integers(0, 40), max_size=5))
def test_no_word_is_lost_or_doubled(places):
    lines = rows_as_lines()
    for place in places:
        lines.insert(place % (len(lines) + 1), *lines_of(f"line {place} of text", top=200 + 14 * place))

    tables, rest = apart(lines)

    kept = [*rest, *(line for table in tables for lines in (*table.lines, table.caption) for line in lines)]
    assert sorted(id(word) for line in kept for word in line.words) == sorted(
        id(word) for line in lines for word in line.words
    )
