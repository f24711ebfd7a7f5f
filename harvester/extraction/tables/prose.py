"""Running text, told from the cells of tables, and the columns that it is set in."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from harvester.extraction.tables.rows import Piece, Row
from harvester.extraction.tables.shapes import Ink

# A line of running text is 40 to 90 letters long, half an em each; in three columns hardly under 15 em.
PROSE_WIDTH = 14.0
PROSE_WORDS = 4
PROSE_LINES = 3  # labels of tables run over two
HALF = 0.55  # of the page's width: columns are narrower, lines over the whole page wider
FARTHEST = 2.0  # heights of type between two rows of one table


def part_prose(rows: Sequence[Row]) -> tuple[list[Row], list[Piece]]:
    """Part pieces that stand as lines of a paragraph: wide, wordy, one closely under the other; those come second."""
    prose: set[int] = set()
    linked: dict[int, tuple[int, ...]] = {}  # a piece, and those above it in its paragraph
    for place, row in enumerate(rows):
        for one in filter(_is_wordy, row.pieces):
            above = (*linked.get(id(one), ()), id(one))
            # What stands beside may be set on other lines, so that the next line is not always the next row.
            for other in (piece for below in rows[place + 1 : place + 4] for piece in below.pieces):
                if _goes_on(one, other):
                    linked[id(other)] = above if len(above) < PROSE_LINES else above[-PROSE_LINES:]
                    if len(above) + 1 >= PROSE_LINES:
                        prose |= {*above, id(other)}
    kept = (tuple(piece for piece in row.pieces if id(piece) not in prose) for row in rows)
    text = [piece for row in rows for piece in row.pieces if id(piece) in prose]
    return [Row(pieces) for pieces in kept if pieces], text


def _is_wordy(piece: Piece) -> bool:
    x0, top, x1, bottom = piece.box
    return (
        x1 - x0 >= PROSE_WIDTH * (bottom - top)
        and len(piece.words) >= PROSE_WORDS
        and _is_of_letters(piece.text)
    )


@lru_cache(maxsize=1_000)
def _is_of_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 0.6 * len(text)


def _goes_on(one: Piece, other: Piece) -> bool:
    """Whether a piece is the line below a wordy one: as wordy, set in or out at most, or at the same edge."""
    height = one.box.bottom - one.box.top
    apart = other.box.top - one.box.bottom
    if not -0.3 * height <= apart <= 0.7 * height:
        return False
    beside = abs(one.box.x0 - other.box.x0)
    return beside <= 0.3 * height or (beside <= 2.5 * height and _is_wordy(other))


def gutter_of(prose: Sequence[Piece], width: float) -> float | None:
    """Find the white space between two columns of running text: a paragraph stands on either side and none over it."""
    narrow = sorted(
        (piece for piece in prose if piece.box.x1 - piece.box.x0 <= HALF * width),
        key=lambda piece: piece.box.x0,
    )
    reach = 0.0
    for place, piece in enumerate(narrow):
        if PROSE_LINES <= place <= len(narrow) - PROSE_LINES and reach < piece.box.x0:
            return (reach + piece.box.x0) / 2
        reach = max(reach, piece.box.x1)
    return None


def by_columns(rows: Sequence[Row], gutter: float | None, ink: Ink) -> Iterator[list[Row]]:
    """Cut rows at the gutter, where nothing that is set or ruled close by runs over it."""
    if gutter is None:
        yield list(rows)
        return
    for zone in _zones(rows):
        if _is_crossed(zone, gutter, ink):
            yield zone
        else:
            for side in (True, False):
                parts = [
                    tuple(piece for piece in row.pieces if (piece.box.x1 <= gutter) is side) for row in zone
                ]
                yield [Row(pieces) for pieces in parts if pieces]


def _zones(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut rows where more white space lies between them than between the rows of a table."""
    zone: list[Row] = []
    for row in rows:
        if zone and row.box.top - zone[-1].box.bottom > FARTHEST * row.height:
            yield zone
            zone = []
        zone.append(row)
    if zone:
        yield zone


def _is_crossed(zone: Sequence[Row], gutter: float, ink: Ink) -> bool:
    top, bottom, near = zone[0].box.top, zone[-1].box.bottom, zone[0].height
    return any(piece.box.x0 < gutter < piece.box.x1 for row in zone for piece in row.pieces) or any(
        top - near <= line.top <= bottom + near and line.x0 < gutter < line.x1
        for line in (*ink.across, *ink.areas)
    )
