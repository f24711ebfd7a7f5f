from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.extraction.tables import Ink, Kind
from tests.unit.harvester.extraction.tables.paper import across, found, read, rows_at, words_at

COLUMNS = [50.0, 250.0, 330.0, 410.0]
BODY = [["Leeds", "12", "3.5", "40%"], ["York", "7", "2.5", "61%"], ["Hull city", "110", "1.0", "8%"]]
HEAD = ["Area", "Places", "Mean", "Share"]


def test_columns_of_figures_need_no_lines():
    words = rows_at(COLUMNS, [HEAD, *BODY])

    (table,) = found(words)

    assert table.kind is Kind.ALIGNED
    assert [read(table, words)[row, 0] for row in range(4)] == ["Area", "Leeds", "York", "Hull city"]
    assert read(table, words)[3, 3] == "8%"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 99_999), min_size=3, max_size=3), min_size=4, max_size=12))
def test_what_was_set_is_read(numbers):
    rows = [[f"Group {'abcdefghijkl'[at]}", *map(str, row)] for at, row in enumerate(numbers)]
    words = rows_at(COLUMNS, rows)

    tables = found(words)

    for table in tables:  # none only where the numbers fall as on an axis
        assert read(table, words) == {
            (row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells)
        }
        assert sorted(at for cell in table.cells for at in cell.words) == list(range(len(words)))
    falls = any(
        len({later - one for one, later in pairwise(column)}) == 1 for column in zip(*numbers, strict=True)
    )
    assert tables or falls


def test_three_lines_are_a_table_of_words():
    rows = [
        ["Name", "What it is", None, None],
        ["mentor", "an adult friend", None, None],
        ["coach", "a paid guide", None, None],
    ]
    words = rows_at(COLUMNS, rows)

    (table,) = found(words, Ink(across=across(96, 112, 142)))

    assert table.kind is Kind.PARTLY_RULED
    assert read(table, words)[2, 1] == "a paid guide"
    assert found(words) == ()


def test_a_head_over_two_columns_spans_them():
    words = words_at(275, 100, "Young people seen") + rows_at(COLUMNS, [HEAD, *BODY], top=114)

    (table,) = found(words)

    head = table.cells[0]
    assert (head.column, head.column_span) == (1, 2)
    assert read(table, words)[1, 1] == "Places"


def test_a_label_of_two_lines_is_one_cell():
    words = (
        rows_at(COLUMNS, [HEAD, *BODY])
        + words_at(50, 156, "All other areas")
        + words_at(50, 166, "of the county")
        + rows_at(COLUMNS[1:], [["5", "6.5", "7%"]], top=166)
    )

    (table,) = found(words)

    assert read(table, words)[4, 0] == "All other areas of the county"
    assert read(table, words)[4, 2] == "6.5"


def test_figures_at_the_middle_of_a_label_of_two_lines_stand_in_its_row():
    words = (
        rows_at(COLUMNS, [HEAD, *BODY])
        + words_at(50, 156, "Other areas and")
        + rows_at(COLUMNS[1:], [["5", "6.5", "7%"]], top=161.5)
        + words_at(50, 167, "those not known")
    )

    (table,) = found(words)

    assert read(table, words)[4, 0] == "Other areas and those not known"
    assert read(table, words)[4, 3] == "7%"


def test_running_text_beside_a_table_stays_out():
    text = "the second column of the page holds text"
    words = rows_at(
        [50.0, 150.0, 200.0],
        [["Leeds", "12", "3.5"], ["York", "7", "2.5"], ["Hull", "11", "1.0"], ["Bath", "3", "1.1"]],
    )
    count = len(words)
    for line in range(6):
        words += words_at(300, 100 + 12 * line, text)

    (table,) = found(words)

    assert {at for cell in table.cells for at in cell.words} == set(range(count))


def test_text_in_two_columns_is_no_table():
    text = "what young people said about moving on"
    words = [word for line in range(20) for x in (50, 310) for word in words_at(x, 100 + 12 * line, text)]

    assert found(words) == ()


def test_a_list_is_no_table():
    rows = [[f"{number}.", f"{number + 4} places", None, None] for number in range(1, 8)]

    assert found(rows_at([50.0, 80.0, 300.0, 400.0], rows)) == ()


def test_a_table_of_contents_is_no_table():
    titles = ["Introduction", "What we did", "What we found", "What it means", "References"]
    rows = [[title, str(3 + 4 * number), None, None] for number, title in enumerate(titles)]
    dotted = [
        [f"{title} .......... {3 + 4 * number}", f"Part ......... {number + 30}", None, None]
        for number, title in enumerate(titles)
    ]

    assert found(rows_at([50.0, 400.0, 450.0, 500.0], rows)) == ()
    assert found(rows_at([50.0, 300.0, 450.0, 500.0], dotted)) == ()


def test_the_labels_of_a_plot_are_no_table():
    rows = [[str(100 - 20 * number), None, f"{50 - 10 * number}", None] for number in range(6)]

    assert found(rows_at(COLUMNS, rows)) == ()


def test_a_page_of_plain_lines_has_no_tables():
    words = [
        word for line in range(40) for word in words_at(50, 60 + 12 * line, "one line of text after another")
    ]

    assert found(words) == ()
    assert found([]) == ()


def test_columns_may_be_longer_than_the_first():
    rows = [
        *BODY,
        [None, None, "4.5", "9%"],
        [None, None, None, "3%"],
        [None, None, None, "1%"],
        [None, None, None, "2%"],
    ]
    words = rows_at(COLUMNS, rows)

    (table,) = found(words)

    assert read(table, words)[6, 3] == "2%"


def test_tables_beside_each_other_in_two_columns_of_text_are_two():
    text = "what young people said about moving on"
    words = []
    for x in (50.0, 310.0):
        words += words_at(x, 60, "Table 1. Where they live")
        words += rows_at([x, x + 100, x + 150], [row[:3] for row in [HEAD, *BODY]], top=80)
        words += [word for line in range(6) for word in words_at(x, 160 + 12 * line, text)]

    tables = found(words)

    assert [len({cell.column for cell in table.cells}) for table in tables] == [3, 3]
    assert [len(table.caption) for table in tables] == [5, 5]


def test_a_figure_wider_than_its_column_stays_one_cell():
    words = rows_at(COLUMNS, [*BODY, ["All", "1,234,567,890,12", "9.9", "30%"], *BODY, *BODY], top=100)

    (table,) = found(words)

    assert read(table, words)[3, 1] == "1,234,567,890,12"
    assert read(table, words)[3, 2] == "9.9"


def test_equations_are_no_table():
    rows = [["a", "= 12", "+ b", f"({number})"] for number in range(1, 6)]

    assert found(rows_at(COLUMNS, rows), Ink(across=across(96, 170))) == ()


def test_raised_type_belongs_to_the_row_that_it_is_raised_from():
    words = rows_at(COLUMNS, [HEAD, *BODY]) + words_at(261, 111, "a", height=6.0)

    (table,) = found(words)

    assert read(table, words)[1, 1] == "12 a"
    assert max(cell.row for cell in table.cells) == 3


MORE = [["Year", "Cost", "Mean", "Share"], ["2015", "1,200", "2.5", "4%"], ["2016", "1,340", "3.0", "8%"]]


def test_a_caption_parts_two_tables_that_stand_close():
    caption = words_at(50, 156, "Table 2: What it cost, by year")
    over = words_at(50, 86, "Table 1: Places in four areas")
    words = [*over, *rows_at(COLUMNS, [HEAD, *BODY]), *caption, *rows_at(COLUMNS, [*MORE, BODY[1]], top=170)]

    first, second = found(words)

    assert [words[at].text for at in first.caption] == [word.text for word in over]
    assert [words[at].text for at in second.caption] == [word.text for word in caption]


def test_a_head_below_figures_after_some_white_space_begins_a_table():
    words = [*rows_at(COLUMNS, [HEAD, *BODY]), *rows_at(COLUMNS, [*MORE, MORE[1]], top=162)]

    assert [read(table, words)[0, 0] for table in found(words)] == ["Area", "Year"]


def test_a_head_as_close_as_the_rows_is_one_within_the_table():
    words = rows_at(COLUMNS, [HEAD, *BODY, *MORE])

    assert len(found(words)) == 1
