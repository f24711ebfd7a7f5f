"""Declarations of kind ``oaipmh``: repositories that speak OAI-PMH 2.0 (EPrints, DSpace and others)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from harvester.declarations.common import Address, Entry, Filters, SourceDeclaration, Text

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Year = Annotated[int, Field(ge=1500, le=2200)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~()!*'-]+$")]
SetName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~()!*':=-]+$")]


class OaipmhEntry(Entry):
    """Where the repository is asked.

    Attributes
    ----------
    base
        The base address of its OAI-PMH service (EPrints: ``/cgi/oai2``).
    """

    base: Address


class OaipmhFilters(Filters):
    """What is asked for, and what of it is kept.

    The repository itself chooses by ``sets`` and ``changed_since``. The rest is looked for in the metadata, and what
    lacks it is counted as set aside.

    Attributes
    ----------
    metadata_prefixes
        The formats to ask for; the first of them is the list that must be complete.
    sets
        The sets that are listed, each of them; none for all.
    changed_since
        Only what the repository has changed since this day.
    subjects
        One of these must be part of a subject.
    terms
        One of these must occur in title, description or subjects.
    published_from
        Only what was published in this year or later; undated entries stay.
    window_entries
        A list of more entries than this is asked in windows of datestamps; smaller ones suit repositories whose
        resumption tokens expire soon.
    """

    metadata_prefixes: tuple[Name, ...] = Field(default=("oai_dc",), min_length=1)
    sets: tuple[SetName, ...] = ()
    changed_since: Day | None = None
    subjects: tuple[Text, ...] = ()
    terms: tuple[Text, ...] = ()
    published_from: Year | None = None
    window_entries: Annotated[int, Field(ge=1)] = 2000


class OaipmhDeclaration(SourceDeclaration):
    """Entries of a repository that speaks OAI-PMH."""

    kind: Literal["oaipmh"]
    entry: OaipmhEntry
    filters: OaipmhFilters = OaipmhFilters()
