import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.eligibility.figures import screening_figures

orders = st.lists(st.integers(0, 1), min_size=2, max_size=60).filter(
    lambda found: 0 < sum(found) < len(found)
)


@given(orders)
def test_figures_are_what_their_definitions_say(found):
    n, p = len(found), sum(found)
    ranks = [rank for rank, label in enumerate(found, start=1) if label]

    figures = screening_figures(found)

    assert figures == pytest.approx(
        {
            "loss": (sum(ranks) - p * (p + 1) / 2) / (p * (n - p)),
            "ndcg": sum(1 / math.log2(r + 1) for r in ranks) / sum(1 / math.log2(r + 1) for r in range(1, p + 1)),
            "wss95": (n - ranks[-(-95 * p // 100) - 1]) / n - 0.05,
            "wss100": (n - ranks[-1]) / n,
            "rrf10": sum(rank <= -(-n // 10) for rank in ranks) / p,
            "atd": sum(ranks) / p,
        },
        abs=1e-12,
    )  # fmt: skip


@given(orders, st.data())
def test_finding_an_include_earlier_never_worsens_a_figure(found, data):
    before = screening_figures(found)
    excludes = [i for i in range(len(found) - 1) if found[i] == 0 and found[i + 1] == 1]
    if not excludes:
        return
    at = data.draw(st.sampled_from(excludes))
    found[at], found[at + 1] = 1, 0

    after = screening_figures(found)

    assert after["loss"] < before["loss"]
    assert after["atd"] < before["atd"]
    assert after["ndcg"] > before["ndcg"]
    assert all(after[figure] >= before[figure] - 1e-12 for figure in ("wss95", "wss100", "rrf10"))


def test_best_order_loses_nothing_and_worst_all():
    best = screening_figures([1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    worst = screening_figures([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])

    assert (best["loss"], best["ndcg"], best["wss100"], best["atd"]) == pytest.approx((0, 1, 0.8, 1.5))
    assert (worst["loss"], worst["wss100"], worst["rrf10"]) == pytest.approx((1, 0, 0))


@pytest.mark.parametrize("found", [[0, 0], [1, 1], [1, 2, 0], []])
def test_order_without_both_classes_is_refused(found):
    with pytest.raises(ValueError, match=r"both classes|0 or 1"):
        screening_figures(found)


def test_half_of_the_includes_in_a_tenth_of_the_list():
    found = np.zeros(100, dtype=int)
    found[[3, 99]] = 1

    assert screening_figures(found.tolist())["rrf10"] == 0.5
