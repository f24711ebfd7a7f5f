"""How much of an answer is borne before the connection is cut, and when an answer counts as cut."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import BODY
from twisted.web.http import _IdentityTransferDecoder

HEAD_BYTES = 256 * 1024
"""Of status lines and headers together, those of passing (1xx) answers included."""


class HeadTooLargeError(Exception):
    """An answer's headers do not end."""


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser, which only hangs up at a line that is too long."""

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - the interface's name
        """Say why."""
        raise HeadTooLargeError


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP client, which would read headers for as long as a server sends them.

    An answer of unstated length whose connection was reset counts as cut; for Twisted it would be whole.
    """

    _head = 0

    def request(self, request: Any) -> "Deferred[Any]":  # noqa: ANN401 - Twisted's private request
        """Begin to count anew with each request."""
        self._head = 0
        answer = super().request(request)
        self._parser.__class__ = BoundedParser  # as Scrapy puts its own in the place of Twisted's
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - the interface's name
        """Count what comes before the body, and cut the connection when it is too much."""
        parser = self._parser
        if parser is not None and parser.state != BODY:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._giveUp(Failure(HeadTooLargeError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 - the interface's name
        """Let a body that was to end with its connection miss something, unless that was closed in order."""
        decoder = getattr(self._parser, "bodyDecoder", None)
        if isinstance(decoder, _IdentityTransferDecoder) and decoder.contentLength is None:
            decoder.contentLength = None if isinstance(reason.value, ConnectionDone) else 1
        super().connectionLost(reason)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds bounded protocols."""

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: ANN401, N802 - as above
        """Build one, as Twisted asks."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
