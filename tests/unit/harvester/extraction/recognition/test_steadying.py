from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.edges import Edge
from harvester.extraction.furniture import find_furniture
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.recognition.steadying import steadied

HEADERS = (
    "Staying Close evaluation",
    "Staying C1ose evaluation",
    "Staying Close evaluatian",
    "Staying Close evaluation",
)
BODY = "abcdefghijklmnopqrstuvwx"


def page_of(number, *rows):
    words = [
        f"{BODY[(number * 5 + row) % 24] * 7} {BODY[(number * 7 + row * 3) % 24] * 5} told"
        for row in range(30)
    ]
    body = [(text, 90 + 14 * row) for row, text in enumerate(words)]
    lines = [line_of([Token(text, Box(50, top, 300, top + 10))]) for text, top in (*body, *rows)]
    return PageLines(600.0, 800.0, tuple(lines))


def scans(numbers=("7", "8", "G", "10")):
    """Pages that lie up to nine points higher or lower; letters and a number of what runs on them are misread."""
    shifts = (0, 6, -3, 9)
    return [
        page_of(place, (header, 30 + shift), (number, 770 + shift))
        for place, (header, number, shift) in enumerate(zip(HEADERS, numbers, shifts, strict=True))
    ]


def running(pages, **how):
    return [
        sorted((page.lines[index].text, kind) for index, kind in found.items())
        for page, found in zip(pages, find_furniture(pages, body_size=10, **how), strict=True)
    ]


def test_running_lines_of_scans_are_told_though_they_shift_and_are_misread():
    found = running(scans(), recognised=range(4))

    assert found == [
        sorted([(header, BlockKind.HEADER), (number, BlockKind.FOOTER)])
        for header, number in zip(HEADERS, ("7", "8", "G", "10"), strict=True)
    ]


def test_letters_of_the_documents_own_are_taken_as_they_are():
    assert running(scans()) != running(scans(), recognised=range(4))


def test_body_lines_that_are_not_alike_stay():
    pages = [page_of(number) for number in range(4)]

    assert running(pages, recognised=range(4)) == [[]] * 4


def test_a_row_that_is_part_of_the_like_row_elsewhere_runs():
    whole = ("Area report: Bolton", 770), ("17 to 21 June", 771)
    apart = ("Area report: Bolton", 766), ("17 to 21 June", 778)
    pages = [page_of(number, *(apart if number == 2 else whole)) for number in range(4)]

    assert [len(found) for found in find_furniture(pages, body_size=10, recognised=range(4))] == [2] * 4


EDGES = st.builds(
    Edge,
    page=st.integers(0, 5),
    indices=st.just((0,)),
    text=st.text(st.sampled_from("ab 12.—"), max_size=12),
    height=st.floats(0, 60),
    size=st.just(10.0),
    is_apart=st.booleans(),
)


@given(st.lists(EDGES, max_size=20), st.sets(st.integers(0, 5)))
def test_rows_keep_their_order_and_others_than_recognised_stay_as_they_are(edges, recognised):
    rows = [[edge for edge in edges if edge.page == page] for page in range(6)]

    told = steadied(rows, recognised)

    assert [len(page) for page in told] == [len(page) for page in rows]
    assert all(told[page] == rows[page] for page in set(range(6)) - recognised)
