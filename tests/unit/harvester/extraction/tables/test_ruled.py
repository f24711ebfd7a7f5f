from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.tables import Ink, Kind
from tests.unit.harvester.extraction.tables.paper import across, down, found, read, words_at

sizes = st.lists(st.integers(30, 70), min_size=2, max_size=6)


def edges_of(start, lengths):
    places = [float(start)]
    for length in lengths:
        places.append(places[-1] + length)
    return places


def drawn(xs, ys):
    return Ink(across=across(*ys, x0=xs[0], x1=xs[-1]), down=down(*xs, top=ys[0], bottom=ys[-1]))


def written(xs, ys):
    return [
        word
        for row, y in enumerate(ys[:-1])
        for column, x in enumerate(xs[:-1])
        for word in words_at(x + 2, y + 5, f"r{row}c{column}")
    ]


@settings(deadline=None, max_examples=40)
@given(sizes, sizes)
def test_a_drawn_grid_is_read_as_it_was_drawn(widths, heights):
    xs, ys = edges_of(50, widths), edges_of(100, heights)
    words = written(xs, ys)

    (table,) = found(words, drawn(xs, ys))

    assert table.kind is Kind.RULED
    assert read(table, words) == {
        (row, column): f"r{row}c{column}" for row in range(len(heights)) for column in range(len(widths))
    }


@settings(deadline=None, max_examples=40)
@given(sizes, sizes, st.data())
def test_cells_do_not_overlap_and_share_no_word(widths, heights, data):
    xs, ys = edges_of(50, widths), edges_of(100, heights)
    words = written(xs, ys)
    gone = data.draw(st.sets(st.integers(0, len(ys) - 1), max_size=2))
    ink = drawn(xs, ys)
    ink = Ink(
        across=tuple(line for number, line in enumerate(ink.across) if number not in gone), down=ink.down
    )

    for table in found(words, ink):
        places = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(places) == len(set(places))
        inside = [at for cell in table.cells for at in cell.words]
        assert len(inside) == len(set(inside))


def test_a_merged_cell_spans_its_columns():
    xs, ys = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0, 160.0]
    ink = Ink(
        across=across(*ys, x0=50.0, x1=350.0),
        down=(*down(50, 350, top=100, bottom=160), *down(150, 250, top=120, bottom=160)),
    )
    words = words_at(150, 105, "Young people") + written(xs, ys[1:])

    (table,) = found(words, ink)

    head = table.cells[0]
    assert (head.row, head.column, head.column_span) == (0, 0, 3)
    assert read(table, words)[2, 2] == "r1c2"


def test_lines_of_one_drawn_cell_stay_together():
    xs, ys = [50.0, 150.0, 350.0], [100.0, 130.0, 160.0]
    words = (
        words_at(52, 104, "Aim")
        + words_at(152, 104, "to help care leavers")
        + words_at(152, 116, "find work")
        + words_at(52, 134, "Who")
        + words_at(152, 134, "anyone of 16 to 25")
    )

    (table,) = found(words, drawn(xs, ys))

    assert read(table, words)[0, 1] == "to help care leavers find work"


def test_a_table_open_at_its_sides_is_closed():
    xs, ys = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0, 160.0]
    ink = Ink(across=across(*ys, x0=50.0, x1=350.0), down=down(150, 250, top=100, bottom=160))
    words = written(xs, ys)

    (table,) = found(words, ink)

    assert len(table.cells) == 9


def test_rows_of_figures_within_drawn_cells_are_parted():
    xs, ys = [50.0, 200.0, 300.0, 400.0], [100.0, 120.0, 200.0]
    words = written(xs, ys[:2])
    for number in range(4):
        for x, text in zip(xs, (f"Area {number}", f"{number}7", f"{number}1.5%"), strict=False):
            words += words_at(x + 2, 124 + 14 * number, text)

    (table,) = found(words, drawn(xs, ys))

    assert read(table, words)[2, 1] == "17"
    assert read(table, words)[4, 0] == "Area 3"


def test_a_frame_around_running_text_is_no_table():
    xs, ys = [50.0, 300.0, 550.0], [100.0, 120.0, 140.0, 400.0]
    words = written(xs, ys[:3])
    for line in range(15):
        words += words_at(52, 144 + 14 * line, "what was found is told at length here and goes on")
    ink = Ink(
        across=across(*ys),
        down=(*down(50, 550, top=100, bottom=400), *down(300, top=100, bottom=140)),
    )

    assert found(words, ink) == ()


def test_double_lines_make_no_columns():
    xs, ys = [50.0, 150.0, 250.0], [100.0, 120.0, 140.0]
    ink = drawn(xs, ys)
    ink = Ink(across=ink.across, down=(*ink.down, Box(154.5, 100, 154.5, 140)))
    words = written([50.0, 156.0, 250.0], ys)

    (table,) = found(words, ink)

    assert {cell.column for cell in table.cells} == {0, 1}


def test_labels_before_a_grid_of_figures_are_its_first_column():
    xs, ys = [200.0, 300.0, 400.0], [100.0, 120.0, 140.0, 160.0]
    words = [
        word
        for row, y in enumerate(ys[:-1])
        for x, text in zip((150.0, *xs), (f"Area {'ABC'[row]}", f"{row}7", f"{row}1.5"), strict=False)
        for word in words_at(x + 2, y + 5, text)
    ]

    (table,) = found(words, drawn(xs, ys))

    assert read(table, words)[2, 0] == "Area C"
    assert read(table, words)[2, 2] == "21.5"
