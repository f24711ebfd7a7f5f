"""Pages whose text is turned against the page as it is shown, laid out as somebody reads them: with the text upright."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.composing import ComposedPage
from harvester.extraction.geometry import box_of
from harvester.extraction.lines import Direction, Line, PageLines, share
from harvester.extraction.tables.shapes import Ink

# Each a quarter turn clockwise after the one before it.
_CLOCKWISE = (Direction.RIGHT, Direction.DOWN, Direction.LEFT, Direction.UP)

_NEAR = 3.0  # type sizes from line to line, or from paragraph to paragraph


def way_of(page: PageLines) -> Direction:
    """Return the way in which most of a page's characters run: as shown, unless more than half run otherwise."""
    if all(line.direction is Direction.RIGHT for line in page.lines):
        return Direction.RIGHT
    run: Counter[Direction] = Counter()
    for line in page.lines:
        run[line.direction] += sum([len(word.text) for word in line.words])
    way, most = run.most_common(1)[0]
    return way if 2 * most > run.total() else Direction.RIGHT


def read_down(page: PageLines, way: Direction) -> PageLines:
    """Put lines that follow each other from the last to the first, as engines tell turned ones, the other way round.

    A character that stands alone does not show which way it runs: it is taken to run as the page's text.
    """
    if way is Direction.RIGHT:
        return page
    move = _mover(way, page.width, page.height)
    runs: list[list[Line]] = []
    last: Box | None = None
    for told in page.lines:
        line = replace(told, direction=way) if len(told.text) == 1 else told
        box = move(line.box)
        if last is not None and _is_just_above(box, last, size=line.size):
            runs[-1].append(line)
        else:
            runs.append([line])
        last = box
    return replace(page, lines=tuple(line for run in runs for line in reversed(run)))


def _is_just_above(box: Box, last: Box, *, size: float) -> bool:
    apart = last.top - box.top
    return 0.5 * size < apart <= _NEAR * size and share(box.x0, box.x1, last.x0, last.x1) > 0


def turned(page: PageLines, way: Direction) -> PageLines:
    """Turn a page so that what runs ``way`` runs from left to right."""
    if way is Direction.RIGHT:
        return page
    move = _mover(way, page.width, page.height)
    width, height = _size(way, page.width, page.height)
    lines = tuple(_turned_line(line, way, move) for line in page.lines)
    return PageLines(width, height, lines, _turned_ink(page.ink, way, move), tuple(map(move, page.figures)))


def turned_to(page: PageLines, way: Direction) -> PageLines:
    """Turn a page whose text runs from left to right so that it runs ``way``."""
    return turned(page, _CLOCKWISE[-_CLOCKWISE.index(way)])


def turned_back(made: ComposedPage, way: Direction) -> ComposedPage:
    """Put what was composed from a page turned so back to where the page as shown has it."""
    if way is Direction.RIGHT:
        return made
    back = _CLOCKWISE[-_CLOCKWISE.index(way)]
    page = made.page
    move = _mover(back, page.width, page.height)
    width, height = _size(back, page.width, page.height)
    words = tuple(
        word._replace(box=move(word.box), more=tuple(move(box) for box in word.more)) for word in page.words
    )
    tables = tuple(
        replace(table, cells=tuple(replace(cell, box=cell.box and move(cell.box)) for cell in table.cells))
        for table in made.tables
    )
    return ComposedPage(
        replace(page, width=width, height=height, words=words),
        tuple(replace(block, box=block.box and move(block.box)) for block in made.blocks),
        tuple(replace(line, line=_turned_line(line.line, back, move)) for line in made.lines),
        tables,
    )


def _size(way: Direction, width: float, height: float) -> tuple[float, float]:
    return (width, height) if way in {Direction.RIGHT, Direction.LEFT} else (height, width)


def _mover(way: Direction, width: float, height: float) -> Callable[[Box], Box]:
    """Return what moves a box along when a page of this size is turned so that what runs ``way`` is upright."""
    match way:
        case Direction.DOWN:
            return lambda box: box_of(box.top, width - box.x1, box.bottom, width - box.x0)
        case Direction.UP:
            return lambda box: box_of(height - box.bottom, box.x0, height - box.top, box.x1)
        case _:
            return lambda box: box_of(width - box.x1, height - box.bottom, width - box.x0, height - box.top)


def _turned_line(line: Line, way: Direction, move: Callable[[Box], Box]) -> Line:
    runs = _CLOCKWISE[(_CLOCKWISE.index(line.direction) - _CLOCKWISE.index(way)) % len(_CLOCKWISE)]
    words = tuple(word._replace(box=move(word.box)) for word in line.words)
    return replace(
        line, words=words, box=move(line.box), direction=runs, bullet=line.bullet and move(line.bullet)
    )


def _turned_ink(ink: Ink, way: Direction, move: Callable[[Box], Box]) -> Ink:
    def moved(boxes: Iterable[Box]) -> tuple[Box, ...]:
        return tuple(move(box) for box in boxes)

    across, down = (ink.across, ink.down) if way is Direction.LEFT else (ink.down, ink.across)
    boxes = map(moved, (ink.areas, ink.drawings, ink.fills, ink.pictures))
    return Ink(moved(across), moved(down), *boxes)
