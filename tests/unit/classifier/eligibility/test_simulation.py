import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.eligibility.simulation import simulate_screening


class InOrder:
    """Ranks the pool as it lies, and notes how many votes it was asked by."""

    def __init__(self, n):
        self.n = n
        self.asked_by = []

    def __call__(self, votes):
        self.asked_by.append(len(votes))
        return np.setdiff1d(np.arange(self.n), list(votes))


@given(st.lists(st.sampled_from([0, 1, None]), max_size=40), st.floats(0, 1), st.data())
def test_every_candidate_is_read_once_but_those_known(labels, growth, data):
    known = data.draw(st.sets(st.sampled_from(range(len(labels))))) if labels else set()

    read = simulate_screening(InOrder(len(labels)), labels=labels, known=sorted(known), growth=growth)

    assert read == [i for i in range(len(labels)) if i not in known]


def test_batches_grow_with_what_was_read():
    order = InOrder(100)

    simulate_screening(order, labels=[0] * 100, known=range(20), growth=0.1)

    assert order.asked_by == [20, 22, 24, 26, 28, 30, 33, 36, 39, 42, 46, 50, 55, 60, 66, 72, 79, 86, 94]


def test_ranks_anew_after_every_vote_by_default():
    order = InOrder(5)

    simulate_screening(order, labels=[0, 1, 0, 0, 1])

    assert order.asked_by == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("labels", "known", "read"), [([0, 1, 0, 1, 0], (1, 0), [2, 3]), ([1, 0, 0], (0,), [])]
)
def test_may_stop_at_the_last_include(labels, known, read):
    assert simulate_screening(InOrder(len(labels)), labels=labels, known=known, until_last=True) == read
