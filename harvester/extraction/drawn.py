"""How much of a page is pictures and strokes, told with PDFium. Belongs into a child process."""

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_MOST_OBJECTS = 2_000
_MOST_NESTING = 4  # forms within forms
_PICTURES = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The share of the page's area that pictures cover, overlaps counted twice and the whole at most 1; strokes and fills."""

    pictures: float
    strokes: int


def look_at(page: pypdfium2.PdfPage) -> Drawn:
    """Look at a page's objects, its forms' included, as many as tell."""
    covered, strokes = 0.0, 0
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, index)
        has_picture, inner = _kinds(thing, depth=0)
        covered += _area(thing) if has_picture else 0.0
        strokes += inner
    width, height = page.get_size()
    return Drawn(min(covered / max(width * height, 1.0), 1.0), strokes)


def _kinds(thing: raw.FPDF_PAGEOBJECT, *, depth: int) -> tuple[bool, int]:
    """Whether an object is or holds a picture, and how many strokes and fills it is or holds."""
    kind = raw.FPDFPageObj_GetType(thing)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        return kind in _PICTURES, int(kind == raw.FPDF_PAGEOBJ_PATH)
    has_picture, strokes = False, 0
    if depth < _MOST_NESTING:
        for index in range(min(max(raw.FPDFFormObj_CountObjects(thing), 0), _MOST_OBJECTS)):
            inner = raw.FPDFFormObj_GetObject(thing, index)
            found, more = _kinds(inner, depth=depth + 1)
            has_picture |= found
            strokes += more
            if strokes > _MOST_OBJECTS:
                break
    return has_picture, strokes


def _area(thing: raw.FPDF_PAGEOBJECT) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0.0
    return max(right.value - left.value, 0.0) * max(top.value - bottom.value, 0.0)
