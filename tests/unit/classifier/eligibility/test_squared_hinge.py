import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.svm import LinearSVC

from classifier.eligibility.squared_hinge import fit_squared_hinge


@st.composite
def problems(draw):
    seed, n, width = draw(st.tuples(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 30)))
    rng = np.random.default_rng(seed)
    matrix = csr_array(rng.random((n, width)) * (rng.random((n, width)) < 0.3))
    truth = np.where(rng.random(n) < 0.3, 1.0, -1.0)
    truth[:2] = 1, -1
    return matrix, truth, 10 ** rng.uniform(-2, 1, n)


@settings(deadline=None)
@given(problems())
def test_weights_are_those_of_liblinear(problem):
    matrix, truth, costs = problem
    peer = LinearSVC(C=1.0, tol=1e-10, max_iter=100_000).fit(matrix, truth, sample_weight=costs)

    machine = fit_squared_hinge(matrix, truth=truth, costs=costs)

    assert machine.scores(matrix) == pytest.approx(peer.decision_function(matrix), abs=1e-5)


@settings(deadline=None)
@given(problems())
def test_features_of_one_record_alone_may_be_given_as_their_squared_length(problem):
    matrix, truth, costs = problem
    rng = np.random.default_rng(1)
    alone = csr_array(np.diag(rng.random(truth.size)))
    whole = csr_array(np.hstack([matrix.toarray(), alone.toarray()]))

    said = fit_squared_hinge(matrix, truth=truth, costs=costs, own=alone.diagonal() ** 2)
    shown = fit_squared_hinge(whole, truth=truth, costs=costs)

    elsewhere = csr_array(rng.random((5, matrix.shape[1])))
    without = csr_array(np.hstack([elsewhere.toarray(), np.zeros((5, truth.size))]))
    assert said.scores(elsewhere) == pytest.approx(shown.scores(without), abs=1e-6)


def test_records_without_features_are_told_by_the_intercept():
    nothing = csr_array((3, 4))

    machine = fit_squared_hinge(nothing, truth=np.array([1.0, -1.0, -1.0]), costs=np.ones(3))

    # minimises i²/2 + (1 - i)² + 2 (1 + i)²
    assert machine.intercept == pytest.approx(-2 / 7)
    assert not machine.weights.any()
