"""When a step that only arranges what was read fails: the text as drawn, which is worth more than none, and says so."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from harvester.extraction.composing import ComposedPage, compose_as_drawn
from harvester.extraction.lines import PageLines

T = TypeVar("T")

FAILED = "failed"
"""Name of the setting that says which step failed, and with what kind of error."""


def try_step(name: str, step: Callable[[], T], otherwise: Callable[[], T]) -> tuple[T, Mapping[str, str]]:
    """Return what a step gives, or what stands in for it, and what to note of that."""
    try:
        return step(), {}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - no page that anybody foresaw; what was read must not be lost
        return otherwise(), {FAILED: f"{name} ({type(error).__name__})"}


def as_drawn(pages: Sequence[PageLines]) -> list[ComposedPage]:
    """Return pages whose lines stand in the order of drawing, one paragraph each."""
    return [compose_as_drawn(page, number=number) for number, page in enumerate(pages, start=1)]
