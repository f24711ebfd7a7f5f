"""What PDFium tells of the type that a character is set in."""

import ctypes
import math
import re
from dataclasses import dataclass, replace

from pypdfium2 import raw

from harvester.extraction.glyphs import library_function

_BOLD_WEIGHT = 600
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # flags of a font's descriptor, ISO 32000-1 table 123
# The last ones are Computer Modern and its kin, in which most papers are set.
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "cmbx", "cmssbx", "sfbx", "-medi")
_ITALIC_NAMES = ("italic", "oblique", "slanted", "cmti", "cmsl", "sfti", "sfsl", "-slant")
# "AdvTT2cba4af3.B", "Frutiger-BdIt": how typesetters' fonts are named that tell nothing else.
_STYLED = re.compile(r"(?:\.|[-,](?=bd|it))(?P<bold>bd?)?(?P<italic>i|it)?$")
_LONGEST_NAME = 200
_SLANT = 0.01  # by which a character may lean from the page's edges
_TOO_LARGE = 1.7  # height of a box, in ems
# How far the letters of most faces reach above and below the line that they stand on, in ems.
_ASCENT, _DESCENT = 0.76, 0.22


@dataclass(frozen=True, slots=True)
class Face:
    """A font: its name without subset mark, and whether it is bold or italic.

    ``over`` and ``under`` are the shares of PDFium's boxes that no letter reaches, above and below.
    """

    name: str = ""
    bold: bool = False
    italic: bool = False
    over: float = 0.0
    under: float = 0.0


class Fonts:
    """The fonts of one document, each looked at once."""

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}
        self._measured: dict[int, Face] = {}
        self._matrix = (ctypes.c_float * 6)()
        self._size = ctypes.c_float()

    def of(self, page: int, position: int) -> tuple[Face, float]:
        """Return the font of a character and its size in points; 0 where unknown. ``page`` is a text page's address."""
        shown = text_object(page, position)
        font = _font(shown) if shown else None
        if not font:
            return Face(), 0.0
        self._size.value = 0.0
        _font_size(shown, ctypes.addressof(self._size))
        _matrix(page, position, ctypes.addressof(self._matrix))
        # Height of the em as drawn: the length of the matrix's upright.
        size = abs(self._size.value) * math.hypot(self._matrix[2], self._matrix[3])
        face = self._measured.get(font)
        if face is None:
            over, under = self._beyond_letters(page, position, size)
            face = self._measured[font] = replace(self._face(font), over=over, under=under)
        return face, size

    def face_of(self, thing: int) -> Face:
        """Return the font of a text object, given by its address; how far its letters reach is not told."""
        font = _font(thing)
        return self._face(font) if font else Face()

    def _face(self, font: int) -> Face:
        return self._faces.get(font) or self._faces.setdefault(font, _look_at(font))

    def _beyond_letters(self, page: int, position: int, size: float) -> tuple[float, float]:
        """Return the shares of a character's box above the highest and below the lowest of letters.

        Fonts say how far anything in them may reach, accents on capitals included; some say half an em too much. Sizes
        that have nothing to do with the letters, as some fonts of drawings have, are left alone.
        """
        right, up = self._matrix[2], self._matrix[3]
        length = math.hypot(right, up)
        if not length or not size or min(abs(right), abs(up)) > _SLANT * length:
            return 0.0, 0.0
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        _origin(page, position, ctypes.addressof(x), ctypes.addressof(y))
        _loose_box(page, position, ctypes.addressof(box))
        reach = [
            ((left - x.value) * right + (top - y.value) * up) / (length * size)
            for left, top in ((box.left, box.top), (box.right, box.bottom))
        ]
        above, below = max(reach), -min(reach)
        whole = above + below
        if above < 0 or below < 0 or not 0 < whole <= _TOO_LARGE:
            return 0.0, 0.0
        return max(above - _ASCENT, 0.0) / whole, max(below - _DESCENT, 0.0) / whole


def _look_at(address: int) -> Face:
    font = ctypes.cast(address, raw.FPDF_FONT)
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, _LONGEST_NAME)
    name = buffer.raw[: max(min(length, _LONGEST_NAME) - 1, 0)].decode("utf-8", "replace")
    prefix, plus, rest = name.partition("+")
    if plus and len(prefix) == 6 and prefix.isupper():
        name = rest
    flags, angle = max(raw.FPDFFont_GetFlags(font), 0), ctypes.c_int()
    slanted = bool(raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))) and angle.value != 0
    lower = name.casefold()
    styled = _STYLED.search(lower)
    bold = (
        bool(flags & _FORCE_BOLD)
        or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        or any(part in lower.replace("-medium", "") for part in _BOLD_NAMES)
        or bool(styled and styled["bold"])
    )
    italic = (
        bool(flags & _ITALIC)
        or slanted
        or any(part in lower for part in _ITALIC_NAMES)
        or bool(styled and styled["italic"])
    )
    return Face(name, bold, italic)


text_object = library_function(
    "FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_int, result=ctypes.c_void_p
)
_font = library_function("FPDFTextObj_GetFont", ctypes.c_void_p, result=ctypes.c_void_p)
_font_size = library_function(
    "FPDFTextObj_GetFontSize", ctypes.c_void_p, ctypes.c_void_p, result=ctypes.c_int
)
_matrix = library_function(
    "FPDFText_GetMatrix", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, result=ctypes.c_int
)
_origin = library_function(
    "FPDFText_GetCharOrigin",
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    result=ctypes.c_int,
)
_loose_box = library_function(
    "FPDFText_GetLooseCharBox", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, result=ctypes.c_int
)
