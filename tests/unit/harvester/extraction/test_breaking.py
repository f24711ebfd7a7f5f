from corpus.vocabulary.documents import Box
from harvester.extraction.breaking import break_into_lines
from harvester.extraction.lines import Direction, Token


def lines_of(*words, direction=Direction.RIGHT):
    tokens = ((Token(text, Box(x0, top, x0 + 20, top + 10)), direction) for text, x0, top in words)
    return [[token.text for token in line.words] for line in break_into_lines(tokens)]


def test_words_side_by_side_make_a_line():
    assert lines_of(("one", 0, 0), ("two", 25, 1), ("three", 0, 12)) == [["one", "two"], ["three"]]


def test_the_second_column_begins_a_line_of_its_own():
    assert lines_of(("left", 0, 0), ("foot", 0, 12), ("right", 100, 0)) == [["left"], ["foot"], ["right"]]


def test_a_word_back_to_the_left_begins_a_line():
    assert lines_of(("right", 100, 0), ("left", 0, 0)) == [["right"], ["left"]]


def test_a_script_from_the_right_goes_on_to_the_left():
    assert lines_of(("שלום", 100, 0), ("עולם", 70, 0)) == [["שלום", "עולם"]]


def test_a_superscript_stays_on_its_line():
    assert lines_of(("metre", 0, 0), ("2", 21, -4)) == [["metre", "2"]]


def test_words_that_run_up_share_a_line_when_they_share_a_column():
    words = [("up", 0, 50), ("wards", 1, 20), ("next", 30, 50), ("line", 30, 60)]

    assert lines_of(*words, direction=Direction.UP) == [["up", "wards"], ["next"], ["line"]]


def test_words_that_run_down_share_a_line_when_they_share_a_column():
    words = [("down", 0, 20), ("wards", 1, 50), ("next", 30, 20), ("line", 30, 10)]

    assert lines_of(*words, direction=Direction.DOWN) == [["down", "wards"], ["next"], ["line"]]


def test_words_upside_down_go_on_to_the_left():
    words = [("one", 50, 0), ("two", 20, 0), ("back", 50, 0)]

    assert lines_of(*words, direction=Direction.LEFT) == [["one", "two"], ["back"]]


def test_a_turn_begins_a_line():
    box = Box(0, 0, 20, 10)

    lines = break_into_lines([(Token("one", box), Direction.RIGHT), (Token("two", box), Direction.UP)])

    assert len(lines) == 2


def test_no_words_make_no_lines():
    assert lines_of() == []
