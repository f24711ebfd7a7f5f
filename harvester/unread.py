"""Records that are listed and whose page could not be read: how many, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping

from corpus.vocabulary.harvest import FoundRecord
from harvester.unfetched import Unfetched


class Unread:
    """Counts them as they are stored; ``unanswered`` are those of which nobody knows how they stand."""

    def __init__(self) -> None:
        self._reasons: Counter[str] = Counter()
        self.unanswered = 0

    def note(self, found: FoundRecord, *, unfetched: Unfetched) -> None:
        """Count a record; ``unfetched`` are the addresses that gave no answer."""
        if found.is_unread:
            pages = [document for document in found.documents if document.is_unread_page]
            self._reasons.update((page.reason or "").partition(":")[0] for page in pages)
            self.unanswered += any(page.url in unfetched for page in pages)

    def counts(self) -> Mapping[str, int]:
        """Return the figures for the run, those that are not nought."""
        told = {"records_unread": self._reasons.total(), "records_unanswered": self.unanswered}
        return {name: number for name, number in told.items() if number}

    def sentences(self) -> Iterator[str]:
        """Yield how it is told."""
        if self._reasons:
            told = ", ".join(f"{reason} ({number})" for reason, number in sorted(self._reasons.items()))
            yield (
                f"Listed, and their pages not read: {self._reasons.total()} of the records, {told}. What was known of them "
                "before stands."
            )
