"""One crawl as an order: what to ask, where to keep it, whom to hand it to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import scrapy

from corpus.vocabulary.errors import NotNowError, SourceError
from corpus.vocabulary.harvest import CaptureFact
from harvester.contact import contact_of
from harvester.declarations import SourceDeclaration
from harvester.sinks import Sink
from harvester.turns import LocalTurns, Turns
from harvester.warc import ROTATE_AT

if TYPE_CHECKING:
    from harvester.spiders.probing.findings import ProbeReport


class Validators(Protocol):
    """What earlier runs hold, by URL; a mapping is one."""

    def get(self, key: str, /) -> CaptureFact | None:
        """Return the latest capture of a URL, if there is one."""
        ...


@dataclass(frozen=True)
class CrawlJob:
    """An order for one crawl.

    Attributes
    ----------
    declaration
        The source.
    run_uid
        The run's identity. The same one again takes up a run that was killed. A replay's is that of its WARC.
    warc_dir
        Where the run's WARC files are written; not touched by a replay.
    sink
        Takes captures and records as they come.
    replay
        A WARC file (and those of the same run beside it) to take every answer from: nothing is asked of any server.
    validators
        The latest capture of each URL from earlier runs, whose ETag and Last-Modified make requests conditional. Their
        WARC files lie in ``warc_dir``.
    contact
        Address or page of who is harvesting, told to servers; the declaration's by default.
    take_probe
        Makes the crawl a probe: the hosts are asked what they offer, no record is looked for, and this takes the
        report.
    key
        What the source gave its user to ask with, where it wants one; sent to its entry points, stored nowhere.
    progress
        Called with (records got, records expected or ``None``) after each record.
    turns
        Whose turn it is to ask a host: shared with other processes, or this one's own.
    begun_at
        When the run was begun; its recording says so, for replays.
    rotate_at
        Size in bytes above which the run's next WARC file is begun.
    clock
        Tells the time, for the hours in which the source may be asked.
    """

    declaration: SourceDeclaration
    run_uid: UUID
    warc_dir: Path
    sink: Sink
    replay: Path | None = None
    validators: Validators = field(default_factory=dict[str, CaptureFact])
    contact: str | None = None
    take_probe: "Callable[[ProbeReport], None] | None" = None
    key: str | None = field(default=None, repr=False)
    progress: Callable[[int, int | None], None] | None = None
    turns: Turns = field(default_factory=LocalTurns)
    begun_at: datetime | None = None
    rotate_at: int = ROTATE_AT
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def user_agent(self) -> str:
        """What servers are told of who asks.

        Raises
        ------
        SourceError
            When nobody is named and servers other than this machine's would be asked, or nobody could be reached so.
        """
        contact = None
        if self.replay is None:
            contact = contact_of(
                self.contact, self.declaration.politeness.contact, slug=self.declaration.slug
            )
        if contact is None and not self.declaration.is_loopback and self.replay is None:
            raise SourceError(
                f"{self.declaration.slug}: say who asks, so that the source's keepers can reach you: set "
                "GREYSIFT_CONTACT to your e-mail address (`export GREYSIFT_CONTACT=you@your.org`), or write it as "
                "politeness.contact in the declaration."
            )
        if contact is not None and "@" in contact and ":" not in contact:
            contact = f"mailto:{contact}"  # as Crossref and OpenAlex look for it
        return f"Greysift/{version('greysift')} (grey-literature harvester; contact: {contact or 'this machine'})"


def check_hours(declaration: SourceDeclaration, *, at: datetime) -> None:
    """Raise :class:`NotNowError` outside the hours in which a source may be asked."""
    opens = declaration.politeness.opening(at)
    if opens > at:
        raise not_now(
            declaration, f"it may be asked within {declaration.politeness.hours} alone", until=opens
        )


def not_now(declaration: SourceDeclaration, why: str, *, until: datetime) -> NotNowError:
    """Return the error that puts a crawl off, saying when to come again."""
    moment = until.astimezone(ZoneInfo(declaration.politeness.zone))
    return NotNowError(
        f"{declaration.slug} is put off: {why}; nothing is lost: run the same command again after "
        f"{moment:%Y-%m-%d %H:%M:%S %Z}",
        until=until,
        why=why,
    )


def versions() -> dict[str, str]:
    """Return the versions of the code that decides what a crawl finds."""
    return {"greysift": version("greysift"), "scrapy": scrapy.__version__}
