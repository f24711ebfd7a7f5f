"""The demo's protocol: the shipped one over the demo's own sources."""

import re

from corpus.protocol import shipped_protocol

USE = re.compile(r"^use = \[[^\]]*\]", re.MULTILINE)
SOURCES = ("worked-example", "specimens")


def demo_protocol() -> str:
    """Return the shipped protocol, its sources replaced by those of the demo."""
    shipped = shipped_protocol("care-leavers")
    return USE.sub(f'use = ["{SOURCES[0]}", "{SOURCES[1]}"]', shipped)
