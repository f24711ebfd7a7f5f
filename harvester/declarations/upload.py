"""Declarations of kind ``upload``: databases that people search by hand, and post that brings documents.

Nothing is asked of any host; files are handed over with ``greysift import``.
"""

from typing import Literal, Self

from pydantic import model_validator

from harvester.declarations.common import Entry, Host, SourceDeclaration


class UploadDeclaration(SourceDeclaration):
    """A named place whose results people hand over as files. ``hosts`` and ``politeness`` have no use here."""

    kind: Literal["upload"]
    hosts: tuple[Host, ...] = ()
    entry: Entry = Entry()

    def strategy(self) -> dict[str, object]:
        """Return what every hand-over says of the search; each adds its own query, day and file."""
        return {"kind": self.kind}

    @model_validator(mode="after")
    def _asks_nobody(self) -> Self:
        if self.hosts:
            raise ValueError("hosts: nothing is asked of a source of kind upload; leave them out")
        return self
