"""Drawn reports with known layouts: what is read, in which order, and where it stands."""

from itertools import pairwise

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.vocabulary.documents import BlockKind
from harvester.extraction import read_document
from harvester.extraction.pdfium import PdfiumDocument

WIDTH, HEIGHT = A4
SIZE, LEADING = 10, 12
WORDS = [
    "young",
    "people",
    "who",
    "leave",
    "care",
    "in",
    "England",
    "often",
    "move",
    "soon",
    "after",
    "their",
    "eighteenth",
    "birthday",
]


def draw(path, pages):
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for rows in pages:
        for text, x, top in rows:
            canvas.setFont("Helvetica", SIZE)
            canvas.drawString(x, HEIGHT - top - SIZE, text)
        canvas.showPage()
    canvas.save()
    return read_document(path).text


def column(x, top, start, *, lines=12, width=220):
    """Lines of running text that fill a column."""
    rows, at = [], start
    for number in range(lines):
        line = ""
        while stringWidth(f"{line} {WORDS[at % len(WORDS)]}", "Helvetica", SIZE) < width:
            line = f"{line} {WORDS[at % len(WORDS)]}".strip()
            at += 1
        rows.append((line, x, top + LEADING * number))
    return rows


def paragraphs(text):
    return [text.text_of(block) for block in text.blocks if block.kind is BlockKind.PARAGRAPH]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    left, right = column(50, 100, 0), column(310, 100, 5)

    text = draw(tmp_path / "columns.pdf", [[*left, *right]])

    assert [line for block in paragraphs(text) for line in block.split("\n")] == [
        row[0] for row in [*left, *right]
    ]


def test_headers_footers_and_numbers_are_set_apart_and_no_line_is_lost(tmp_path):
    bodies = [column(50, 100, number, lines=30, width=480) for number in range(6)]
    pages = [
        [("Evaluation of housing", 50, 40), *body, ("Charity 1046", 50, 790), (f"{number}", 500, 790)]
        for number, body in enumerate(bodies, start=1)
    ]

    text = draw(tmp_path / "running.pdf", pages)

    kinds = {kind: [text.text_of(block) for block in text.blocks if block.kind is kind] for kind in BlockKind}
    assert kinds[BlockKind.HEADER] == ["Evaluation of housing"] * 6
    assert kinds[BlockKind.FOOTER] == ["Charity 1046"] * 6
    assert kinds[BlockKind.PAGE_NUMBER] == ["1", "2", "3", "4", "5", "6"]
    assert "\n".join(paragraphs(text)).split("\n") == [row[0] for body in bodies for row in body]
    assert "Charity" not in text.main_text


def test_a_broken_word_is_whole_and_leads_back_to_both_lines(tmp_path):
    text = draw(tmp_path / "hyphen.pdf", [[("the second evalu-", 50, 100), ("ation of the pilot", 50, 112)]])

    page = text.pages[0]
    (word,) = [word for word in page.words if word.text == "evaluation"]
    assert page.text == "the second evaluation\nof the pilot"
    assert page.original == "the second evalu-\nation of the pilot"
    assert [round(box.top) // 10 for box in word.boxes] == [10, 11]


def test_what_is_drawn_last_at_the_top_is_read_first(tmp_path):
    body = column(50, 200, 0, width=480)

    text = draw(tmp_path / "late.pdf", [[*body, ("The department's address", 50, 60)]])

    assert text.pages[0].text.startswith("The department's address\n\nyoung people")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_lines_of_turned_text_are_whole(tmp_path, turn):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4, invariant=True)
    canvas.translate(300, 400)
    canvas.rotate(turn)
    canvas.drawString(0, 0, "Key stage four results")
    canvas.save()

    text = read_document(tmp_path / "turned.pdf").text

    assert text.pages[0].text == "Key stage four results"


def test_words_stand_in_the_text_in_order(tmp_path):
    text = draw(tmp_path / "words.pdf", [[*column(50, 100, 0), *column(310, 100, 5)]])

    for page in text.pages:
        assert all(page.text[word.start : word.end] == word.text for word in page.words)
        assert all(one.end < other.start for one, other in pairwise(page.words))


def test_an_accent_drawn_by_itself_is_put_on_its_letter(tmp_path):
    # Drawn as old typesetting does: the line first, its accents after.
    accent = 50 + stringWidth("Szyma", "Helvetica", SIZE) + 1
    text = draw(tmp_path / "accent.pdf", [[("Szymanski and others", 50, 100), ("´", accent, 100)]])

    page = text.pages[0]
    assert page.text == "Szymański and others"
    assert page.original == "Szyma´nski and others"


def test_letters_of_a_drawing_are_set_apart(tmp_path):
    canvas = Canvas(str(tmp_path / "figure.pdf"), pagesize=A4, invariant=True)
    canvas.beginForm("chart", 0, 0, 200, 200)
    for number in range(12):
        canvas.line(0, 15 * number, 180, 10 * number)
        canvas.drawString(185, 15 * number, str(number))
    canvas.endForm()
    canvas.translate(100, 500)
    canvas.doForm("chart")
    canvas.drawString(0, -40, "Figure 1. Moves by age")
    canvas.save()

    text = read_document(tmp_path / "figure.pdf").text

    assert [block.kind for block in text.blocks] == [BlockKind.FIGURE, BlockKind.CAPTION]
    assert text.main_text == "Figure 1. Moves by age"


def test_the_fast_words_stand_on_the_letters(tmp_path):
    draw(tmp_path / "fast.pdf", [column(50, 100, 0)])
    document = PdfiumDocument(tmp_path / "fast.pdf")

    glyphs, boxes = document.read_words(0)

    page = read_document(tmp_path / "fast.pdf").text.pages[0]
    assert [glyphs.text[start:end] for start, end in glyphs.spans] == [word.text for word in page.words]
    assert [(x0, x1) for x0, _, x1, _ in boxes.tolist()] == [
        (word.box.x0, word.box.x1) for word in page.words
    ]
    # They reach as far up and down as the font says; those of a whole document as letters do.
    assert all(
        top <= word.box.top < word.box.bottom <= bottom and round(word.box.bottom - word.box.top, 1) == 9.8
        for (_, top, _, bottom), word in zip(boxes.tolist(), page.words, strict=True)
    )


def draw_turned(path, *, shown, angle):
    """Two columns on each of three pages, with a header and numbers; the pages shown or the text drawn turned."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number in range(3):
        if shown:
            canvas.setPageRotation(angle)
            # The size is that of the page as shown: reportlab turns the media box with it.
            canvas.setPageSize((HEIGHT, WIDTH) if angle in {90, 270} else A4)
        elif angle:
            width, height = HEIGHT, WIDTH  # of a portrait page on which the text lies
            canvas.setPageSize((width, height))
            canvas.translate(*{90: (width, 0), 180: (WIDTH, HEIGHT), 270: (0, height)}[angle])
            canvas.rotate(angle)
        canvas.setFont("Helvetica", SIZE)
        rows = [("A yearly report", 60, 30), (str(number + 1), 300, 800)]
        rows += column(60, 80, 12 * number, lines=20) + column(320, 80, 12 * number + 5, lines=20)
        for text, x, top in rows:
            canvas.drawString(x, HEIGHT - top - SIZE, text)
        canvas.showPage()
    canvas.save()
    return read_document(path).text


@pytest.mark.parametrize(
    ("shown", "angle"), [(True, 90), (True, 180), (True, 270), (False, 90), (False, 270)]
)
def test_turned_text_is_read_as_upright_text(tmp_path, shown, angle):
    upright = draw_turned(tmp_path / "upright.pdf", shown=True, angle=0)
    made = draw_turned(tmp_path / "turned.pdf", shown=shown, angle=angle)
    assert [page.text for page in made.pages] == [page.text for page in upright.pages]
    assert [block.kind for block in made.blocks] == [block.kind for block in upright.blocks]
    for page in made.pages:
        lying = angle != 180
        assert (page.width < page.height) is not lying
        assert all(word.box.x1 <= page.width and word.box.bottom <= page.height for word in page.words)
        header = page.words[0].box
        corner = {90: (page.width, 0), 180: (page.width, page.height), 270: (0, page.height)}
        if shown:
            x, y = corner[angle]
            assert abs(header.x0 - x) < 100
            assert abs(header.top - y) < 100
