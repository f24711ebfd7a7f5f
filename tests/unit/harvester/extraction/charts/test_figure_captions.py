import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.charts.captions import caption_lines, is_figure_caption, with_captions
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Token, line_of

CHART = Box(100, 100, 300, 300)


def line(text, top, x0=100.0):
    return line_of(
        [
            Token(word, Box(x0 + 20 * n, top, x0 + 20 * n + 15, top + 10))
            for n, word in enumerate(text.split())
        ]
    )


def piece(*texts, top, kind=BlockKind.PARAGRAPH):
    return Piece(kind, tuple(line(text, top + 12 * n) for n, text in enumerate(texts)))


def kinds(*pieces, drawn=(CHART,)):
    return [str(each.kind) for each in with_captions(pieces, drawn)]


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3: Children in need",
        "Fig. A.2 – Spending by age",
        "CHART 2 | Placements",
        "Figure 3-1 CREATE PERMISSION",
        "Figure BR1. | Notification rate",
        "Figure 14 (data until 2 July 2010)",
        "Figure 2.",
        "Map IV. Regions",
        "Diagram 5",
    ],
)
def test_wordings_of_captions(text):
    assert is_figure_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3 shows how many children were in need",
        "Figures 3 and 4",
        "Figure 2, below, shows",
        "Charts of this kind are rare",
        "Map out the support that is needed",
        "Figure 10% of them",
        "Table 3: Children in need",
        "3 Figures",
    ],
)
def test_wordings_of_sentences(text):
    assert not is_figure_caption(text)


@pytest.mark.parametrize("top", [85, 305])
def test_a_caption_stands_above_or_below_its_figure(top):
    assert kinds(piece("Figure 3 Children in need", top=top)) == ["caption"]


def test_without_a_stop_and_a_figure_words_are_no_caption():
    assert kinds(piece("Figure 3 Children in need", top=600)) == ["paragraph"]


def test_a_stop_tells_a_caption_whose_figure_is_not_seen():
    assert kinds(piece("Figure 3: Children in need", top=600), drawn=()) == ["caption"]


def test_an_entry_of_a_list_of_figures_is_none():
    entry = piece("Figure 3: Children in need ........ 12", top=600)

    assert kinds(entry, drawn=()) == ["paragraph"]


def test_a_sentence_that_goes_on_in_the_next_column_begins_no_caption():
    before, after = piece("as one sees in", top=700), piece("Figure 3. The share of", top=100)

    assert kinds(before, after, drawn=()) == ["paragraph", "paragraph"]


def test_a_name_below_its_number_belongs_to_it():
    number, name = piece("Figure 2.", top=310), piece("Disability by Age: 2010", top=324)
    after = piece("About one in ten had a disability.", top=360)

    told = with_captions([number, name, after], [CHART])

    assert [(str(each.kind), each.goes_on) for each in told] == [
        ("caption", False),
        ("caption", True),
        ("paragraph", False),
    ]


def test_text_below_a_caption_that_is_through_is_no_part_of_it():
    assert kinds(piece("Figure 3: Children in need.", top=305), piece("In 2010 it rose.", top=318)) == [
        "caption",
        "paragraph",
    ]


def test_lines_of_a_caption_are_those_close_below_its_first():
    lines = [line("40", 290), line("Figure 1: Rates", 310), line("by age", 322), line("In 2010", 360)]

    assert list(caption_lines(lines)) == [1, 2]
