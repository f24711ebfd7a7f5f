"""Words and lines set on an imagined page: ten points high, five points a letter."""

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import Token
from harvester.extraction.tables import Ink, find_tables

HEIGHT, LETTER, WIDTH = 10.0, 5.0, 600.0


def words_at(x, top, text, *, height=HEIGHT):
    """Words of one line that begins at a place."""
    tokens = []
    for word in text.split(" "):
        width = LETTER * len(word)
        tokens.append(Token(word, Box(x, top, x + width, top + height)))
        x += width + 0.3 * height
    return tokens


def rows_at(columns, rows, *, top=100.0, step=14.0):
    """Words of rows of cells, each cell set at its column's left edge; ``None`` for a blank cell."""
    return [
        word
        for number, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=True)
        if cell is not None
        for word in words_at(x, top + number * step, cell)
    ]


def across(*heights, x0=50.0, x1=550.0):
    return tuple(Box(x0, height, x1, height) for height in heights)


def down(*places, top=0.0, bottom=800.0):
    return tuple(Box(place, top, place, bottom) for place in places)


def found(words, ink=None):
    return find_tables(words, ink or Ink(), width=WIDTH, height=800.0)


def read(table, words):
    """The cells of a table by row and column."""
    return {(cell.row, cell.column): " ".join(words[at].text for at in cell.words) for cell in table.cells}
