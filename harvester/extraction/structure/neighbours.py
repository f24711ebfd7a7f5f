"""What stands around a block that may be a heading: beside, above and below it."""

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.numbering import heading_depth, marker_of
from harvester.extraction.structure.typography import Look
from harvester.extraction.structure.wording import goes_over, is_caption

TEXT_WORDS = 12  # of a block that is text
_APART = 0.6  # type sizes of white space above a heading that is set as text is
_SMALL_CAPITALS = 0.7  # of the size of capitals that stand among them; they are as tall as small letters
_LEADING = 0.5  # type sizes of white space between lines that are set as one
_OFF_MIDDLE = 0.05  # of the width of a text, by which a line that is centred over it may be off
_FEW_WORDS = 3  # of a caption's label alone


def is_running(look: Look) -> bool:
    """Whether a block is text and not another line of a cover."""
    if look.block.kind is not BlockKind.PARAGRAPH:
        return look.block.kind is BlockKind.TABLE
    if look.is_text or len(look.text.split()) >= TEXT_WORDS or look.is_bulleted:
        return True
    marker = marker_of(look.text.split(maxsplit=1)[0])
    return marker is not None and (marker.is_sure or 1 in marker.values)


def is_label(look: Look, following: Look) -> bool:
    """Whether what follows stands beside it, as in a form."""
    one, other = look.block.box, following.block.box
    if one is None or other is None or look.block.page != following.block.page:
        return False
    return other.x0 >= one.x1 and abs(other.top - one.top) < 0.5 * look.first.size


def is_above(look: Look, other: Look) -> bool:
    """Whether a block stands higher on the page of another."""
    one, below = look.block.box, other.block.box
    return look.block.page == other.block.page and bool(one and below and one.bottom <= below.top)


def is_apart(look: Look, before: Look | None) -> bool:
    """Whether white space parts a block from the one above it."""
    if (
        before is None
        or before.block.page != look.block.page
        or before.block.box is None
        or look.block.box is None
    ):
        return True
    return not -look.first.size < look.block.box.top - before.block.box.bottom < _APART * look.first.size


def is_off(look: Look, following: Look) -> bool:
    """Whether a block stands over the right half of the text below it, neither at its left nor centred."""
    one, other = look.block.box, following.block.box
    if one is None or other is None or look.block.page != following.block.page or not following.is_text:
        return False
    middle, width = (other.x0 + other.x1) / 2, other.x1 - other.x0
    is_centred = abs((one.x0 + one.x1) / 2 - middle) <= _OFF_MIDDLE * width
    return middle <= one.x0 < other.x1 and not is_centred


def is_title_of_figure(look: Look, before: Look | None) -> bool:
    """Whether a block goes on below the label of a caption, which stands on a line of its own: "Figure 2."."""
    return (
        before is not None
        and (before.block.kind is BlockKind.CAPTION or is_caption(before.text))
        and len(before.text.split()) <= _FEW_WORDS
        and not is_apart(look, before)
    )


def continues(last: Look, look: Look) -> bool:
    """Whether a block is the next line of the heading above: by the words, or set in small capitals as it is."""
    above, below = last.block.box, look.block.box
    if last.block.page != look.block.page or above is None or below is None or heading_depth(look.text):
        return False
    if not -0.5 * look.first.size <= below.top - above.bottom <= look.first.size:
        return False
    if last.style.size == look.style.size:
        return goes_over(last.text, look.text)
    are_capitals = last.style.capitals and look.style.capitals and last.style.bold == look.style.bold
    return are_capitals and _SMALL_CAPITALS * last.style.size <= look.style.size < last.style.size


def is_next_line(last: Look, look: Look) -> bool:
    """Whether two blocks are set as lines of one heading: in one style, one below the other, without more room."""
    above, below = last.block.box, look.block.box
    if above is None or below is None or last.block.page != look.block.page or last.style != look.style:
        return False
    is_close = -0.5 * look.first.size <= below.top - above.bottom < _LEADING * look.first.size
    middles = (above.x0 + above.x1) / 2, (below.x0 + below.x1) / 2
    is_aligned = min(abs(above.x0 - below.x0), abs(middles[0] - middles[1])) < 0.5 * look.first.size
    return is_close and is_aligned and heading_depth(look.text) is None and last.last_sign not in ".:"
