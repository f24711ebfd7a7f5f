import pytest

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.finding import find_charts, may_draw
from harvester.extraction.charts.marks import standing_on
from harvester.extraction.charts.prose import prose_of
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.tables.shapes import Ink

ARROWS = tuple(Box(200 + 60 * n, 300, 250 + 60 * n, 345) for n in range(3))
TEXT = "many young people who leave care move on again within the very first year"


def line(text, top, x0=60.0):
    at, words = x0, []
    for word in text.split():
        words.append(Token(word, Box(at, top, at + 5 * len(word), top + 10)))
        at += 5 * len(word) + 3
    return line_of(words)


def prose(top, *, count=3):
    return [line(TEXT, top + 12 * n) for n in range(count)]


def page_of(*lines, **ink):
    return PageLines(600, 800, lines, Ink(**ink))


def charts(page, **told):
    return [
        [page.lines[place].text for place in sorted(chart.lines)]
        for chart in find_charts(page, page.lines, frozenset(), **{"is_first": False} | told)
    ]


LABELS = [line(label, 310 + 4 * n, 205 + 62 * n) for n, label in enumerate(("Referral", "Meeting", "Plan"))]


def test_labels_of_a_diagram_are_its_own():
    assert charts(page_of(*prose(100), *LABELS, drawings=ARROWS)) == [["Referral", "Meeting", "Plan"]]


def test_a_page_without_ink_draws_nothing():
    assert not may_draw(page_of(*prose(100)))


def test_running_text_within_is_none_of_its_labels():
    page = page_of(*LABELS, *prose(360), drawings=(*ARROWS, Box(50, 290, 500, 420)))

    assert charts(page) == [["Referral", "Meeting", "Plan"]]


def test_what_stands_above_all_text_of_a_first_page_is_its_masthead():
    page = page_of(*LABELS, *prose(400), drawings=ARROWS)

    assert charts(page, is_first=True) == []
    assert charts(page) != []


@pytest.mark.parametrize(
    "drawings",
    [
        ARROWS[:2],
        tuple(Box(200 + 60 * n, 300, 212 + 60 * n, 312) for n in range(6)),  # icons
    ],
)
def test_few_or_small_curves_show_no_chart(drawings):
    assert charts(page_of(*prose(100), *LABELS, drawings=drawings)) == []


def test_marks_far_beyond_the_page_are_cut_and_backgrounds_are_none():
    ink = {"drawings": (*ARROWS, Box(-1e6, -1e6, 1e6, 1e6), Box(700, 900, 2000, 3000))}

    assert charts(page_of(*prose(100), *LABELS, line("Heading", 700), **ink)) == [
        ["Referral", "Meeting", "Plan"]
    ]


def test_what_many_pages_draw_stands_there():
    pages = [page_of(*prose(100), drawings=ARROWS) for _ in range(3)]
    other = page_of(*prose(100), drawings=(Box(0, 0, 50, 50),))

    assert len(standing_on([*pages, other])) == len(ARROWS)
    assert standing_on([pages[0], other]) == frozenset()


def test_paragraphs_sentences_and_items_are_running_text():
    lines = [
        *prose(100),
        line("Now Healthy", 200),
        line("• Publish the offer", 300),
        line("Similar triangles have sides whose ratios are equal in every case.", 400),
        line("0 20 40 60 80", 500),
    ]

    assert prose_of(lines) == {0, 1, 2, 4, 5}


@pytest.mark.parametrize(("rows", "is_chart"), [(4, True), (24, False)])
def test_a_few_shaded_cells_make_no_chart_of_a_table(rows, is_chart):
    labels = [line(f"Row {n}", 302 + 16 * n, 70) for n in range(rows)]
    bars = tuple(Box(120, 300 + 16 * n, 200 + 30 * n, 312 + 16 * n) for n in range(4))
    frame = (Box(60, 295, 400, 305 + 16 * rows),)

    page = page_of(*prose(100), *labels, areas=(*bars, *frame), fills=bars)

    assert bool(charts(page)) is is_chart


def test_what_goes_on_after_running_text_on_its_line_is_no_label():
    text = prose(100)
    end = text[-1].box
    formula, label = line("=> a = b", end.top, end.x1 + 4), line("Referral", end.top, end.x1 + 80)

    assert prose_of([*text, formula, label]) == {0, 1, 2, 3}


@pytest.mark.parametrize(("heading", "is_chart"), [("Contents", False), ("Our services", True)])
def test_pictures_among_entries_of_contents_make_no_chart_of_them(heading, is_chart):
    pictures = tuple(Box(60, 200 + 60 * n, 160, 250 + 60 * n) for n in range(4))
    entries = [
        line(f"{title} {8 * n + 3}", 220 + 60 * n, 70)
        for n, title in enumerate(("Retail", "Oil", "Media", "People"))
    ]
    page = page_of(*prose(600), line(heading, 100), *entries, drawings=pictures, pictures=pictures)

    assert bool(charts(page)) is is_chart
