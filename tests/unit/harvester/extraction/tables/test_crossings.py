"""Lines that cross, against pdfplumber's own way from edges to cells."""

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import edges_to_intersections, intersections_to_cells

from corpus.vocabulary.documents import Box
from harvester.extraction.tables.crossings import cells_between, crossings_of

REACH = 3.0
# A coarse grid: lines drawn on it meet, overlap, end in each other and lie twice in one place; some miss by a little.
PLACES = st.integers(0, 6).map(lambda step: 10.0 * step) | st.integers(0, 240).map(lambda step: step / 4)


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[Box], list[Box]]:
    across, down = [], []
    for at, one, other in draw(st.lists(st.tuples(PLACES, PLACES, PLACES), max_size=12)):
        across.append(Box(min(one, other), at, max(one, other), at))
    for at, one, other in draw(st.lists(st.tuples(PLACES, PLACES, PLACES), max_size=12)):
        down.append(Box(at, min(one, other), at, max(one, other)))
    return across, down


def as_edges(boxes: list[Box], orientation: str) -> list[dict[str, object]]:
    return [{"orientation": orientation, **box._asdict()} for box in boxes]


@given(lines())
def test_cells_are_those_of_pdfplumber(drawn: tuple[list[Box], list[Box]]) -> None:
    across, down = drawn
    theirs = edges_to_intersections([*as_edges(across, "h"), *as_edges(down, "v")], REACH, REACH)

    ours = crossings_of(across, down, REACH)

    assert list(ours) == list(theirs)
    assert [tuple(cell) for cell in cells_between(ours)] == intersections_to_cells(theirs)


def test_a_grid_of_two_by_two_has_four_cells() -> None:
    across = [Box(0.0, y, 20.0, y) for y in (0.0, 10.0, 20.0)]
    down = [Box(x, 0.0, x, 20.0) for x in (0.0, 10.0, 20.0)]

    cells = cells_between(crossings_of(across, down, REACH))

    assert cells == [Box(x, y, x + 10, y + 10) for x in (0.0, 10.0) for y in (0.0, 10.0)]
