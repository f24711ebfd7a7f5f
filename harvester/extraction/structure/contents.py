"""Lists of contents: their lines lead to pages. None of their entries is a heading, and all name one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.vocabulary.documents import ASIDE, BlockKind
from harvester.extraction.structure.typography import Look

_NAMED = re.compile(
    r"^(?:table of |list of )?contents(?: page)?\W*$|^(?:list of )(?:tables|figures|illustrations|charts|boxes|appendices|annexes)\W*$"
    r"|^in this (?:report|issue)\W*$",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,6}|[A-Z]-\d{1,3})"
_LEADS = re.compile(rf"^(?P<title>\S.*)\s(?P<page>{_NUMBER})$")
_DOTS = re.compile(r"[.…·_](?: ?[.…·_]){3}")
_PAGE_FIRST = re.compile(r"^(?P<page>\d{1,3})\s+(?P<title>[^\W\d_].*)$")
_ONLY_NUMBER = re.compile(rf"^{_NUMBER}$")
_LONGEST_LINE = 200
_FEWEST = 3  # entries of a list of contents
_SHARE = 0.4  # of the lines below its heading that lead to pages: entries may be wrapped


@dataclass(slots=True)
class Contents:
    """What a document's lists of contents are: indices of their blocks, of their headings, and what they name."""

    blocks: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    entries: list[str] = field(default_factory=list)


def find_contents(looks: Sequence[Look]) -> Contents:
    """Find lists of contents by their headings, and those without one by lines that lead to pages in order."""
    found = Contents()
    by_page: dict[int, list[Look]] = {}
    for look in looks:
        if look.block.kind not in ASIDE and look.lines:
            by_page.setdefault(look.block.page, []).append(look)
    goes_on = False
    for of_page in by_page.values():
        named = next((place for place, look in enumerate(of_page) if is_named(look)), None)
        if named is not None:
            found.headings.add(of_page[named].index)
            listed = _listed(_below(of_page, named), found.headings)
        else:
            listed = _listed(of_page, found.headings) if goes_on else _led(of_page)
        goes_on = bool(listed) and len(listed) + 2 >= len(of_page) - (0 if named is None else named)
        found.blocks.update(look.index for look in listed)
        for look in listed:
            found.entries += [title for line in _lines(look) if (title := _entry(line))]
    return found


def _below(looks: Sequence[Look], named: int) -> Sequence[Look]:
    """Return what follows a heading; all of its page where it heads the page and what is read before it are entries too.

    A heading over columns may be read after the first of them.
    """
    before, heading = looks[:named], looks[named]
    top = heading.block.box
    is_head = top is not None and all(
        look.block.box is not None and look.block.box.top >= top.top for look in before
    )
    return [*before, *looks[named + 1 :]] if is_head and _listed(before, set()) else looks[named + 1 :]


def is_named(look: Look) -> bool:
    """Whether a block is the heading of a list of contents."""
    return len(look.lines) == 1 and len(look.first.words) <= 4 and is_contents(look.text)


def is_contents(words: str) -> bool:
    """Whether words head a list of contents."""
    return bool(_NAMED.match(words))


def lists_contents(lines: Sequence[str]) -> bool:
    """Whether lines of a page, in any order, are a list of contents: one heads it, and several lead to pages."""
    return any(map(is_contents, lines)) and sum(map(_leads, lines)) >= _FEWEST


def _listed(looks: Sequence[Look], headings: set[int]) -> list[Look]:
    """Return blocks below a heading up to the last that leads to a page, where enough of the lines do."""
    until = lines = led = 0
    for place, look in enumerate(looks, start=1):
        if is_named(look):
            headings.add(look.index)
        # What looks like a table among the entries is more of them.
        of_block = [] if look.block.kind is BlockKind.TABLE else list(_lines(look))
        lines += len(of_block)
        count = sum(_leads(line) for line in of_block)
        led += count
        if count and led >= _SHARE * lines:
            until = place
    return [look for look in looks[:until] if look.index not in headings] if led >= _FEWEST else []


def _led(looks: Sequence[Look]) -> list[Look]:
    """Return the blocks of a page nearly all of whose lines lead to pages by dots."""
    dotted: list[Look] = []
    for left, look in zip(range(len(looks), 0, -1), looks, strict=True):
        if all(_DOTS.search(line) for line in _lines(look)):
            dotted.append(look)
        elif 2 * (len(dotted) + left - 1) < len(looks):
            return []
    return dotted if len(dotted) >= _FEWEST and 2 * len(dotted) >= len(looks) else []


def _lines(look: Look) -> Iterator[str]:
    for placed in look.lines:
        yield placed.line.text


def _leads(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    return any(pattern.search(line) for pattern in (_DOTS, _ONLY_NUMBER, _LEADS, _PAGE_FIRST))


def _entry(line: str) -> str | None:
    if len(line) > _LONGEST_LINE:
        return None
    dots = _DOTS.search(line)
    if dots:
        return line[: dots.start()].strip()
    found = _LEADS.match(line) or _PAGE_FIRST.match(line)
    return found["title"].strip(" .…·_-–") if found else None
