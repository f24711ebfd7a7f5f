"""A page read by a declaration's own selectors, where it has them."""

from dataclasses import replace

from scrapy import Selector

from harvester.declarations.pages import PageRules
from harvester.spiders.pages import Link, WebPage, iso_date, links_in, one_line


def ruled(page: WebPage, rules: PageRules) -> WebPage:
    """Return a page with what the rules find in place of the guesses; a rule that finds nothing changes nothing.

    Only ``documents`` is strict: what it does not match is no document.
    """
    return replace(
        page,
        title=text_at(page.selector, rules.title) or page.title,
        summary=text_at(page.selector, rules.summary) or page.summary,
        published=date_at(page.selector, rules.published) or page.published,
        links=page.links if rules.documents is None else links_at(page, rules.documents),
    )


def links_at(page: WebPage, css: str, *, within: Selector | None = None) -> tuple[Link, ...]:
    """Return the links that a selector matches or that lie in what it matches, each address once."""
    matched = (within or page.selector).css(css)
    anchors = matched.xpath("descendant-or-self::a[@href]")
    return tuple(links_in(anchors, base=page.base))


def text_at(within: Selector, css: str | None) -> str | None:
    """Return the text of what a selector matches first; ``None`` when there is none."""
    for element in within.css(css) if css is not None else ():
        said = one_line(" ".join(element.xpath("descendant-or-self::*/text()").getall()))
        return said or one_line(element.attrib.get("content", "")) or None
    return None


def date_at(within: Selector, css: str | None) -> str | None:
    """Return the date of what a selector matches first, from its ``datetime`` or ``content`` or its text."""
    for element in within.css(css) if css is not None else ():
        inner = element.xpath("descendant-or-self::*[@datetime]/@datetime").get(default="")
        for said in (inner, element.attrib.get("content", ""), text_at(element, ":scope") or ""):
            if (moment := iso_date(said)) is not None:
                return moment
        return None
    return None
