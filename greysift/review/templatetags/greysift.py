"""Filters for facts that came from outside."""

import uuid
from datetime import date
from urllib.parse import urlsplit

from django import template

register = template.Library()

MONTH_LENGTH, DAY_LENGTH = len("2019-05"), len("2019-05-17")


@register.filter
def web_address(url: str | None) -> str | None:
    """Return an address that may become a link: http or https with a host. Anything else is ``None``."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


@register.filter
def host(url: str) -> str:
    """Return the host of an address, for the words of a link."""
    return urlsplit(url).hostname or url


@register.filter
def published_on(iso: str) -> str:
    """Spell an ISO date at the precision it has: 17 May 2019, May 2019 or 2019; anything else as it is."""
    try:
        if len(iso) == DAY_LENGTH:
            return f"{date.fromisoformat(iso):%-d %B %Y}"
        if len(iso) == MONTH_LENGTH:
            return f"{date.fromisoformat(iso + '-01'):%B %Y}"
    except ValueError:
        return iso
    return iso


@register.filter
def spaced(word: str) -> str:
    """Return a code as words: ``research_and_analysis`` as "research and analysis"."""
    return word.replace("_", " ")


@register.simple_tag
def new_token() -> str:
    """Return a token for a form that must do its deed once."""
    return str(uuid.uuid4())


@register.filter
def figure(number: int | None) -> str:
    """Spell a number for a table, thousands apart; what nobody said is a dash."""
    return "–" if number is None else f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


@register.filter
def plain(number: float) -> str:
    """Spell a coordinate: a point for decimals, whatever the language."""
    return f"{number:g}"


@register.filter
def sentence(text: str) -> str:
    """Make a clause a sentence: a capital letter, a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
