"""Precision, recall and shares over all reports, each with its interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Numbers = Mapping[str, int]
_RESAMPLES = 2000
_SEED = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: what it is called, how it comes from summed counts, and which count says how many it rests on."""

    name: str
    formula: Callable[[Numbers], float | None]
    rests_on: str


def share(part: str, whole: str) -> Callable[[Numbers], float | None]:
    """Return the share of one count in another; ``None`` where there is nothing to share."""

    def formula(numbers: Numbers) -> float | None:
        return numbers.get(part, 0) / numbers[whole] if numbers.get(whole) else None

    return formula


def f1(name: str) -> Callable[[Numbers], float | None]:
    """Return the harmonic mean of precision and recall."""

    def formula(numbers: Numbers) -> float | None:
        both = numbers.get(f"{name}_found", 0) + numbers.get(f"{name}_marked", 0)
        return 2 * numbers.get(f"{name}_right", 0) / both if both else None

    return formula


def _detection(name: str) -> list[Measure]:
    return [
        Measure(f"{name}_precision", share(f"{name}_right", f"{name}_found"), f"{name}_found"),
        Measure(f"{name}_recall", share(f"{name}_right", f"{name}_marked"), f"{name}_marked"),
        Measure(f"{name}_f1", f1(name), f"{name}_marked"),
    ]


MEASURES: Sequence[Measure] = (
    *_detection("heading"),
    Measure("level", share("level_right", "heading_right"), "heading_right"),
    Measure("role_precision", share("role_told_right", "role_told"), "role_told"),
    Measure("role_recall", share("role_right", "role_marked"), "role_marked"),
    *_detection("title"),
    *_detection("table"),
    *_detection("table_8"),
    Measure("clean_pages", share("clean_pages", "running_pages"), "running_pages"),
    Measure("lost_lines", share("lost_lines", "body_lines"), "body_lines"),
)


def figures(reports: Sequence[Numbers]) -> dict[str, dict[str, float | int | None]]:
    """Return every measure over all reports together, with the 95 % interval over draws of whole reports.

    ``value`` is ``None`` where nothing can be measured; so are ``low`` and ``high`` where the draws say nothing.
    """
    rng = np.random.default_rng(_SEED)
    draws = [rng.integers(len(reports), size=len(reports)) for _ in range(_RESAMPLES)] if reports else []
    samples = [_sum([reports[index] for index in draw]) for draw in draws]
    whole = _sum(reports)
    return {measure.name: _figure(measure, whole, samples) for measure in MEASURES}


def _figure(measure: Measure, whole: Numbers, samples: Sequence[Numbers]) -> dict[str, float | int | None]:
    values = [value for sample in samples if (value := measure.formula(sample)) is not None]
    low, high = (float(edge) for edge in np.quantile(values, [0.025, 0.975])) if values else (None, None)
    return {
        "value": measure.formula(whole),
        "low": low,
        "high": high,
        "n": whole.get(measure.rests_on, 0),
    }


def _sum(reports: Sequence[Numbers]) -> dict[str, int]:
    total: dict[str, int] = {}
    for numbers in reports:
        for name, number in numbers.items():
            total[name] = total.get(name, 0) + number
    return total
