"""Where a quotation, or any chunk of text, stands in a document."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from corpus.vocabulary.documents import RUNNING, BlockKind, ExtractedText, Span
from corpus.vocabulary.letters import Letters, Occurrence


def find_quote(text: ExtractedText, quote: str) -> list[tuple[Span, ...]]:
    """Return every place where a document has a quotation, in order; each a span for each block or page that it is on.

    White space, hyphens, dashes and the shape of quotation marks make no difference, nor whether the quotation has
    ligatures and broken words as they were printed. The running text is searched first, over the ends of columns and
    pages; then footnotes; then whole pages as they stand.
    """
    wanted = Letters(quote).bare
    if not wanted:
        return []
    for spans in (_spans(text, RUNNING), _spans(text, {BlockKind.FOOTNOTE}), _pages(text)):
        if found := list(_find(text, list(spans), wanted)):
            return found
    return []


def occurrences(text: ExtractedText, quote: str) -> list[Occurrence]:
    """Return every place of a quotation's letters on a page as it stands, in order; they may overlap."""
    wanted = Letters(quote).bare
    found = []
    for page in text.pages:
        letters = Letters(page.text)
        at = letters.bare.find(wanted) if wanted else -1
        while at >= 0:
            found.append(Occurrence(page.number, letters, at, at + len(wanted)))
            at = letters.bare.find(wanted, at + 1)
    return found


def _spans(text: ExtractedText, kinds: Iterable[BlockKind]) -> Iterator[Span]:
    return (Span(block.page, block.start, block.end) for block in text.blocks if block.kind in kinds)


def _pages(text: ExtractedText) -> Iterator[Span]:
    return (Span(page.number, 0, len(page.text)) for page in text.pages)


def _find(text: ExtractedText, spans: list[Span], wanted: str) -> Iterator[tuple[Span, ...]]:
    pieces = [Letters(text.text_of(span)) for span in spans]
    begins = [0, *accumulate(len(piece.bare) for piece in pieces)]
    whole = "".join(piece.bare for piece in pieces)
    at = whole.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        first, last = bisect_right(begins, at) - 1, bisect_right(begins, end - 1) - 1
        yield tuple(
            _part(
                spans[number],
                pieces[number],
                max(at, begins[number]) - begins[number],
                min(end, begins[number + 1]) - begins[number],
            )
            for number in range(first, last + 1)
            if pieces[number].bare
        )
        at = whole.find(wanted, end)


def _part(span: Span, piece: Letters, first: int, last: int) -> Span:
    """Return the part of a span from one of its letters to another, the last excluded."""
    start, end = piece.span(first, last)
    return Span(span.page, span.start + start, span.start + end)
