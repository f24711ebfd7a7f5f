"""Sets text in columns and draws it as many word processors and OCR layers do: row by row, across the gutter."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
SENTENCES = (
    "Young people who leave care often move soon after their eighteenth birthday.",
    "Most of those we spoke to had moved at least twice within the first year.",
    "Support was said to be good where one adviser stayed with a young person throughout.",
    "In three of the areas nobody could say how many had lost their tenancy.",
    "Housing officers and personal advisers met every month, and went through each case in turn.",
    "Costs were shared between the council and the charity that ran the scheme.",
    "What mattered was that somebody answered the telephone.",
    "The evaluation followed forty tenants for eighteen months, of whom thirty could be interviewed again.",
)


@dataclass(frozen=True)
class Row:
    """A line of text as it is to be drawn."""

    text: str
    x: float
    top: float
    size: float = 10.0
    font: str = "Helvetica"


def paragraph(start: int, *, sentences: int = 4) -> str:
    """Running text: some sentences, from one of them on."""
    turns = cycle(SENTENCES)
    chosen = [next(turns) for _ in range(start + sentences)][start:]
    return " ".join(chosen)


def set_lines(
    text: str, *, width: float, size: float = 10.0, font: str = "Helvetica", breaks: bool = False
) -> list[str]:
    """Break text into lines as wide as fit; ``breaks`` parts long words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        half = len(word) // 2
        if stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        elif breaks and len(word) > 8 and stringWidth(f"{lines[-1]} {word[:half]}-", font, size) <= width:
            lines[-1] = f"{lines[-1]} {word[:half]}-"
            lines.append(word[half:])
        else:
            lines.append(word)
    return lines


def column(
    x: float,
    top: float,
    paragraphs: Iterable[str],
    *,
    width: float,
    size: float = 10.0,
    leading: float = 12.0,
    between: float = 6.0,
    lines: int | None = None,
) -> list[Row]:
    """Paragraphs under one another, at most so many lines."""
    rows: list[Row] = []
    for text in paragraphs:
        for line in set_lines(text, width=width, size=size):
            rows.append(Row(line, x, top, size))
            top += leading
        top += between
    return rows[:lines]


def draw(path: Path, *pages: Iterable[Row], rules: Iterable[tuple[float, float, float]] = ()) -> Path:
    """Draw the rows of each page from top to bottom, those at one height from left to right; rules are (x0, x1, top)."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for rows in pages:
        numbers = count()
        for row in sorted(rows, key=lambda row: (round(row.top + row.size), row.x, next(numbers))):
            canvas.setFont(row.font, row.size)
            canvas.drawString(row.x, HEIGHT - row.top - row.size, row.text)
        for x0, x1, top in rules:
            canvas.line(x0, HEIGHT - top, x1, HEIGHT - top)
        canvas.showPage()
    canvas.save()
    return path
