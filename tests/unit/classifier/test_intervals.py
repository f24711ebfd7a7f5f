import numpy as np
import pytest

from classifier.intervals import Estimate, measure

LABELS = np.asarray([1] * 10 + [0] * 40)
GROUPS = [f"g{i}" for i in range(50)]
GOOD = -np.arange(50.0)[np.newaxis, :]
RANDOM = np.random.default_rng(3).normal(size=(4, 50))


def measured(**changes):
    arguments = {
        "groups": GROUPS,
        "scores": {"good": GOOD, "random": RANDOM},
        "baseline": "random",
        "resamples": 200,
        "random_state": 0,
    }
    return measure(LABELS, **arguments | changes)


def test_interval_holds_the_figure_and_is_the_same_each_time():
    first = measured()

    auc = first.systems["random"]["roc_auc"]
    assert auc.low < auc.value < auc.high
    assert first == measured()


def test_perfect_system_has_no_spread_and_a_sure_difference():
    found = measured()

    assert found.systems["good"]["roc_auc"] == Estimate(1.0, 1.0, 1.0)
    assert found.differences["good"]["roc_auc"].low > 0
    assert set(found.differences) == {"good"}


def test_copies_do_not_pass_for_evidence():
    labels, scores = np.repeat(LABELS, 5), {"random": np.repeat(RANDOM, 5, axis=1)}
    settings = {"scores": scores, "baseline": "random", "resamples": 200, "random_state": 0}

    together = measure(labels, groups=list(np.repeat(GROUPS, 5)), **settings).systems["random"]["roc_auc"]
    apart = measure(labels, groups=[str(i) for i in range(250)], **settings).systems["random"]["roc_auc"]

    assert together.value == apart.value
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_figure_is_the_mean_over_repeats():
    each = [measured(scores={"random": row[np.newaxis, :]}, resamples=0) for row in RANDOM]

    mean = np.mean([one.systems["random"]["wss_95"].value for one in each])

    assert measured(resamples=0).systems["random"]["wss_95"].value == pytest.approx(mean)


def test_without_samples_there_is_no_spread():
    estimate = measured(resamples=0).systems["random"]["roc_auc"]

    assert estimate.low == estimate.value == estimate.high
