"""Sets sentences in type on PDF pages, and knows where each of them stands."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import reportlab
from reportlab.pdfbase.pdfmetrics import getAscentDescent, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.vocabulary.documents import Box

registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts/Vera.ttf")))
TOP, BOTTOM, LEFT, GUTTER = 90.0, 90.0, 60.0, 24.0


@dataclass
class Setting:
    """How a document is set: its type, how many columns a page has, how pages lie, what is cut off their edges."""

    font: str = "Helvetica"
    size: float = 10.0
    columns: int = 1
    width: float = 595.0
    height: float = 842.0
    rotation: int = 0
    cropped: float = 0.0
    places: list[dict[int, list[Box]]] = field(default_factory=list)

    def draw(self, path: Path, paragraphs: list[list[str]]) -> list[dict[int, list[Box]]]:
        """Draw paragraphs of sentences; return for each sentence its boxes by page. ``+`` is where a word may break."""
        self._begin(path)
        for sentences in paragraphs:
            for line in self._lines(sentences):
                self._draw_line(line)
            self._row += 0.8
        self._canvas.showPage()
        self._canvas.save()
        return self.places

    def _begin(self, path: Path) -> None:
        # A turned page's size is as it is shown: reportlab turns its media box.
        self._canvas = Canvas(str(path), pagesize=(self.width, self.height), invariant=True)
        self._page, self._column, self._row = 0, 0, 0.0
        self._measure = (self.width - 2 * LEFT - (self.columns - 1) * GUTTER) / self.columns
        self._begin_page()

    def _begin_page(self) -> None:
        if self._page:
            self._canvas.showPage()
        self._page += 1
        self._canvas.setPageRotation(self.rotation)
        # What is shown upright is drawn turned.
        match self.rotation:
            case 90:
                self._canvas.transform(0, 1, -1, 0, self.height, 0)
            case 180:
                self._canvas.transform(-1, 0, 0, -1, self.width, self.height)
            case 270:
                self._canvas.transform(0, -1, 1, 0, 0, self.width)
        if self.cropped:
            edge = self.cropped
            self._canvas.setCropBox((edge, edge, self.width - edge, self.height - edge))

    def _lines(self, sentences: list[str]) -> list[list[tuple[str, int]]]:
        """Break sentences into lines of words, each with the number of its sentence."""
        lines: list[list[tuple[str, int]]] = [[]]
        for number, sentence in enumerate(sentences, start=len(self.places)):
            for word in sentence.split():
                plain = word.replace("+", "")
                if self._width([*lines[-1], (plain, number)]) <= self._measure:
                    lines[-1].append((plain, number))
                    continue
                first, plus, second = word.partition("+")
                if plus and self._width([*lines[-1], (f"{first}-", number)]) <= self._measure:
                    lines[-1].append((f"{first}-", number))
                    plain = second
                lines.append([(plain, number)])
        self.places += [{} for _ in sentences]
        return lines

    def _width(self, words: list[tuple[str, int]]) -> float:
        return stringWidth(" ".join(word for word, _ in words), self.font, self.size)

    def _draw_line(self, line: list[tuple[str, int]]) -> None:
        leading = 1.25 * self.size
        if TOP + (self._row + 1) * leading > self.height - BOTTOM:
            self._row, self._column = 0.0, self._column + 1
            if self._column == self.columns:
                self._column = 0
                self._begin_page()
        left = LEFT + self._column * (self._measure + GUTTER)
        baseline = TOP + self._row * leading + self.size
        self._canvas.setFont(self.font, self.size)
        self._canvas.drawString(left, self.height - baseline, " ".join(word for word, _ in line))
        self._note(line, left=left - self.cropped, baseline=baseline - self.cropped)
        self._row += 1

    def _note(self, line: list[tuple[str, int]], *, left: float, baseline: float) -> None:
        ascent, descent = getAscentDescent(self.font, self.size)
        for number in dict.fromkeys(number for _, number in line):
            held = [place for place, (_, other) in enumerate(line) if other == number]
            before = line[: held[0]]
            start = self._width([*before, ("", number)]) if before else 0.0
            end = self._width(line[: held[-1] + 1])
            box = Box(left + start, baseline - ascent, left + end, baseline - descent)
            self.places[number].setdefault(self._page, []).append(box)


def overlap(one: list[Box], other: list[Box]) -> float:
    """Return what two areas of boxes have in common, as a share of both together."""
    xs = sorted({x for box in (*one, *other) for x in (box.x0, box.x1)})
    ys = sorted({y for box in (*one, *other) for y in (box.top, box.bottom)})
    common = whole = 0.0
    for x0, x1 in pairwise(xs):
        for top, bottom in pairwise(ys):
            held = [
                any(b.x0 <= x0 and x1 <= b.x1 and b.top <= top and bottom <= b.bottom for b in area)
                for area in (one, other)
            ]
            common += all(held) * (x1 - x0) * (bottom - top)
            whole += any(held) * (x1 - x0) * (bottom - top)
    return common / whole
