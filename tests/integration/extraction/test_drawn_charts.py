"""Charts drawn in the page's own stream: their letters are set apart, what merely has ink around it is not."""

import pytest
from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from corpus.vocabulary.documents import BlockKind, ExtractionLimits
from harvester.extraction.reading import read_pdf

PROSE = (
    "Young people who leave care in England often move soon after their eighteenth birthday, and many of "
    "them move again within the year that follows. Personal advisers told us that a first home that fails "
    "is seldom followed by a second one that suits, and that the support ends before the need for it does."
)
CAPTION = "Figure 3: Moves in the first year by age"
AGES = ["Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty"]


class Sheet:
    """A page with running text at its top and bottom and room for something drawn between them."""

    def __init__(self, path):
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4, invariant=True)
        self.text(PROSE, 60, 760)
        self.text(PROSE, 60, 150)

    def text(self, words, x, y, *, width=470, size=10, font="Helvetica"):
        self.canvas.setFillColor(colors.black)
        self.canvas.setFont(font, size)
        for row, line in enumerate(simpleSplit(words, font, size, width)):
            self.canvas.drawString(x, y - 1.2 * size * row, line)

    def read(self):
        self.canvas.save()
        return read_pdf(self.path, limits=ExtractionLimits()).text


def of_kind(text, kind):
    return [" ".join(text.text_of(block).split()) for block in text.blocks if block.kind is kind]


def words_of(text, kind):
    return " ".join(of_kind(text, kind)).split()


def columns():
    chart = VerticalBarChart()
    chart.data = [[12, 19, 33, 41, 27]]
    chart.bars[0].fillColor = colors.steelblue
    chart.categoryAxis.categoryNames = AGES
    return chart


def bars():
    chart = HorizontalBarChart()
    chart.data = [[12, 19, 33, 41, 27], [22, 9, 13, 31, 37]]
    chart.categoryAxis.categoryNames = AGES
    return chart


def curve():
    chart = HorizontalLineChart()
    chart.data = [[12, 19, 33, 41, 27], [22, 9, 13, 31, 37]]
    chart.categoryAxis.categoryNames = AGES
    return chart


def pie():
    chart = Pie()
    chart.data = [12, 19, 33, 41, 27]
    chart.labels = AGES
    return chart


@pytest.mark.parametrize("make", [columns, bars, curve, pie])
def test_the_letters_of_a_chart_are_set_apart(tmp_path, make):
    sheet, chart = Sheet(tmp_path / "chart.pdf"), make()
    chart.x, chart.y, chart.width, chart.height = 60, 20, 300, 180
    drawing = Drawing(420, 220)
    drawing.add(chart)
    renderPDF.draw(drawing, sheet.canvas, 60, 350)
    sheet.text(CAPTION, 60, 330, size=9)

    text = sheet.read()

    assert set(AGES) <= set(words_of(text, BlockKind.FIGURE))
    assert of_kind(text, BlockKind.PARAGRAPH) == [PROSE, PROSE]
    assert of_kind(text, BlockKind.CAPTION) == [CAPTION]
    assert not text.tables
    assert text.running_text.split() == [*PROSE.split(), *PROSE.split()]


def test_a_flow_diagram_is_one_figure(tmp_path):
    sheet = Sheet(tmp_path / "flow.pdf")
    steps = ["Referral", "First meeting", "Pathway plan", "Review"]
    for number, step in enumerate(steps):
        x, y = 80 + 110 * number, 480 - 40 * (number % 2)
        sheet.canvas.rect(x, y, 80, 30)
        sheet.text(step, x + 8, y + 11)
        if number:
            before = 480 - 40 * ((number - 1) % 2)
            sheet.canvas.line(x - 30, before + 15, x, y + 15)
            path = sheet.canvas.beginPath()
            path.moveTo(x, y + 15)
            path.lineTo(x - 6, y + 20)
            path.lineTo(x - 8, y + 12)
            path.close()
            sheet.canvas.drawPath(path, fill=1)

    text = sheet.read()

    assert of_kind(text, BlockKind.FIGURE) == [" ".join(steps)]
    assert of_kind(text, BlockKind.PARAGRAPH) == [PROSE, PROSE]


@pytest.mark.parametrize("rounded", [False, True])
def test_text_in_a_box_is_read_on(tmp_path, rounded):
    sheet = Sheet(tmp_path / "box.pdf")
    sheet.canvas.setFillColor(colors.lightblue)
    draw = sheet.canvas.roundRect if rounded else sheet.canvas.rect
    draw(60, 300, 470, 200, **({"radius": 12} if rounded else {}), fill=1)
    for x in (500, 505, 510, 515):  # an ornament in its corner
        sheet.canvas.circle(x, 480, 12, fill=1)
    sheet.text("Case study: Amira", 80, 470, font="Helvetica-Bold", size=12)
    sheet.text(PROSE, 80, 440, width=420)

    text = sheet.read()

    assert not of_kind(text, BlockKind.FIGURE)
    assert "Case study: Amira" in text.running_text
    assert of_kind(text, BlockKind.PARAGRAPH).count(PROSE) == 3


def test_shaded_recommendations_stay_a_list(tmp_path):
    sheet = Sheet(tmp_path / "list.pdf")
    for row in range(4):
        sheet.canvas.setFillColor(colors.lavender)
        sheet.canvas.rect(60, 480 - 30 * row, 440 - 40 * row, 22, stroke=0, fill=1)
        sheet.text(f"{row + 1}. Publish the local offer in plain words", 70, 487 - 30 * row)

    text = sheet.read()

    assert not of_kind(text, BlockKind.FIGURE)
    assert text.running_text.count("Publish the local offer") == 4


@pytest.mark.parametrize("shade", [colors.white, colors.lightgreen])
def test_a_table_of_coloured_cells_stays_a_table(tmp_path, shade):
    sheet = Sheet(tmp_path / "table.pdf")
    rows = [
        ["Age", "2020", "2021", "2022"],
        *([age, str(9 + 7 * n), str(31 - n), "12"] for n, age in enumerate(AGES)),
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.canvas.setFillColor(shade if row % 2 else colors.lightgrey)
            sheet.canvas.rect(60 + 110 * column, 480 - 22 * row, 110, 22, fill=1)
            sheet.text(cell, 68 + 110 * column, 487 - 22 * row)

    text = sheet.read()

    assert not of_kind(text, BlockKind.FIGURE)
    assert len(text.tables) == 1
    assert len(text.tables[0].cells) == 24


def test_the_ornaments_of_a_cover_leave_its_title_alone(tmp_path):
    canvas = Canvas(str(tmp_path / "cover.pdf"), pagesize=A4, invariant=True)
    canvas.setFillColor(colors.teal)
    for radius in range(60, 300, 20):
        canvas.circle(300, 420, radius, fill=radius == 60)
    canvas.setFillColor(colors.black)
    for size, words, y in (
        (30, "Moving on, moving in", 560),
        (16, "Homes after care", 520),
        (11, "A report", 300),
        (11, "May 2024", 280),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(120, y, words)
    canvas.showPage()
    canvas.save()

    text = read_pdf(tmp_path / "cover.pdf", limits=ExtractionLimits()).text

    assert not of_kind(text, BlockKind.FIGURE)
    assert text.title.startswith("Moving on, moving in")


def test_what_every_page_draws_is_no_figure(tmp_path):
    canvas = Canvas(str(tmp_path / "pages.pdf"), pagesize=A4, invariant=True)
    for number in range(4):
        for at in range(6):
            canvas.circle(60 + 80 * at, 700, 40)
        for at, words in enumerate(("What we saw", "What it means", f"Part {'ABCD'[number]}")):
            canvas.setFont("Helvetica", 12)
            canvas.drawString(80 + 150 * at, 690 + 10 * at, words)
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(simpleSplit(PROSE, "Helvetica", 10, 470)):
            canvas.drawString(60, 600 - 12 * row, line)
        canvas.showPage()
    canvas.save()

    assert not of_kind(read_pdf(tmp_path / "pages.pdf", limits=ExtractionLimits()).text, BlockKind.FIGURE)
