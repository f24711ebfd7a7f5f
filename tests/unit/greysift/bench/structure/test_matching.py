"""Which found box is which marked one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from greysift.bench.structure.matching import area, common, covered_share, pair, union_share

edges = st.floats(0, 800, allow_nan=False)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), edges, edges, st.floats(1, 500), st.floats(1, 500)
)


@given(boxes, boxes)
def test_shares_lie_between_nothing_and_all_and_do_not_depend_on_the_order(one, other):
    """The common area fits into both; the share of the union is symmetric."""
    assert 0 <= common(one, other) <= min(area(one), area(other)) + 1e-6
    assert union_share(one, other) == pytest.approx(union_share(other, one))
    assert 0 <= union_share(one, other) <= 1 + 1e-9


def test_a_box_is_itself():
    """All of it is common."""
    box = Box(1, 2, 30, 40)
    assert union_share(box, box) == 1
    assert covered_share(box, box) == 1


def test_a_block_that_swallows_a_paragraph_covers_no_heading():
    """Ascenders and the column's width are allowed for, whole paragraphs are not."""
    mark = Box(50, 100, 150, 108)
    assert covered_share(mark, Box(50, 97, 250, 112)) == 1
    assert covered_share(mark, Box(50, 97, 500, 200)) == 0


def test_each_box_is_used_once_the_likest_first():
    """Two marks in one found box are one hit."""
    first, second = Box(0, 0, 100, 10), Box(0, 12, 100, 22)
    both = Box(0, 0, 100, 22)
    assert pair([first, second], [both], likeness=covered_share, least=0.5) == {0: 0}
    assert pair([first, second], [second, first], likeness=covered_share, least=0.5) == {0: 1, 1: 0}
    assert pair([first], [second], likeness=union_share, least=0.5) == {}
