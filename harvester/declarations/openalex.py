"""Declarations of kind ``openalex``: scholarly works, as OpenAlex lists them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from harvester.declarations.common import Address, Entry, Filters, SourceDeclaration, Text


class OpenalexEntry(Entry):
    """Where OpenAlex is asked.

    Attributes
    ----------
    works
        The address of the list of works.
    """

    works: Address


class OpenalexFilters(Filters):
    """What is asked for, in OpenAlex's own words: at least one of ``filter`` and ``search``.

    Attributes
    ----------
    filter
        A filter expression, as ``title_and_abstract.search:"care leavers",type:report``.
    search
        Words for its full-text search.
    per_page
        How many works are asked for at once.
    """

    filter: Text | None = None
    search: Text | None = None
    per_page: int = Field(default=100, ge=1, le=100)

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.filter is None and self.search is None:
            raise ValueError("give filter or search: all works of OpenAlex are more than anybody screens")
        return self


class OpenalexDeclaration(SourceDeclaration):
    """Works that OpenAlex finds. Their files lie with others: those hosts are asked only where ``hosts`` names them."""

    kind: Literal["openalex"]
    entry: OpenalexEntry
    filters: OpenalexFilters
