"""All hostile sites, crawled: each with a server of its own, a few at once, one canary beside them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from tests.fakes import crawl_process
from tests.fakes.crawl_process import Outcome
from tests.fakes.hostile.inputs import Answer, answer, filled, redirect
from tests.fakes.hostile.server import Canary, HostileServer
from tests.fakes.hostile.sites import PLAIN, SITES, Site, sitemap

_DECLARATION = """
slug = "hostile"
name = "Hostile"
organisation = "Nobody"
hosts = ["127.0.0.1:{{port}}"]
licence = "none"
{kind}
[politeness]
delay_seconds = 0
[limits]
megabytes = 8
answer_seconds = 5
{limits}
"""


def toured(folder: Path) -> tuple[dict[str, tuple[Outcome, Mapping[str, object]]], int]:
    """Crawl every site; return, by what it does, what came of it with its ports, and who reached the canary."""
    with Canary() as canary, ThreadPoolExecutor(4) as few:
        found = few.map(lambda site: _crawled(site, folder, canary=canary.port), SITES)
        return {site.what: one for site, one in zip(SITES, found, strict=True)}, canary.connections


def _crawled(site: Site, folder: Path, *, canary: int) -> tuple[Outcome, Mapping[str, object]]:
    ports: dict[str, object] = {"canary": canary}
    answers = {**PLAIN, **site.answers}
    with HostileServer(answers, ports=lambda: ports, otherwise=_further) as server:
        ports |= {"port": server.port, "here": f"http://127.0.0.1:{server.port}"}
        name = f"site-{SITES.index(site)}"
        outcome = crawl_process.run(
            folder / name,
            declaration=filled(_DECLARATION.format(kind=site.kind, limits=site.limits), ports),
            run_uid=uuid4(),
            warc_dir=folder / name / "warc",
            environment={name: filled(value, ports) for name, value in site.environment.items()},
        )
    return outcome, ports


def _further(path: str) -> Answer | None:
    """Return the next of what has no end: a calendar's page, an index within an index."""
    kind, _, number = path.strip("/").partition("/")
    if not number.isdecimal():
        return None
    following = f"{{here}}/{kind}/{int(number) + 1}"
    if kind == "calendar":
        day = f'<ul><li><a href="{{here}}/page?{number}">Day {number}</a></li></ul>'
        page = f'<html><title>Days</title>{day}<a class="next" href="{following}">Next</a></html>'
        return answer(page.encode(), kind="text/html", length=None)
    if kind == "deeper":
        return sitemap(following, kind="sitemapindex", entry="sitemap")
    return redirect(following) if kind == "further" else None
