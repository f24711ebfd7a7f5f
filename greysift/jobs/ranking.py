"""One reviewer's queue, ranked from what that reviewer may know."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.models import Person, Review
from corpus.vocabulary.decisions import Stage


@dataclass(frozen=True, slots=True)
class RankedQueue:
    """What one reviewer has still to judge at one stage, best first.

    Attributes
    ----------
    order
        Candidate ids, best first.
    scores
        The ranking score of each, higher is better; comparable within this queue only.
    state
        Identity of the ranker that made the order: recipe, library versions, pool and label log.
    model_version
        The trained model whose scores it starts from; ``None`` when none serves.
    labels
        How many votes it has learnt from.
    """

    order: tuple[int, ...]
    scores: Mapping[int, float]
    state: str
    model_version: str | None
    labels: int
