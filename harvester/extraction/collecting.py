"""Python's collector of cycles, held back while values are made that hold none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let no search for cycles of garbage run meanwhile.

    A document is tens of thousands of words and boxes, all of them kept and none in a cycle; the collector would look
    through them again and again and find nothing, for a fifth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def with_collector() -> Iterator[None]:
    """Let the search run meanwhile where it was held back: libraries make cycles."""
    was_enabled = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        if not was_enabled:
            gc.disable()
