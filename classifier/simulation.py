"""Screening simulated: what a reviewer who votes one record at a time, best first, would have found when."""

from collections.abc import Sequence

from classifier.metrics import ranking_metrics
from classifier.triage import TriageRanker


def simulate_screening(ranker: TriageRanker, *, labels: Sequence[int | None]) -> list[int]:
    """Screen a whole pool: vote on the best, rank anew, and so on.

    Parameters
    ----------
    labels
        The answer to each candidate: 1, 0, or ``None`` for unsure.

    Returns
    -------
    list of int
        Indices in the order of reading.
    """
    votes: dict[int, int | None] = {}
    read: list[int] = []
    while len(read) < len(labels):
        best = int(ranker.rank(votes).order[0])
        votes[best] = labels[best]
        read.append(best)
    return read


def screening_metrics(read: Sequence[int], *, labels: Sequence[int | None]) -> dict[str, float]:
    """Figures of :func:`classifier.metrics.ranking_metrics` for an order of reading; unsure ones left out."""
    truth = [label for label in (labels[i] for i in read) if label is not None]
    return ranking_metrics(truth, [-rank for rank in range(len(truth))])
