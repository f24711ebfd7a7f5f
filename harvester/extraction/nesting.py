"""Items of lists in Markdown: how far each is indented, and what parts a list from the next."""

import re
from dataclasses import dataclass

_BULLET = "-"
_NUMBER = re.compile(r"([0-9]{1,9})([.)])")
_FIRST = 1  # the only number with which a list may begin right under a paragraph (CommonMark 0.31, 5.2)
_PARTING = "<!-- -->"


@dataclass(frozen=True, slots=True)
class _Item:
    """The newest item of a list that is open."""

    level: int
    shown: str

    @property
    def width(self) -> int:
        """Columns from the item's marker to its content, where what belongs to it must begin."""
        return len(self.shown) + 1


class OpenLists:
    """The lists that an item may go on, the outermost first."""

    def __init__(self) -> None:
        self._items: list[_Item] = []

    def end(self) -> None:
        """End all lists, as anything does that is no item."""
        self._items.clear()

    def begin_item(self, level: int, marker: str) -> str:
        """Return what stands before an item's words: its indentation and marker, and above it what parts two lists.

        An item lies in the nearest one before it of a lower level. Lists side by side, which a reader of Markdown would
        number through, are parted by a comment.
        """
        before: _Item | None = None
        while self._items and self._items[-1].level >= level:
            before = self._items.pop()
        indent = " " * sum(item.width for item in self._items)
        shown = marker if is_number(marker) else _BULLET
        above = ""
        if before and _would_run_on(before.shown, shown):
            above = f"\n{indent}{_PARTING}\n\n"
        elif self._items and not before and (found := _NUMBER.fullmatch(shown)) and int(found[1]) != _FIRST:
            above = "\n"
        self._items.append(_Item(level, shown))
        return f"{above}{indent}{shown} "


def is_number(marker: str) -> bool:
    """Whether Markdown shows a marker as it is printed."""
    return _NUMBER.fullmatch(marker) is not None


def _would_run_on(last: str, shown: str) -> bool:
    """Whether an item would be counted on from the last one and so get another number than its own."""
    one, other = _NUMBER.fullmatch(last), _NUMBER.fullmatch(shown)
    return bool(one and other and one[2] == other[2] and int(other[1]) != int(one[1]) + 1)
