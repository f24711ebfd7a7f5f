import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.furniture import find_furniture, is_page_number, parts_of
from harvester.extraction.lines import PageLines, Token, line_of


def page_of(*rows):
    """A page of 600 × 800 points with (text, top) rows of 10-point type."""
    return PageLines(
        600.0, 800.0, tuple(line_of([Token(text, Box(50, top, 300, top + 10))]) for text, top in rows)
    )


def kinds(pages):
    return [
        {page.lines[index].text: kind for index, kind in found.items()}
        for page, found in zip(pages, find_furniture(pages, body_size=10), strict=True)
    ]


class Body:
    """Lines that are others on every page."""

    drawn = 0

    def __iter__(self):
        Body.drawn += 1
        word = "".join(chr(ord("a") + int(digit)) for digit in str(Body.drawn))
        return iter([(f"{word} {letter}", 100 + 12 * place) for place, letter in enumerate("hijklmno")])


BODY = Body()


def test_what_repeats_at_the_edges_runs():
    pages = [page_of(("Annual report", 20), *BODY, (f"Page {number} of 9", 780)) for number in range(1, 7)]

    assert kinds(pages) == [
        {"Annual report": BlockKind.HEADER, f"Page {number} of 9": BlockKind.FOOTER} for number in range(1, 7)
    ]


def test_text_and_number_of_one_footer_are_told_apart():
    words = [
        Token("Charity", Box(50, 0, 90, 10)),
        Token("123", Box(93, 0, 110, 10)),
        Token("4", Box(500, 0, 506, 10)),
    ]

    parts = parts_of(line_of(words))

    assert [(part.text, is_page_number(part)) for part in parts] == [("Charity 123", False), ("4", True)]


@pytest.mark.parametrize("text", ["Page 4 of 20", "– 15 –", "iv", "12/40", "p. 7"])
def test_page_numbers_are_known_by_their_form(text):
    assert is_page_number(line_of([Token(text, Box(0, 0, 9, 9))]))


def test_a_number_that_does_not_count_with_the_pages_is_body():
    places = (("17", 780), ("4", 700), ("230", 660), ("9", 745), ("88", 720))
    pages = [page_of(*BODY, place) for place in places]

    assert kinds(pages) == [{}] * 5


def test_roman_numbers_count():
    pages = [page_of(*BODY, (text, 780)) for text in ("ii", "iii", "iv", "v", "vi")]

    assert {kind for found in kinds(pages) for kind in found.values()} == {BlockKind.FOOTER}


def test_headers_that_change_with_the_chapter_run_where_they_stand_apart():
    pages = [page_of((f"{title} chapter", 20), *BODY) for title in ("one", "two", "three", "four", "five")]

    assert all(BlockKind.HEADER in found.values() for found in kinds(pages))


def test_the_first_line_of_the_body_is_no_header_though_all_bodies_begin_there():
    pages = [
        page_of((f"the body of {word} begins", 88), *BODY) for word in ("one", "two", "three", "four", "five")
    ]

    assert kinds(pages) == [{}] * 5


def test_the_head_of_a_table_on_two_pages_of_many_is_body():
    table = page_of(("Name Sum", 40), *BODY)
    pages = [page_of(*BODY), table, table, *[page_of(*BODY)] * 4]

    assert "Name Sum" not in {text for found in kinds(pages) for text in found}


def test_nothing_within_the_body_runs():
    pages = [
        page_of(("first words " + "abcdefgh"[number], 20), ("Same again", 32), *BODY) for number in range(6)
    ]

    assert kinds(pages) == [{}] * 6


def test_a_single_page_has_nothing_that_runs():
    assert kinds([page_of(("Report", 20), *BODY, ("1", 780))]) == [{}]


def test_pages_alike_from_top_to_bottom_have_no_running_lines():
    assert kinds([page_of(("Name of the child", 20))] * 5) == [{}] * 5


def test_a_head_that_stands_lower_on_the_first_page_runs_there_too():
    first = page_of(("Annual report", 31), *BODY)
    pages = [first, *(page_of(("Annual report", 20), *BODY) for _ in range(5))]

    assert all(found == {"Annual report": BlockKind.HEADER} for found in kinds(pages))


def test_the_head_of_a_table_that_goes_on_is_body():
    def table():
        return [("Plant and owner", 88), *BODY]

    pages = [page_of(("Report", 20), *(table() if number < 4 else BODY)) for number in range(10)]

    assert all(found == {"Report": BlockKind.HEADER} for found in kinds(pages))


def test_the_caption_of_a_table_that_goes_on_is_body():
    pages = [page_of(("Table 5. Owners, continued", 20), *BODY) for _ in range(8)]

    assert not any(kinds(pages))


def test_titles_of_slides_are_body_though_they_stand_at_one_height():
    titles = [
        "Aims",
        "Aims",
        "Methods",
        "Data",
        "Data",
        "Data",
        "Results",
        "Costs",
        "Care",
        "End",
        "More",
        "Still more",
    ]
    large = [line_of([Token(title, Box(50, 20, 300, 40))]) for title in titles]
    pages = [PageLines(600.0, 800.0, (line, *page_of(*BODY).lines)) for line in large]

    assert not any(kinds(pages))


def test_front_matter_counted_in_roman_numbers_has_the_same_footer():
    numbers = ["iii", "v", "vii", "1", "3", "5"]
    pages = [page_of(*BODY, (f"{number} Report 6500", 780)) for number in numbers]

    assert [list(found.values()) for found in kinds(pages)] == [[BlockKind.FOOTER]] * 6


def test_a_header_below_a_large_empty_margin_runs():
    def lower(pages):
        return [
            PageLines(
                600.0,
                1000.0,
                tuple(
                    line_of([Token(line.text, Box(50, top + 190, 300, top + 200))])
                    for line in page.lines
                    for top in [line.box.top]
                ),
            )
            for page in pages
        ]

    pages = lower([page_of(("Bill 1904—" + str(number), 20), *BODY) for number in range(2, 9)])

    assert kinds(pages) == [{f"Bill 1904—{number}": BlockKind.HEADER} for number in range(2, 9)]


@pytest.mark.parametrize("name", ["Table", "Figure", "Chart"])
def test_captions_alone_at_the_top_of_pages_in_a_row_are_body(name):
    pages = [page_of((f"{name} {number}", 20), *BODY) for number in range(1, 7)]

    assert not any(kinds(pages))


def test_headers_alternate_on_left_and_right_pages():
    pages = [
        page_of(
            (f"{number} | Report" if number % 2 else f"{'xyzuvw'[number // 2]} chapter | {number}", 20), *BODY
        )
        for number in range(1, 9)
    ]

    assert all(list(found.values()) == [BlockKind.HEADER] for found in kinds(pages))


def test_a_name_that_changes_runs_beside_a_number_that_counts_though_few_pages_have_it():
    chapters = [page_of((f"{'xyzu'[number - 11]} chapter {number}", 20), *BODY) for number in range(11, 15)]
    pages = [*(page_of(*BODY) for _ in range(10)), *chapters]

    assert [bool(found) for found in kinds(pages)] == [False] * 10 + [True] * 4


def test_numbers_of_paragraphs_are_no_page_numbers():
    pages = [page_of((f"{number}. Words {'xyzuvw'[number - 1]}", 20), *BODY) for number in range(1, 6)]
    pages += [page_of(*BODY) for _ in range(10)]

    assert not any(kinds(pages))


def test_heads_of_tables_where_other_pages_have_text_are_body():
    table = [page_of(("Key judgement", 110), ("Good", 140)) for _ in range(3)]
    pages = [page for head in table for page in (head, *(page_of(*BODY) for _ in range(5)))]

    assert not any(kinds(pages))


def test_what_stands_at_the_top_of_pages_far_apart_is_body():
    quoted = [page_of(("A query gives", 60), *BODY) for _ in range(3)]
    pages = [page for page_with in quoted for page in (page_with, *(page_of(*BODY) for _ in range(9)))]

    assert not any(kinds(pages))


def test_a_page_number_may_stand_a_line_lower_where_it_counts_on():
    heights = (768, 768, 776, 776, 780)
    pages = [page_of(*BODY, (str(number), height)) for number, height in enumerate(heights, start=1)]

    assert [list(found) for found in kinds(pages)] == [["1"], ["2"], ["3"], ["4"], ["5"]]


def headed(text, *, top, size):
    """A page whose text of 10-point type begins at 60, under a row of type of another size."""
    page = page_of(*((words, top - 40) for words, top in BODY))
    head = line_of([Token(text, Box(50, top, 200, top + size))])
    return PageLines(600.0, 800.0, (head, *page.lines))


def test_a_numbered_heading_on_top_of_each_pages_text_does_not_run():
    assert not any(kinds([headed(f"Case study {number}", top=38, size=14) for number in range(1, 7)]))


def test_what_stands_apart_or_is_small_or_says_the_same_runs():
    for pages in (
        [headed(f"Case study {number}", top=20, size=14) for number in range(1, 7)],
        [headed(f"Case study {number}", top=45, size=9) for number in range(1, 7)],
        [headed("Our plans", top=38, size=14) for _ in range(6)],
    ):
        assert all(BlockKind.HEADER in found.values() for found in kinds(pages))


@pytest.mark.parametrize(("reference", "is_note"), [("area.{}", True), ("area", False)])
def test_notes_that_say_the_same_on_each_page_do_not_run(reference, is_note):
    pages = []
    for number in range(1, 7):
        body = page_of(*BODY, (reference.format(number), 500)).lines
        mark = line_of([Token(str(number), Box(50, 748, 53, 753))])
        note = line_of([Token("Ibid.,", Box(57, 749, 80, 757)), Token("p.", Box(83, 749, 90, 757))])
        pages.append(PageLines(600.0, 800.0, (*body, mark, note)))
    assert all(("Ibid., p." not in found) is is_note for found in kinds(pages))
