"""What words may be a document's title, and where it is printed."""

import re
from collections.abc import Sequence

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.contents import is_contents
from harvester.extraction.structure.roles import role_of
from harvester.extraction.structure.typography import Look
from harvester.extraction.structure.wording import is_caption, is_prose, letters_of

FIRST_PAGES = 3
_WHOLE = 0.8  # of the title's characters that must stand there
_MOST_LINES, _MOST_BLOCKS = 8, 12
LONGEST_TITLE = 300
_BLANK_PAGE = re.compile(r"\bpage\W+(?:is\W+)?(?:intentionally|deliberately)\b", re.IGNORECASE)
_SECTION = re.compile(r"^\d{1,2}(?:\.\d|[.)]\s)")
# "a. Medical director", "(ii) Staff": letters count what stands in a row; initials of people come in pairs.
_LETTERED = re.compile(
    r"^(?:\((?:[A-Za-z]|[ivx]{2,5})\)|[a-z][.)]|[ivx]{2,5}[.)]|[A-Z]\)|[A-Z]\.(?=\s+[A-Z][^\W\d_]))\s"
)
_SECTION_BEHIND = re.compile(
    r"\s\d{1,2}\.(?:\d{1,2}\.)*$"
)  # as running headers have it on pages at the right
_NO_WORD = re.compile(r"[A-Za-z]{41}")  # nobody's: a font's letters, drawn to be measured
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def may_be_title(text: str) -> bool:
    """Whether a run can be a title: long enough, in words, no sentences, no section's heading by number or wording."""
    letters = len(_LETTERS.findall(text))
    if not (letters >= 8 and len(text) <= LONGEST_TITLE and 2 * letters > len(text.replace(" ", ""))):
        return False  # nor a formula
    if (
        not _WORD.search(text)
        or _NO_WORD.search(text)
        or _BLANK_PAGE.search(text)
        or is_caption(text)
        or is_prose(text)
    ):
        return False
    if _LETTERED.match(text):
        return False
    return not (_SECTION.match(text) or _SECTION_BEHIND.search(text) or role_of(text) or is_contents(text))


def agree(known: str, printed: str) -> bool:
    """Whether the title that a document prints is the one by which it is known, as on the page that offers it.

    One may be longer by a subtitle or a publisher's name; half of the words of the shorter must be the other's.
    """
    one, other = letters_of(known), letters_of(printed)
    if one and other and (one in other or other in one):
        return True
    words, others = ({word.casefold() for word in _WORD.findall(title)} for title in (known, printed))
    return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))


def find_title_blocks(looks: Sequence[Look], title: str | None) -> list[Look]:
    """Return the blocks that print the title, one after the other, where they are set largest; none where it is not printed."""
    wanted = letters_of(title or "")
    best: list[Look] = []
    for place, look in enumerate(looks):
        if look.block.page > FIRST_PAGES:
            break
        run = _run(looks[place : place + _MOST_BLOCKS], wanted)
        if run and (not best or run[0].first.size > best[0].first.size):
            best = run
    return best


def _run(looks: Sequence[Look], wanted: str) -> list[Look]:
    """Return the blocks from the first on that together are the title, or nearly all of it."""
    run: list[Look] = []
    said = ""
    for look in looks:
        if look.block.kind is not BlockKind.PARAGRAPH or not 0 < len(look.lines) <= _MOST_LINES:
            break
        key = said + letters_of(look.text)
        if not wanted or key not in wanted or look.block.page != looks[0].block.page:
            break
        run.append(look)
        said = key
    return run if len(said) >= _WHOLE * len(wanted) and said else []
