"""The hours in which a source may be asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

_WINDOW = re.compile(r"(?P<opens>[0-9]{2}:[0-9]{2})-(?P<closes>[0-9]{2}:[0-9]{2})")


def _checked_window(text: str) -> str:
    times_of(text)
    return text


def _checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}; write one like Europe/London") from error
    return name


Window = Annotated[str, AfterValidator(_checked_window)]
"""``22:00-06:00``: from the first time of the day to the second, over midnight if that is earlier; ``24:00`` ends a day."""
Zone = Annotated[str, AfterValidator(_checked_zone)]
"""A time zone by its name, such as ``Europe/London``."""


def times_of(window: str) -> tuple[time, time]:
    """Return when a window opens and closes.

    Raises
    ------
    ValueError
        When it is not written like ``22:00-06:00``, or opens when it closes.
    """
    match = _WINDOW.fullmatch(window)
    if match is None:
        raise ValueError(f"{window!r} is no window of hours; write it like 22:00-06:00")
    end = "00:00" if match["closes"] == "24:00" else match["closes"]  # ISO 8601 names the end of a day so
    try:
        opens, closes = time.fromisoformat(match["opens"]), time.fromisoformat(end)
    except ValueError as error:
        raise ValueError(f"{window!r} is no window of hours: {error}") from error
    if opens == closes:
        raise ValueError(f"{window!r} opens when it closes; leave it out to ask at any hour")
    return opens, closes


def opening(windows: tuple[str, ...], zone: str, *, at: datetime) -> datetime:
    """Return when a source may next be asked: ``at`` itself while a window is open, or when there are none."""
    if not windows:
        return at
    spans = [span for window in windows for span in _spans(window, ZoneInfo(zone), around=at)]
    if any(opens <= at < closes for opens, closes in spans):
        return at
    return min(opens for opens, closes in spans if opens > at and closes > opens)


def _spans(window: str, zone: ZoneInfo, *, around: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield a window's spans from the day before to two days after; one may fall into the hour that a zone skips."""
    opens, closes = times_of(window)
    today = around.astimezone(zone).date()
    for days in range(-1, 4):
        day = today + timedelta(days=days)
        end = day if closes > opens else day + timedelta(days=1)
        yield (
            datetime.combine(day, opens, zone).astimezone(UTC),
            datetime.combine(end, closes, zone).astimezone(UTC),
        )
