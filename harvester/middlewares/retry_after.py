"""What a host says of when to come back."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

_SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?")  # a fraction is none by the standard, and understood all the same


def retry_after(response: Response) -> float | None:
    """Return the seconds that Retry-After asks for, given as a number or as a date.

    A date is read by the host's own clock, which its ``Date`` tells, so that a recorded answer is read as it was live.
    """
    value = _text(response, "Retry-After")
    if _SECONDS.fullmatch(value):
        return float(value[:12])
    moment = _moment(value)
    if moment is None:
        return None
    sent_at = _moment(_text(response, "Date")) or datetime.now(UTC)
    return max(0.0, (moment - sent_at).total_seconds())


def _text(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
