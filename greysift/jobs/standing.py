"""How candidates stand with the model that serves: the table that operations show."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpus.selectors.records import pool
from corpus.selectors.registry import scores_of

if TYPE_CHECKING:
    from corpus.models import Review, TrainedModel

BASIS = {"out_of_fold": "out of fold", "unseen": "unseen"}


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """One line of the ranked table; rank counts from 1."""

    rank: int
    candidate_id: int
    title: str
    publisher: str | None
    published: str | None
    source: str
    score: float
    basis: str

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return asdict(self)

    def cells(self) -> list[object]:
        """Return what the table shows."""
        year = self.published[:4] if self.published else None
        return [self.rank, self.title, self.publisher, year, BASIS[self.basis]]


def ranked_candidates(review: "Review", model: "TrainedModel") -> list[RankedCandidate]:
    """Return a review's scored candidates, best first; ties in the order in which they came."""
    scores = scores_of(review, model)
    records = [r for r in pool(review) if r.candidate_id in scores]
    records.sort(key=lambda r: -scores[r.candidate_id].score)
    return [
        RankedCandidate(
            rank=rank,
            candidate_id=r.candidate_id,
            title=r.title,
            publisher=r.publisher,
            published=r.published,
            source=r.source,
            score=scores[r.candidate_id].score,
            basis=scores[r.candidate_id].basis,
        )
        for rank, r in enumerate(records, start=1)
    ]
