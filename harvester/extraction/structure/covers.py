"""Titles that no larger type tells: by their place on the first page with words, and what goes on below them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.vocabulary.documents import ASIDE, BlockKind
from harvester.extraction.lines import Direction
from harvester.extraction.structure.authors import are_names
from harvester.extraction.structure.titling import may_be_title
from harvester.extraction.structure.typography import Look, Style
from harvester.extraction.structure.wording import is_labelled_date, is_prose, may_name

_SALUTATION = re.compile(r"^dear\b", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{3})\d(?!\S)")
_LARGER = 1.15  # of the body's size, as for titles
_MOST_LINES = 4
_TEXT_WORDS = 20  # of a block that is text and no line of a cover
_FEW_WORDS = 4  # of a title that says who or where alone
_FEWEST_ON_COVER = 2  # words of a title in plain type
_CLOSE = 1.2  # type sizes of white space between a title and what goes on with it
_OFF_MIDDLE = 0.03  # of the page's width: as much as a centred line may be off


def title_words(looks: Sequence[Look]) -> str:
    """Return the words of a title's blocks without marks of notes; below a name comes what the report is."""
    words = ""
    for look in looks:
        text = _NOTE_MARK.sub("", look.text)
        is_other = words and look.style != looks[0].style and words[-1].isalnum() and ": " not in words
        words += (": " if is_other else " " if words else "") + text
    return words


def find_placed_title(looks: Sequence[Look], body: Style) -> list[Look]:
    """Return the blocks that are the title by their place; none where nothing says so.

    It is the line below a letter's salutation; else a short name in large type with what it goes on with; else
    bold type that heads the page, centred or above other lines than text; else the first line of a cover.
    """
    front = list(_front(looks))
    subject = _subject(front)
    if subject:
        return subject
    named = with_subtitle(looks, _largest_name(front, body), body)
    return named if len(named) > 1 else _bold_head(front, body) or _first_of_cover(front)


def with_subtitle(looks: Sequence[Look], title: list[Look], body: Style) -> list[Look]:
    """Add to a title that is hardly more than a name what stands out directly below it."""
    if not title or len(" ".join(look.text for look in title).split()) > _FEW_WORDS:
        return title
    found = list(title)
    joint: list[Look] = []
    for look in looks[title[-1].index + 1 :]:
        last = (joint or found)[-1]
        if look.block.page != last.block.page or not _is_below(last, look, title[0]):
            break
        if look.text.casefold() in {"and", "&"} and len(found) > len(title):
            joint = [look]
        elif _stands_out(look, body) and _may_go_on(look):
            found += [*joint, look]
            joint = []
        else:
            break
    return found


def _front(looks: Sequence[Look]) -> Iterator[Look]:
    """Yield what is read on the first page with words."""
    page: int | None = None
    for look in looks:
        if look.block.kind in ASIDE or not look.lines or look.first.direction is not Direction.RIGHT:
            continue
        page = page or look.block.page
        if look.block.page != page:
            return
        yield look


def _subject(front: Sequence[Look]) -> list[Look]:
    for look, following in pairwise(front):
        if _SALUTATION.match(look.text) and len(look.text.split()) < _TEXT_WORDS:
            return [following] if _may_be_title(following) else []
    return []


def _largest_name(front: Sequence[Look], body: Style) -> list[Look]:
    larger = [look for look in front if look.style.size >= _LARGER * body.size and _names_something(look)]
    return [max(larger, key=lambda look: look.style.size)] if larger else []


def _bold_head(front: Sequence[Look], body: Style) -> list[Look]:
    for look, following in pairwise(front):
        if look.style.bold and not body.bold and look.style.size >= body.size and _may_be_title(look):
            is_head = _is_centred(look) or not (_is_text(following) or following.style == look.style)
            return [look] if is_head else []
        if _is_text(look):
            break
    return []


def _first_of_cover(front: Sequence[Look]) -> list[Look]:
    if len(front) < 2 or any(_is_text(look) or look.block.kind is not BlockKind.PARAGRAPH for look in front):
        return []
    first = front[0]
    fits = _may_be_title(first) and len(first.text.split()) > _FEWEST_ON_COVER and first.text.count(",") < 2
    return [first] if fits and _is_centred(first) else []


def _may_be_title(look: Look) -> bool:
    return (
        look.block.kind is BlockKind.PARAGRAPH
        and len(look.lines) <= _MOST_LINES
        and not look.is_parted
        and may_name(look.text)
        and may_be_title(look.text)
        and look.text[-1] != ":"
        and not is_labelled_date(look.text)
        and not are_names(look.text)
    )


def _names_something(look: Look) -> bool:
    return (
        look.block.kind is BlockKind.PARAGRAPH
        and len(look.lines) == 1
        and len(look.text.split()) <= _FEW_WORDS
        and may_name(look.text)
    )


def _may_go_on(look: Look) -> bool:
    text = look.text
    is_short = look.block.kind is BlockKind.PARAGRAPH and len(look.lines) <= _MOST_LINES
    return is_short and not (is_prose(text) or is_labelled_date(text) or are_names(text) or text[-1] == ":")


def _stands_out(look: Look, body: Style) -> bool:
    return look.style.size >= _LARGER * body.size or (look.style.bold and not body.bold)


def _is_below(last: Look, look: Look, title: Look) -> bool:
    above, below = last.block.box, look.block.box
    if above is None or below is None:
        return False
    return -0.5 * look.first.size <= below.top - above.bottom <= _CLOSE * title.first.size


def _is_text(look: Look) -> bool:
    if look.block.kind is not BlockKind.PARAGRAPH:
        return True
    return len(look.text.split()) >= _TEXT_WORDS or (look.is_text and not look.style.bold)


def _is_centred(look: Look) -> bool:
    width = look.page.page.width
    return all(
        abs(placed.line.box.x0 + placed.line.box.x1 - width) <= 2 * _OFF_MIDDLE * width
        for placed in look.lines
    )
