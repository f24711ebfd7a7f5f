"""PDFium's characters as words with boxes, with as few calls into the library as words allow.

A call costs a third of a microsecond at best and a page has thousands of characters: text comes in one call, and
places are asked for the first and last character of each word only.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

LINE_END_HYPHENS = "\x02\ufffe"  # what PDFium makes of a hyphen that it would join
_BLANK, _HYPHEN, _BREAK = 1, 2, 4


def _kinds() -> NDArray[np.uint8]:
    """Return what each character of the basic plane is for the parting of words and lines; others are letters."""
    kinds = np.array([_BLANK * chr(code).isspace() for code in range(0x10000)], np.uint8)
    kinds[[ord(ch) for ch in LINE_END_HYPHENS]] |= _HYPHEN | _BREAK
    kinds[[ord(ch) for ch in "\r\n"]] |= _BREAK
    return kinds


_KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A page's words as PDFium reads them, in the order of drawing.

    Attributes
    ----------
    text
        All characters, one for each of the library's.
    starts, ends
        First and last but one character of each word.
    first, last
        Left, top, right and bottom of each word's first and last character, in PDF coordinates.
    lines
        For each word, the number of the line that PDFium puts it on.
    mended
        Text and original of words that were mended, by their first character.
    given
        All characters as the library has them, where ``text`` has others for some; else the same.
    """

    text: str
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    lines: NDArray[np.intp]
    mended: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    given: str = ""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each word."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))


def read_glyphs(text_page: pypdfium2.PdfTextPage, *, mend: Callable[[int, str], str] | None = None) -> Glyphs:
    """Read a page's words; ``mend`` takes the page's address and all its characters, and returns as many."""
    handle = address_of(text_page)
    given = _text(text_page, handle)
    text = mend(handle, given) if mend and given else given
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[codes] if not len(codes) or codes.max() < len(_KINDS) else _kinds_of(codes)
    # A word begins after a blank or a hyphen that ends a line, and ends before the one or with the other.
    letter = (kinds & _BLANK) == 0
    hyphen = (kinds & _HYPHEN) != 0
    begins, ends = letter.copy(), letter.copy()
    begins[1:] &= ~letter[:-1] | hyphen[:-1]
    ends[:-1] &= ~letter[1:] | hyphen[:-1]
    starts, lasts = np.flatnonzero(begins), np.flatnonzero(ends)
    corners = boxes_of(text_page, np.stack([starts, lasts], 1).ravel().tolist())
    lines = np.searchsorted(np.flatnonzero(kinds & _BREAK), starts)
    return Glyphs(text, starts, lasts + 1, corners[::2], corners[1::2], lines, given=given)


def _kinds_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return kinds where some characters lie outside of the basic plane: those are letters."""
    return np.where(codes < len(_KINDS), _KINDS[np.minimum(codes, len(_KINDS) - 1)], 0).astype(np.uint8)


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


def library_function(name: str, *arguments: Any, result: Any) -> Any:  # noqa: ANN401 - what ctypes calls functions and types
    """Take a function of the library with plain addresses for pointers: pointer objects cost most of a call."""
    address = address_of(getattr(raw, name))
    # These functions only look up what is in memory: the interpreter's lock need not be let go for each.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_loose_box = library_function(
    "FPDFText_GetLooseCharBox", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, result=ctypes.c_int
)
_unicode = library_function("FPDFText_GetUnicode", ctypes.c_void_p, ctypes.c_int, result=ctypes.c_uint)
