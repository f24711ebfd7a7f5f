"""Drawings placed on a page as a whole, whose letters are labels and no running text."""

import ctypes
from collections import deque
from itertools import repeat

import pypdfium2
from pypdfium2 import raw

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame
from harvester.extraction.glyphs import address_of, library_function

_FEWEST_PATHS = 10  # strokes and fills of a drawing; a framed text has its frame
_MOST_OF_PAGE = 0.6  # of the page's area; a form that is larger wraps the page
_MOST_LOOKED_AT = 20_000  # objects of a page
_MOST_INNER = 400  # objects of a form


def find_figures(page: pypdfium2.PdfPage, frame: PageFrame) -> tuple[Box, ...]:
    """Return the boxes of forms that draw, on a page that has text beside them."""
    count = min(raw.FPDFPage_CountObjects(page), _MOST_LOOKED_AT)
    things = list(map(_object, repeat(address_of(page)), range(count)))
    kinds = list(map(_kind, things))
    if raw.FPDF_PAGEOBJ_FORM not in kinds or raw.FPDF_PAGEOBJ_TEXT not in kinds:
        return ()
    forms = (
        ctypes.cast(thing, raw.FPDF_PAGEOBJECT)
        for thing, kind in zip(things, kinds, strict=True)
        if kind == raw.FPDF_PAGEOBJ_FORM
    )
    boxes = (_bounds(form, frame) for form in forms if _draws(form))
    most = _MOST_OF_PAGE * frame.width * frame.height
    return tuple(box for box in boxes if box and (box.x1 - box.x0) * (box.bottom - box.top) <= most)


def _draws(form: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a form, or a form within it, is made of strokes and fills."""
    paths, inner = 0, deque([form])
    looked_at = 0
    while inner and paths < _FEWEST_PATHS:
        holder = inner.popleft()
        for index in range(raw.FPDFFormObj_CountObjects(holder)):
            looked_at += 1
            if looked_at > _MOST_INNER:
                return paths >= _FEWEST_PATHS
            thing = raw.FPDFFormObj_GetObject(holder, index)
            kind = raw.FPDFPageObj_GetType(thing)
            paths += kind == raw.FPDF_PAGEOBJ_PATH
            if kind == raw.FPDF_PAGEOBJ_FORM:
                inner.append(thing)
    return paths >= _FEWEST_PATHS


def _bounds(thing: raw.FPDF_PAGEOBJECT, frame: PageFrame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    return frame.place(left.value, bottom.value, right.value, top.value)


_object = library_function("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_int, result=ctypes.c_void_p)
_kind = library_function("FPDFPageObj_GetType", ctypes.c_void_p, result=ctypes.c_int)
