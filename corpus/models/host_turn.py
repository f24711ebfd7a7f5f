"""Whose turn it is to ask a host."""

from django.db import models


class HostTurn(models.Model):
    """The one budget of requests to a host, for all processes and machines on this database.

    Nobody asks before ``free_at``; while ``holder`` holds the host (until ``held_until`` at the latest), nobody else
    asks at all. ``answered_at`` is when the host last began to answer, as far as is known, ``setbacks`` how often in a row it
    was busy or broken. All moments are by the database's clock.
    """

    host = models.CharField(max_length=300, unique=True)
    free_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    setbacks = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=200, null=True)  # noqa: DJ001 - absent is None, never ""
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(holder=None, held_until=None)
                | models.Q(holder__isnull=False, held_until__isnull=False),
                name="host_turn_held_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} free at {self.free_at}"
