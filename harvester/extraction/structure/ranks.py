"""Levels of headings: by their numbers, by the outline, else by the order of their styles over the document."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from harvester.extraction.structure.numbering import heading_depth
from harvester.extraction.structure.typography import Look, Style

DEEPEST = 6
_MANY = 8  # headings, among which a style used once is an exception
_SAME_SIZE = 1.07
_ENOUGH = 0.25  # of a style's headings that must say its level
_FEWEST_NUMBERED = 2  # headings; a single number tells no order


def levels_of(
    headings: Sequence[Look], *, outlined: Mapping[int, int], unranked: Sequence[int] = ()
) -> dict[int, int]:
    """Return the level of each heading, by its index.

    A style's level is what most of its numbered or outlined headings say, else one below the next more prominent
    style. ``outlined`` are levels by index; ``unranked`` headings (of contents) stand at the top and rank no style.
    """
    depths = {look.index: depth for look in headings if (depth := heading_depth(look.text))}
    if len(depths) < _FEWEST_NUMBERED:
        depths = {}
    ranked = [look for look in headings if look.index not in unranked]
    said: dict[Style, Counter[int]] = defaultdict(Counter)
    for look in ranked:
        level = outlined.get(look.index) or depths.get(look.index)
        if level:
            said[look.style][level] += 1
    first = ranked[0].style if ranked else None
    by_style = _by_style(Counter(look.style for look in ranked), said, first=first)
    return {
        look.index: 1
        if look.index in unranked
        else min(outlined.get(look.index) or depths.get(look.index) or by_style[look.style], DEEPEST)
        for look in headings
    }


def _by_style(
    styles: Mapping[Style, int], said: Mapping[Style, Counter[int]], *, first: Style | None
) -> dict[Style, int]:
    levels: dict[Style, int] = {}
    above = 0
    last: Style | None = None
    is_long = sum(styles.values()) >= _MANY
    for style in sorted(styles, key=lambda style: style.prominence, reverse=True):
        votes = said.get(style)
        if votes and votes.total() >= _ENOUGH * styles[style]:
            levels[style] = above = votes.most_common(1)[0][0]
        elif above and (_is_like(style, last) or (is_long and styles[style] == 1)):
            levels[style] = above  # what stands once, or hardly differs, opens no level
        elif not above and is_long and styles[style] == 1 and style != first:
            levels[style] = 1  # nor does what stands once among others that do not follow it
            continue
        else:
            levels[style] = above = min(above + 1, DEEPEST)
        last = style
    return levels


def _is_like(style: Style, other: Style | None) -> bool:
    """Whether two styles differ by a size that nobody sees alone."""
    return (
        other is not None
        and (style.bold, style.italic, style.capitals) == (other.bold, other.italic, other.capitals)
        and other.size <= _SAME_SIZE * style.size
    )
