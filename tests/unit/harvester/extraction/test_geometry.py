import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame, around, box_of

anything = st.floats() | st.just(-0.0)
inside = st.floats(0, 1)


@given(st.tuples(anything, anything, anything, anything))
def test_a_box_is_finite_and_ordered(corners):
    box = box_of(*corners)

    assert all(math.isfinite(edge) for edge in (box.x0, box.top, box.x1, box.bottom))
    assert box.x0 <= box.x1
    assert box.top <= box.bottom


@given(st.sampled_from([0, 90, 180, 270]), st.tuples(inside, inside), st.tuples(inside, inside))
def test_what_is_on_the_page_is_shown_on_the_page(rotation, one, other):
    frame = PageFrame(left=10, bottom=20, right=210, top=320, rotation=rotation)
    (left, right), (bottom, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))

    box = frame.place(10 + 200 * left, 20 + 300 * bottom, 10 + 200 * right, 20 + 300 * top)

    assert -0.01 <= box.x0 <= box.x1 <= frame.width + 0.01
    assert -0.01 <= box.top <= box.bottom <= frame.height + 0.01


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, Box(0, 290, 20, 300)),
        (90, Box(0, 0, 10, 20)),
        (180, Box(180, 0, 200, 10)),
        (270, Box(290, 180, 300, 200)),
    ],
)
def test_the_bottom_left_corner_turns_with_the_page(rotation, expected):
    frame = PageFrame(left=10, bottom=20, right=210, top=320, rotation=rotation)

    assert frame.place(10, 20, 30, 30) == expected


def test_around_holds_all_boxes():
    assert around([Box(1, 5, 2, 6), Box(0, 7, 9, 8)]) == Box(0, 5, 9, 8)
