"""One page of a publication list, taken apart as a declaration says."""

import re
from dataclasses import dataclass

from scrapy import Selector

from harvester.declarations.listing import ListRules
from harvester.spiders.landing import Listed
from harvester.spiders.page_rules import date_at, links_at, text_at
from harvester.spiders.pages import WebPage

_LONGEST = 300  # characters in which a number is sought; the expression is a stranger's


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a page of a list holds.

    Attributes
    ----------
    entries
        Its items, in order; an item may occur twice.
    next_url
        Where the list goes on, by its link.
    total
        How many entries the list says it has; ``None`` where it does not say or need not.
    unmatched
        The rules that matched nothing, though they should have, by name.
    without_link
        How many items have no link.
    """

    entries: tuple[Listed, ...]
    next_url: str | None
    total: int | None
    unmatched: tuple[str, ...]
    without_link: int


def read_list_page(page: WebPage, rules: ListRules, *, captures: tuple[str, ...] = ()) -> ListPage:
    """Take a page apart; ``captures`` are the answers it came with."""
    items = page.selector.css(rules.item)
    found = [_listed(item, page=page, rules=rules, captures=captures) for item in items]
    within = ("title", "published", "summary")
    unmatched = [name for name in within if items and _is_nowhere(getattr(rules, name), items)]
    next_links = links_at(page, rules.next) if rules.next is not None else ()
    total = _number(text_at(page.selector, rules.total), rules.total_pattern)
    if not items:
        unmatched.append("item")
    if rules.total is not None and total is None:
        unmatched.append("total")
    entries = tuple(entry for entry in found if entry is not None)
    return ListPage(
        entries=entries,
        next_url=next_links[0].url if next_links else None,
        total=total,
        unmatched=tuple(unmatched),
        without_link=len(items) - len(entries),
    )


def _listed(item: Selector, *, page: WebPage, rules: ListRules, captures: tuple[str, ...]) -> Listed | None:
    links = links_at(page, rules.link or ":scope", within=item)
    if not links:
        return None
    return Listed(
        links[0].url,
        title=text_at(item, rules.title),
        summary=text_at(item, rules.summary),
        published=date_at(item, rules.published),
        called=links[0].text or None,
        captures=captures,
    )


def _is_nowhere(css: str | None, items: list[Selector]) -> bool:
    return css is not None and not any(item.css(css) for item in items)


def _number(text: str | None, pattern: str) -> int | None:
    found = re.search(pattern, text[:_LONGEST]) if text is not None else None
    digits = re.sub(r"\D", "", found[1] or "") if found else ""
    return int(digits[:9]) if digits else None
