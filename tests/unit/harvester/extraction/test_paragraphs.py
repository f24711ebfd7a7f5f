import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Line, PageLines, Token
from harvester.extraction.ordering import in_reading_order
from harvester.extraction.paragraphs import Leading, into_blocks


def line(text, x0, top, x1, size=10.0, *, bold=False, end="."):
    box = Box(x0, top, x1, top + size)
    return Line(
        (Token(text, Box(x0, top, min(x1, x0 + 25), top + size)), Token(end, box)), box, size, bold=bold
    )


def blocks(*lines):
    leading = Leading.measure([PageLines(600, 800, tuple(lines))])
    return [[each.words[0].text for each in block] for block in into_blocks(lines, leading)]


def test_lines_at_one_leading_make_a_block_and_a_gap_ends_it():
    assert blocks(
        line("a", 0, 0, 200), line("b", 0, 12, 200), line("c", 0, 24, 198), line("d", 0, 46, 200)
    ) == [
        ["a", "b", "c"],
        ["d"],
    ]


def test_an_indented_line_begins_a_paragraph():
    assert blocks(
        line("a", 0, 0, 200), line("b", 0, 12, 200), line("c", 12, 24, 200), line("d", 0, 36, 200)
    ) == [["a", "b"], ["c", "d"]]


def test_lines_that_hang_belong_to_their_first():
    assert blocks(
        line("a", 0, 0, 200, end="and"),
        line("b", 12, 12, 200),
        line("c", 0, 24, 200, end=","),
        line("d", 12, 36, 200),
    ) == [["a", "b"], ["c", "d"]]


def test_a_line_that_left_room_ends_a_paragraph():
    assert blocks(line("a", 0, 0, 200), line("b", 0, 12, 100), line("c", 0, 24, 200)) == [["a", "b"], ["c"]]


def test_a_line_that_left_room_within_a_sentence_ends_none():
    """Ragged lines end where their setter likes."""
    ragged = [line("A", 0, 0, 200, end="(b)"), line("C", 0, 12, 100, end="the"), line("d", 0, 24, 200)]
    assert blocks(*ragged) == [["A", "C", "d"]]
    assert blocks(ragged[0], line("C", 0, 12, 100, end="the"), line("D", 0, 24, 200)) == [["A", "C"], ["D"]]
    assert blocks(ragged[0], line("C", 0, 12, 100, end=";"), line("d", 0, 24, 200)) == [["A", "C"], ["d"]]


@pytest.mark.parametrize(
    "second",
    [
        line("gered", 0, 24, 100),  # set out, as the text of a statute after its first line
        line("gered", 25, 24, 100),  # set in
        line("gered", 10, 24, 100, bold=True),
        line("gered", 10, 24, 100, size=11.5),
        line("gered", 10, 60, 100),
    ],
)
def test_a_word_that_goes_on_begins_no_block(second):
    first = line("a", 10, 0, 200), line("b", 10, 12, 120, end="endan-")
    assert blocks(line("z", 0, -12, 200), *first, second) == [["z", "a", "b", "gered"]]


@pytest.mark.parametrize(
    ("end", "second"),
    [
        ("endan-", line("Gered", 0, 60, 100)),  # a capital
        ("endan-", line("gered", 0, 60, 100, size=14.0)),  # a heading's type
        ("endan-", line("gered", 300, 12, 400)),  # beside it
        ("endan-", line("o", 0, 60, 100)),  # a bullet
        ("-", line("gered", 0, 60, 100)),  # a dash
        ("12-", line("gered", 0, 60, 100)),
    ],
)
def test_what_is_no_broken_word_begins_a_block(end, second):
    assert len(blocks(line("a", 0, 0, 200), line("b", 0, 12, 200, end=end), second)) == 2


def test_a_number_is_not_parted_from_what_it_counts():
    number = Line(
        (Token("6", Box(0, 24, 5, 34)), Token("years", Box(8, 24, 40, 34))), Box(0, 24, 40, 34), 10.0
    )
    first = line("A", 0, 0, 200)
    assert blocks(first, line("B", 0, 12, 170, end="aged"), number) == [["A", "B", "6"]]
    assert blocks(first, line("B", 0, 12, 120, end="aged"), number) == [["A", "B"], ["6"]]


def test_larger_or_bold_type_is_a_block_of_its_own():
    assert blocks(line("a", 0, 0, 200, 14.0), line("b", 0, 16, 200), line("c", 0, 28, 200, bold=True)) == [
        ["a"],
        ["b"],
        ["c"],
    ]


def test_the_next_column_is_another_block():
    assert blocks(line("a", 0, 700, 200), line("b", 220, 100, 420)) == [["a"], ["b"]]


def ordered(*places):
    pieces = [Piece(BlockKind.PARAGRAPH, (line(text, x0, top, x1),)) for text, x0, top, x1 in places]
    return "".join(piece.lines[0].words[0].text for piece in in_reading_order(pieces))


def test_columns_stay_as_drawn():
    assert ordered(("a", 0, 0, 100), ("b", 0, 50, 100), ("c", 120, 0, 220), ("d", 120, 50, 220)) == "abcd"


def test_what_was_drawn_last_but_stands_above_is_read_before():
    assert ordered(("b", 0, 50, 200), ("c", 0, 100, 200), ("a", 0, 0, 200)) == "abc"


def test_blocks_beside_each_other_keep_the_order_of_drawing():
    assert ordered(("b", 120, 0, 220), ("a", 0, 10, 100)) == "ba"


def entry(text, top, *, leaders, page="12", right=200):
    """A line of a list of contents: the page's number stands at the right."""
    words = [
        (text, 0, 60),
        *([("." * 20, 65, right - 15)] if leaders else []),
        (page, right - 10, right),
    ]
    tokens = tuple(Token(word, Box(x0, top, x1, top + 10)) for word, x0, x1 in words)
    return Line(tokens, Box(0, top, right, top + 10), 10.0, bold=False)


@pytest.mark.parametrize("leaders", [True, False])
def test_each_entry_of_a_list_of_contents_is_its_own(leaders):
    lines = [
        entry("a", 0, leaders=leaders),
        entry("b", 12, leaders=leaders, page="iv"),
        line("c", 0, 24, 200),
    ]
    assert blocks(*lines) == [["a"], ["b"], ["c"]]


def test_a_number_that_ends_a_line_of_running_text_ends_no_block():
    assert blocks(line("a", 0, 0, 200, end="2019"), line("b", 0, 12, 200)) == [["a", "b"]]


def test_a_note_begins_a_block_though_the_one_before_has_no_stop():
    notes = [
        line("1See", 0, 0, 200, end="2012"),
        line("there", 0, 12, 200, end="2013"),
        line("2Ofsted", 0, 24, 200, end="2014"),
        line("7Ofsted", 0, 36, 200, end="2014"),
    ]

    assert blocks(*notes) == [["1See", "there"], ["2Ofsted", "7Ofsted"]]
