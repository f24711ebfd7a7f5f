"""What PDFium tells of the type that a character is set in."""

import math
from ctypes import byref, c_float, c_int, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from harvester.extraction.glyphs import address_of

_BOLD_WEIGHT = 600
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # flags of a font's descriptor, ISO 32000-1 table 123
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC_NAMES = ("italic", "oblique", "slanted")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Face:
    """A font: its name without subset mark, and whether it is bold or italic."""

    name: str = ""
    bold: bool = False
    italic: bool = False


class Fonts:
    """The fonts of one document, each looked at once."""

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}

    def of(self, text_page: pypdfium2.PdfTextPage, position: int) -> tuple[Face, float]:
        """Return the font of a character and its size in points, before the page's turn; 0 where unknown."""
        shown = raw.FPDFText_GetTextObject(text_page, position)
        font = raw.FPDFTextObj_GetFont(shown) if shown else None
        if not font:
            return Face(), 0.0
        size, matrix = c_float(), raw.FS_MATRIX()
        raw.FPDFTextObj_GetFontSize(shown, byref(size))
        raw.FPDFText_GetMatrix(text_page, position, byref(matrix))
        # Height of the em as drawn: the length of the matrix's upright.
        return self._face(font), abs(size.value) * math.hypot(matrix.c, matrix.d)

    def _face(self, font: Any) -> Face:  # noqa: ANN401 - a handle of the library
        address = address_of(font)
        if address not in self._faces:
            self._faces[address] = _look_at(font)
        return self._faces[address]


def _look_at(font: Any) -> Face:  # noqa: ANN401 - a handle of the library
    buffer = create_string_buffer(_LONGEST_NAME)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
    name = buffer.raw[: max(min(length, _LONGEST_NAME) - 1, 0)].decode("utf-8", "replace")
    prefix, plus, rest = name.partition("+")
    if plus and len(prefix) == 6 and prefix.isupper():
        name = rest
    flags, angle = max(raw.FPDFFont_GetFlags(font), 0), c_int()
    slanted = bool(raw.FPDFFont_GetItalicAngle(font, byref(angle))) and angle.value != 0
    lower = name.casefold()
    bold = (
        bool(flags & _FORCE_BOLD)
        or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        or any(part in lower for part in _BOLD_NAMES)
    )
    italic = bool(flags & _ITALIC) or slanted or any(part in lower for part in _ITALIC_NAMES)
    return Face(name, bold, italic)
