"""Scales of axes: numbers that stand at equal distances and differ by equal steps, or by one factor."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.lines import Direction, Line

_FEWEST = 4
_NUMBER = re.compile(r"[(]?[-−–+]?[£$€]?\d[\d,]*(?:\.\d+)?[%)kKmM]?")
_EDGE = 0.35  # of the height of type, by which numbers of one scale may stand beside a common line
_DISTANCE = 0.15  # by which distances may differ, as a share
_SAME = 1e-3  # by which steps may differ, as a share
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale and its place; whether it runs from bottom to top, at a chart's side."""

    box: Box
    is_upright: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    value: float
    box: Box


def scales_of(lines: Iterable[Line]) -> list[Scale]:
    """Find the scales among lines: numbers that rise from bottom to top, or from left to right and are no years."""
    marks = [
        _Mark(value, word.box)
        for line in lines
        if line.direction is Direction.RIGHT
        for word in line.words
        if (value := number_of(word.text)) is not None
    ]
    found: list[Scale] = []
    if len(marks) < _FEWEST:
        return found
    for places in (lambda box: box.x1, lambda box: (box.x0 + box.x1) / 2, lambda box: box.x0):
        for column in _on_one_line(marks, places):
            rising = sorted(column, key=lambda mark: -mark.box.bottom)
            found += [Scale(box, is_upright=True) for box in _even(rising, upright=True)]
    for row in _on_one_line(marks, lambda box: (box.top + box.bottom) / 2):
        found += [
            Scale(box, is_upright=False)
            for box in _even(sorted(row, key=lambda mark: mark.box.x0), upright=False)
        ]
    return found


def number_of(text: str) -> float | None:
    """Return what a label says where it is a number, with its unit perhaps."""
    if not _NUMBER.fullmatch(text):
        return None
    digits = text.strip("()£$€%kKmM+").replace(",", "").replace("−", "-").replace("–", "-")
    try:
        return float(digits.replace("£", "").replace("$", "").replace("€", ""))
    except ValueError:
        return None


def _on_one_line(marks: Sequence[_Mark], place: Callable[[Box], float]) -> Iterator[list[_Mark]]:
    group: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: place(mark.box)):
        near = _EDGE * (mark.box.bottom - mark.box.top)
        if group and place(mark.box) - place(group[-1].box) > near:
            if len(group) >= _FEWEST:
                yield group
            group = []
        group.append(mark)
    if len(group) >= _FEWEST:
        yield group


def _even(marks: Sequence[_Mark], *, upright: bool) -> Iterator[Box]:
    """Yield the places of runs that rise evenly."""
    run: list[_Mark] = []
    for mark in [*marks, None]:
        if (
            mark is not None
            and run
            and mark.value == run[-1].value
            and _is_level(mark, run[-1], upright=upright)
        ):
            continue  # struck over itself, for weight
        if mark is not None and len(run) >= 2 and _goes_on(run, mark, upright=upright):
            run.append(mark)
            continue
        if len(run) >= _FEWEST and (upright or not _are_counted(run)):
            yield around([each.box for each in run])
        run = [*run[-1:], mark] if mark is not None else []


def _goes_on(run: Sequence[_Mark], mark: _Mark, *, upright: bool) -> bool:
    first, second, last = run[0], run[1], run[-1]
    step = _middle(second.box, upright) - _middle(first.box, upright)
    here = _middle(mark.box, upright) - _middle(last.box, upright)
    if abs(here - step) > _DISTANCE * abs(step) or mark.value <= last.value or second.value <= first.value:
        return False
    added = second.value - first.value
    is_added = abs(mark.value - last.value - added) <= _SAME * added
    is_times = first.value > 0 and abs(mark.value * first.value - last.value * second.value) <= (
        _SAME * last.value * second.value
    )
    return is_added or is_times


def _is_level(mark: _Mark, other: _Mark, *, upright: bool) -> bool:
    apart = _middle(mark.box, upright) - _middle(other.box, upright)
    return abs(apart) < 0.5 * (mark.box.bottom - mark.box.top)


def _middle(box: Box, upright: bool) -> float:
    return -(box.top + box.bottom) / 2 if upright else (box.x0 + box.x1) / 2


def _are_counted(run: Sequence[_Mark]) -> bool:
    """Whether numbers are years, or count from one: the heads of a table's columns may."""
    return all(mark.value in _YEARS for mark in run) or [mark.value for mark in run[:2]] == [1.0, 2.0]
