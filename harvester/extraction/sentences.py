"""The sentences of a document: of what is read from first to last, and of captions and footnotes, each by itself."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import RUNNING, Block, BlockKind, ExtractedText, Sentence, Span
from corpus.vocabulary.sentences import sentence_spans

_WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING})  # are no sentences, and are not parted
_PARTED = (RUNNING - _WHOLE) | {BlockKind.CAPTION, BlockKind.FOOTNOTE}


def with_sentences(text: ExtractedText) -> ExtractedText:
    """Add a document's sentences, in reading order.

    What goes on over a column's or page's end is read as one, and a sentence there has a span in each block.
    """
    found = [sentence for chain in _chains(text.blocks) for sentence in _sentences(text, chain)]
    found.sort(key=lambda sentence: sentence.block)  # those of one block are in order
    return replace(text, sentences=tuple(found))


def _chains(blocks: Sequence[Block]) -> list[list[int]]:
    """Return the indices of blocks that go on with each other, in the order of their first."""
    chains: list[list[int]] = []
    newest: dict[BlockKind, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.kind not in _PARTED and block.kind not in _WHOLE:
            continue
        before = newest.get(block.kind)
        if block.goes_on and before:
            before.append(number)
        else:
            newest[block.kind] = [number]
            chains.append(newest[block.kind])
    return chains


def _sentences(text: ExtractedText, chain: list[int]) -> Iterator[Sentence]:
    first = text.blocks[chain[0]]
    contents = [text.text_of(text.blocks[number]) for number in chain]
    whole = " ".join(contents)
    spans = [(0, len(whole))] if first.kind in _WHOLE else sentence_spans(whole)
    if len(chain) == 1:
        page, shift = first.page, first.start
        for start, end in spans:
            yield Sentence((Span(page, start + shift, end + shift),), chain[0])
        return
    begins = [0]
    for content in contents[:-1]:
        begins.append(begins[-1] + len(content) + 1)
    for start, end in spans:
        first_part, last_part = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
        yield Sentence(
            tuple(
                _part(text.blocks[chain[part]], start - begins[part], end - begins[part])
                for part in range(first_part, last_part + 1)
            ),
            chain[first_part],
        )


def _part(block: Block, start: int, end: int) -> Span:
    """Return what lies in a block of characters counted from its first."""
    return Span(block.page, block.start + max(0, start), min(block.end, block.start + end))
