"""Why a document was not retrieved, in lasting phrases that a review counts; and the error that ends a crawl."""

from enum import StrEnum


class NotRetrieved(StrEnum):
    """The reasons; what stands after a colon in a recorded reason is the particular."""

    EXTERNAL = "external"  # lies on a host that this source does not cover
    KIND = "not a kind of document that is sought"
    UNKNOWN_ATTACHMENT = "unknown kind of attachment"
    NO_LINK = "no usable link"
    DELETED = "deleted"
    NOT_FOUND = "not found"
    FORBIDDEN = "access refused"
    GONE = "gone"
    MOVED = "moved"
    ELSEWHERE = "kept with another record"
    WEB_PAGE = "web page instead of the file"
    NOT_A_PDF = "not a PDF"
    OTHER_FILE = "not the file that it is said to be"
    EMPTY = "empty"
    UNREADABLE = "answer cannot be read"
    ANSWER = "unexpected answer"
    ROBOTS = "forbidden by robots.txt"
    HOST = "redirected to a host that is not this source's"
    REDIRECTS = "too many redirects"
    ADDRESS = "redirected to no usable address"
    OUT_OF_REACH = "leads to an address that may not be reached"
    INSECURE = "no secure connection"
    TOO_LARGE = "too large"
    CUT_SHORT = "the answer broke off"
    TOO_SLOW = "no whole answer in time"
    NO_ANSWER = "no answer"
    HOST_CLOSED = "host not to be asked further"
    NOT_RECORDED = "not in the recording"


def with_detail(reason: NotRetrieved, detail: object) -> str:
    """Return the phrase with its particular."""
    return f"{reason}: {detail}"


class CrawlStoppedError(Exception):
    """The crawl must end now; why is among the session's failures."""
