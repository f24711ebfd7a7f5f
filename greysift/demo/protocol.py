"""The demo's protocol: the shipped one over the demo's own sources."""

from corpus.protocol import shipped_protocol

SOURCES = ("worked-example", "specimens")


def demo_protocol() -> str:
    """Return the shipped protocol, its sources replaced by those of the demo."""
    shipped = shipped_protocol("care-leavers")
    return shipped.replace('use = ["department-for-education"]', f'use = ["{SOURCES[0]}", "{SOURCES[1]}"]')
