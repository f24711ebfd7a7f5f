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
    """Pages and documents of a site that its sitemaps list.

    Sitemaps may be XML or plain text, packed or not, and name each other. Every address that is listed is accounted for:
    read, left out by pattern and counted, or on another host and counted. A sitemap that is missing, broken, longer than
    the protocol's 50 MB, or on a host that ``hosts`` does not name, fails the run, and the rest is read; more than the
    protocol's 50,000 addresses in a file are read all the same. When everything is read the sitemaps are asked again,
    until they list the same twice, and what was added meanwhile is read too.

    ``lastmod`` is kept with the record and believed in nothing: sites stamp pages anew that stand as they were, and stamp
    nothing when a file is replaced. Every page and file is asked for in each crawl: a file on condition of its ETag or
    date, so that what is unchanged is not sent; a page without one.
    """

    kind: Literal["sitemap"]
    entry: SitemapEntry
    filters: AddressFilters = AddressFilters()
    page: PageRules = PageRules()
