"""A crawl that found documents to fetch and got none of them has failed, the first one too; one that got few says so."""

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus
from harvester.reasons import NotRetrieved

_NEVER_SOUGHT = frozenset(
    {
        NotRetrieved.EXTERNAL,
        NotRetrieved.KIND,
        NotRetrieved.UNKNOWN_ATTACHMENT,
        NotRetrieved.NO_LINK,
        NotRetrieved.MOVED,
        NotRetrieved.GONE,
    }
)
"""Reasons for which a document is not asked for at all, or that the source itself gives in its stead."""


class Shortfall:
    """Counts what became of the documents that were to be fetched."""

    def __init__(self) -> None:
        self._reasons: Counter[str] = Counter()
        self._retrieved = 0

    def note(self, documents: Iterable[FoundDocument]) -> None:
        """Count a record's documents."""
        for document in documents:
            if document.status is RetrievalStatus.RETRIEVED:
                self._retrieved += 1
            elif document.status is RetrievalStatus.NOT_RETRIEVED:
                reason = (document.reason or "").partition(":")[0]
                if reason not in _NEVER_SOUGHT:
                    self._reasons[reason] += 1

    @property
    def sought(self) -> int:
        """How many documents that were to be fetched could not be had."""
        return self._reasons.total()

    def sentence(self) -> str | None:
        """Return how it is told when nothing came, ``None`` when something did or nothing was sought."""
        if self._retrieved or not self._reasons:
            return None
        number = f"{self.sought} " if self.sought > 1 else ""
        return f"Not one of the {number}documents to fetch could be had: {self._told()}. Look at the source."

    def notes(self) -> Iterator[str]:
        """Yield how it is told when fewer came than did not: no failure, and nothing that a reader may overlook."""
        if 0 < self._retrieved < self.sought:
            yield (
                f"Most documents could not be had: of {self._retrieved + self.sought} to fetch, {self._retrieved} came; "
                f"the others: {self._told()}. Look at the source before you rely on this crawl."
            )

    def _told(self) -> str:
        often = sorted(self._reasons.items(), key=lambda of: (-of[1], of[0]))  # whatever came first
        return ", ".join(f"{reason} ({number})" for reason, number in often)
