"""Paragraphs over a page's end, and the words that it breaks."""

import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.composing import Piece, compose
from harvester.extraction.continuing import read_on
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines, Token, line_of

NO_HYPHENS = Hyphens([])


def piece(*lines, top, kind=BlockKind.PARAGRAPH):
    return Piece(kind, tuple(line(text, top + 12 * number) for number, text in enumerate(lines)))


def line(text, top):
    places, at = [], 50.0
    for word in text.split():
        places.append(Token(word, Box(at, top, at + 5 * len(word), top + 10)))
        at += 5 * len(word) + 3
    return line_of(places)


def composed(told):
    """The pages' texts."""
    empty = PageLines(600, 800, ())
    return [
        compose(empty, pieces, number=number, hyphens=NO_HYPHENS).page
        for number, pieces in enumerate(told, 1)
    ]


def test_a_word_broken_over_two_pages_stands_whole_on_the_first():
    told = read_on([[piece("they can eas-", top=700)], [piece("ily be told", top=50)]], NO_HYPHENS)
    first, second = composed(told)
    assert (first.text, second.text) == ("they can easily", "be told")
    assert (first.original, second.original) == ("they can eas-", "ily be told")
    assert told[1][0].goes_on
    assert [word.text for word in second.words] == ["be", "told"]


def test_nothing_is_left_of_a_line_that_was_the_second_half():
    told = read_on([[piece("they can eas-", top=700)], [piece("ily", "be told", top=50)]], NO_HYPHENS)
    first, second = composed(told)
    assert (first.text, second.text, second.original) == ("they can easily", "be told", "ily be told")


@pytest.mark.parametrize(
    "between",
    [
        piece("Figure 3. A map", top=50),
        piece("all of it", top=50, kind=BlockKind.TABLE),
        piece("Fig. 3 shows two in-", top=50, kind=BlockKind.CAPTION),
    ],
)
def test_a_word_is_mended_past_a_figure_or_table(between):
    told = read_on([[piece("they can eas-", top=700)], [between, piece("ily be told", top=200)]], NO_HYPHENS)
    first, second = composed(told)
    assert first.text == "they can easily"
    assert second.text.endswith("\n\nbe told")


def test_a_paragraph_that_begins_with_a_tables_number_is_no_caption():
    heading, text = piece("Main Results", top=600), piece("Table 2 compares how eas-", top=700)
    told = read_on(
        [[heading, text], [piece("Figure 3. A map", top=50), piece("ily be told", top=200)]], NO_HYPHENS
    )
    assert composed(told)[0].text == "Main Results\n\nTable 2 compares how easily"


@pytest.mark.parametrize(
    ("last", "following"),
    [("they told us.", "and more"), ("they can eas-", "A new one"), ("short-", "and long-term aims")],
)
def test_what_is_no_broken_word_stays(last, following):
    told = read_on([[piece(last, top=700)], [piece(following, top=50)]], NO_HYPHENS)
    assert [page.text for page in composed(told)] == [last, following]


def test_type_of_another_size_does_not_go_on():
    small = Piece(BlockKind.PARAGRAPH, (line_of([Token("and", Box(50, 50, 60, 56))]),))
    told = read_on([[piece("they can see", top=700)], [small]], NO_HYPHENS)
    assert not told[1][0].goes_on


@pytest.mark.parametrize("rest", [("ily be told",), ("ily", "be told")])
def test_lines_that_structure_is_told_from_have_no_empty_words(rest):
    told = read_on([[piece("they can eas-", top=700)], [piece(*rest, top=50)]], NO_HYPHENS)
    page = compose(PageLines(600, 800, ()), told[1], number=2, hyphens=NO_HYPHENS)
    assert [placed.line.text for placed in page.lines] == ["be told"]
    assert page.page.text[page.lines[0].start : page.lines[0].end] == "be told"


@pytest.mark.parametrize("kind", [BlockKind.PAGE_NUMBER, BlockKind.HEADER, BlockKind.FOOTER])
@pytest.mark.parametrize("text", ["-2-", "Annual report of the Long-"])
def test_nothing_is_joined_with_what_runs_at_the_pages_top(kind, text):
    _, second = read_on([[piece("within this", top=700)], [piece("period. A new one", top=60)]], NO_HYPHENS)
    running = piece(text, top=20, kind=kind)
    made = compose(PageLines(600, 800, ()), [running, *second], number=2, hyphens=NO_HYPHENS)
    assert second[0].goes_on
    assert made.page.text == f"{text}\n\nperiod. A new one"
    assert not made.page.mends


def test_a_page_number_that_nothing_told_as_such_takes_no_part_of_the_text():
    told = read_on(
        [[piece("within this", top=700), piece("-1-", top=760)], [piece("period.", top=60)]], NO_HYPHENS
    )
    assert [page.text for page in composed(told)] == ["within this\n\n-1-", "period."]
    assert told[1][0].goes_on
