"""Declarations of kind ``govuk``: organisations on GOV.UK."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from harvester.declarations.common import Address, Entry, Filters, Slug, SourceDeclaration, Text


class GovukEntry(Entry):
    """Base addresses.

    Attributes
    ----------
    search
        The search.
    content
        The content API.
    site
        The pages.
    assets
        The files.
    """

    search: Address
    content: Address
    site: Address
    assets: Address


class GovukFilters(Filters):
    """What is asked for.

    Attributes
    ----------
    organisations
        Whose publications, by the last part of the organisation's address; any of them.
    document_types
        What kinds of publication, as the content API names them; any of them.
    terms
        A search expression; all publications without one.
    """

    organisations: tuple[Slug, ...] = Field(min_length=1)
    document_types: tuple[Text, ...] = Field(min_length=1)
    terms: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)] | None = (
        None
    )


class GovukDeclaration(SourceDeclaration):
    """Publications of organisations on GOV.UK."""

    kind: Literal["govuk"]
    entry: GovukEntry
    filters: GovukFilters

    def strategy(self) -> dict[str, object]:
        """Return the search as it is run, for the record."""
        return {
            "search": self.entry.search,
            "organisations": list(self.filters.organisations),
            "document_types": list(self.filters.document_types),
            "media_types": list(self.filters.media_types),
            "terms": self.filters.terms,
            "withdrawn": "included",
        }
