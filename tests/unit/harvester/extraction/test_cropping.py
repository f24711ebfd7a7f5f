"""Text beside the paper."""

from corpus.vocabulary.documents import Box
from harvester.extraction.cropping import without_hidden
from harvester.extraction.lines import PageLines, Token, line_of


def page(*places):
    lines = [line_of([Token(word, Box(x0, 20, x0 + 40, 30))]) for word, x0 in places]
    return PageLines(200.0, 300.0, tuple(lines))


def texts(pages):
    return [[line.text for line in page.lines] for page in pages]


def test_other_half_of_a_spread_is_left_out():
    found = without_hidden([page(("left", 10), ("right", 210)), page(("left", -190), ("right", 10))])
    assert texts(found) == [["left"], ["right"]]


def test_what_stands_beside_the_paper_is_left_out_though_no_other_page_shows_it():
    assert texts(without_hidden([page(("left", 10), ("lost", 2545), ("right", 100))])) == [["left", "right"]]


def test_lines_stay_where_most_of_a_page_stands_beside_its_paper():
    found = without_hidden([page(("left", 10), ("lost", 210), ("more", 260))])
    assert texts(found) == [["left", "lost", "more"]]


def test_other_half_of_a_spread_is_left_out_though_it_has_more_lines():
    pages = [page(("left", 10), ("right", 210), ("more", 260)), page(("right", 10), ("more", 60))]
    assert texts(without_hidden(pages)) == [["left"], ["right", "more"]]


def test_line_over_the_edge_stays():
    found = without_hidden([page(("left", -10)), page(("left", 10))])
    assert texts(found) == [["left"], ["left"]]


def test_no_pages():
    assert without_hidden([]) == []
