from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.furniture import find_furniture
from harvester.extraction.lines import Direction, Line, PageLines, Token, line_of
from harvester.extraction.turned import find_turned


def upright(number):
    body = [
        line_of([Token(f"text {'abcdefgh'[number]} {row}", Box(50, top, 300, top + 10))])
        for row, top in (("h", 100), ("i", 115), ("j", 130), ("k", 145), ("l", 160))
    ]
    header = line_of([Token("Annual report", Box(50, 20, 200, 30))])
    footer = line_of([Token(str(number + 1), Box(290, 770, 300, 780))])
    return PageLines(600.0, 800.0, (header, *body, footer))


def turned(*at_the_sides):
    """A wide page whose sheet was turned: what stands at its sides runs downwards."""
    cells = [
        line_of([Token(f"cell {name}", Box(150, top, 600, top + 10))])
        for name, top in (("a", 100), ("b", 120))
    ]
    sides = [
        Line((Token(text, box),), box, 10.0, direction=Direction.DOWN)
        for text, x0 in at_the_sides
        for box in [Box(x0, 200, x0 + 10, 300)]
    ]
    return PageLines(800.0, 600.0, (*sides, *cells))


def told(pages):
    found = find_furniture(pages, body_size=10)
    return [
        {page.lines[index].text: kind for index, kind in of.items()}
        for page, of in zip(pages, find_turned(pages, found), strict=True)
    ]


def test_what_runs_elsewhere_runs_at_the_sides_of_a_turned_sheet():
    pages = [*(upright(number) for number in range(5)), turned(("Annual report", 770), ("6", 20))]

    assert told(pages) == [{}] * 5 + [{"Annual report": BlockKind.HEADER, "6": BlockKind.FOOTER}]


def test_other_words_and_numbers_at_the_sides_are_body():
    pages = [*(upright(number) for number in range(5)), turned(("Share of owners", 770), ("17", 20))]

    assert told(pages) == [{}] * 6


def test_nothing_that_stands_within_the_text_runs():
    pages = [*(upright(number) for number in range(5)), turned(("Annual report", 590), ("6", 160))]

    assert told(pages) == [{}] * 6


def test_what_cannot_be_seen_does_not_run():
    pages = [*(upright(number) for number in range(5)), turned(("Annual report", 1_000_000), ("6", -90))]

    assert told(pages) == [{}] * 6
