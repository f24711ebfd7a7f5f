"""Signs of TeX's mathematical fonts, which no list of glyph names knows: PDFium gives their codes as if they were letters.

The codes are those of the fonts since 1982 (D. Knuth, *The TeXbook*, appendix F): a prime is coded as nought, a sum as P
or X. Of the font of signs only digits and small letters are taken for codes: it has none of these, while its other codes
are known by name or are the capitals that they look like. The font of large signs has no letters at all.
"""

import re
from collections.abc import Mapping
from itertools import repeat

from harvester.extraction.fonts import Fonts, text_object

_OF_TEX = re.compile(r"CM[A-Z]|LM[A-Z]|SF[A-Z]{2}\d|MS[AB]M\d|EU[FRS]M\d")
_SIGNS = re.compile(r"CMB?SY\d|LMMathSymbols")
_LARGE_SIGNS = re.compile(r"CMEX\d|LMMathExtension")
# Halves of signs (6: a stroke through, 7: an arrow's tail) have no character of their own and stay.
_OF_SIGNS = dict(zip("0123abcdefghijklmnopqrstuvwxyz", "′∞∈∋⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√∐∇∫⊔⊓⊑⊒§†‡", strict=True))
_OF_LARGE_SIGNS = dict(
    zip(
        "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b"
        "!\"#$%&'()*+,-./0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`ahijklmnopqrst",
        "()[]⌊⌋⌈⌉{/\\()()[]⌊⌋⌈⌉{}"
        ")[]⌊⌋⌈⌉{}⟨⟩/\\/\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⎝⎠⎜⎟⟨⟩⊔⊔∮∮⊙⊙⊕⊕⊗⊗∑∏∫⋃⋂⊎⋀⋁∑∏∫⋃⋂⊎⋀⋁∐∐[]⌊⌋⌈⌉{}√√√√√",
        strict=True,
    )
)
_SAMPLES = 8  # characters of a page that tell whether TeX set it


class Signs:
    """The signs of one document."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._is_of_tex = False

    def mended(self, page: int, text: str) -> str:
        """Return the text of a text page, given by its address, with signs for their codes; as long as it was."""
        if not self._is_of_tex:
            samples = range(0, len(text), len(text) // _SAMPLES + 1)
            self._is_of_tex = any(_OF_TEX.match(self._fonts.of(page, at)[0].name) for at in samples)
        if not self._is_of_tex:
            return text
        shown_by = list(map(text_object, repeat(page), range(len(text))))
        signs = {thing: self._signs_of(thing) for thing in set(shown_by) if thing}
        if not any(signs.values()):
            return text
        return "".join([signs.get(thing, {}).get(ch, ch) for ch, thing in zip(text, shown_by, strict=True)])

    def _signs_of(self, thing: int) -> Mapping[str, str]:
        name = self._fonts.face_of(thing).name
        if _LARGE_SIGNS.match(name):
            return _OF_LARGE_SIGNS
        return _OF_SIGNS if _SIGNS.match(name) else {}
