"""Boxes of words on the page."""

import numpy as np
import pytest

from harvester.extraction.fonts import Face
from harvester.extraction.lines import Direction
from harvester.extraction.placing import within_letters


@pytest.mark.parametrize(
    ("way", "box"),
    [
        (Direction.RIGHT, [0, 3, 20, 8]),
        (Direction.LEFT, [0, 2, 20, 7]),
        (Direction.DOWN, [4, 0, 14, 10]),
        (Direction.UP, [6, 0, 16, 10]),
    ],
)
def test_boxes_lose_what_no_letter_reaches_on_the_side_that_it_is(way, box):
    boxes = np.array([[0.0, 0.0, 20.0, 10.0], [30.0, 0.0, 40.0, 10.0]])
    faces = [Face(over=0.3, under=0.2), Face()]
    kept = within_letters(boxes, [(0, 1), (1, 2)], faces, [way, Direction.RIGHT])
    assert kept.tolist() == [box, [30.0, 0.0, 40.0, 10.0]]
