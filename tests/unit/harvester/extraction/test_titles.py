import pytest

from corpus.vocabulary.documents import Block, BlockKind, Box
from harvester.extraction.composing import compose_as_drawn
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.structure.titling import agree
from harvester.extraction.titles import find_title, is_sensible

BODY = [("Young people who leave care in England often move soon.", 10)] * 4


def page_of(*lines, number=1):
    """A page of (text, size) lines, one under the other."""
    tops = [sum(size * 1.2 for _, size in lines[:position]) for position in range(len(lines))]
    rows = tuple(
        line_of([Token(word, Box(0, top, 50, top + size)) for word in text.split()])
        for (text, size), top in zip(lines, tops, strict=True)
    )
    return compose_as_drawn(PageLines(595, 842, rows), number=number).page


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - report v3.doc", "PowerPoint Presentation", "untitled", "Untitled-1", "Layout 1",
        "final_report_2019", "RR543", "report.pdf", "Evaluation of housing.docx", "Document1", "", "12", "a\ufffd title",
        "Word Document", "Microsoft Word", "New document 2", "Document title", "Insert title here", "Scanned document",
        "Title", "Report template - visits", "Hull - Draft Report", "A Guide ... Homes", "long " * 100,
    ],
)  # fmt: skip
def test_names_of_files_and_programs_are_no_titles(title):
    assert not is_sensible(title)


@pytest.mark.parametrize(
    "title",
    [
        "Housing after care",
        "Evaluation of mentoring: final report",
        "Moving on",
        "Microsoft in schools",
        "Homelessness",
    ],
)
def test_what_a_person_wrote_is_a_title(title):
    assert is_sensible(title)


def test_a_declared_title_that_is_printed_counts():
    pages = [page_of(("HOUSING AFTER CARE", 20), *BODY)]

    assert find_title(" Housing  after care\0", pages) == ("Housing after care", "metadata")


def test_a_title_left_by_a_template_gives_way_to_the_largest_type():
    pages = [page_of(("Housing after care,", 20), ("final report", 20), *BODY)]

    assert find_title("Corporate template with photograph", pages) == (
        "Housing after care, final report",
        "typography",
    )


def test_a_declared_title_of_which_the_text_has_single_words_gives_way_to_a_printed_one():
    pages = [page_of(("Housing after care", 20), *BODY, ("The chart counts them.", 10))]

    assert find_title("Chart shapes", pages) == ("Housing after care", "typography")


def test_a_declared_title_in_small_type_beats_another_in_large_type():
    pages = [page_of(("The Homes Foundation", 20), ("Housing after", 10), ("care", 10), *BODY)]

    assert find_title("Housing after care", pages) == ("Housing after care", "metadata")


def test_a_scan_keeps_its_declared_title():
    assert find_title("Housing after care", [page_of()]) == ("Housing after care", "metadata")


def test_the_largest_type_may_stand_on_the_second_page():
    pages = [page_of(*BODY), page_of(("Housing after care", 20), *BODY, number=2)]

    assert find_title(None, pages) == ("Housing after care", "typography")


def test_a_caption_in_large_type_is_no_title():
    page = page_of(("Homes by region and year", 20), ("Housing after care", 15), *BODY)
    caption = Block(BlockKind.CAPTION, 1, 0, len("Homes by region and year"))

    assert find_title(None, [page], blocks=[caption]) == ("Housing after care", "typography")


def test_a_large_figure_is_no_title():
    pages = [page_of(("2019", 60), ("Housing after care", 20), *BODY)]

    assert find_title(None, pages) == ("Housing after care", "typography")


def test_type_of_one_size_gives_no_title():
    assert find_title("untitled", [page_of(*BODY)]) == (None, None)


def test_no_pages_give_no_title():
    assert find_title(None, []) == (None, None)


def test_a_stamp_along_the_margin_is_no_title():
    stamp = line_of([Token("stamped-in-the-margin", Box(0, 0, 9, 200)), Token("2019", Box(0, 200, 9, 250))])
    title = line_of([Token("Housing", Box(20, 0, 90, 20)), Token("after", Box(95, 0, 140, 20))])
    body = [line_of([Token("words", Box(20, top, 50, top + 10))]) for top in range(40, 100, 12)]

    assert find_title(
        None, [compose_as_drawn(PageLines(595, 842, (stamp, title, *body)), number=1).page]
    ) == (
        "Housing after",
        "typography",
    )


@pytest.mark.parametrize(
    ("known", "printed", "is_same"),
    [
        ("Housing after care", "HOUSING AFTER CARE", True),
        ("Housing after care: a report | Homes for All", "Housing after care", True),
        ("Housing after care in the north", "Housing and jobs after care", True),
        ("Annual report 2020", "Housing after care", False),
        ("", "Housing after care", False),
        ("???", "!!!", False),
    ],
)
def test_titles_agree(known, printed, is_same):
    assert agree(known, printed) is is_same


def test_heading_of_a_section_is_no_title():
    large = [("2.1 Where they lived", 20), ("Executive summary", 15)]
    pages = [page_of(*large, *BODY), page_of(("Housing after care", 16), *BODY)]
    assert find_title(None, pages) == ("Housing after care", "typography")


def test_formula_is_no_title():
    pages = [page_of(("⟨φω∗ k⟩ = ∑ (Hω + 1) · (kk′ − nn′) / (2 ∂x)", 20), ("Housing after care", 15), *BODY)]
    assert find_title(None, pages) == ("Housing after care", "typography")


@pytest.mark.parametrize(
    "large",
    [
        "This page is intentionally left blank",
        "a. Medical Center Director",
        "(ii) Chief of staff",
        "B) Housing officers",
        "C. Housing officers",
        "Table 6 Mean number of homes by region",
        "Most of those who left care had moved again (table 4). Many of them did not wish to",
        "one half. This makes it hard to tell",
        "⟨φω k φω⟩ = Hω kk nn",
        "zyxwvutsrqponmlkjihgfedcbaZYWVUTSRQPONMLKJIHGFEDCBA",
    ],
)
def test_captions_sentences_and_blank_pages_are_no_titles(large):
    assert (
        find_title(None, [page_of((large, 20), ("Housing after care", 15), *BODY)])[0] == "Housing after care"
    )
