"""Screening simulated on real records: what a reader gains by a ranker that learns between two votes."""

import random

import numpy as np

from classifier.eligibility.simulation import screening_metrics, simulate_screening
from classifier.eligibility.triage import TriageRanker, TriageRecipe
from classifier.eligibility.views import view_pool
from classifier.keywords import keyword_scores
from classifier.ranker import Recipe, fit_ranker
from classifier.records import read_labelled_records
from classifier.text import record_text
from corpus.protocol import parse_protocol, shipped_protocol
from tests.shared_material import REPOSITORY

RECORDS = read_labelled_records(REPOSITORY / "models" / "eligibility" / "training-set.jsonl")
FACETS = parse_protocol(shipped_protocol("care-leavers")).facets


def halves(seed):
    """Split the records by group: a model learns from one half, the other is screened."""
    groups = sorted({record.group for record in RECORDS})
    random.Random(seed).shuffle(groups)
    learnt = set(groups[::2])
    return [r for r in RECORDS if r.group in learnt], [r for r in RECORDS if r.group not in learnt]


def figures(ranker, *, labels):
    standing = ranker.rank({}).order.tolist()
    learning = simulate_screening(lambda votes: ranker.rank(votes).order, labels=labels)
    return [screening_metrics(read, labels=labels) for read in (standing, learning)]


def test_learning_finds_earlier_than_the_model_or_the_keywords_alone():
    gains = {"model": [], "keywords": []}
    for seed in range(4):
        taught, pool = halves(seed)
        labels = [record.label for record in pool]
        views = view_pool(pool, recipe=TriageRecipe().views)
        model = fit_ranker(taught, recipe=Recipe(), facets=FACETS, random_state=0)
        counts = keyword_scores([record_text(r, title_weight=1) for r in pool], facets=FACETS)
        starts = {"model": {"prior": model.scores(pool)}, "keywords": {"fallback": counts}}

        for name, start in starts.items():
            standing, learning = figures(TriageRanker(views, **start), labels=labels)
            gains[name].append(
                [learning[m] - standing[m] for m in ("average_precision", "wss_95", "recall_20")]
            )

    for name, rows in gains.items():
        assert (np.mean(rows, axis=0) > 0).all(), name
