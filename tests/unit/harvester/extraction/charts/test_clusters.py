from collections import deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.charts.clusters import clusters_of

WIDTH, HEIGHT = 300.0, 200.0
NONE = np.empty((0, 4))


def clusters(marks, barriers=NONE):
    found = clusters_of(
        np.array(marks, float), np.array(barriers, float).reshape(-1, 4), width=WIDTH, height=HEIGHT
    )
    return found.tolist()


def test_marks_within_a_line_of_type_are_one_cluster():
    assert clusters([(10, 10, 40, 40), (50, 10, 80, 40), (200, 150, 240, 190)]) == [1, 1, 2]


def test_running_text_parts_marks():
    marks = [(10, 10, 40, 40), (10, 60, 40, 90)]

    assert clusters(marks, [(0, 42, 300, 58)]) == [1, 2]
    assert clusters([marks[0]], [(0, 0, 300, 60)]) == [0]


def test_what_lies_beyond_the_page_is_in_no_cluster():
    assert clusters([(500, 500, 600, 600), (-90, -90, -50, -50), (10, 10, 40, 40)]) == [0, 0, 1]


@given(
    st.lists(
        st.tuples(st.integers(0, 280), st.integers(0, 180), st.integers(0, 60), st.integers(0, 60)),
        min_size=1,
        max_size=12,
    )
)
def test_marks_that_overlap_are_in_one_cluster_and_numbers_have_no_gaps(drawn):
    marks = [(x, y, x + across, y + down) for x, y, across, down in drawn]

    found = clusters(marks)

    assert set(found) == set(range(1, max(found) + 1))
    left = deque([0])
    reached = {0}
    while left:
        one = marks[left.popleft()]
        for place, other in enumerate(marks):
            overlap = min(one[2], other[2]) >= max(one[0], other[0]) and min(one[3], other[3]) >= max(
                one[1], other[1]
            )
            if overlap and place not in reached:
                reached.add(place)
                left.append(place)
    assert {found[place] for place in reached} == {found[0]}
