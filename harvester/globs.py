"""Patterns for addresses that anyone can write: ``*`` stands for anything, everything else for itself."""

from urllib.parse import unquote, urlsplit


def matches(pattern: str, url: str) -> bool:
    """Whether a pattern matches an address.

    A pattern with a host (``https://…``) is held against the whole address, any other against the path, and against
    the query too where the pattern has a ``?``. Percent signs are read on both sides.
    """
    parts = urlsplit(url)
    told = parts.path or "/"
    if "?" in pattern:
        told += f"?{parts.query}"
    if "://" in pattern:
        told = f"{parts.scheme}://{parts.netloc}{told}"
    return _fits(unquote(pattern), unquote(told))


def _fits(pattern: str, text: str) -> bool:
    """Whether the pattern fits the whole text; the time grows with the text, whatever the pattern."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
