"""PDFium's characters as words with boxes, with as few calls into the library as words allow.

A call costs a third of a microsecond at best and a page has thousands of characters: text comes in one call, and
places are asked for the first and last character of each word only.
"""

import ctypes
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

LINE_END_HYPHENS = "\x02\ufffe"  # what PDFium makes of a hyphen that it would join
_WORD = re.compile(rf"[^\s{LINE_END_HYPHENS}]+[{LINE_END_HYPHENS}]?|[{LINE_END_HYPHENS}]")
_LINE_END = re.compile(rf"[\r\n{LINE_END_HYPHENS}]")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A page's words as PDFium reads them, in the order of drawing.

    Attributes
    ----------
    text
        All characters, one for each of the library's.
    spans
        First and last-but-one character of each word.
    first, last
        Left, top, right and bottom of each word's first and last character, in PDF coordinates.
    lines
        For each word, the number of the line that PDFium puts it on.
    mended
        Text and original of words that were mended, by their first character.
    """

    text: str
    spans: list[tuple[int, int]]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    lines: NDArray[np.intp]
    mended: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def read_glyphs(text_page: pypdfium2.PdfTextPage) -> Glyphs:
    """Read a page's words."""
    handle = address_of(text_page)
    text = _text(text_page, handle)
    spans = [match.span() for match in _WORD.finditer(text)]
    positions = [position for start, end in spans for position in (start, end - 1)]
    corners = boxes_of(text_page, positions)
    ends = [match.start() for match in _LINE_END.finditer(text)]
    lines = np.searchsorted(np.array(ends, int), np.array([start for start, _ in spans], int))
    return Glyphs(text, spans, corners[::2], corners[1::2], lines)


def boxes_of(text_page: pypdfium2.PdfTextPage, positions: Sequence[int]) -> NDArray[np.float32]:
    """Return left, top, right, bottom of characters, in PDF coordinates; nought where the library has none."""
    corners = np.zeros((len(positions), 4), np.float32)
    at = corners.ctypes.data
    places = range(at, at + 16 * len(positions), 16)
    # Mapped calls have no interpreter between one character and the next.
    deque(map(_loose_box, repeat(address_of(text_page)), positions, places), maxlen=0)
    return corners


def address_of(handle: Any) -> int:  # noqa: ANN401 - any of the library's handles
    """Return the address that a handle of the library stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _text(text_page: pypdfium2.PdfTextPage, handle: int) -> str:
    """All characters; asked one by one where the library's text leaves some out, as it does with codes of 0."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range(errors="surrogatepass") if count else ""
    if len(text) == count:
        return text
    return "".join(map(chr, map(_unicode, repeat(handle, count), range(count))))


def _function(name: str, *arguments: Any, result: Any) -> Any:  # noqa: ANN401 - what ctypes calls functions and types
    """Take a function of the library with plain addresses for pointers: pointer objects cost most of a call."""
    address = address_of(getattr(raw, name))
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_loose_box = _function(
    "FPDFText_GetLooseCharBox", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, result=ctypes.c_int
)
_unicode = _function("FPDFText_GetUnicode", ctypes.c_void_p, ctypes.c_int, result=ctypes.c_uint)
