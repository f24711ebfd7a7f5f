import numpy as np
import pytest

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.bars import has_bars
from harvester.extraction.lines import Token, line_of


def upright(heights, *, step=30, width=20):
    return [(100 + step * n, 400 - height, 100 + step * n + width, 400) for n, height in enumerate(heights)]


def lying(lengths):
    return [(100, 100 + 30 * n, 100 + length, 120 + 30 * n) for n, length in enumerate(lengths)]


def shown(areas, lines=()):
    return has_bars(np.array(areas, float).reshape(-1, 4), lines)


@pytest.mark.parametrize("make", [upright, lying])
def test_bars_end_where_their_values_are(make):
    assert shown(make([40, 75, 120, 60]))


def test_stacked_bars_are_bars_by_their_first_parts():
    first = lying([40, 75, 120, 60])

    assert shown([*first, *((row[2], row[1], 400, row[3]) for row in first)])


@pytest.mark.parametrize(
    "areas",
    [
        [],
        upright([40, 75]),  # too few
        upright([80, 80, 80, 80]),  # cells of a row
        [*upright([40, 75]), (300, 280, 320, 400), (600, 330, 620, 400)],  # here and there
        [(100, 100, 200, 110), (100, 130, 260, 170), (100, 180, 320, 280)],  # panels of a page
    ],
)
def test_other_areas_are_none(areas):
    assert not shown(areas)


def test_shaded_lines_are_none():
    areas = lying([300, 340, 380, 360])
    lines = [
        line_of(
            [
                Token("word", Box(102 + 30 * at, 103 + 30 * row, 128 + 30 * at, 117 + 30 * row))
                for at in range(5)
            ]
        )
        for row in range(4)
    ]

    assert not shown(areas, lines)
