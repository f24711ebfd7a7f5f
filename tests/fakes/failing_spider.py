"""A spider with a fault: it cannot bear one of its pages. For the ``prepare`` of a crawl in a process of its own."""

from typing import Any

from corpus.vocabulary.errors import SourceError
from harvester.spiders.landing import LandingPages


def prepare(order: dict[str, Any]) -> None:
    """Let the page whose address ends as ordered raise what it is ordered to, once it has been read whole."""
    record_of = LandingPages.record_of
    error = {"SourceError": SourceError, "ValueError": ValueError}[order["raises"]]

    async def failing(self: LandingPages, listed: Any) -> Any:
        record = await record_of(self, listed)
        if listed.url.endswith(order["raises_at"]):
            raise error("this page")
        return record

    LandingPages.record_of = failing  # type: ignore[method-assign]
