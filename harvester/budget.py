"""How much a crawl may take before it is held for a trap: calendars without end, lists that never stop."""

from time import monotonic

from harvester.declarations import SourceDeclaration


class Budget:
    """Counts requests, pages of lists and hours against the declaration's limits."""

    def __init__(self, declaration: SourceDeclaration) -> None:
        self._slug, self._limits = declaration.slug, declaration.limits
        self._requests = self._pages = 0
        self._ends = monotonic() + declaration.limits.hours * 3600

    def spend_request(self, *, is_new: bool = True) -> str | None:
        """Count a request, if it is no further try of one; return why it must not be made, if so."""
        self._requests += is_new
        if self._requests > self._limits.requests:
            return self._sentence("requests", f"{self._limits.requests} addresses were asked for")
        if monotonic() > self._ends:
            return self._sentence("hours", f"it has lasted {self._limits.hours:g} hours")
        return None

    def spend_page(self) -> str | None:
        """Count a page of a list; return why it must not be turned, if so."""
        self._pages += 1
        if self._pages > self._limits.pages:
            return self._sentence("pages", f"{self._limits.pages} pages of lists were turned")
        return None

    def _sentence(self, limit: str, what: str) -> str:
        return (
            f"The crawl was ended before it was complete: {what}, which is all that limits.{limit} of {self._slug} allows. "
            "Either the site has no end, or the limit in its declaration is too low."
        )
