"""When a recurring crawl is due: cron expressions as Debian's cron reads them, daylight saving included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from corpus.vocabulary.errors import ScheduleError

FIELDS = 5
LONGEST = 100
LOOKS_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=366))
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression that is due some day. Moments come and go as aware datetimes; its hours are a zone's."""

    text: str

    def next_after(self, moment: datetime, *, zone: ZoneInfo) -> datetime:
        """Return the first due moment after ``moment``."""
        return next(self._after(moment, zone=zone))

    def newest_in(self, after: datetime, until: datetime, *, zone: ZoneInfo) -> datetime | None:
        """Return the last due moment after ``after`` and not after ``until``, if there is one.

        Looked for from the end, in growing steps: a scheduler that was off for a year need not count every minute.
        """
        for step in LOOKS_BACK:
            start = max(after, until - step)
            newest = self._last(start, until, zone=zone)
            if newest is not None or start == after:
                return newest
        return self._last(after, until, zone=zone)

    def in_words(self) -> str:
        """Return the expression as a phrase."""
        return CronSim(self.text, _SOME_DAY).explain()

    def _last(self, after: datetime, until: datetime, *, zone: ZoneInfo) -> datetime | None:
        newest = None
        for moment in self._after(after, zone=zone):
            if moment > until:
                break
            newest = moment
        return newest

    def _after(self, moment: datetime, *, zone: ZoneInfo) -> Iterator[datetime]:
        """Yield due moments; in the hour that clocks repeat, cronsim begins with those that have passed."""
        for due in CronSim(self.text, moment.astimezone(zone)):
            # in UTC: two moments of one zone are compared by the clock on the wall, which the repeated hour misleads
            if (found := due.astimezone(UTC)) > moment:
                yield found


def parse_cron(text: str) -> Cron:
    """Read a cron expression of five fields.

    Raises
    ------
    ScheduleError
        When it is none, or none that is ever due; the text says what one looks like.
    """
    given = " ".join(text.split())
    why = _fault_in(given)
    if why is None:
        return Cron(given)
    raise ScheduleError(
        f"“{given[:LONGEST]}” is no cron expression ({why}): give minute, hour, day of the month, month and day of the "
        "week, for example “0 3 * * 1” for every Monday at 03:00"
    )


def _fault_in(given: str) -> str | None:
    fields = len(given.split(" ")) if given else 0
    if fields != FIELDS:
        return f"it has {fields} fields, not {FIELDS}"
    if len(given) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    try:
        next(CronSim(given, _SOME_DAY))
    except CronSimError as error:
        return str(error).lower()
    except StopIteration:
        return "no day is ever like that"
    return None
