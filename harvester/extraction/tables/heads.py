"""Tables one below the other in the same columns: each prints its own head, and may have a caption between."""

from collections.abc import Iterator, Sequence

from harvester.extraction.tables.rows import Row

_FEWEST = 2  # pieces of a head, words among them
_MOST_OVER = 3  # rows above a head that belong to it
_NEAR = 3.0  # of the height of the type: columns are as wide as each table needs


def by_heads(run: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut a run of rows where its head stands again: nothing else repeats a row of words in the same places.

    What stands above a head as it did the first time is part of it; rows of one piece before that are a caption, and
    in no table.
    """
    first = next((place for place, row in enumerate(run) if len(row.pieces) > 1), len(run))
    if first == len(run) or not _is_head(run[first]):
        yield list(run)
        return
    starts = [place for place in range(first + 2, len(run)) if _is_again(run[first], run[place])]
    end = 0
    for start in starts:
        above = start
        for step in range(1, min(_MOST_OVER, first) + 1):
            if not _is_again(run[first - step], run[start - step]):
                break
            above = start - step
        last = above
        while last > end and len(run[last - 1].pieces) == 1:
            last -= 1
        yield list(run[end:last])
        end = above
    yield list(run[end:])


def _is_head(row: Row) -> bool:
    words = [piece for piece in row.pieces if not piece.is_figure]
    return len(words) >= _FEWEST and 2 * len(words) > len(row.pieces)


def _is_again(row: Row, other: Row) -> bool:
    """Whether a row says the same in the same places."""
    if len(row.pieces) != len(other.pieces):
        return False
    return all(
        one.text == again.text and abs(one.box.x0 - again.box.x0) <= _NEAR * row.height
        for one, again in zip(row.pieces, other.pieces, strict=True)
    )
