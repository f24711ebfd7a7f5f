"""The layouts that specimen reports are drawn in: one column, two columns, slides, scanned pages."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pypdfium2
from PIL import Image
from reportlab import platypus
from reportlab.lib import colors, pagesizes
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.tableofcontents import TableOfContents

MARK = "Specimen report, written to show how Greysift works. Not a real evaluation."
MARGIN = 62.0
SCAN_DPI = 130
SCAN_SKEW_DEGREES = 0.35


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's (level 1) or subsection's (level 2) heading."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """One point of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The line above a table."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageEnd:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullet | Caption | Table | PageEnd


def _styles(base: float) -> dict[str, ParagraphStyle]:
    """Paragraph styles for a text size of ``base`` points."""
    text = ParagraphStyle(
        "text", fontName="Times-Roman", fontSize=base, leading=base * 1.35, spaceAfter=base * 0.7
    )
    bold = {"parent": text, "fontName": "Helvetica-Bold", "keepWithNext": 1}
    return {
        "text": text,
        "bullet": ParagraphStyle("bullet", parent=text, leftIndent=14, bulletIndent=3, spaceAfter=base * 0.3),
        "title": ParagraphStyle("title", **(bold | {"fontSize": base * 2.1, "leading": base * 2.5})),
        "heading1": ParagraphStyle(
            "heading1", fontSize=base * 1.4, leading=base * 1.8, spaceBefore=base, **bold
        ),
        "heading2": ParagraphStyle(
            "heading2", fontSize=base * 1.12, leading=base * 1.5, spaceBefore=4, **bold
        ),
        "caption": ParagraphStyle("caption", fontSize=base * 0.92, leading=base * 1.3, **bold),
        "cell": ParagraphStyle("cell", parent=text, fontSize=base * 0.9, leading=base * 1.1, spaceAfter=0),
    }


class _Report(platypus.BaseDocTemplate):
    """A document whose pages carry the specimen mark and whose headings feed the contents page."""

    def __init__(
        self,
        target: io.BytesIO,
        head: Mapping[str, str],
        *,
        size: tuple[float, float] = pagesizes.A4,
        columns: int = 1,
    ) -> None:
        password = head.get("password")
        super().__init__(
            target,
            pagesize=size,
            title=head.get("declared_title", head["title"]),
            author=head["publisher"],
            subject=MARK,
            invariant=1,
            encrypt=StandardEncryption(password, ownerPassword=f"{password} owner", strength=128)
            if password
            else None,
        )
        self._running_title = head["title"].removeprefix("Specimen: ")
        width, height = size
        gap = 20.0
        column = (width - 2 * MARGIN - (columns - 1) * gap) / columns
        frames = [
            platypus.Frame(MARGIN + i * (column + gap), MARGIN, column, height - 2 * MARGIN, 0, 0, 0, 0)
            for i in range(columns)
        ]
        self.addPageTemplates(platypus.PageTemplate(frames=frames, onPage=self._draw_edges))

    def _draw_edges(self, canvas: Canvas, document: platypus.BaseDocTemplate) -> None:
        width, height = self.pagesize
        canvas.setFont("Helvetica", 8)
        if document.page > 1:
            canvas.drawRightString(width - MARGIN, height - 36, f"Specimen: {self._running_title}")
        canvas.drawString(MARGIN, 34, MARK)
        canvas.drawRightString(width - MARGIN, 34, str(document.page))

    def afterFlowable(self, flowable: object) -> None:  # noqa: N802 - the library's name for this hook
        """Tell the contents page of each heading that has been set."""
        if isinstance(flowable, platypus.Paragraph) and flowable.style.name in {"heading1", "heading2"}:
            level = 0 if flowable.style.name == "heading1" else 1
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page))


def _front(head: Mapping[str, str], styles: Mapping[str, ParagraphStyle]) -> list[platypus.Flowable]:
    month = date.fromisoformat(head["published"]).strftime("%B %Y")
    return [
        platypus.Paragraph(head["title"], styles["title"]),
        platypus.Paragraph(f"{head['publisher']}, {month}", styles["text"]),
        platypus.Spacer(1, 8),
    ]


def _flow(blocks: Iterable[Block], styles: Mapping[str, ParagraphStyle]) -> list[platypus.Flowable]:
    flow: list[platypus.Flowable] = []
    for block in blocks:
        match block:
            case Heading(text, level):
                flow.append(platypus.Paragraph(text, styles[f"heading{level}"]))
            case Paragraph(text):
                flow.append(platypus.Paragraph(text, styles["text"]))
            case Bullet(text):
                flow.append(platypus.Paragraph(text, styles["bullet"], bulletText="•"))
            case Caption(text):
                flow.append(platypus.Paragraph(text, styles["caption"]))
            case Table(rows):
                flow.extend([_ruled_table(rows, styles["cell"]), platypus.Spacer(1, 10)])
            case PageEnd():
                flow.append(platypus.PageBreak())
    return flow


def _ruled_table(rows: Sequence[Sequence[str]], style: ParagraphStyle) -> platypus.Table:
    cells = [[platypus.Paragraph(cell, style) for cell in row] for row in rows]
    share = 100 / (len(rows[0]) + 1)
    widths = [f"{2 * share}%"] + [f"{share}%"] * (len(rows[0]) - 1)
    look = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
    return platypus.Table(cells, colWidths=widths, style=platypus.TableStyle(look), repeatRows=1)


def draw_single_column(head: Mapping[str, str], blocks: Sequence[Block], target: io.BytesIO) -> None:
    """Draw a report in one column; with a contents page where the layout speaks of one."""
    styles = _styles(11)
    flow = _front(head, styles)
    if "contents page" in head["layout"]:
        close = {"parent": styles["text"], "spaceAfter": 0}
        levels = [ParagraphStyle("entry1", **close), ParagraphStyle("entry2", leftIndent=14, **close)]
        tight = platypus.TableStyle(
            [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
        )
        contents = TableOfContents(levelStyles=levels, tableStyle=tight)
        flow += [platypus.Paragraph("Contents", styles["caption"]), contents, platypus.PageBreak()]
    _Report(target, head).multiBuild([*flow, *_flow(blocks, styles)])


def draw_two_columns(head: Mapping[str, str], blocks: Sequence[Block], target: io.BytesIO) -> None:
    """Draw a report in two columns."""
    styles = _styles(9.5)
    _Report(target, head, columns=2).build([*_front(head, styles), *_flow(blocks, styles)])


def draw_slides(head: Mapping[str, str], blocks: Sequence[Block], target: io.BytesIO) -> None:
    """Draw landscape slides: a title slide, then one slide for each heading."""
    styles = _styles(17)
    flow = _front(head, styles)
    for block, drawn in zip(blocks, (_flow([block], styles) for block in blocks), strict=True):
        if isinstance(block, Heading):
            flow.append(platypus.PageBreak())
        flow.extend(drawn)
    _Report(target, head, size=(720.0, 405.0)).build(flow)


def draw_scan(head: Mapping[str, str], blocks: Sequence[Block], target: io.BytesIO) -> None:
    """Draw a report, then keep black-and-white pictures of its pages only, slightly askew."""
    typeset = io.BytesIO()
    draw_single_column(head, blocks, typeset)
    canvas = Canvas(target, pagesize=pagesizes.A4, invariant=1)
    canvas.setTitle(head["title"])
    canvas.setSubject(MARK)
    with pypdfium2.PdfDocument(typeset.getvalue()) as document:
        for page in document:
            grey = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
            askew = grey.rotate(SCAN_SKEW_DEGREES, Image.Resampling.BICUBIC, fillcolor=255)
            canvas.drawImage(ImageReader(askew.convert("1", dither=Image.Dither.NONE)), 0, 0, *pagesizes.A4)
            canvas.showPage()
    canvas.save()
