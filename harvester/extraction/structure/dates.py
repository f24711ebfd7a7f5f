"""The date that a document prints on its first pages, as ISO, cut to its precision."""

import re
from collections.abc import Iterator, Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
    )
)
_YEAR_ALONE = re.compile(rf"^(?:(?:spring|summer|autumn|winter|fall)\s+)?{_YEAR}$", re.IGNORECASE)
_SAID_PUBLISHED = re.compile(
    r"\b(?:published|publication date|date of publication|issued|date published)\b", re.IGNORECASE
)
_OTHER_DATE = re.compile(
    r"\b(?:inspection|inspected|fieldwork|visit|previous|next|between|from|revised by|review date|conference|meeting|accessed|deadline|by)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\W{{0,3}}(?:\w+\W{{1,3}}){{0,4}}{_YEAR}\b", re.IGNORECASE)
_RANGE = re.compile(r"\d\s*(?:to|until|and|–|—|-)\s*\d{1,2}\s+[a-z]{3}", re.IGNORECASE)
_LONGEST_LINE = 160
_WORDS_AROUND = 4  # beside a date that stands by itself


def find_date(lines: Sequence[str]) -> str | None:
    """Return the date of publication among the lines of a document's first pages.

    One that is said to be it comes first; then one that stands by itself, which no word claims for something else;
    then the year of the copyright.
    """
    lines = [line for line in lines if len(line) <= _LONGEST_LINE]
    for line in lines:
        said = _SAID_PUBLISHED.search(line)
        date = next(_dates(line[said.start() :]), None) if said else None
        if date:
            return date
    for line in lines:
        found = list(_dates(line))
        if (
            len(found) == 1
            and len(line.split()) <= 3 + _WORDS_AROUND
            and not (_OTHER_DATE.search(line) or _RANGE.search(line))
        ):
            return found[0]
    for pattern in (_YEAR_ALONE, _COPYRIGHT):
        for line in lines:
            year = pattern.search(line)
            if year:
                return year["year"]
    return None


def _dates(line: str) -> Iterator[str]:
    """Yield the dates of a line, whole ones before months."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(line):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            date = _iso(found)
            if date:
                taken.append(found.span())
                yield date


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    name = parts.get("month")
    month = _MONTHS.index(name[:3].casefold()) + 1 if name else int(parts["month_number"] or 0)
    day = parts.get("day")
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return f"{parts['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
