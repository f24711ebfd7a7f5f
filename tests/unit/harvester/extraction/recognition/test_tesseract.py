from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.recognition.recognising import read_page
from harvester.extraction.recognition.tesseract import RecognisedLine, RecognisedWord, read_table

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
TABLE = [
    HEAD,
    "4\t1\t1\t1\t1\t0\t10\t20\t90\t30\t-1\t",
    "5\t1\t1\t1\t1\t1\t10\t20\t40\t30\t96.5\tCare",
    '5\t1\t1\t1\t1\t2\t60\t25\t40\t20\t90\t"leavers',
    "5\t1\t1\t1\t1\t3\t60\t25\t40\t20\t90\t ",
    "5\t1\t2\t1\t1\t1\t10\t80\t40\t20\t20\tmoved",
    "no row",
]


def test_words_come_by_line_with_place_and_confidence():
    first, second = read_table(TABLE)

    assert first == RecognisedLine(
        (
            RecognisedWord("Care", Box(10, 20, 50, 50), 0.965),
            RecognisedWord('"leavers', Box(60, 25, 100, 45), 0.9),
        ),
        30,
    )
    assert [word.text for word in second.words] == ["moved"]


@given(st.lists(st.text()))
def test_any_table_is_read(rows):
    assert isinstance(read_table(rows), list)


def test_places_are_turned_to_points_and_unsure_words_left_out():
    page = read_page(read_table(TABLE), scale=0.24, width=612, height=792)

    assert [line.text for line in page.lines.lines] == ['Care "leavers']
    assert page.lines.lines[0].words[0].box == Box(2.4, 4.8, 12.0, 12.0)
    assert page.lines.lines[0].size == 7.2
    assert page.confidence == 0.9325


def test_a_page_of_guesses_has_no_text():
    guesses = [f"5\t1\t1\t1\t1\t{n}\t10\t20\t40\t30\t35\tx" for n in range(9)]

    assert read_page(read_table(guesses), scale=1, width=9, height=9) is None
    assert read_page([], scale=1, width=9, height=9) is None


def test_lines_of_nearly_one_height_are_of_one_size():
    rows = [
        row
        for number, height in enumerate((40, 36, 44, 40, 90), start=1)
        for row in (
            f"4\t1\t1\t1\t{number}\t0\t0\t{number * 100}\t90\t{height}\t-1\t",
            f"5\t1\t1\t1\t{number}\t1\t0\t{number * 100}\t90\t{height}\t95\tword",
        )
    ]

    sizes = [line.size for line in read_page(read_table(rows), scale=0.25, width=9, height=9).lines.lines]

    assert sizes == [10, 10, 10, 10, 22.5]
