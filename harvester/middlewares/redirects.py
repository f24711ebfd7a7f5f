"""Redirects, however odd their Location."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from harvester.middlewares.causes import NotFetchedError
from harvester.reasons import NotRetrieved, with_detail

LONGEST = 4096  # bytes of an address
_STATUSES = {301, 302, 303, 307, 308}


class RedirectsMiddleware(RedirectMiddleware):
    """Scrapy's, which a Location that makes no sense would bring down, or leave unexplained."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override] # the spider argument is deprecated
        """Follow, or say why not."""
        location = response.headers.get("Location")
        if location is None or response.status not in _STATUSES:
            return response
        if len(location) > LONGEST:
            raise _nowhere(request, f"longer than {LONGEST} bytes")
        try:
            followed = super().process_response(request, response)
        except ValueError as error:  # brackets, ports and the like that make no sense
            raise _nowhere(request, "it makes no sense") from error
        if followed is response:
            scheme = location.partition(b":")[0][:20].decode("latin-1")
            raise _nowhere(request, scheme)
        return followed


def _nowhere(request: Request, detail: str) -> NotFetchedError:
    return NotFetchedError.because(with_detail(NotRetrieved.ADDRESS, detail), url=request.url)
