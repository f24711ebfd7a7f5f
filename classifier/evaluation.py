"""Evaluation of a recipe on labelled records, beside the keyword baseline, on the same folds and draws."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from classifier.folds import FoldPlan, cross_fit
from classifier.intervals import Measured, measure
from classifier.keywords import keyword_scores
from classifier.metrics import FloatArray
from classifier.ranker import Recipe
from classifier.records import LabelledRecord
from classifier.text import View, record_text
from corpus.vocabulary.protocols import SearchFacet

RANKER = "ranker"
KEYWORDS = "keywords"
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """What was measured on. Unclear records are scored, and neither trained on nor measured."""

    records: int
    included: int
    excluded: int
    unclear: int
    groups: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by view, system and metric, and the scores they were taken from.

    Attributes
    ----------
    cpu_seconds
        Processor time by system, training included, all views and repeats together.
    out_of_fold
        By view, the mean over repeats of each record's scores by rankers that saw no copy of it.
    """

    counts: Counts
    plan: FoldPlan
    resamples: int
    views: Mapping[View, Measured]
    cpu_seconds: Mapping[str, float]
    out_of_fold: Mapping[View, Mapping[str, float]]

    def as_json(self) -> dict[str, object]:
        """Figures as plain values; the scores are left out."""
        return {
            "counts": asdict(self.counts),
            "cross_validation": asdict(self.plan),
            "resamples": self.resamples,
            "views": {view.name.lower(): asdict(measured) for view, measured in self.views.items()},
        }


def count_records(records: Sequence[LabelledRecord]) -> Counts:
    """Count records by label, and groups."""
    labels = [record.label for record in records]
    return Counts(
        records=len(records),
        included=labels.count(1),
        excluded=labels.count(0),
        unclear=labels.count(None),
        groups=len({record.group for record in records if record.label is not None}),
    )


def evaluate_recipe(
    records: Sequence[LabelledRecord],
    *,
    recipe: Recipe,
    facets: Sequence[SearchFacet],
    plan: FoldPlan,
    resamples: int = RESAMPLES,
    training: Sequence[LabelledRecord] | None = None,
) -> Evaluation:
    """Cross-validate a recipe, and count keywords on the same records.

    Parameters
    ----------
    facets
        The search concepts that the baseline counts, and the ranker beside the words.
    training
        Learn from these instead of ``records``, fold by fold without the held-out ones; see
        :func:`classifier.folds.cross_fit`. So two training sets are compared on the same folds.

    Raises
    ------
    ValueError
        If there are fewer groups of includes or of excludes than folds.
    """
    began = time.process_time()
    learnt = cross_fit(records, views=tuple(View), recipe=recipe, facets=facets, plan=plan, training=training)
    trained = time.process_time()
    counted = {view: keyword_view_scores(records, view=view, facets=facets)[np.newaxis, :] for view in View}
    cpu_seconds = {RANKER: trained - began, KEYWORDS: time.process_time() - trained}
    return Evaluation(
        counts=count_records(records),
        plan=plan,
        resamples=resamples,
        views={
            view: measure_systems(
                records,
                scores={RANKER: learnt[view], KEYWORDS: counted[view]},
                resamples=resamples,
                random_state=plan.random_state,
            )
            for view in View
        },
        cpu_seconds=cpu_seconds,
        out_of_fold={
            view: {r.id: float(s) for r, s in zip(records, learnt[view].mean(axis=0), strict=True)}
            for view in View
        },
    )


def measure_systems(
    records: Sequence[LabelledRecord],
    *,
    scores: Mapping[str, FloatArray],
    resamples: int,
    random_state: int,
) -> Measured:
    """Measure scores of all records, each system's of shape (repeats, records), on the labelled ones."""
    known = np.asarray([i for i, record in enumerate(records) if record.label is not None], dtype=np.int64)
    return measure(
        np.asarray([records[i].label for i in known.tolist()], dtype=np.int64),
        groups=[records[i].group for i in known.tolist()],
        scores={name: rows[:, known] for name, rows in scores.items()},
        baseline=KEYWORDS,
        resamples=resamples,
        random_state=random_state,
    )


def keyword_view_scores(
    records: Sequence[LabelledRecord], *, view: View, facets: Sequence[SearchFacet]
) -> FloatArray:
    """Count keywords in one view of records, shape (records,)."""
    texts = [record_text(record, view=view, title_weight=1) for record in records]
    return keyword_scores(texts, facets=facets)
