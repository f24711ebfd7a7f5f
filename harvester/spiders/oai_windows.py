"""Windows of datestamps, both ends included, as fine as the repository's clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Granularity:
    """How fine the repository's datestamps are."""

    is_seconds: bool

    @property
    def step(self) -> timedelta:
        """The least difference between two datestamps."""
        return _SECOND if self.is_seconds else _DAY

    def text(self, moment: datetime) -> str:
        """Write a moment as the repository reads it."""
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if self.is_seconds else "%Y-%m-%d")

    def floor(self, moment: datetime) -> datetime:
        """Return the datestamp that a moment falls into."""
        whole = moment.replace(microsecond=0)
        return whole if self.is_seconds else whole.replace(hour=0, minute=0, second=0)


@dataclass(frozen=True, slots=True)
class Window:
    """Datestamps from ``first`` to ``last``; ``None`` is open."""

    first: datetime | None = None
    last: datetime | None = None

    def holds(self, datestamp: str, granularity: Granularity) -> bool:
        """Whether a datestamp lies in the window; one that says the day alone may lie anywhere in it, as may any text."""
        ends = _ends_of(datestamp)
        if ends is None:
            return True
        begins, finishes = ends
        is_early = self.first is not None and finishes < self.first
        is_late = self.last is not None and begins >= self.last + granularity.step
        return not is_early and not is_late

    def split(
        self, *, earliest: datetime, now: datetime, granularity: Granularity
    ) -> "tuple[Window, Window] | None":
        """Return both halves, cut between two datestamps; ``None`` when it holds only one."""
        first, last = granularity.floor(self.first or earliest), granularity.floor(self.last or now)
        if first >= last:
            return None
        middle = granularity.floor(first + (last - first) / 2)
        return Window(self.first, middle), Window(middle + granularity.step, self.last)

    def text(self, granularity: Granularity) -> str:
        """Name the window for people."""
        first = granularity.text(self.first) if self.first else "the beginning"
        last = granularity.text(self.last) if self.last else "now"
        return f"{first} to {last}"


def moment_of(text: str) -> datetime | None:
    """Return the moment that a datestamp names, a day's beginning for a day; ``None`` when it names none."""
    ends = _ends_of(text)
    return ends[0] if ends else None


def _ends_of(text: str) -> tuple[datetime, datetime] | None:
    text = text.strip()
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
            return begins, begins + _DAY - _SECOND
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment, moment
