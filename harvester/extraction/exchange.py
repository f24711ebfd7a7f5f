"""What parent and child say to each other: the request, the answer, the exit statuses."""

import dataclasses
import json
from dataclasses import dataclass

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits
from harvester.extraction import storage

ANSWERED = 0
REFUSED = 3
OUT_OF_MEMORY = 4


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is to do, under which limits, and the open file that the answer goes to.

    ``page`` (from 1) and ``dpi`` ask for a picture of that page; without them the text is wanted.
    """

    path: str
    limits: ExtractionLimits
    answer_to: int
    parent: int
    page: int | None = None
    dpi: int | None = None

    def to_json(self) -> str:
        """Write the request for the child."""
        limits = dataclasses.astuple(self.limits)
        return json.dumps([self.path, limits, self.answer_to, self.parent, self.page, self.dpi])

    @classmethod
    def from_json(cls, text: str) -> "Request":
        """Read the request in the child."""
        path, limits, *others = json.loads(text)
        return cls(path, ExtractionLimits(*limits), *others)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and for each of its pages the engine that read it (``None``: neither could)."""

    text: ExtractedText
    engines: tuple[str | None, ...]

    def to_bytes(self) -> bytes:
        """Write the reading for the parent."""
        return json.dumps(self.engines).encode() + b"\n" + storage.to_json(self.text)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Reading":
        """Read the reading in the parent."""
        engines, _, text = data.partition(b"\n")
        return cls(text=storage.from_json(text), engines=tuple(json.loads(engines)))
