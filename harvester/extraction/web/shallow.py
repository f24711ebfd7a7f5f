"""A page that nests deeper than the parser follows, written again so that it does not: the text is what counts."""

import html
from html.parser import HTMLParser

from harvester.extraction.web.elements import BLOCKS

_DEEPEST = 100  # elements; the parser follows 255 and adds some of its own
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_NOT_TEXT = frozenset({"script", "style"})


def shallow(page: str) -> str:
    """Return a page without the elements that lie too deep; what they hold stands on lines of its own."""
    writer = _Writer()
    writer.feed(page)
    writer.close()
    return "".join(writer.pieces)


class _Writer(HTMLParser):
    """Writes what it reads; ``open`` are the elements that are written and not closed, ``deeper`` counts those that are not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[str] = []
        self._deeper = 0
        self._is_text = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_text = tag not in _NOT_TEXT
        if tag in _VOID:
            self._write(tag, attrs)
        elif len(self._open) < _DEEPEST and not self._deeper:
            self._write(tag, attrs)
            self._open.append(tag)
        else:
            self._deeper += 1
            self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._is_text = True
        if tag in _VOID:
            return
        if self._deeper:
            self._deeper -= 1
            self._part(tag)
        elif tag in self._open:
            while self._open[-1] != tag:
                self.pieces.append(f"</{self._open.pop()}>")
            self.pieces.append(f"</{self._open.pop()}>")

    def handle_data(self, data: str) -> None:
        if self._is_text:
            self.pieces.append(html.escape(data, quote=False))

    def _part(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append("<br>")

    def _write(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = "".join(
            f' {name}="{html.escape(value or "")}"' for name, value in attrs if name.isidentifier()
        )
        self.pieces.append(f"<{tag}{said}>")
