"""Which text of a record the ranker sees."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class View(StrEnum):
    """How much of a record is at hand."""

    FULL = "title, publisher and summary"
    TITLE = "title only"


class Describable(Protocol):
    """Anything with a title, and perhaps a publisher and a summary."""

    @property
    def title(self) -> str:
        """Title as the source gives it."""

    @property
    def publisher(self) -> str | None:
        """Who published it, ``None`` where unknown."""

    @property
    def summary(self) -> str | None:
        """Abstract, description or summary, ``None`` where there is none."""


@dataclass(frozen=True, slots=True)
class RecordText:
    """What is known of a record in words: the plainest thing that can be ranked."""

    title: str
    publisher: str | None = None
    summary: str | None = None


def record_text(record: Describable, *, title_weight: int, view: View = View.FULL) -> str:
    """Join the parts of a record to one text, in which the title stands ``title_weight`` times.

    A record without publisher and summary gives the same text in both views.
    """
    parts: list[str | None] = [record.title] * title_weight
    if view is View.FULL:
        parts += [record.publisher, record.summary]
    return "\n".join(part for part in parts if part)
