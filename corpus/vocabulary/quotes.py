"""Where a quotation, or any chunk of text, stands in a document."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

from corpus.vocabulary.documents import RUNNING, BlockKind, ExtractedText, Span

# White space and hyphens differ with where lines end; dashes and quotation marks with who typed them.
_PASSED_OVER = re.compile(r"[\s\u00ad\u200b-\u200d\ufeff\-‐-―−]+")
_KEPT = re.compile(r"[^\s\u00ad\u200b-\u200d\ufeff\-‐-―−]")
_MARKS = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def find_quote(text: ExtractedText, quote: str) -> list[tuple[Span, ...]]:
    """Return every place where a document has a quotation, in order; each a span for each block or page that it is on.

    White space, hyphens, dashes and the shape of quotation marks make no difference, nor whether the quotation has
    ligatures and broken words as they were printed. The running text is searched first, over the ends of columns and
    pages; then footnotes; then whole pages as they stand.
    """
    wanted = _bare(quote.translate(_LIGATURES))
    if not wanted:
        return []
    for spans in (_spans(text, RUNNING), _spans(text, {BlockKind.FOOTNOTE}), _pages(text)):
        if found := list(_find(text, list(spans), wanted)):
            return found
    return []


def _bare(text: str) -> str:
    return _PASSED_OVER.sub("", text).translate(_MARKS)


def _spans(text: ExtractedText, kinds: Iterable[BlockKind]) -> Iterator[Span]:
    return (Span(block.page, block.start, block.end) for block in text.blocks if block.kind in kinds)


def _pages(text: ExtractedText) -> Iterator[Span]:
    return (Span(page.number, 0, len(page.text)) for page in text.pages)


def _find(text: ExtractedText, spans: list[Span], wanted: str) -> Iterator[tuple[Span, ...]]:
    pieces = [_bare(text.text_of(span)) for span in spans]
    begins = [0, *accumulate(map(len, pieces))]
    whole = "".join(pieces)
    at = whole.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        first, last = bisect_right(begins, at) - 1, bisect_right(begins, end - 1) - 1
        yield tuple(
            _part(
                text,
                spans[number],
                max(at, begins[number]) - begins[number],
                min(end, begins[number + 1]) - begins[number],
            )
            for number in range(first, last + 1)
            if pieces[number]
        )
        at = whole.find(wanted, end)


def _part(text: ExtractedText, span: Span, first: int, last: int) -> Span:
    """Return the part of a span from one of its kept characters to another, the last excluded."""
    kept = _KEPT.finditer(text.text_of(span))
    begin = next(islice(kept, first, None))
    end = next(islice(kept, last - first - 2, None), begin) if last - first > 1 else begin
    return Span(span.page, span.start + begin.start(), span.start + end.end())
