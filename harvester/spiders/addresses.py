"""Addresses that others wrote, read without trusting them."""

from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

_PASSING = frozenset({"token", "itok", "sid", "sessionid", "phpsessid", "fbclid", "gclid"})
"""Parameters that change from one view of a page to the next and name nothing."""


def absolute(address: str, *, base: str) -> str | None:
    """Return an address as a full http or https URL; ``None`` when it is none, or empty."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        url = (
            address if parts.scheme and parts.netloc else urljoin(base, address)
        )  # joining drops a last ";" or "?"
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets, ports and the like that make no sense
        return None
    return url if is_usable else None


def path_of(url: str) -> str:
    """Return the path of a URL, with everything quoted that must be, and nothing twice."""
    return quote(urlsplit(url).path or "/", safe="/%:@!$&'()*+,;=~", errors="replace")


def lasting(url: str) -> str:
    """Return what stays of a URL from crawl to crawl: no fragment, no tokens, no marks of campaigns."""
    parts = urlsplit(urldefrag(url).url)
    kept = [
        part
        for part in parts.query.split("&")
        if (name := part.partition("=")[0].lower()) not in _PASSING and not name.startswith("utm_")
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))


def name_of(url: str) -> str:
    """Return the last part of a URL's path, to be read by people; the host where there is no path."""
    parts = urlsplit(url)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace").strip()
    return name.replace("\0", "\ufffd") or parts.netloc
