"""What a crawl has counted and noted so far, as its recording keeps it when the crawl is ended before it was through."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from corpus.vocabulary.harvest import LEFT_DOCUMENTS, LEFT_RECORDS, Missing
from harvester.unfetched import Unfetched


@dataclass(slots=True)
class Tallies:
    """Everything that a run's result is made of, but for what was stored.

    Attributes
    ----------
    failures, notes
        Sentences, each once, in their order.
    expected
        How many of each thing the source says it holds.
    records_due
        How many records are to come, where the source counts other things.
    untold
        Things of which the source does not say how many there are.
    got, aside, noted
        What was met; what was met and left out; what was counted besides.
    unfetched
        Addresses that gave no answer, and why.
    missing
        By how much of which thing the run fell short.
    otherwise
        How the search had to be run, where not as declared.
    unread_lists
        Lists of the source that were not read, though nothing failed.
    """

    failures: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    records_due: int | None = None
    untold: dict[str, None] = field(default_factory=dict)
    got: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    unfetched: Unfetched = field(default_factory=Unfetched)
    missing: dict[str, Missing] = field(default_factory=dict)
    otherwise: str | None = None
    unread_lists: dict[str, None] = field(default_factory=dict)

    def note_left(self, records: int, *, documents: int) -> None:
        """Note how much left the source's list during the crawl, with how many documents, if anything did."""
        if records:
            self.noted[LEFT_RECORDS], self.noted[LEFT_DOCUMENTS] = records, documents

    def as_plain(self) -> dict[str, object]:
        """Return plain JSON values."""
        return {
            "failures": list(self.failures),
            "notes": list(self.notes),
            "expected": self.expected,
            "records_due": self.records_due,
            "untold": list(self.untold),
            "got": dict(self.got),
            "aside": dict(self.aside),
            "noted": dict(self.noted),
            "unfetched": self.unfetched.as_plain(),
            "missing": {what: [m.number, list(m.sentences)] for what, m in self.missing.items()},
            "otherwise": self.otherwise,
            "unread_lists": list(self.unread_lists),
        }

    @classmethod
    def from_plain(cls, said: Mapping[str, Any]) -> Self:
        """Return what :meth:`as_plain` told."""
        return cls(
            failures=dict.fromkeys(said["failures"]),
            notes=dict.fromkeys(said["notes"]),
            expected=dict(said["expected"]),
            records_due=said["records_due"],
            untold=dict.fromkeys(said["untold"]),
            got=Counter(said["got"]),
            aside=Counter(said["aside"]),
            noted=Counter(said["noted"]),
            unfetched=Unfetched.from_plain(said["unfetched"]),
            missing={what: Missing(n, tuple(sentences)) for what, (n, sentences) in said["missing"].items()},
            otherwise=said["otherwise"],
            unread_lists=dict.fromkeys(said.get("unread_lists", ())),  # older recordings have none
        )
