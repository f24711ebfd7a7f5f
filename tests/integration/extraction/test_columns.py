"""Pages that are drawn row by row across their columns are read column by column; rows that belong together are not."""

import pytest

from harvester.extraction.layout import lay_out
from harvester.extraction.pdfium import PdfiumDocument
from tests.integration.extraction.row_by_row import Row, column, draw, paragraph, set_lines

TWO = {"width": 235.0}
LEFT, RIGHT = 50.0, 310.0
THREE = {"width": 150.0, "size": 9.0, "leading": 11.0}


def texts(start, count):
    return [paragraph(start + 3 * number, sentences=2 + number % 3) for number in range(count)]


def read(path):
    (page,) = lay_out([PdfiumDocument(path).read_page(0)])
    return page


def lines_of(path):
    return [line for line in read(path).page.text.split("\n") if line]


def words_of(path, rows):
    """Read a page of rows; return its words as they are read."""
    return " ".join(lines_of(draw(path / "rows.pdf", rows))).split()


def drawn_words(rows):
    return " ".join(row.text for row in rows).split()


def check(path, *parts):
    """Draw rows of one page row by row; they must be read in the order given."""
    rows = [row for part in parts for row in part]
    assert lines_of(draw(path / "page.pdf", rows)) == [row.text for row in rows]


@pytest.mark.parametrize("offset", [0.0, 3.0, 6.0])
def test_two_columns(tmp_path, offset):
    left, right = column(LEFT, 100, texts(0, 4), **TWO), column(RIGHT, 100 + offset, texts(1, 4), **TWO)

    check(tmp_path, left, right)


def test_two_columns_without_white_space_between_paragraphs(tmp_path):
    left = column(LEFT, 100, texts(0, 4), between=0, **TWO)
    right = column(RIGHT, 100, texts(1, 4), between=0, **TWO)

    check(tmp_path, left, right)


def test_paragraphs_that_end_level_on_both_sides(tmp_path):
    left = [
        row for top in (100, 163, 226) for row in column(LEFT, top, [paragraph(int(top))], lines=4, **TWO)
    ]
    right = [
        row
        for top in (100, 163, 226)
        for row in column(RIGHT, top, [paragraph(int(top) + 1)], lines=4, **TWO)
    ]

    check(tmp_path, left, right)


def test_three_columns(tmp_path):
    columns = [column(x, 100, texts(number, 4), **THREE) for number, x in enumerate((50, 222, 394))]

    check(tmp_path, *columns)


def test_a_title_over_both_columns(tmp_path):
    title = [
        Row("Moving on: what tenants leaving care told us about their first eighteen months", 50, 60, 14)
    ]
    left, right = column(LEFT, 100, texts(0, 4), **TWO), column(RIGHT, 100, texts(1, 4), **TWO)

    check(tmp_path, title, left, right)


def test_a_heading_over_both_columns_parts_them(tmp_path):
    upper = [column(x, 100, texts(n, 2), lines=8, **TWO) for n, x in enumerate((LEFT, RIGHT))]
    heading = [
        Row("What the housing officers and the personal advisers of all three areas said", 50, 230, 13)
    ]
    lower = [column(x, 260, texts(n + 4, 3), lines=12, **TWO) for n, x in enumerate((LEFT, RIGHT))]

    check(tmp_path, *upper, heading, *lower)


def test_a_short_heading_over_both_columns_parts_them(tmp_path):
    upper = [column(x, 100, texts(n, 2), lines=8, **TWO) for n, x in enumerate((LEFT, RIGHT))]
    heading = [Row("Methods", 50, 235, 14, "Helvetica-Bold")]
    lower = [column(x, 265, texts(n + 4, 3), lines=12, **TWO) for n, x in enumerate((LEFT, RIGHT))]

    check(tmp_path, *upper, heading, *lower)


def test_headings_within_columns(tmp_path):
    def with_heading(x, heading, at, start):
        upper = column(x, 100, texts(start, 1), lines=at, **TWO)
        top = 100 + 12 * at + 10
        title = Row(heading, x, top, 12, "Helvetica-Bold")
        return [*upper, title, *column(x, top + 18, texts(start + 3, 3), lines=10, **TWO)]

    check(tmp_path, with_heading(LEFT, "Methods", 3, 0), with_heading(RIGHT, "What we found", 4, 2))


def test_columns_of_unequal_length(tmp_path):
    left, right = column(LEFT, 100, texts(0, 5), **TWO), column(RIGHT, 100, texts(1, 1), lines=4, **TWO)
    check(tmp_path, left, right)

    left, right = column(LEFT, 100, texts(0, 2), lines=6, **TWO), column(RIGHT, 100, texts(1, 5), **TWO)
    check(tmp_path, left, right)


def test_a_column_that_begins_lower(tmp_path):
    left, right = column(LEFT, 160, texts(0, 3), **TWO), column(RIGHT, 100, texts(1, 4), **TWO)

    check(tmp_path, left, right)


def test_a_short_middle_column_of_three_on_lines_of_its_own(tmp_path):
    columns = [column(x, 100 + 5 * n, texts(n, 4), **THREE) for n, x in enumerate((50, 222, 394))]

    check(tmp_path, columns[0], columns[1][:7], columns[2])


def test_a_short_last_column_of_three(tmp_path):
    columns = [column(x, 100, texts(number, 4), **THREE) for number, x in enumerate((50, 222, 394))]

    check(tmp_path, columns[0], columns[1], columns[2][:5])


def test_text_over_the_whole_page_below(tmp_path):
    left, right = column(LEFT, 100, texts(0, 3), **TWO), column(RIGHT, 100, texts(1, 3), **TWO)
    below = column(LEFT, 420, texts(3, 2), width=495)

    check(tmp_path, left, right, below)


def test_a_table_between_columns(tmp_path):
    upper = [column(x, 100, texts(n, 2), lines=8, **TWO) for n, x in enumerate((LEFT, RIGHT))]
    cells = [("Area", "Tenants", "Moves"), ("Leeds", "112", "35"), ("York", "47", "25"), ("Hull", "81", "10")]
    table = [
        Row(text, x, 230 + 14 * number)
        for number, row in enumerate([*cells, ("Bath", "33", "11")])
        for text, x in zip(row, (80, 320, 450), strict=True)
    ]
    lower = [column(x, 330, texts(n + 4, 3), lines=12, **TWO) for n, x in enumerate((LEFT, RIGHT))]

    rows = [*upper[0], *upper[1], *table, *lower[0], *lower[1]]

    assert words_of(tmp_path, rows) == drawn_words(rows)


@pytest.mark.parametrize(("note", "text"), [(440, 50), (50, 180)])
def test_notes_at_the_side(tmp_path, note, text):
    notes = [
        *column(note, 124, texts(2, 1), width=105, size=8, leading=12),
        *column(note, 280, texts(4, 1), width=105, size=8, leading=12),
    ]
    body = column(text, 100, texts(0, 9), width=365)

    lines = lines_of(draw(tmp_path / "notes.pdf", [*body, *notes]))

    assert [line for line in lines if line in {row.text for row in body}] == [row.text for row in body]
    assert [line for line in lines if line in {row.text for row in notes}] == [row.text for row in notes]


def test_footnotes_below_columns(tmp_path):
    left, right = column(LEFT, 100, texts(0, 3), **TWO), column(RIGHT, 100, texts(1, 3), **TWO)
    notes = [
        column(x, 600, [f"{n} {paragraph(n, sentences=1)}"], size=8, leading=10, width=235)
        for n, x in ((1, LEFT), (2, RIGHT))
    ]

    check(tmp_path, left, right, *notes)


def test_a_word_broken_at_the_end_of_a_column_line_is_whole(tmp_path):
    left = [
        Row(line, LEFT, 100 + 12 * n)
        for n, line in enumerate(set_lines(" ".join(texts(0, 3)), width=150, breaks=True))
    ]
    right = [
        Row(line, 230, 100 + 12 * n)
        for n, line in enumerate(set_lines(" ".join(texts(1, 3)), width=150, breaks=True))
    ]
    assert any(row.text.endswith("-") for row in left)

    made = read(draw(tmp_path / "broken.pdf", [*left, *right]))

    assert " ".join(made.page.text.split()) == " ".join([*texts(0, 3), *texts(1, 3)])


# What stands in rows and is no running text stays in rows.


def rows_at(places, rows, *, top=100.0, leading=14.0):
    return [
        Row(text, x, top + leading * number)
        for number, row in enumerate(rows)
        for text, x in zip(row, places, strict=False)
        if text
    ]


TABLE = [
    ("Organisation", "What it did in the programme", "From"),
    ("Sunrise Homes", "Ran the tenancies in two areas", "2015"),
    ("City of York", "Paid for advisers and deposits", "2016"),
    ("Hill Trust", "Trained the mentors of all areas", "2016"),
    ("Care Voices", "Asked tenants what they needed", "2017"),
    ("Open Door", "Kept a house for emergencies", "2017"),
    ("North College", "Measured what became of tenants", "2018"),
]
FORM = [
    ("Name of provider:", "Sunrise Homes for young people"),
    ("Type of provision:", "supported housing with an adviser"),
    ("Date of last visit:", "the third of March two years ago"),
    ("Judgement at that visit:", "requires improvement to be good"),
    ("Number of places:", "twelve, of which ten are taken"),
    ("Person in charge:", "the registered manager of the home"),
]
CONTENTS = [
    ("What this report is about and who it is for", "1"),
    ("How the evaluation was done in three areas", "4"),
    ("What tenants told us about moving and staying", "9"),
    ("What advisers told us about their own work", "15"),
    ("What we recommend to councils and charities", "22"),
    ("References and further reading for managers", "29"),
]


@pytest.mark.parametrize(
    ("places", "rows"),
    [
        ((50, 170, 400), TABLE),
        ((50, 300), FORM),
        ((50, 500), CONTENTS),
        ((50, 350), [(f"{text} {'.' * 20}", page) for text, page in CONTENTS]),
        (
            (50, 310),
            [(f"Dr {name} Smith", f"Prof {name} Jones") for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo")],
        ),
    ],
    ids=["table", "form", "contents", "dotted contents", "names"],
)
@pytest.mark.parametrize("leading", [12.0, 18.0])
def test_rows_stay_rows(tmp_path, places, rows, leading):
    drawn = rows_at(places, rows, leading=leading)

    assert words_of(tmp_path, drawn) == drawn_words(drawn)


@pytest.mark.parametrize("marker", ["•", "{}.", "[{}]", "1.{}", "Step {}:"])
def test_hanging_marks_stay_with_their_items(tmp_path, marker):
    rows, top = [], 100
    for number in range(1, 7):
        rows.append(Row(marker.format(number), 50, top))
        rows += column(100, top, [paragraph(number, sentences=2)], width=440)
        top = rows[-1].top + 12

    assert words_of(tmp_path, rows) == drawn_words(rows)


def test_terms_stay_with_what_they_mean(tmp_path):
    rows, top = [], 100
    for number, term in enumerate(
        ["Care leaver", "Personal adviser", "Pathway plan", "Staying put", "Corporate parent"]
    ):
        rows.append(Row(term, 50, top))
        rows += column(170, top, [paragraph(number, sentences=2)], width=370)
        top = rows[-1].top + 16

    assert words_of(tmp_path, rows) == drawn_words(rows)


def test_wrapped_cells_are_read_row_by_row(tmp_path):
    rows, top = [], 100
    for number in range(5):
        left = column(50, top, [paragraph(number, sentences=1 + number % 2)], width=200)
        right = column(290, top, [paragraph(number + 3, sentences=3 - number % 2)], width=250)
        rows += [*left, *right]
        top = max(row.top for row in [*left, *right]) + 24

    check(tmp_path, rows)


def test_references_with_hanging_indents_in_two_columns(tmp_path):
    columns = []
    for x in (LEFT, RIGHT):
        rows, top = [], 100
        for number in range(6):
            first, *others = set_lines(
                f"Smith, J. and Jones, A. (20{number + 10}) {paragraph(number, sentences=2)}", width=215
            )
            rows.append(Row(first, x, top))
            rows += [Row(line, x + 15, top + 12 * at) for at, line in enumerate(others, start=1)]
            top += 12 * (1 + len(others))
        columns.append(rows)

    check(tmp_path, *columns)
