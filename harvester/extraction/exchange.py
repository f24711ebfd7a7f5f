"""What parent and child say to each other: the request, the answer, the exit statuses."""

import dataclasses
import json
from dataclasses import dataclass, replace

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, TextSummary
from harvester.extraction import storage
from harvester.extraction.progress import NOTHING_AVOIDED, Avoided
from harvester.extraction.settings import held_back

ANSWERED = 0
REFUSED = 3
OUT_OF_MEMORY = 4


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is to do, under which limits, and the open file that the answer goes to.

    ``avoided`` are pages that ended an earlier child, ``progress_to`` the open file that says which page this one is at.
    ``page`` (from 1) and ``dpi`` ask for a picture of that page; without them the text is wanted. ``media_type`` and
    ``title`` are what the source says of the file.
    """

    path: str
    limits: ExtractionLimits
    parent: int
    answer_to: int = -1
    page: int | None = None
    dpi: int | None = None
    media_type: str | None = None
    title: str | None = None
    progress_to: int = -1
    avoided: Avoided = NOTHING_AVOIDED

    def to_json(self) -> str:
        """Write the request for the child."""
        others = [self.parent, self.answer_to, self.page, self.dpi, self.media_type, self.title]
        nested = [dataclasses.astuple(self.limits), dataclasses.astuple(self.avoided)]
        return json.dumps([self.path, *nested, *others, self.progress_to])

    @classmethod
    def from_json(cls, text: str) -> "Request":
        """Read the request in the child."""
        path, limits, (unread, undrawn, draws_none), *others = json.loads(text)
        avoided = Avoided(tuple(unread), tuple(undrawn), draws_none)
        return replace(cls(path, ExtractionLimits(*limits), *others), avoided=avoided)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and for each of its pages the engine that read it (``None``: neither could)."""

    text: ExtractedText
    engines: tuple[str | None, ...]

    def to_bytes(self) -> bytes:
        """Write the reading for the parent."""
        summary = replace(self.text.summary, held_back=held_back(self.text))
        head = json.dumps([self.engines, dataclasses.astuple(summary)])
        return b"".join([head.encode(), b"\n", *storage.pieces_of(self.text)])

    @classmethod
    def from_bytes(cls, data: bytes) -> "Reading":
        """Read the reading in the parent."""
        head, _, text = data.partition(b"\n")
        engines, _ = json.loads(head)
        return cls(text=storage.from_json(text), engines=tuple(engines))


def as_stored(data: bytes) -> tuple[bytes, TextSummary]:
    """Take a reading's text in its stored form from what the child wrote, without opening it."""
    head, _, text = data.partition(b"\n")
    _, summary = json.loads(head)
    return text, TextSummary(*summary)
