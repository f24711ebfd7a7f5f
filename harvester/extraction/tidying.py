"""Values that documents declare of themselves, made fit to be kept."""

from collections.abc import Mapping

from harvester.extraction.words import clean

LONGEST_VALUE = 1_000
MOST_VALUES = 60


def tidy(declared: Mapping[str, str]) -> dict[str, str]:
    """Return values on one line each, of bearable length and number, without those that are empty."""
    said = (
        (one_line(name, longest=LONGEST_VALUE), one_line(value, longest=LONGEST_VALUE))
        for name, value in declared.items()
    )
    return dict([(name, value) for name, value in said if name and value][:MOST_VALUES])


def one_line(value: str, *, longest: int) -> str:
    """Return a value on one line, cut where it is too long."""
    return " ".join(clean(value[: 4 * longest]).split())[:longest].strip()
