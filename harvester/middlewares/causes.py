"""Why a request brought no response."""

from typing import Self

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from harvester.network.unfit import UnfitAnswerError
from harvester.reasons import NotRetrieved, with_detail
from harvester.warc import FailureNote

NETWORK_ERRORS = (
    CannotResolveHostError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
NO_RESPONSE = (*NETWORK_ERRORS, DownloadCancelledError, IgnoreRequest, UnsupportedURLSchemeError)

_PHRASES = {
    "max redirections reached": NotRetrieved.REDIRECTS,
}

_IN_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "no host of this name was found"),
    (DownloadConnectionRefusedError, "the connection was refused"),
    (DownloadTimeoutError, "it timed out"),
    (ResponseDataLossError, "the answer broke off"),
    (ConnectionDone, "the connection was closed"),
    (ConnectionLost, "the connection was lost"),
)


def in_words(error: Exception) -> str:
    """Return what happened to a connection, for a reader."""
    return next((words for kind, words in _IN_WORDS if isinstance(error, kind)), "the connection failed")


class NotFetchedError(IgnoreRequest):
    """A request that is not made, or whose answer is of no use; ``note`` says why."""

    def __init__(self, note: FailureNote) -> None:
        super().__init__(note.reason)
        self.note = note

    @classmethod
    def because(cls, reason: str, *, url: str, is_transient: bool = False) -> Self:
        """Make one from its parts."""
        return cls(FailureNote(url=url, reason=reason, is_transient=is_transient))


def note_of(error: Exception, *, url: str) -> FailureNote:
    """Return the lasting reason for an error of ``NO_RESPONSE``."""
    if isinstance(error, NotFetchedError):
        return error.note
    reason: str
    is_transient = False
    match error:
        case UnfitAnswerError():
            reason, is_transient = error.reason, error.is_transient
        case DownloadTimeoutError():
            reason, is_transient = NotRetrieved.TOO_SLOW, True
        case ResponseDataLossError() | ConnectionDone() | ConnectionLost():
            reason, is_transient = NotRetrieved.CUT_SHORT, True
        case DownloadCancelledError():
            reason = NotRetrieved.TOO_LARGE
        case IgnoreRequest():
            reason = _PHRASES.get(str(error)) or with_detail(NotRetrieved.ANSWER, error)
        case UnsupportedURLSchemeError():
            reason = NotRetrieved.NO_LINK
        case _:
            reason, is_transient = NotRetrieved.NO_ANSWER, True
    return FailureNote(url=url, reason=reason, is_transient=is_transient)
