"""Cross-validation that never parts copies of one document."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from classifier.metrics import FloatArray, IntArray
from classifier.ranker import Recipe, fit_ranker
from classifier.records import LabelledRecord
from classifier.text import View
from corpus.vocabulary.protocols import SearchFacet


@dataclass(frozen=True, slots=True)
class FoldPlan:
    """How records are dealt into folds: by group, stratified by label, several times with other shuffles."""

    folds: int = 5
    repeats: int = 5
    random_state: int = 0


def deal_folds(records: Sequence[LabelledRecord], *, plan: FoldPlan) -> IntArray:
    """Deal records into folds.

    Returns
    -------
    IntArray
        Fold of each record in each repeat, shape (repeats, records); copies always share a fold.

    Raises
    ------
    ValueError
        If includes or excludes come from fewer groups than there are folds.
    """
    for label, name in ((1, "includes"), (0, "excludes")):
        n_groups = len({record.group for record in records if record.label == label})
        if n_groups < plan.folds:
            raise ValueError(f"{plan.folds} folds need {name} from as many groups; there are {n_groups}")
    strata = [2 if record.label is None else record.label for record in records]
    groups = [record.group for record in records]
    dealt = np.zeros((plan.repeats, len(records)), dtype=np.int64)
    for repeat in range(plan.repeats):
        splitter = StratifiedGroupKFold(plan.folds, shuffle=True, random_state=plan.random_state + repeat)
        for fold, (_, held_out) in enumerate(splitter.split(strata, strata, groups)):
            dealt[repeat, held_out] = fold
    return dealt


def cross_fit(
    records: Sequence[LabelledRecord],
    *,
    views: Sequence[View],
    recipe: Recipe,
    facets: Sequence[SearchFacet],
    plan: FoldPlan,
    training: Sequence[LabelledRecord] | None = None,
) -> dict[View, FloatArray]:
    """Score every record by rankers that saw neither it nor any copy of it.

    Parameters
    ----------
    records
        What is scored; the unclear too.
    training
        What is learnt from, ``records`` by default. With another set, two training sets can be compared on the
        same folds of the same records. From it are left out, fold by fold, all records that share id, group
        or content with a held-out one.

    Returns
    -------
    dict of View to FloatArray
        Scores by view, each of shape (repeats, records).
    """
    dealt = deal_folds(records, plan=plan)
    pool = records if training is None else training
    scores = {view: np.zeros(dealt.shape) for view in views}
    for repeat, fold in np.ndindex(plan.repeats, plan.folds):
        held_out: list[int] = np.flatnonzero(dealt[repeat] == fold).tolist()
        unseen = [records[i] for i in held_out]
        seen = _not_touching(pool, unseen)
        ranker = fit_ranker(seen, recipe=recipe, facets=facets, random_state=plan.random_state)
        for view in views:
            scores[view][repeat, held_out] = ranker.scores(unseen, view=view)
    return scores


def _not_touching(pool: Sequence[LabelledRecord], held_out: Sequence[LabelledRecord]) -> list[LabelledRecord]:
    ids = {record.id for record in held_out}
    groups = {record.group for record in held_out}
    copies = frozenset[str]().union(*(record.copy_hashes for record in held_out))
    return [r for r in pool if r.id not in ids and r.group not in groups and copies.isdisjoint(r.copy_hashes)]
