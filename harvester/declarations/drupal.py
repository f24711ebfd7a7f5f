"""Declarations of kind ``drupal``: by JSON:API where it is open, else by sitemap, else by lists."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from harvester.declarations.addresses import AddressFilters
from harvester.declarations.common import Address, Entry, Page, SourceDeclaration, Strict
from harvester.declarations.listing import ListRules
from harvester.declarations.pages import PageRules

MachineName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
FieldPath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]


class DrupalEntry(Entry):
    """Where the site is entered.

    Attributes
    ----------
    site
        The site's address; its sitemaps are found as those of kind ``sitemap`` are.
    jsonapi
        The JSON:API; ``/jsonapi`` on the site by default.
    sitemaps
        The sitemaps to read where JSON:API is closed.
    lists
        The first pages of publication lists, where there is neither JSON:API nor sitemap; ``list`` says how to read
        them.
    """

    site: Address
    jsonapi: Address | None = None
    sitemaps: tuple[Page, ...] = ()
    lists: tuple[Page, ...] = ()


class DrupalFilters(AddressFilters):
    """What is asked for. ``include`` and ``exclude`` hold whichever way is gone.

    Attributes
    ----------
    bundles
        The content types that are publications, by machine name; JSON:API alone knows them. Where sitemaps are read
        instead, ``include`` must tell publications by their addresses.
    """

    bundles: tuple[MachineName, ...] = Field(min_length=1)


class ApiRules(Strict):
    """Where in the JSON:API things stand.

    Attributes
    ----------
    documents
        The ways from a publication to its files, as ``field_document.field_media_file``. Links in its text count too;
        a publication with neither has its landing page read.
    published
        The field that holds the date of publication; by default the day it was entered on the site.
    summary
        The field that holds the summary; the body's own by default.
    """

    documents: tuple[FieldPath, ...] = ()
    published: MachineName = "created"
    summary: MachineName | None = None


class DrupalDeclaration(SourceDeclaration):
    """Publications of a site that Drupal runs.

    JSON:API is read where it is open; where it is closed, the sitemaps; where there are none, the lists of ``entry.lists``.
    The run says which way it went. A record's identity is its page's address whichever way was gone.

    This kind has never met a real Drupal: it was made after drupal.org's documentation and the core module's own code,
    and is tested against a stand-in that keeps to both. What modules and settings change (names of fields, a prefix for
    languages in addresses, other limits) shows only on the live site: run it on a copy of the declaration with few
    ``limits.requests`` first, and read what was found.
    """

    kind: Literal["drupal"]
    entry: DrupalEntry
    filters: DrupalFilters
    api: ApiRules = ApiRules()
    list: ListRules | None = None
    page: PageRules = PageRules()

    @property
    def jsonapi(self) -> str:
        """The address of the JSON:API."""
        return self.entry.jsonapi or f"{self.entry.site}/jsonapi"

    @model_validator(mode="after")
    def _lists_can_be_read(self) -> Self:
        if self.entry.lists and self.list is None:
            raise ValueError("list: say how entry.lists are read")
        return self
