"""Reading a how-to page: its numbered sentences, and what stands in their boxes."""

import re
from dataclasses import dataclass
from pathlib import Path

_ITEM = re.compile(r"^(\d+)\. ", re.MULTILINE)
_BOX = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A numbered sentence with its boxes, as (language, text) in their order."""

    number: int
    sentence: str
    boxes: tuple[tuple[str, str], ...]

    def box(self, language: str) -> str:
        """Return the text of the only box in a language."""
        (text,) = [text for named, text in self.boxes if named == language]
        return text

    @property
    def commands(self) -> list[str]:
        """The commands of the step."""
        return [line for named, text in self.boxes if named == "console" for line in text.splitlines()]


def steps_of(page: Path) -> list[Step]:
    """Return a page's steps."""
    _, *parts = _ITEM.split(page.read_text(encoding="utf-8"))
    return [
        Step(int(number), " ".join(_BOX.sub("", text).split()), tuple(map(_straight, _BOX.findall(text))))
        for number, text in zip(parts[::2], parts[1::2], strict=True)
    ]


def _straight(box: tuple[str, str]) -> tuple[str, str]:
    """Return a box without the indentation that the list gives it."""
    language, text = box
    lines = text.splitlines()
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return language, "\n".join(line[indent:] for line in lines)
