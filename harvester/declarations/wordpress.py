"""Declarations of kind ``wordpress``: sites that run WordPress."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from harvester.declarations.addresses import AddressFilters
from harvester.declarations.common import Address, Entry, SourceDeclaration, Text

RestBase = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]


class WordpressEntry(Entry):
    """Where the site lies.

    Attributes
    ----------
    site
        Its own address, as ``https://www.example.org``.
    """

    site: Address


class WordpressFilters(AddressFilters):
    """What is asked for. With no filter at all: everything that the site publishes.

    ``include`` and ``exclude`` choose entries by their addresses. Where the site's interface is closed and the search is
    run over its sitemaps or its feed, ``types``, ``terms`` and ``categories`` cannot be applied, and ``after`` only as
    far as a sitemap says when an entry was changed, or a feed when it was published: the run says so.

    Attributes
    ----------
    types
        What kinds of entry, by the name that their lists have: ``posts``, ``pages``, and the site's own, such as
        ``publications``. Left out: all that the site shows, without its furniture (menus, templates, blocks).
    terms
        Words that must all occur in title, summary or text.
    categories
        The last part of the categories' own addresses (``/category/research/`` is ``research``), any of them. A
        category does not bring those below it.
    after
        Only what was published after this day.
    """

    types: Annotated[tuple[RestBase, ...], Field(min_length=1)] | None = None
    terms: Text | None = None
    categories: tuple[Text, ...] = ()
    after: date | None = None

    @property
    def are_narrow(self) -> bool:
        """Whether some entries of the site are not wanted; files that hang on no wanted entry then are not either."""
        return bool(self.types or self.terms or self.categories or self.after or self.include or self.exclude)


class WordpressDeclaration(SourceDeclaration):
    """What a site that runs WordPress publishes: posts, pages, types of its own, and the files in its library."""

    kind: Literal["wordpress"]
    entry: WordpressEntry
    filters: WordpressFilters = WordpressFilters()
