"""A text's letters without what depends on where lines end and who set the type, each knowing where it stands."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from corpus.vocabulary.documents import Span

# White space and hyphens differ with where lines end; dashes and quotation marks with who typed them.
_KEPT = re.compile(r"[^\s\u00ad\u200b-\u200d\ufeff\ufffe\-‐-―−]+")
_MARKS = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""Latin ligatures (ff fi fl ffi ffl st st) and their letters."""
LIGATURE = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A stretch of a page's letters: its first, and the one after its last."""

    page: int
    letters: "Letters"
    first: int
    last: int

    @property
    def span(self) -> Span:
        """Where it stands in the page's text."""
        return Span(self.page, *self.letters.span(self.first, self.last))

    def context(self, *, prefix: str, suffix: str) -> int:
        """Return how many letters around it are those of ``prefix`` and ``suffix``, from its ends outwards."""
        wanted_before, wanted_behind = Letters(prefix).bare, Letters(suffix).bare
        before = self.letters.bare[max(0, self.first - len(wanted_before)) : self.first]
        behind = self.letters.bare[self.last : self.last + len(wanted_behind)]
        return in_common(before[::-1], wanted_before[::-1]) + in_common(behind, wanted_behind)


class Letters:
    """The letters of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.bare = "".join(_KEPT.findall(text)).translate(_MARKS).translate(LIGATURES)

    @cached_property
    def _places(self) -> list[int]:
        """Where in the text each letter stands; the letters of a ligature stand where it does."""
        places: list[int] = []
        for run in _KEPT.finditer(self._text):
            if not LIGATURE.search(run[0]):
                places.extend(range(run.start(), run.end()))
                continue
            for at, character in enumerate(run[0], start=run.start()):
                places.extend([at] * len(LIGATURES.get(ord(character), character)))
        return places

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where in the text the letters from one to another (excluded) stand."""
        return self._places[first], self._places[last - 1] + 1


def in_common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
