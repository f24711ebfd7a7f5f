"""A linear support vector machine with squared hinge loss, solved in the dual by Newton steps.

The loss is quadratic on the records within the margin, so that for a given set of those the weights solve one linear
system; the set is corrected until it stands (Keerthi and DeCoste 2005; Chapelle 2007, doi 10.1162/neco.2007.19.5.1155).
No random number is used and nothing is kept between calls. The intercept is a feature of value 1, as in LIBLINEAR.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from classifier.metrics import FloatArray

Matrix = csr_array | FloatArray

_MOST_STEPS = 50
_MOST_ROUNDS = 500
_SMALL = (
    1e-9  # of the residual, relative to where it began: far below the distance of any two scores that matter
)


@dataclass(frozen=True, slots=True)
class LinearMachine:
    """What was learnt: weight of each feature, and the intercept."""

    weights: FloatArray
    intercept: float

    def scores(self, matrix: Matrix) -> FloatArray:
        """Signed distance of each row, in margins; shape (rows,)."""
        return np.asarray(matrix @ self.weights, dtype=np.float64) + self.intercept


def fit_squared_hinge(
    rows: Matrix, *, truth: FloatArray, costs: FloatArray, own: FloatArray | None = None
) -> LinearMachine:
    """Minimise half the squared length of the weights plus each record's cost times its squared hinge loss.

    Parameters
    ----------
    rows
        Features of the records learnt from, shape (records, features).
    truth
        1 or -1, shape (records,).
    costs
        Of each record, positive; shape (records,).
    own
        Squared length of what a record has in features that no other record has, and that ``rows`` leaves out:
        they bear on its own margin alone. Shape (records,).
    """
    alone = np.zeros(truth.size) if own is None else own
    ridge = alone + 0.5 / costs
    within = np.ones(truth.size, dtype=bool)
    dual = np.zeros(truth.size)
    machine = LinearMachine(weights=np.zeros(rows.shape[1]), intercept=0.0)
    for _ in range(_MOST_STEPS):
        inside = np.flatnonzero(within)
        solved = _solve(rows[inside], ridge=ridge[inside], target=truth[inside], start=dual[inside])
        dual = np.zeros(truth.size)
        dual[inside] = solved
        machine = LinearMachine(weights=np.asarray(rows.T @ dual), intercept=float(dual.sum()))
        still = truth * (machine.scores(rows) + alone * dual) < 1
        if (still == within).all():
            break
        within = still
    return machine


def _solve(rows: Matrix, *, ridge: FloatArray, target: FloatArray, start: FloatArray) -> FloatArray:
    """Conjugate gradients, scaled by the ridge, for (rows rowsᵀ + 1 + diag(ridge)) x = target."""
    columns = rows.T if isinstance(rows, np.ndarray) else rows.T.tocsr()

    def times(vector: FloatArray) -> FloatArray:
        product: FloatArray = rows @ (columns @ vector) + vector.sum() + ridge * vector
        return product

    solution = start.copy()
    residual = target - times(solution)
    scaled = residual / ridge
    direction = scaled.copy()
    size = float(residual @ scaled)
    enough = _SMALL**2 * float(target @ (target / ridge))
    for _ in range(_MOST_ROUNDS):
        if size <= enough:
            break
        turned = times(direction)
        step = size / float(direction @ turned)
        solution += step * direction
        residual -= step * turned
        scaled = residual / ridge
        before, size = size, float(residual @ scaled)
        direction = scaled + (size / before) * direction
    return solution
