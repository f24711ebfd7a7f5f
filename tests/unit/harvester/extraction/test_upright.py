"""Pages of turned text: turned upright and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.composing import Piece, compose
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import Direction, PageLines, Token, line_of
from harvester.extraction.tables.shapes import NO_INK, Ink
from harvester.extraction.upright import read_down, turned, turned_back, way_of

WIDTH, HEIGHT = 600.0, 800.0
coordinates = st.integers(0, 599)
boxes = st.tuples(coordinates, coordinates, coordinates, coordinates).map(
    lambda corners: Box(
        float(min(corners[0], corners[2])),
        float(min(corners[1], corners[3])),
        float(max(corners[0], corners[2])),
        float(max(corners[1], corners[3])),
    )
)


def page_of(*lines, ink=NO_INK):
    return PageLines(
        WIDTH, HEIGHT, tuple(line_of([Token(text, box)], direction=way) for text, box, way in lines), ink
    )


@given(st.lists(boxes, min_size=1, max_size=5), st.sampled_from(Direction))
def test_what_is_turned_comes_back_to_where_it_was(places, way):
    page = page_of(*(("word", box, way) for box in places))
    upright = turned(page, way)
    assert {line.direction for line in upright.lines} == {Direction.RIGHT}

    pieces = [Piece("paragraph", (line,)) for line in upright.lines]
    made = turned_back(compose(upright, pieces, number=1, hyphens=Hyphens([])), way)

    assert [word.box for word in made.page.words] == places
    assert [block.box for block in made.blocks] == places
    assert [placed.line for placed in made.lines] == list(page.lines)
    assert (made.page.width, made.page.height) == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("way", "box"),
    [
        (Direction.DOWN, Box(580, 10, 590, 60)),
        (Direction.UP, Box(10, 740, 20, 790)),
        (Direction.LEFT, Box(540, 780, 590, 790)),
    ],
)
def test_where_turned_text_begins_is_the_top_left(way, box):
    (line,) = turned(page_of(("word", box, way)), way).lines
    assert line.box == Box(10, 10, 60, 20)


def test_ruling_lines_turn_with_the_text():
    ink = Ink(across=(Box(100, 50, 300, 50),), down=(Box(20, 10, 20, 90),))
    made = turned(page_of(ink=ink), Direction.DOWN).ink
    assert made.across == (Box(10, 580, 90, 580),)
    assert made.down == (Box(50, 300, 50, 500),)


def test_a_page_is_as_shown_unless_most_of_it_runs_otherwise():
    shown = ("as shown", Box(10, 10, 90, 20), Direction.RIGHT)
    label = ("label", Box(10, 300, 20, 350), Direction.UP)
    assert way_of(page_of(shown, label)) is Direction.RIGHT
    assert way_of(page_of(shown, label, label)) is Direction.UP
    assert way_of(page_of()) is Direction.RIGHT


def test_lines_told_from_the_last_to_the_first_are_read_down():
    # On a page turned clockwise the first line stands at the right.
    lines = [
        (text, Box(x, 50, x + 10, 700), Direction.DOWN) for text, x in [("c", 500), ("b", 512), ("a", 524)]
    ]
    assert [line.text for line in read_down(page_of(*lines), Direction.DOWN).lines] == ["a", "b", "c"]
    assert [line.text for line in read_down(page_of(*lines[::-1]), Direction.DOWN).lines] == ["a", "b", "c"]


def test_a_heading_that_is_drawn_last_keeps_its_place_among_the_lines():
    lines = [
        (text, Box(x, 50, x + 10, 700), Direction.DOWN) for text, x in [("a", 512), ("b", 500), ("top", 570)]
    ]
    assert [line.text for line in read_down(page_of(*lines), Direction.DOWN).lines] == ["a", "b", "top"]


def test_a_character_alone_runs_as_the_page_does():
    page = page_of(
        ("text", Box(500, 50, 510, 700), Direction.DOWN), ("1", Box(20, 300, 30, 305), Direction.RIGHT)
    )
    assert [line.direction for line in read_down(page, Direction.DOWN).lines] == [Direction.DOWN] * 2
