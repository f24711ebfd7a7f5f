"""Drawings placed on a page as a whole, whose letters are labels and no running text."""

from collections import deque
from collections.abc import Sequence

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame
from harvester.extraction.objects import FORM, PATH, TEXT, bounds_of, kinds_of, objects_of_form

_FEWEST_PATHS = 10  # strokes and fills of a drawing; a framed text has its frame
_MOST_OF_PAGE = 0.6  # of the page's area; a form that is larger wraps the page
_MOST_INNER = 400  # objects of a form


def find_figures(things: Sequence[int], kinds: Sequence[int], frame: PageFrame) -> tuple[Box, ...]:
    """Return the boxes of forms that draw, on a page that has text beside them."""
    if FORM not in kinds or TEXT not in kinds:
        return ()
    forms = [thing for thing, kind in zip(things, kinds, strict=True) if kind == FORM and _draws(thing)]
    corners, known = bounds_of(forms)
    boxes = (frame.place(*row) for row in corners[known].tolist())
    most = _MOST_OF_PAGE * frame.width * frame.height
    return tuple(box for box in boxes if (box.x1 - box.x0) * (box.bottom - box.top) <= most)


def _draws(form: int) -> bool:
    """Whether a form, or a form within it, is made of strokes and fills."""
    paths, left, inner = 0, _MOST_INNER, deque([form])
    while inner and left and paths < _FEWEST_PATHS:
        things = objects_of_form(inner.popleft(), left)
        left -= len(things)
        kinds = kinds_of(things)
        paths += kinds.count(PATH)
        inner += [thing for thing, kind in zip(things, kinds, strict=True) if kind == FORM]
    return paths >= _FEWEST_PATHS
