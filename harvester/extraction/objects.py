"""What a page is drawn with: its objects, asked of PDFium in bulk.

A page may have thousands; mapped calls have no interpreter between one object and the next. Handles are addresses.
"""

from collections import deque
from collections.abc import Sequence
from ctypes import c_int, c_void_p
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from harvester.extraction.glyphs import library_function

TEXT, PATH, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
PICTURES = frozenset({raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING})

Matrix = tuple[float, float, float, float, float, float]
Corners = NDArray[np.float32]
"""A row an object: left, bottom, right, top in the coordinates of what holds it."""


def objects_of_page(page: int, most: int) -> list[int]:
    """Return a page's objects, ``most`` at most."""
    return list(map(_of_page, repeat(page), range(min(_count_of_page(page), most))))


def objects_of_form(form: int, most: int) -> list[int]:
    """Return the objects of a form, ``most`` at most."""
    return list(map(_of_form, repeat(form), range(min(_count_of_form(form), most))))


def kinds_of(things: Sequence[int]) -> list[int]:
    """Return what each object is."""
    return list(map(_kind, things))


def bounds_of(things: Sequence[int]) -> tuple[Corners, NDArray[np.bool_]]:
    """Return the boxes of objects, and for which of them the library knows it."""
    corners = np.zeros((len(things), 4), np.float32)
    at = corners.ctypes.data
    places = (range(at + 4 * side, at + 4 * side + 16 * len(things), 16) for side in range(4))
    known = np.fromiter(map(_bounds, things, *places), np.intc, len(things))
    return corners, known != 0


def matrices_of(things: Sequence[int]) -> list[Matrix]:
    """Return how each object is turned, scaled and moved into what holds it."""
    matrices = np.zeros((len(things), 6), np.float32)
    matrices[:, [0, 3]] = 1.0
    at = matrices.ctypes.data
    deque(map(_matrix, things, range(at, at + 24 * len(things), 24)), maxlen=0)
    return [(a, b, c, d, e, f) for a, b, c, d, e, f in matrices.tolist()]


def are_drawn(paths: Sequence[int]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which paths are filled, and which are stroked."""
    modes = np.zeros((2, len(paths)), np.intc)
    deque(map(_draw_mode, paths, *_places(modes)), maxlen=0)
    return modes[0] != 0, modes[1] != 0


def are_pale(paths: Sequence[int], white: int) -> NDArray[np.bool_]:
    """Return which paths are filled with nothing that shows on paper: each part of the colour at least ``white`` of 255."""
    colours = np.zeros((4, len(paths)), np.uintc)
    known = np.fromiter(map(_fill, paths, *_places(colours)), np.intc, len(paths)) != 0
    pale: NDArray[np.bool_] = known & ((colours[3] == 0) | (colours[:3].min(axis=0, initial=255) >= white))
    return pale


def _places(values: NDArray[Any]) -> list[range]:
    """Return, row by row, the addresses of an array's numbers."""
    width, length = values.itemsize, values.shape[1] * values.itemsize
    at = values.ctypes.data
    return [range(at + row * length, at + (row + 1) * length, width) for row in range(len(values))]


_count_of_page = library_function("FPDFPage_CountObjects", c_void_p, result=c_int)
_count_of_form = library_function("FPDFFormObj_CountObjects", c_void_p, result=c_int)
_of_page = library_function("FPDFPage_GetObject", c_void_p, c_int, result=c_void_p)
_of_form = library_function("FPDFFormObj_GetObject", c_void_p, c_int, result=c_void_p)
_kind = library_function("FPDFPageObj_GetType", c_void_p, result=c_int)
_bounds = library_function("FPDFPageObj_GetBounds", *[c_void_p] * 5, result=c_int)
_matrix = library_function("FPDFPageObj_GetMatrix", c_void_p, c_void_p, result=c_int)
_draw_mode = library_function("FPDFPath_GetDrawMode", *[c_void_p] * 3, result=c_int)
_fill = library_function("FPDFPageObj_GetFillColor", *[c_void_p] * 5, result=c_int)
