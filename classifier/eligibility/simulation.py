"""Screening simulated: what a reviewer who reads best first would have found when."""

from collections.abc import Callable, Mapping, Sequence

from classifier.metrics import IntArray, ranking_metrics

Order = Callable[[Mapping[int, int | None]], IntArray]
"""The undecided candidates, best first, by the votes so far (label by index)."""


def simulate_screening(
    order: Order,
    *,
    labels: Sequence[int | None],
    known: Sequence[int] = (),
    growth: float = 0.0,
    until_last: bool = False,
) -> list[int]:
    """Screen a pool: vote on the best, rank anew, and so on.

    Parameters
    ----------
    labels
        The answer to each candidate: 1, 0, or ``None`` for unsure.
    known
        Candidates whose labels are known before screening begins.
    growth
        Votes between two rankings, as a share of those there are; at least one.
    until_last
        Stop at the last include.

    Returns
    -------
    list of int
        Indices in the order of reading, without those known.
    """
    votes = {index: labels[index] for index in known}
    read: list[int] = []
    wanted = sum(label == 1 for label in labels) - sum(label == 1 for label in votes.values())
    while len(votes) < len(labels) and (wanted or not until_last):
        for best in order(votes)[: max(1, int(growth * len(votes)))].tolist():
            votes[best] = labels[best]
            read.append(best)
            wanted -= labels[best] == 1
    return read


def screening_metrics(read: Sequence[int], *, labels: Sequence[int | None]) -> dict[str, float]:
    """Figures of :func:`classifier.metrics.ranking_metrics` for an order of reading; unsure ones left out."""
    truth = [label for label in (labels[i] for i in read) if label is not None]
    return ranking_metrics(truth, [-rank for rank in range(len(truth))])
