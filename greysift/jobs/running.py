"""Crawls that are going on, and those that wait to be taken up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from corpus.selectors.put_off import PutOff, put_off_of
from corpus.selectors.schedules import got_so_far
from corpus.selectors.sources import last_crawl
from corpus.vocabulary.harvest import RunStatus
from greysift.jobs.due import crawled_now

if TYPE_CHECKING:
    from corpus.models import SearchRun, Source


@dataclass(frozen=True, slots=True)
class Running:
    """A crawl that is going on, or that nobody is at just now, perhaps since it was put off."""

    run: "SearchRun"
    got: int
    is_alive: bool
    put_off: PutOff | None


def running_crawl(source: "Source") -> Running | None:
    """Return a source's unfinished crawl, with what it has got until now."""
    run = last_crawl(source)
    if run is None or run.status != RunStatus.RUNNING:
        return None
    is_alive = source.slug in crawled_now(timezone.now())
    return Running(run=run, got=got_so_far(run), is_alive=is_alive, put_off=put_off_of(run))
