"""The one clock that all processes on a database share."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def database_now() -> datetime:
    """Return the time by the database's clock, as it is now and not when the transaction began.

    SQLite has no server: whoever writes to its file is on this machine and has this machine's clock.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return] # the column's type, aware since Django asks for UTC
