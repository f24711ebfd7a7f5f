"""Declarations of kind ``sitemap``: sites whose pages are found by their XML sitemaps."""

from typing import Literal

from harvester.declarations.addresses import AddressFilters
from harvester.declarations.common import Address, Entry, Page, SourceDeclaration
from harvester.declarations.pages import PageRules


class SitemapEntry(Entry):
    """Where the sitemaps lie.

    Attributes
    ----------
    site
        The site's address. Its robots.txt names the sitemaps; where it names none, ``/sitemap.xml``,
        ``/sitemap_index.xml`` and ``/wp-sitemap.xml`` are tried, in this order, and the first there is is read.
    sitemaps
        The sitemaps to read; robots.txt is then not asked for any.
    """

    site: Address
    sitemaps: tuple[Page, ...] = ()


class SitemapDeclaration(SourceDeclaration):
    """Pages of a site that its sitemaps list."""

    kind: Literal["sitemap"]
    entry: SitemapEntry
    filters: AddressFilters = AddressFilters()
    page: PageRules = PageRules()
