"""Text beside the paper."""

from corpus.vocabulary.documents import Box
from harvester.extraction.cropping import within_paper
from harvester.extraction.lines import PageLines, Token, line_of


def page(*places):
    lines = [
        line_of([Token(word, Box(x0, top, x0 + 40, top + 10)) for word, x0 in words]) for words, top in places
    ]
    return PageLines(200.0, 300.0, tuple(lines))


def texts(page):
    return [line.text for line in page.lines]


def test_other_half_of_a_spread_is_left_out():
    found = within_paper(
        page(([("here", 10), ("too", 60)], 20), ([("there", -150)], 20), ([("below", 10)], 320))
    )
    assert texts(found) == ["here too"]


def test_line_over_the_edge_keeps_the_words_on_the_paper():
    found = within_paper(page(([("there", -60), ("here", 10)], 20)))
    assert texts(found) == ["here"]
    assert found.lines[0].box.x0 == 10


def test_word_that_bleeds_over_the_edge_stays():
    assert texts(within_paper(page(([("here", 170)], 20), ([("more", 10)], 40)))) == ["here", "more"]


def test_page_with_all_words_beside_it_keeps_them():
    assert texts(within_paper(page(([("there", -150)], 20)))) == ["there"]
