"""What became of one document: pages and characters, or the reason why not."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import extract_document
from harvester.extraction.remarks import remarks
from harvester.extraction.words import readable_characters

SPARE_SECONDS = 10.0  # over the limit: until a child that does not end itself is ended, on a busy machine


class Kind(StrEnum):
    """How it ended."""

    TEXT = "text"
    NO_TEXT = "no text"
    REASON = "reason"
    UNFORESEEN = "unforeseen"  # an error that none is to see


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document.

    Attributes
    ----------
    name, kind
        Of which file, and how it ended.
    pages, characters, engines
        Of the text: pages, readable characters, what read the pages and how many each.
    said
        The reason, or what is to be known of the text.
    seconds
        By the clock.
    """

    name: str
    kind: Kind
    seconds: float
    pages: int = 0
    characters: int = 0
    engines: tuple[tuple[str, int], ...] = ()
    said: str = ""

    def is_over(self, limits: ExtractionLimits) -> bool:
        """Whether it took longer than it may have."""
        return self.seconds > limits.seconds + limits.recognition_seconds + SPARE_SECONDS


def try_document(path: Path, *, limits: ExtractionLimits, name: str | None = None) -> Outcome:
    """Read a document and say what became of it; nothing is raised."""
    began = time.monotonic()
    name = name or path.name
    try:
        text = extract_document(path, limits=limits)
    except ExtractionError as error:
        return Outcome(name, Kind.REASON, time.monotonic() - began, said=str(error))
    except Exception as error:  # noqa: BLE001 - that there is none is what is measured
        said = f"{type(error).__name__}: {error}"
        return Outcome(name, Kind.UNFORESEEN, time.monotonic() - began, said=said)
    return outcome_of(text, name=name, seconds=time.monotonic() - began)


def outcome_of(text: ExtractedText, *, name: str, seconds: float) -> Outcome:
    """Count a text."""
    characters = sum(readable_characters([page.text]) for page in text.pages)
    engines = Counter(page.engine or "none" for page in text.pages)
    return Outcome(
        name,
        Kind.TEXT if characters else Kind.NO_TEXT,
        seconds,
        pages=len(text.pages),
        characters=characters,
        engines=tuple(sorted(engines.items())),
        said=" ".join(remarks(text)),
    )


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count outcomes, reasons one by one."""
    named = (outcome.said if outcome.kind is Kind.REASON else outcome.kind.value for outcome in outcomes)
    return dict(Counter(named).most_common())
