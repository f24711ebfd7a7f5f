"""Declarations of kind ``listing``: sites whose publications stand in a list with pages."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from harvester.declarations.addresses import AddressFilters
from harvester.declarations.common import Entry, Page, SourceDeclaration, Strict
from harvester.declarations.pages import Css, PageRules


def _expression(value: str) -> str:
    try:
        groups = re.compile(value).groups
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression ({error})") from error
    if groups != 1:
        raise ValueError(f"{value!r} must have one group, round the number")
    return value


NumberIn = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_expression)]
"""A regular expression whose one group is a number."""
PageTemplate = Annotated[str, StringConstraints(pattern=r"^[^\s{}]*\{page\}[^\s{}]*$")]
"""An address, whole or to be read against the list's own, with ``{page}`` where a number stands."""


class ListRules(Strict):
    """How a list is read. Selectors are CSS; one that matches nothing fails the run, since then the layout has changed.

    Attributes
    ----------
    item
        One entry of the list.
    link
        Within an item, the link to its landing page or document; the item's first link by default.
    title, published, summary
        Within an item, what the list says of it; what is left out is read from the landing page.
    next
        The link to the next page. With neither this nor ``pages`` the list has one page only.
    pages
        The address of a further page, as ``?page={page}``, where the pages are numbered.
    first_page, step
        The number that the first page has, and what each page adds to it.
    total
        Where the list says how many entries it has; the run must get as many.
    total_pattern
        Which number in that text is meant; the first by default.
    """

    item: Css
    link: Css | None = None
    title: Css | None = None
    published: Css | None = None
    summary: Css | None = None
    next: Css | None = None
    pages: PageTemplate | None = None
    first_page: int = Field(default=1, ge=0)
    step: int = Field(default=1, ge=1)
    total: Css | None = None
    total_pattern: NumberIn = r"(\d[\d,.\s]*)"

    @model_validator(mode="after")
    def _one_way_on(self) -> Self:
        if self.next is not None and self.pages is not None:
            raise ValueError("next, pages: only one of them can lead on")
        return self


class ListingEntry(Entry):
    """Where the lists begin.

    Attributes
    ----------
    lists
        The first page of each list.
    """

    lists: tuple[Page, ...] = Field(min_length=1)


class ListingDeclaration(SourceDeclaration):
    """Publications that a site lists, page by page.

    An entry of the list leads to a landing page or straight to a document. A list ends where no link leads on, or where
    two pages in a row bring nothing new (so that one that repeats its last page for ever ends too); a page that is empty
    though the list goes on after it fails the run. When everything is read the lists are walked again, until two
    walks find the same: entries that slipped from page to page meanwhile are neither lost nor read twice.
    """

    kind: Literal["listing"]
    entry: ListingEntry
    list: ListRules
    filters: AddressFilters = AddressFilters()
    page: PageRules = PageRules()

    def strategy(self) -> dict[str, object]:
        """Return the search as it is run, for the record."""
        return {**super().strategy(), "list": self.list.model_dump(mode="json")}
