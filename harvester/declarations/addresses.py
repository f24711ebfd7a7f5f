"""Which of the addresses that a source lists are its publications."""

from typing import Annotated

from pydantic import StringConstraints

from harvester.declarations.common import Filters
from harvester.globs import matches

Pattern = Annotated[str, StringConstraints(pattern=r"^(\*|/|https?://)\S*$")]
"""A pattern for addresses: a path or a whole address in which ``*`` stands for anything."""


class AddressFilters(Filters):
    """Which addresses are read.

    Attributes
    ----------
    include
        An address is read when one of these matches it, or when there are none.
    exclude
        It is not read when one of these does, whatever ``include`` says.
    """

    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()

    def is_excluded(self, url: str) -> bool:
        """Whether an address is left out by name."""
        return any(matches(pattern, url) for pattern in self.exclude)

    def want(self, url: str) -> bool:
        """Whether an address is to be read."""
        is_included = not self.include or any(matches(pattern, url) for pattern in self.include)
        return is_included and not self.is_excluded(url)
