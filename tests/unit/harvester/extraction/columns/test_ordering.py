import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.columns import Words, arrange, find_crossings
from harvester.extraction.tables.shapes import NO_INK

WORD, HEIGHT, LEADING = 24.0, 11.0, 12.0
PROSE = [
    "the",
    "home",
    "was",
    "open",
    "to",
    "all",
    "of",
    "those",
    "who",
    "had",
    "left",
    "care",
    "and",
    "had",
    "no",
    "place",
    "to",
    "go",
    "to",
    "at",
    "night",
]


def page(lines):
    """Set lines of (left edge, top, words): the boxes of all words, their texts, and first and last but one of each line."""
    boxes, texts, places = [], [], []
    for x, top, words in lines:
        places.append((len(texts), len(texts) + len(words)))
        for number, word in enumerate(words):
            left = x + number * (WORD + 3)
            boxes.append((left, top, left + WORD, top + HEIGHT))
            texts.append(word)
    return np.array(boxes).reshape(-1, 4), texts, places


def read(lines, *, turned=frozenset()):
    boxes, texts, places = page(lines)
    crossings = find_crossings(boxes, places)
    parted, order = arrange(Words(boxes.tolist(), texts), places, crossings, NO_INK, turned=turned)
    return [texts[slice(*parted[at])] for at in (order or range(len(parted)))]


def prose(start):
    return [PROSE[(start + at) % len(PROSE)] for at in range(6)]


def rows(count, *, columns=2, top=100.0):
    """Rows of running text, drawn from left to right."""
    return [
        (50.0 + 200 * column, top + LEADING * row, prose(6 * row + 3 * column))
        for row in range(count)
        for column in range(columns)
    ]


def test_columns_drawn_row_by_row_come_one_after_the_other():
    lines = rows(8)

    assert read(lines) == [words for _, _, words in (*lines[::2], *lines[1::2])]


def test_one_column_is_drawn_across_nothing():
    boxes, _, places = page([(50.0, 100 + LEADING * row, prose(row)) for row in range(40)])

    assert find_crossings(boxes, places) == []


def test_columns_drawn_one_after_the_other_stay_as_drawn():
    lines = rows(8)
    boxes, _, places = page([*lines[::2], *lines[1::2]])

    assert find_crossings(boxes, places) == []


def test_lines_that_run_another_way_keep_their_place():
    lines = [(20.0, 80.0, prose(2)), *rows(8)]

    assert read(lines, turned=frozenset({0})) == [
        lines[0][2],
        *(words for _, _, words in (*lines[1::2], *lines[2::2])),
    ]


lines_anywhere = st.lists(
    st.tuples(
        st.floats(0, 500, width=32),
        st.integers(0, 30).map(lambda row: LEADING * row),
        st.lists(st.sampled_from(PROSE), min_size=1, max_size=6),
    ),
    max_size=40,
)


@given(lines_anywhere, st.integers(0, 12))
def test_no_word_is_lost_or_doubled(others, count):
    lines = [*rows(count, columns=3), *others]
    boxes, texts, places = page(lines)

    parted, order = arrange(
        Words(boxes.tolist(), texts), places, find_crossings(boxes, places), NO_INK, turned=frozenset()
    )

    assert sorted(order) in ([], list(range(len(parted))))
    assert [at for place in parted for at in range(*place)] == list(range(len(texts)))
