from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

from classifier.metrics import (
    mean_rank,
    ndcg,
    ranking_metrics,
    records_until,
    tie_groups,
    work_saved_over_sampling,
)


@st.composite
def rankings(draw):
    n = draw(st.integers(2, 40))
    labels = draw(st.lists(st.integers(0, 1), min_size=n, max_size=n).filter(lambda x: 0 < sum(x) < len(x)))
    scores = draw(st.lists(st.integers(-4, 4), min_size=n, max_size=n))
    return np.asarray(labels), np.asarray(scores, dtype=float)


@given(rankings())
def test_figures_keep_their_bounds(ranking):
    figures = ranking_metrics(*ranking)

    assert -0.95 <= figures.pop("wss_95") <= 0.95
    assert all(-1e-12 <= value <= 1 + 1e-12 for value in figures.values())
    assert figures["recall_10"] <= figures["recall_20"] <= figures["recall_50"]


@given(rankings(), st.randoms(use_true_random=False))
def test_order_of_the_file_does_not_matter(ranking, random):
    labels, scores = ranking
    shuffled = list(range(len(labels)))
    random.shuffle(shuffled)

    assert ranking_metrics(labels[shuffled], scores[shuffled]) == pytest.approx(
        ranking_metrics(labels, scores)
    )


@given(rankings())
def test_reversed_ranking_has_the_complementary_auc(ranking):
    labels, scores = ranking

    assert ranking_metrics(labels, -scores)["roc_auc"] == pytest.approx(
        1 - ranking_metrics(labels, scores)["roc_auc"]
    )


@given(rankings())
def test_auc_is_that_of_scikit_learn(ranking):
    assert ranking_metrics(*ranking)["roc_auc"] == pytest.approx(roc_auc_score(*ranking))


@given(rankings())
def test_average_precision_without_ties_is_that_of_scikit_learn(ranking):
    labels, scores = ranking
    distinct = scores + np.linspace(0, 0.5, scores.size)

    assert ranking_metrics(labels, distinct)["average_precision"] == pytest.approx(
        average_precision_score(labels, distinct)
    )


@pytest.mark.parametrize("labels", [[1, 0, 0, 1, 0], [0, 1, 1, 1], [1, 0, 1, 0, 0, 0]])
def test_ties_give_the_mean_over_all_their_orders(labels):
    tied = np.asarray([2.0] + [1.0] * (len(labels) - 1))

    every = [
        ranking_metrics([labels[0], *order], -np.arange(len(labels))) for order in permutations(labels[1:])
    ]

    for metric, value in ranking_metrics(labels, tied).items():
        assert value == pytest.approx(np.mean([figures[metric] for figures in every])), metric


def test_perfect_ranking():
    labels = [1] * 5 + [0] * 95

    figures = ranking_metrics(labels, -np.arange(100))

    assert figures["roc_auc"] == figures["average_precision"] == figures["recall_10"] == 1
    assert figures["wss_95"] == pytest.approx((100 - 5) / 100 - 0.05)


def test_wss_counts_to_the_ceiling_of_the_recall():
    labels = np.zeros(100)
    labels[[0, 1, 2, 49]] = 1  # ceil(.95 * 4) = 4: all of them, after 50 records

    groups = tie_groups(labels, -np.arange(100))

    assert records_until(groups, includes=4) == 50
    assert work_saved_over_sampling(groups) == pytest.approx(0.5 - 0.05)


def test_recall_budget_does_not_suffer_from_rounding():
    labels = [0, 0, 0, 1] + [0] * 26  # .1 * 30 is a hair above 3

    assert ranking_metrics(labels, -np.arange(30))["recall_10"] == 0


@pytest.mark.parametrize(
    ("labels", "scores"),
    [([1, 1], [1, 2]), ([0, 0], [1, 2]), ([0, 2], [1, 2]), ([0, 1], [1, np.nan]), ([0, 1], [1]), ([], [])],
)
def test_what_cannot_be_measured_is_refused(labels, scores):
    with pytest.raises(ValueError, match=r"labels|classes"):
        tie_groups(labels, scores)


@given(rankings())
def test_discounted_gain_is_that_of_scikit_learn_ties_included(ranking):
    labels, scores = ranking

    assert ndcg(tie_groups(labels, scores)) == pytest.approx(ndcg_score([labels], [scores]))


@given(rankings())
def test_mean_rank_is_the_mean_over_the_orders_of_the_tied(ranking):
    labels, scores = ranking
    above = (scores[None, :] > scores[:, None]).sum(axis=1)
    tied = (scores[None, :] == scores[:, None]).sum(axis=1)

    expected = (above + (tied + 1) / 2)[labels == 1].mean()

    assert mean_rank(tie_groups(labels, scores)) == pytest.approx(expected)
