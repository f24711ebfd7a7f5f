"""Addresses that others wrote, read without trusting them."""

from urllib.parse import quote, urljoin, urlsplit


def absolute(address: str, *, base: str) -> str | None:
    """Return an address as a full http or https URL; ``None`` when it is none, or empty."""
    if not address:
        return None
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets, ports and the like that make no sense
        return None
    return url if is_usable else None


def path_of(url: str) -> str:
    """Return the path of a URL, with everything quoted that must be, and nothing twice."""
    return quote(urlsplit(url).path or "/", safe="/%:@!$&'()*+,;=~", errors="replace")
