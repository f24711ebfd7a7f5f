"""Text out of what sources say: without markup, without space at its ends, and absent rather than empty."""

from scrapy import Selector


def plain_text(markup: object) -> str | None:
    """Return the text of a snippet of HTML; ``None`` when there is none."""
    if not isinstance(markup, str) or not markup.strip():
        return None
    return " ".join("".join(Selector(text=markup, type="html").xpath("//text()").getall()).split()) or None


def text_or_none(value: object) -> str | None:
    """Return a string without space at its ends; ``None`` when it is empty or no string."""
    return (value.strip() or None) if isinstance(value, str) else None
