"""Prints the table of hostile inputs as a page: ``python -m tests.fakes.hostile.page``."""

from pathlib import Path

from tests.fakes.hostile.inputs import Input, filled
from tests.fakes.hostile.sites import SITES, Site
from tests.fakes.hostile.table import GROUPS, INPUTS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "hostile-inputs.md"
_SHOWN = {"here": "http://127.0.0.1:8000", "port": "8000", "canary": "9000"}
_OPENING = """# Hostile inputs

What servers, names and sites may do to the harvester, and what comes of it. Each line is tried by a test
(`tests/integration/harvester/test_hostile.py`): a server on this machine says it byte for byte, and the crawl must go on,
store exactly this reason, open no connection to the listeners that stand for private machines, and stay within its
memory. {count} inputs in all. This page is printed from the table that the test tries
(`python -m tests.fakes.hostile.page`); a test says when it is out of date.

**Retrieved** means that the document was kept all the same. **The run fails** where another day may bring the document:
then the crawl says so and ends with exit status 1. In every other case the document is kept as not retrieved, with the
reason, and counts as accounted for.
"""

_SITES = """## Whole sites

Each of these is a crawl of its own (`tests/integration/harvester/test_hostile_sites.py`).
"""


def printed() -> str:
    """Return the page."""
    parts = [_OPENING.format(count=len(INPUTS) + len(SITES))]
    for name, group in GROUPS.items():
        parts += [f"## {name}\n", "| what is done | what comes of it |", "| --- | --- |"]
        parts += [f"| {entry.what} | {_outcome(entry)} |" for entry in group]
        parts.append("")
    parts += [_SITES, "| what the site does | what comes of it |", "| --- | --- |"]
    parts += [f"| {site.what} | {_end(site)} |" for site in SITES]
    parts.append("")
    return "\n".join(parts)


def _end(site: Site) -> str:
    if site.failure is None:
        return "complete: the document is retrieved"
    return f"the run fails: “… {filled(site.failure, _SHOWN)} …”"


def _outcome(entry: Input) -> str:
    if entry.reason is None:
        return "retrieved"
    reason = f"not retrieved: “{filled(entry.reason, _SHOWN)}”"
    return f"{reason}; the run fails" if entry.fails_run else reason


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(printed(), encoding="utf-8")
