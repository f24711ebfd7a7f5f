import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from classifier.eligibility.elas import ElasU4, balanced_weights
from classifier.eligibility.simulation import simulate_screening

TOPICS = (
    "mentoring for care leavers in their twenties",
    "housing first pilots",
    "repairs of rural roads",
    "",
)
RNG = np.random.default_rng(0)
TEXTS = [
    TOPICS[i % 4] + "".join(f" w{n}" for n in RNG.zipf(1.5, size=20) % 300) for i in range(60)
]  # fmt: skip
LABELS = [int(i % 4 == 0 and i % 3 != 1) for i in range(60)]


def by_the_book(votes):
    """ELAS u4 as ASReview composes it, of scikit-learn's parts."""
    matrix = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95).fit_transform(TEXTS)
    voted = sorted(votes)
    labels = np.asarray([votes[i] for i in voted])
    weights = np.where(labels == 1, 1.0, labels.sum() / (9.8 * (labels == 0).sum()))
    machine = LinearSVC(C=0.11, tol=1e-8, max_iter=100_000)
    machine.fit(matrix[voted], labels, sample_weight=weights * labels.size / weights.sum())
    scores = machine.decision_function(matrix)
    undecided = [i for i in range(60) if i not in votes]
    return np.asarray(sorted(undecided, key=lambda i: -scores[i]))


def test_reads_in_the_order_of_the_model_that_it_rebuilds():
    known = (LABELS.index(1), LABELS.index(0))

    ours = simulate_screening(ElasU4(TEXTS).order, labels=LABELS, known=known)
    book = simulate_screening(by_the_book, labels=LABELS, known=known)

    assert ours == book
    assert sorted([*ours, *known]) == list(range(60))


def test_unsure_votes_are_decided_and_teach_nothing():
    ranker = ElasU4(TEXTS)

    with_unsure, without = ranker.order({0: 1, 1: 0, 7: None}), ranker.order({0: 1, 1: 0})

    assert with_unsure.tolist() == [i for i in without.tolist() if i != 7]


def test_weights_are_balanced():
    weights = balanced_weights(np.array([1.0, 0, 0, 0, 0]), ratio=2.0)

    assert weights.mean() == pytest.approx(1)
    assert weights[0] == pytest.approx(2 * weights[1:].sum())


def test_votes_of_one_class_are_refused():
    with pytest.raises(ValueError, match="one of them is absent"):
        ElasU4(TEXTS).order({0: 1})
