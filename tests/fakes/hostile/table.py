"""The table: every group of inputs, by the name that the page gives it."""

from tests.fakes.hostile.bodies import COMPRESSION, FILES, TEXTS
from tests.fakes.hostile.hosts import DNS, TLS
from tests.fakes.hostile.inputs import Input
from tests.fakes.hostile.lengths import HEADS, LENGTHS, PACE
from tests.fakes.hostile.redirects import ODDITIES, TARGETS

GROUPS: dict[str, tuple[Input, ...]] = {
    "Redirects to where nobody may go": TARGETS,
    "Redirects that make no sense": ODDITIES,
    "Names that lead where nobody may go": DNS,
    "Hosts that are not who they say": TLS,
    "Compression": COMPRESSION,
    "Files": FILES,
    "Texts": TEXTS,
    "Lengths": LENGTHS,
    "Headers and status lines": HEADS,
    "Pace": PACE,
}
INPUTS: tuple[Input, ...] = tuple(entry for group in GROUPS.values() for entry in group)
