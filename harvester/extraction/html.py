"""Publications that are web pages: the text of their block elements, in order."""

import codecs
import re
from html.parser import HTMLParser

from corpus.vocabulary.documents import ExtractedText, Page
from harvester.extraction.telling import tell
from harvester.extraction.version import EXTRACTOR, EXTRACTOR_VERSION
from harvester.extraction.words import clean

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style"})
_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE
)
_DECLARED_WITHIN = 1024


def extract_html(html: bytes | str, *, title: str | None = None) -> ExtractedText:
    """Take the text of a web page, one line for each block.

    A web page has no paper: the result is one page of width and height 0 without words. A page without
    text gives an empty text.

    Parameters
    ----------
    html
        A document or a fragment. Bytes are decoded by byte order mark, declared charset, else UTF-8;
        what cannot be decoded becomes U+FFFD.
    title
        The title that the source gives; else the page's ``title`` (both count as metadata), else its first
        ``h1`` (typography).
    """
    blocks = _BlockReader()
    blocks.feed(html if isinstance(html, str) else _decode(html))
    blocks.close()
    blocks.end_block()
    declared = _one_line(title or "") or blocks.title
    found = declared or blocks.heading
    page = Page(number=1, width=0.0, height=0.0, text="\n".join(blocks.lines), words=())
    text = ExtractedText(
        title=found or None,
        title_from="metadata" if declared else "typography" if found else None,
        pages=(page,),
        extractor=EXTRACTOR,
        extractor_version=EXTRACTOR_VERSION,
    )
    return tell(text)


class _BlockReader(HTMLParser):
    """Collects one line for each block; tolerates every kind of broken nesting."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.title = ""
        self.heading = ""
        self._pieces: list[str] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._meet(tag)
        if tag in _SILENT:
            self._silent = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._meet(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        if tag == "title":
            self.title = self.title or self._take()
        elif tag == "h1":
            self.heading = self.heading or _one_line("".join(self._pieces))
        self._meet(tag)

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self._pieces.append(data)

    def end_block(self) -> None:
        """Finish the line that has been collected, if there is one."""
        if line := self._take():
            self.lines.append(line)

    def _meet(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        elif tag in _CELLS:
            self._pieces.append(" ")

    def _take(self) -> str:
        line = _one_line("".join(self._pieces))
        self._pieces.clear()
        return line


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _decode(html: bytes) -> str:
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return html.decode("utf-16", "replace")
    declared = _DECLARED_CHARSET.search(html[:_DECLARED_WITHIN])
    try:
        return html.decode(declared[1].decode("ascii") if declared else "utf-8-sig", "replace")
    except LookupError:
        return html.decode("utf-8-sig", "replace")
