"""How a source is doing, in a word and a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus.models import SearchRun, Source
from corpus.selectors.completeness import CRAWLS, yields
from corpus.vocabulary.harvest import RunStatus, SourceHealth

SILENT_AFTER = timedelta(days=92)
"""A source that no crawl has completed for so long is heard of no more."""

UPLOAD = "upload"
"""The kind of source that is never crawled."""


@dataclass(frozen=True, slots=True)
class Health:
    """A source's health; ``words`` say why, and ``last`` is its last crawl that ended."""

    state: SourceHealth
    words: str
    last: SearchRun | None


def health_of(source: Source, *, at: datetime) -> Health:
    """Return how a source is doing at a moment, judged by the crawls (and replays) that ended.

    It is failing when the last one failed; silent when the last one found nothing, or is long ago; healthy otherwise.
    A crawl that is under way changes nothing. Of a source whose files people hand over, no crawl is expected.
    """
    if source.kind == UPLOAD:
        return _by_hand(source)
    crawls = SearchRun.objects.filter(source=source, channel__in=CRAWLS).order_by("-started_at", "-pk")
    last = crawls.exclude(status=RunStatus.RUNNING).first()
    if last is None:
        is_begun = crawls.exists()
        words = "its first crawl has not ended yet" if is_begun else "no crawl has been tried"
        return Health(SourceHealth.NEVER, words, None)
    if last.status == RunStatus.FAILED:
        more = f" (and {len(last.failures) - 1} more)" if len(last.failures) > 1 else ""
        return Health(SourceHealth.FAILING, f"{last.failures[0]}{more}", last)
    if not any(yields(last.counts).values()) and not last.got:
        return Health(SourceHealth.SILENT, "its last crawl found nothing", last)
    if at - last.started_at > SILENT_AFTER:
        return Health(SourceHealth.SILENT, f"no crawl since {last.started_at:%Y-%m-%d}", last)
    return Health(SourceHealth.HEALTHY, f"complete on {last.started_at:%Y-%m-%d}", last)


def _by_hand(source: Source) -> Health:
    newest = SearchRun.objects.filter(source=source, channel="upload").order_by("-started_at", "-pk").first()
    words = f"last on {newest.started_at:%Y-%m-%d}" if newest is not None else "nothing yet"
    return Health(SourceHealth.BY_HAND, words, None)
