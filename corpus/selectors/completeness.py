"""What complete crawls of a source gave: the history that a crawl is measured by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from corpus.models import SearchRun
from corpus.selectors.moments import is_before
from corpus.vocabulary.harvest import DOCUMENTS, LEFT_DOCUMENTS, LEFT_RECORDS, RECORDS, RunStatus

CRAWLS = ("crawl", "replay")
"""Channels that ask a source for all it holds; an upload brings what a person chose."""
LOOKED_BACK = 5
"""Complete crawls that are remembered when a new one is measured."""


@dataclass(frozen=True, slots=True)
class Yield:
    """How many of each thing a source still listed at the end of a complete crawl."""

    begun_at: datetime
    of: Mapping[str, int]


def yields(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each thing a run got, documents that were retrieved among them, from its counts."""
    got = {key.removeprefix("got "): number for key, number in counts.items() if key.startswith("got ")}
    if (records := counts.get("records")) is not None:
        got[RECORDS] = records
    if (documents := counts.get("documents_retrieved")) is not None:
        got[DOCUMENTS] = documents
    return got


def held(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each thing a run got that the source still listed at its end.

    What left the list during the crawl was read, and is no loss to that run; the next one cannot get it.
    """
    left = {RECORDS: counts.get(LEFT_RECORDS, 0), DOCUMENTS: counts.get(LEFT_DOCUMENTS, 0)}
    return {what: max(number - left.get(what, 0), 0) for what, number in yields(counts).items()}


def crawls_like(run: SearchRun) -> list[SearchRun]:
    """Return the crawls of the same source by the same strategy, however they ended, in the order of their beginnings."""
    return next(alike for alike in crawls_by_strategy(run.source_id) if alike[0].strategy == run.strategy)


def crawls_by_strategy(source_id: int) -> list[list[SearchRun]]:
    """Return the crawls of a source, those of one strategy together, each group in the order of their beginnings."""
    groups: list[list[SearchRun]] = []
    runs = SearchRun.objects.filter(source_id=source_id, channel__in=CRAWLS)
    for run in runs.order_by("started_at", "pk"):
        # compared here: databases differ in whether the order of keys in JSON matters
        for group in groups:
            if group[0].strategy == run.strategy:
                group.append(run)
                break
        else:
            groups.append([run])
    return groups


def earlier_yields(run: SearchRun) -> list[Yield]:
    """Return what the source listed at the end of the last complete crawls before a run, newest first.

    A drop that a person has accepted begins the history anew: what was before it is no measure any more.
    """
    found: list[Yield] = []
    for other in reversed(crawls_like(run)):
        if not is_before(other, run) or other.status != RunStatus.COMPLETE:
            continue
        found.append(Yield(begun_at=other.started_at, of=held(other.counts)))
        if other.fewer_accepted_why is not None or len(found) == LOOKED_BACK:
            break
    return found


def accepted_shortfall(run: SearchRun) -> SearchRun | None:
    """Return the newest run before this one of which a person said that so much will always be missing."""
    for other in reversed(crawls_like(run)):
        if other.shortfall_accepted_why is not None and is_before(other, run):
            return other
    return None


def runs_known_as(text: str) -> list[SearchRun]:
    """Return the runs whose identity begins so, or, for a source's name, its newest crawl."""
    runs = SearchRun.objects.filter(channel__in=CRAWLS).select_related("source")
    of_source = runs.filter(source__slug=text).order_by("-started_at", "-pk").first()
    if of_source is not None:
        return [of_source]
    return [run for run in runs.order_by("started_at", "pk") if str(run.uid).startswith(text.lower())]
