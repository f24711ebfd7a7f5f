"""From blocks of lines to a page's text, in which words, mends and blocks know where they stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from unicodedata import is_normalized

from corpus.vocabulary.documents import Block, BlockKind, Box, Mend, Page, Table, Word
from harvester.extraction.geometry import around
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import Line, PageLines, Token
from harvester.extraction.words import clean, has_ligatures, without_ligatures

BETWEEN_BLOCKS, BETWEEN_LINES, BETWEEN_WORDS = "\n\n", "\n", " "


@dataclass(frozen=True)
class Piece:
    """Lines of a page that belong together, and what they are; the other fields are those of ``Block``.

    ``beside`` are the lines (from 0) that a blank parts from the line before, ``apart`` those that never hold the
    second half of a word: cells of a table.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int | None = None
    marker: str | None = None
    goes_on: bool = False
    beside: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()

    @cached_property
    def box(self) -> Box:
        """Around its lines."""
        return around([line.box for line in self.lines])


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line, the block of its page that it belongs to (from 0), and its first and last but one character.

    A line of which nothing is left but the second half of the word before it is empty.
    """

    line: Line
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page's text with its blocks, and where each line went; its tables, whose blocks are those of the page."""

    page: Page
    blocks: tuple[Block, ...]
    lines: tuple[PlacedLine, ...]
    tables: tuple[Table, ...] = ()


def compose(read: PageLines, pieces: Sequence[Piece], *, number: int, hyphens: Hyphens) -> ComposedPage:
    """Join words with blanks, lines with line feeds, blocks with blank lines; mend ligatures and broken words.

    A word broken at a line's end is one word, and its second half stands on the line of the first. Every word
    satisfies ``page.text[word.start : word.end] == word.text``; words come in order and do not overlap.
    """
    writer = _Writer(hyphens)
    blocks: list[Block] = []
    lines: list[PlacedLine] = []
    for piece in pieces:
        # What goes on from the page before stands below this page's header, and goes on from no header.
        goes_on = piece.goes_on and bool(blocks) and blocks[-1].kind is piece.kind
        begin: int | None = None
        for position, line in enumerate(piece.lines):
            plain = _plain(line.words)
            words = list(_parts(line.words)) if plain is None else list(zip(line.words, plain, strict=True))
            if words:
                between = BETWEEN_WORDS if position in piece.beside else BETWEEN_LINES
                may_join = (begin is not None or goes_on) and position not in piece.apart
                start = writer.write_line(
                    words, between=BETWEEN_BLOCKS if begin is None else between, may_join=may_join
                )
                if begin is None and blocks and writer.whole > blocks[-1].end:
                    blocks[-1] = replace(
                        blocks[-1], end=writer.whole
                    )  # a word's second half is written there
                begin = start if begin is None and writer.at > start else begin
                if line.words[0].text:
                    lines.append(PlacedLine(line, len(blocks), start, writer.at))
                elif len(line.words) > 1:  # its first word is gone to where its first half stands
                    rest = replace(line, words=line.words[1:])
                    lines.append(PlacedLine(rest, len(blocks), start, writer.at))
        if begin is not None:
            blocks.append(
                Block(
                    kind=piece.kind,
                    page=number,
                    start=begin,
                    end=writer.at,
                    box=piece.box,
                    level=piece.level,
                    marker=piece.marker,
                    goes_on=piece.goes_on,
                )
            )
    page = Page(
        number=number,
        width=read.width,
        height=read.height,
        text="".join(writer.text),
        words=tuple(writer.words),
        mends=tuple(writer.mends),
    )
    return ComposedPage(page, tuple(blocks), tuple(lines))


def compose_as_drawn(read: PageLines, *, number: int) -> ComposedPage:
    """Return a page's lines in the order of drawing, nothing set apart."""
    pieces = [Piece(BlockKind.PARAGRAPH, read.lines)] if read.lines else []
    return compose(read, pieces, number=number, hyphens=Hyphens(read.lines))


# As the class does it, without a call of Python for each word of a document.
_new_word: Callable[[tuple[str, int, int, Box, tuple[Box, ...]]], Word] = partial(tuple.__new__, Word)


class _Writer:
    """The text so far, and where its words and mends are."""

    def __init__(self, hyphens: Hyphens) -> None:
        self.text: list[str] = []
        self.at = 0
        self.words: list[Word] = []
        self.mends: list[Mend] = []
        self.whole = 0  # where the last word that a line's end broke is through
        self._hyphens = hyphens

    def write_line(self, words: list[tuple[Token, str]], *, between: str, may_join: bool) -> int:
        """Write a line's words, each with what the document has for it; return where the line begins."""
        if self.words and may_join:
            joint = self._hyphens.join(self.words[-1].text, words[0][0].text)
            if joint is not None:
                self._write_second_half(*words[0], joint=joint, between=between, is_all=len(words) == 1)
                words = words[1:]
                between = ""
        gone = "".join([original + BETWEEN_WORDS for token, original in words if not token.text])
        words = [word for word in words if word[0].text]
        if self.words and between and words:
            self._write(between)
        start = self.at
        if gone:  # it stands in the text elsewhere
            self.mends.append(Mend(start, start, gone))
        if words:
            self._write_words(words)
        return start

    def _write_words(self, words: list[tuple[Token, str]]) -> None:
        """Write words with blanks between them: a loop of its own, for it sees every word of a document."""
        pieces, done, at = self.text, self.words, self.at
        for token, original in words:
            text, box, _ = token
            end = at + len(text)
            pieces += (text, BETWEEN_WORDS)
            done.append(_new_word((text, at, end, box, ())))
            if original != text:
                self.mends.append(Mend(at, end, original))
            at = end + 1
        pieces.pop()
        self.at = at - 1

    def _write_second_half(
        self, token: Token, original: str, *, joint: str, between: str, is_all: bool
    ) -> None:
        first = self.words.pop()
        hyphen, text = first.text[-1], first.text[:-1] + joint + token.text
        self._take_back_hyphen()
        start = self.at
        self._write(joint + token.text)
        self.words.append(first._replace(text=text, end=self.at, more=(*first.more, token.box)))
        self.whole = self.at
        if not is_all:
            self._write(between)
        self.mends.append(
            Mend(start, self.at, f"{hyphen}{between}{original}{'' if is_all else BETWEEN_WORDS}")
        )

    def _take_back_hyphen(self) -> None:
        """Unwrite the last character, and shorten the mend that ends with it."""
        self.text[-1] = self.text[-1][:-1]
        self.at -= 1
        if self.mends and self.mends[-1].end > self.at:
            last = self.mends[-1]
            self.mends[-1] = replace(last, end=self.at, original=last.original[:-1])

    def _write(self, text: str) -> None:
        self.text.append(text)
        self.at += len(text)


def _plain(line: Sequence[Token]) -> list[str] | None:
    """Return the texts of words that can stand as they are: of nearly all lines; else nothing."""
    texts = [text for text, _, original in line if original is None and text]
    whole = " ".join(texts)
    may_stand = (
        len(texts) == len(line)
        and whole.isprintable()  # and has no white space but blanks
        and whole.count(" ") == len(line) - 1
        and (whole.isascii() or (is_normalized("NFC", whole) and not has_ligatures(whole)))
    )
    return texts if may_stand else None


def _parts(line: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield words as they are to stand in the text, each with what the document has for it."""
    for token in line:
        if not token.text:
            yield token, clean(token.original or "")
        for part in clean(token.text).split():
            original = part if token.original is None else clean(token.original)
            yield Token(without_ligatures(part), token.box), original
