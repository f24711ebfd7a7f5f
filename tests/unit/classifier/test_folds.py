import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import folds
from classifier.folds import FoldPlan, cross_fit, deal_folds
from classifier.ranker import Recipe
from classifier.text import View
from tests.unit.classifier.builders import FACETS, record, records

PLAN = FoldPlan(folds=3, repeats=2)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_copies_share_a_fold_and_every_fold_holds_both_classes(seed):
    pool = records()

    dealt = deal_folds(pool, plan=FoldPlan(folds=3, repeats=2, random_state=seed))

    for row in dealt:
        for group in {r.group for r in pool}:
            assert len({f for f, r in zip(row, pool, strict=True) if r.group == group}) == 1
        for fold in range(3):
            assert {0, 1} <= {r.label for f, r in zip(row, pool, strict=True) if f == fold}


def test_repeats_are_dealt_otherwise_and_the_same_plan_alike():
    dealt = deal_folds(records(), plan=PLAN)

    assert (dealt[0] != dealt[1]).any()
    assert (dealt == deal_folds(records(), plan=PLAN)).all()


def test_too_few_groups_of_a_class_are_refused():
    with pytest.raises(ValueError, match="3 folds need includes from as many groups; there are 2"):
        deal_folds(records(included=3), plan=PLAN)


def test_no_ranker_scores_a_record_that_it_or_a_copy_taught(monkeypatch):
    pool = records()
    taught = []
    real = folds.fit_ranker

    def watched(seen, **arguments):
        taught.append(seen)
        return real(seen, **arguments)

    monkeypatch.setattr(folds, "fit_ranker", watched)
    cross_fit(pool, views=(View.TITLE,), recipe=Recipe(rarest=1), facets=FACETS, plan=PLAN)

    dealt = deal_folds(pool, plan=PLAN)
    for (repeat, fold), seen in zip(np.ndindex(2, 3), taught, strict=True):
        held_out = {pool[i].group for i in np.flatnonzero(dealt[repeat] == fold)}
        assert held_out.isdisjoint(r.group for r in seen)
    assert len(taught) == 6


def test_every_record_is_scored_in_every_view_the_unclear_too():
    pool = records()

    scores = cross_fit(pool, views=tuple(View), recipe=Recipe(rarest=1), facets=FACETS, plan=PLAN)

    assert {view: rows.shape for view, rows in scores.items()} == dict.fromkeys(View, (2, len(pool)))
    assert all(np.isfinite(rows).all() and (rows != 0).all() for rows in scores.values())


def test_other_training_set_is_cleared_of_the_held_out_records(monkeypatch):
    pool = records()
    copies = [record(i, label=r.label, group=f"other{i}") for i, r in enumerate(pool)]
    extra = [record(500 + i, label=i % 2) for i in range(6)]
    taught = []
    real = folds.fit_ranker

    def watched(seen, **arguments):
        taught.append({r.id for r in seen})
        return real(seen, **arguments)

    monkeypatch.setattr(folds, "fit_ranker", watched)
    cross_fit(
        pool,
        views=(View.FULL,),
        recipe=Recipe(rarest=1),
        facets=FACETS,
        plan=PLAN,
        training=[*copies, *extra],
    )

    dealt = deal_folds(pool, plan=PLAN)
    for (repeat, fold), seen in zip(np.ndindex(2, 3), taught, strict=True):
        assert seen.isdisjoint(pool[i].id for i in np.flatnonzero(dealt[repeat] == fold))
        assert {r.id for r in extra} <= seen
