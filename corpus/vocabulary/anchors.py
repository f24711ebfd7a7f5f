"""Where a quotation stands, kept so that it is found again in another reading of the same document.

Quotation, what stands before and behind it, and position: the TextQuoteSelector and TextPositionSelector of the W3C's
Web Annotation model, and the place on the paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.vocabulary.documents import Box, ExtractedText, Span
from corpus.vocabulary.letters import Letters
from corpus.vocabulary.places import boxes_of
from corpus.vocabulary.quotes import occurrences

CONTEXT = 64
"""Characters that are kept on each side."""


class Anchoring(StrEnum):
    """How a quotation was found again."""

    EXACT = (
        "exact"  # letter for letter; white space, hyphens, ligatures and the shape of quotation marks aside
    )
    MENDED = "mended"  # word by word, few of them with other letters: as recognition or decoding got better
    LOST = "lost"  # nowhere, or nobody can say where: the earlier text shows it


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation in a document.

    Attributes
    ----------
    quote, prefix, suffix
        The characters, and those before and behind them on the page, as the text has them.
    page, start, end
        Where they stand in the text that they were taken from.
    boxes
        Their place on the paper; empty where there is none.
    rival
        How many letters on both sides the same quotation has in common with this one where it stands elsewhere in
        that text, at most: what a place must surpass to be told by its surroundings. ``None``: it stands nowhere else.
    """

    quote: str
    prefix: str
    suffix: str
    page: int
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    rival: int | None = None

    def to_json(self) -> dict[str, object]:
        """Return it as W3C selectors, with page and boxes."""
        return {
            "quote": {
                "type": "TextQuoteSelector",
                "exact": self.quote,
                "prefix": self.prefix,
                "suffix": self.suffix,
            },
            "position": {"type": "TextPositionSelector", "start": self.start, "end": self.end},
            "page": self.page,
            "boxes": [[box.x0, box.top, box.x1, box.bottom] for box in self.boxes],
            "rival": self.rival,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Anchor":
        """Read what ``to_json`` gave."""
        quote, position = said["quote"], said["position"]
        return cls(
            quote=quote["exact"],
            prefix=quote["prefix"],
            suffix=quote["suffix"],
            page=said["page"],
            start=position["start"],
            end=position["end"],
            boxes=tuple(Box(*corners) for corners in said["boxes"]),
            rival=said["rival"],
        )


def anchor(text: ExtractedText, span: Span) -> Anchor:
    """Return the anchor of a span.

    Raises
    ------
    ValueError
        When the span has no letters, or is not within the text.
    """
    if not 1 <= span.page <= len(text.pages):
        raise ValueError(f"the text has no page {span.page}")
    page = text.pages[span.page - 1].text
    if not 0 <= span.start < span.end <= len(page) or not Letters(page[span.start : span.end]).bare:
        raise ValueError(f"the text has no letters at {span}")
    prefix, suffix = page[max(0, span.start - CONTEXT) : span.start], page[span.end : span.end + CONTEXT]
    quote = page[span.start : span.end]
    others = [
        place.context(prefix=prefix, suffix=suffix)
        for place in occurrences(text, quote)
        if not _is_within(place.span, span)
    ]
    return Anchor(
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        page=span.page,
        start=span.start,
        end=span.end,
        boxes=tuple(boxes_of(text, span).get(span.page, ())),
        rival=max(others, default=None),
    )


def _is_within(one: Span, other: Span) -> bool:
    return one.page == other.page and other.start <= one.start and one.end <= other.end
