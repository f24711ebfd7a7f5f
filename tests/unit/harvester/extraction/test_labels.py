from corpus.vocabulary.documents import Box
from harvester.extraction.labels import figures_of, take_out
from harvester.extraction.lines import PageLines, Token, line_of

FIGURE = Box(100, 100, 300, 300)


def line(text, top, x0=110):
    return line_of(
        [
            Token(word, Box(x0 + 20 * n, top, x0 + 20 * n + 15, top + 10))
            for n, word in enumerate(text.split())
        ]
    )


def page_of(*lines):
    return PageLines(600, 800, lines, figures=(FIGURE,))


def test_labels_lie_in_the_drawing():
    assert figures_of(page_of(line("10", 120), line("20 %", 140), line("Body text", 400))) == [FIGURE]


def test_a_framed_text_is_no_figure():
    assert (
        figures_of(page_of(*[line("what the young people said to us", 120 + 12 * n) for n in range(4)])) == []
    )


def test_a_drawing_without_letters_takes_nothing():
    assert figures_of(page_of(line("Body text", 400))) == []


def test_a_line_over_the_edge_is_parted():
    outside, (inside,) = take_out([line("left right", 120, x0=75)], [FIGURE])

    assert ([each.text for each in outside], [each.text for each in inside]) == (["left"], ["right"])
