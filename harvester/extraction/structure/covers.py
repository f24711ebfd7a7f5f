"""Titles that no larger type tells: by their place on the first page with words, and what goes on below them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.authors import are_names
from harvester.extraction.structure.fronts import fronts_of, groups_of, is_text, words_of
from harvester.extraction.structure.numbering import heading_depth
from harvester.extraction.structure.publishers import says_kind_alone, says_who_alone
from harvester.extraction.structure.titling import agree, may_be_title
from harvester.extraction.structure.typography import Look, Style
from harvester.extraction.structure.wording import is_labelled_date, is_prose, may_name

_SALUTATION = re.compile(r"^dear\b", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{3})\d(?!\S)")
_LARGER = 1.15  # of the body's size, as for titles
_MOST_LINES, _MOST_LINES_OF_TITLE = 4, 6
_SALUTATION_WORDS = 20
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
    bold type that heads the page, centred or above other lines than text; else the first line of a cover. Behind a
    cover that tells none the next page may.
    """
    for place, front in enumerate(fronts_of(looks)):
        groups = groups_of(front)
        subject = _subject(groups)
        if subject:
            return subject
        named = with_subtitle(looks, _largest_name(front, body), body)
        found = named if len(named) > 1 else _bold_head(groups, body)
        if not found and not place:
            found = _first_of_cover(front)
        if found:
            return found
    return []


def find_printed_title(looks: Sequence[Look], body: Style, *, declared: str) -> list[Look]:
    """Return the blocks that print what a document declares as its title in other words; none where none agrees."""
    front = next(fronts_of(looks), [])
    for title in (
        _largest(groups_of(front), body),
        find_placed_title(looks, body),
    ):
        if title and agree(declared, words_of(title)):
            return with_subtitle(looks, title, body)
    return []


def instead_of_publisher(looks: Sequence[Look], title: list[Look], body: Style) -> list[Look]:
    """Return what stands out next where the largest type of a cover says only who publishes, or what kind it is."""
    words = words_of(title)
    if not title or not (says_who_alone(words) or says_kind_alone(words)):
        return title
    front = next((front for front in fronts_of(looks) if front[0].block.page == title[0].block.page), [])
    return _largest(groups_of(front), body) or title


def with_subtitle(looks: Sequence[Look], title: list[Look], body: Style) -> list[Look]:
    """Add to a title that is hardly more than a name what stands out directly below it."""
    words = words_of(title)
    if not title or (len(words.split()) > _FEW_WORDS and not says_who_alone(words)):
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


def _subject(groups: Sequence[list[Look]]) -> list[Look]:
    for group, following in pairwise(groups):
        last = group[-1]
        if _SALUTATION.match(last.text) and len(last.text.split()) < _SALUTATION_WORDS:
            return following if _may_be_title(following) else []
    return []


def _largest(groups: Sequence[list[Look]], body: Style) -> list[Look]:
    """Return the largest type that may be a title and names neither publisher nor kind, the first of one size."""
    fit = [
        group
        for group in groups
        if _stands_out(group[0], body)
        and _may_be_title(group, may_end=True)
        and not (says_who_alone(words_of(group)) or says_kind_alone(words_of(group)))
    ]
    return max(fit, key=lambda group: group[0].style.size, default=[])


def _largest_name(front: Sequence[Look], body: Style) -> list[Look]:
    larger = [look for look in front if look.style.size >= _LARGER * body.size and _names_something(look)]
    return [max(larger, key=lambda look: look.style.size)] if larger else []


def _bold_head(groups: Sequence[list[Look]], body: Style) -> list[Look]:
    for group, following in pairwise([*groups, None]):
        if group is None:
            break
        first = group[0]
        if first.style.bold and not body.bold and first.style.size >= body.size and _may_be_title(group):
            is_head = all(map(_is_centred, group)) or (
                following is not None and not (is_text(following[0]) or following[0].style == first.style)
            )
            return group if is_head else []
        if any(map(is_text, group)):
            break
    return []


def _first_of_cover(front: Sequence[Look]) -> list[Look]:
    if len(front) < 2 or any(is_text(look) for look in front):
        return []
    first = front[0]
    fits = _may_be_title([first]) and len(first.text.split()) > _FEWEST_ON_COVER and first.text.count(",") < 2
    return [first] if fits and _is_centred(first) else []


def _may_be_title(group: Sequence[Look], *, may_end: bool = False) -> bool:
    """Whether a group may be a title; ``may_end`` where its type tells it from text, whatever sign it ends with."""
    text = words_of(group)
    text = text.removesuffix(".") if may_end else text
    lines = sum(len(look.lines) for look in group)
    return (
        all(look.block.kind is BlockKind.PARAGRAPH and not look.is_parted for look in group)
        and lines <= (_MOST_LINES_OF_TITLE if group[0].style.bold else _MOST_LINES)
        and may_name(text)
        and may_be_title(text)
        and text[-1] != ":"
        and not is_labelled_date(text)
        and not are_names(text)
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
    if heading_depth(text) is not None:
        return False
    return is_short and not (is_prose(text) or is_labelled_date(text) or are_names(text) or text[-1] == ":")


def _stands_out(look: Look, body: Style) -> bool:
    return look.style.size >= _LARGER * body.size or (look.style.bold and not body.bold)


def _is_below(last: Look, look: Look, title: Look) -> bool:
    above, below = last.block.box, look.block.box
    if above is None or below is None:
        return False
    return -0.5 * look.first.size <= below.top - above.bottom <= _CLOSE * title.first.size


def _is_centred(look: Look) -> bool:
    width = look.page.page.width
    return all(
        abs(placed.line.box.x0 + placed.line.box.x1 - width) <= 2 * _OFF_MIDDLE * width
        for placed in look.lines
    )
