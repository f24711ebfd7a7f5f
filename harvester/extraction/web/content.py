"""Which part of a web page is its content, and which the site around it.

trafilatura (Barbaresi 2021, ACL demo papers, doi 10.18653/v1/2021.acl-demo.15) tells what is content, and tells it well, but
drops what looks like a menu inside it (a list of references that are links), merges cells and forgets captions. So it is
asked *where* the content is, and the page's own elements are kept there. A page that is content alone, as sources hand it
over by their interfaces, loses nothing.
"""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml.etree import _Element as Element

from harvester.extraction.web.elements import BLOCKS, is_around, is_silent, tag_of

# The smallest element that holds this share of the content's characters is taken for its container.
_NEARLY_ALL = 0.95
# Of a container of which this share of characters was told to be content, the rest is content too.
_MOSTLY = 0.8
_TELLING = 20  # characters (letters and digits): a shorter text may stand anywhere by chance


@dataclass(frozen=True, slots=True)
class Told:
    """What was told to be content: letters and digits alone, as a whole and line by line."""

    whole: str
    lines: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether this text was among it."""
        squeezed = _squeeze(text)
        return squeezed in self.lines or (len(squeezed) >= _TELLING and squeezed in self.whole)


@dataclass(frozen=True, slots=True)
class Content:
    """Where a page's content is.

    Attributes
    ----------
    container
        The element that holds it.
    told
        What was told to be content; ``None`` where all of the container is.
    is_neat
        Whether the container holds content alone, save for what says itself that it is something else.
    """

    container: Element
    told: Told | None = None
    is_neat: bool = True

    def was_told(self, text: str) -> bool:
        """Whether a block's text was told to be content."""
        return self.told is None or self.told.holds(text)

    def may_hold(self, block: Element) -> bool:
        """Whether a block of which nothing was told may be content for where it stands."""
        return self.is_neat and not any(is_around(el) for el in _up_to(block, self.container))


def find_content(body: Element) -> Content:
    """Find the content of a page from its ``body``."""
    root = body.getroottree().getroot()
    if not any(_is_of_a_site(el) for el in root.iter()):
        return Content(body)
    told = _ask_trafilatura(root)
    if not told.lines:
        return Content(_declared(body), told)
    return _container(body, told)


def _is_of_a_site(element: Element) -> bool:
    """Whether the element shows that its page has a site around its content: it loads what all pages share, or is a menu."""
    name = tag_of(element)
    loads = (name == "link" and "stylesheet" in (element.get("rel") or "")) or (
        name == "script" and bool(element.get("src"))
    )
    return loads or is_around(element)


def _ask_trafilatura(root: Element) -> Told:
    page = trafilatura.bare_extraction(
        deepcopy(root),
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    text = getattr(page, "text", None) or ""  # a whole document, or nothing
    lines = frozenset(_squeeze(line) for line in text.splitlines()) - {""}
    return Told(_squeeze(text), lines)


def _declared(body: Element) -> Element:
    """Return what the page declares to be its main part; the whole where it declares none or several."""
    mains = [el for el in body.iter() if tag_of(el) == "main" or el.get("role") == "main"]
    return mains[0] if len(mains) == 1 else body


def _container(body: Element, told: Told) -> Content:
    """Return the smallest element that holds nearly all characters that were told to be content.

    It lies within the main part where the page declares one.
    """
    kept: Counter[Element] = Counter()
    seen: Counter[Element] = Counter()
    for block, text in _texts(body):
        weight = len(_squeeze(text))
        is_told = told.holds(text)
        for element in _up_to(block, body):
            seen[element] += weight
            kept[element] += weight if is_told else 0
    found = child = _declared(body)
    while child is not None:
        found = child
        child = next((el for el in found if kept[el] and kept[el] >= _NEARLY_ALL * kept[body]), None)
    return Content(found, told, is_neat=kept[found] >= _MOSTLY * seen[found])


def _texts(body: Element) -> Iterator[tuple[Element, str]]:
    """Yield each element outside menus and the like that holds text and is not divided into blocks, with its text."""
    for element in body.iter():
        if tag_of(element) in BLOCKS and not any(tag_of(child) in BLOCKS for child in element):
            way = list(_up_to(element, body))
            if not any(is_silent(el) or is_around(el) for el in way):
                yield element, "".join(element.itertext())


def _up_to(element: Element, top: Element) -> Iterator[Element]:
    """Yield an element and those around it, ``top`` the last."""
    yield element
    for above in element.iterancestors() if element is not top else ():
        yield above
        if above is top:
            return


def _squeeze(text: str) -> str:
    return "".join(filter(str.isalnum, text))
