"""Tables as relations of neighbours."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greysift.bench.extraction.relations import agreement, normal, read_truth, relations


def table(*rows, page=1):
    cells = [
        [row, column, 1, 1, content] for row, line in enumerate(rows) for column, content in enumerate(line)
    ]
    return {"page": page, "cells": cells}


def test_each_cell_has_its_neighbours_to_the_right_and_below():
    assert relations([table("ab", "cd")]) == Counter(
        [(1, "A", "B", "right"), (1, "C", "D", "right"), (1, "A", "C", "below"), (1, "B", "D", "below")]
    )


def test_blank_cells_are_passed_over():
    assert relations([table(["a", " ", "b"])]) == Counter([(1, "A", "B", "right")])


def test_a_spanning_cell_is_one_neighbour_of_every_cell_below_it():
    head = {"page": 1, "cells": [[0, 0, 1, 2, "head"], [1, 0, 1, 1, "x"], [1, 1, 1, 1, "y"]]}
    assert relations([head]) == Counter(
        [(1, "HEAD", "X", "below"), (1, "HEAD", "Y", "below"), (1, "X", "Y", "right")]
    )


def test_the_same_table_on_another_page_is_not_the_same():
    assert agreement(relations([table("ab")]), relations([table("ab", page=2)])).right == 0


def test_agreement_counts_both_ways():
    agreed = agreement(relations([table("ab", "cd")]), relations([table("ab")]))
    assert (agreed.precision, agreed.recall, agreed.f1) == (1, 0.25, pytest.approx(0.4))
    both = agreed + agreed
    assert (both.wanted, both.found, both.right) == (8, 2, 2)


def test_content_is_compared_without_white_space_case_and_kind_of_sign():
    assert normal(" Net – total\n(£) ") == normal("net-TOTAL [$]") == "NET_TOTAL___"


@given(st.lists(st.lists(st.text("ab ", max_size=2), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_table_agrees_with_itself(rows):
    found = relations([table(*rows)])
    assert agreement(found, found).f1 == 1


def test_truth_is_read_region_by_region(tmp_path):
    path = tmp_path / "a-str.xml"
    path.write_text(
        '<document filename="a.pdf"><table id="1"><region id="1" page="2">'
        '<cell id="1" start-col="0" start-row="0" end-col="1"><content>Head</content></cell>'
        '<cell id="2" start-col="0" start-row="1"><content>x</content></cell>'
        '<cell id="3" start-col="1" start-row="1"/></region></table></document>'
    )
    assert read_truth(path) == [
        {"page": 2, "cells": [[0, 0, 1, 2, "Head"], [1, 0, 1, 1, "x"], [1, 1, 1, 1, ""]]}
    ]
