"""Text beside the paper."""

from corpus.vocabulary.documents import Box
from harvester.extraction.cropping import without_other_halves
from harvester.extraction.lines import PageLines, Token, line_of


def page(*places):
    lines = [line_of([Token(word, Box(x0, 20, x0 + 40, 30))]) for word, x0 in places]
    return PageLines(200.0, 300.0, tuple(lines))


def texts(pages):
    return [[line.text for line in page.lines] for page in pages]


def test_other_half_of_a_spread_is_left_out():
    found = without_other_halves([page(("left", 10), ("right", 210)), page(("left", -190), ("right", 10))])
    assert texts(found) == [["left"], ["right"]]


def test_what_no_page_next_to_it_shows_stays_beside_the_paper():
    found = without_other_halves([page(("left", 10), ("lost", 210)), page(("lost", -190), ("right", 10))])
    assert texts(found) == [["left", "lost"], ["lost", "right"]]


def test_line_over_the_edge_stays():
    found = without_other_halves([page(("left", -10)), page(("left", 10))])
    assert texts(found) == [["left"], ["left"]]


def test_no_pages():
    assert without_other_halves([]) == []
