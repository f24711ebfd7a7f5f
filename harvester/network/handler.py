"""Scrapy's downloader of http and https, with the guard's reasons in words."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Response
from twisted.internet import endpoints, ssl
from twisted.web._newclient import ParseError

from harvester.network.addresses import Reach, literal_of, may_reach
from harvester.network.limits import BoundedFactory, HeadTooLargeError
from harvester.network.resolver import REACH
from harvester.network.timers import Sweeping
from harvester.network.unfit import UnfitAnswerError
from harvester.reasons import NotRetrieved, with_detail

if TYPE_CHECKING:
    from harvester.network.resolver import GuardedResolver

_ENCODES_NAMES = "_idnaBytes"  # Twisted's, where endpoints look for it; Scrapy puts its own there


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Downloads within bounds; what the guard refused, or no other try would better, is told as such."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory  # noqa: SLF001 - the one place where Scrapy names its protocol
        self._reach = Reach(crawler.settings[REACH])
        self._sweeping = Sweeping(_reactor())
        _remember_names()

    async def close(self) -> None:
        """Close what is kept open for further requests."""
        self._sweeping.stop()
        await super().close()

    async def download_request(self, request: Request) -> Response:
        """Download, or raise why not."""
        host = urlsplit(request.url).hostname or ""
        if request.meta.get("proxy"):
            await self._check_before_proxy(host)
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            if (address := _resolver().refused(host)) is not None:
                raise _refusal(host, address) from error
            raise
        except DownloadFailedError as error:
            if (reason := _reason_of(error)) is not None:
                raise reason from error
            raise

    async def _check_before_proxy(self, host: str) -> None:
        """Refuse what the proxy would reach for us; a name that only the proxy can resolve is its own to guard."""
        literal = literal_of(host)
        if literal is not None and not may_reach(literal, reach=self._reach):
            raise _refusal(host, literal)
        if literal is None and (address := await _resolver().out_of_reach(host)) is not None:
            raise _refusal(host, address)


def _remember_names() -> None:
    """Let Twisted work out how a host's name is written once, and not for every request to it."""
    encode = getattr(endpoints, _ENCODES_NAMES)
    if not hasattr(encode, "cache_info"):
        setattr(endpoints, _ENCODES_NAMES, lru_cache(maxsize=1000)(encode))


def _reactor() -> Any:  # noqa: ANN401 - reactors have no common type
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

    return reactor


def _resolver() -> "GuardedResolver":
    return cast("GuardedResolver", _reactor().nameResolver)


def _refusal(host: str, address: str) -> UnfitAnswerError:
    detail = address if host == address else f"{host} leads to {address}"
    return UnfitAnswerError(with_detail(NotRetrieved.OUT_OF_REACH, detail), is_transient=True)


def _reason_of(error: DownloadFailedError) -> UnfitAnswerError | None:
    for cause in _causes(error):
        if isinstance(cause, HeadTooLargeError):
            return UnfitAnswerError(with_detail(NotRetrieved.TOO_LARGE, "headers"), is_transient=False)
        if isinstance(cause, ssl.SSL.Error):  # type: ignore[attr-defined] # OpenSSL's, by way of Twisted
            return UnfitAnswerError(with_detail(NotRetrieved.INSECURE, _openssl(cause)), is_transient=True)
        if type(cause).__module__.startswith("service_identity"):  # which only Twisted knows
            return UnfitAnswerError(
                with_detail(NotRetrieved.INSECURE, "the certificate is another host's"), is_transient=True
            )
        if isinstance(cause, ParseError | LookupError | ValueError):  # from within Twisted's parser
            return UnfitAnswerError(with_detail(NotRetrieved.UNREADABLE, "not HTTP"), is_transient=True)
    return None


def _openssl(error: BaseException) -> str:
    """Return OpenSSL's last word; its errors hold a list of (library, function, reason)."""
    try:
        return str(error.args[0][-1][-1]) or "it broke off"
    except (IndexError, TypeError):
        return "it broke off"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything behind it."""
    yield error
    for failure in getattr(error, "reasons", ()):
        yield from _causes(failure.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
