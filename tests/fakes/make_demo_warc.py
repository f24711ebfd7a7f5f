"""Record the demo's crawl: ``python -m tests.fakes.make_demo_warc [greysift/demo/specimens.warc.gz]``.

The specimens are published on the strict server, which plays two hosts that exist nowhere, and crawled through it
as through a proxy. So the recording shows what a crawl meets, and no address in it is anybody's.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import (
    Asset,
    Site,
    asset_path,
    file_attachment,
    html_attachment,
    html_publication,
    publication,
    redirect,
)

DEMO = crawl_process.REPOSITORY / "greysift" / "demo"
HOSTS = ("http://www.specimens.invalid", "http://assets.specimens.invalid")
PUBLISHER = {
    "title": "Specimen Department",
    "slug": "specimen-department",
    "base_path": "/government/organisations/specimen-department",
    "content_id": "0b8f3c52-6f0e-4d57-9b6e-3f8f5c1f8a11",
}

PEER_SUPPORT = """
<p>This page is a specimen. The programme, the place and the figures that it speaks of do not exist.</p>
<h2>What was tried</h2>
<p>From 2016 to 2018 twelve young people who had left care were trained and paid to accompany sixty others, aged 17
to 20, through their first year in a home of their own. Each pair met once a week and kept a shared plan.</p>
<h2>How it was evaluated</h2>
<p>Interviews with 31 young people and 14 workers, and a questionnaire on wellbeing and loneliness at the start and
after twelve months; 44 of the 60 answered both times.</p>
<h2>What was found</h2>
<p>Loneliness fell for those who met their peer worker at least thirty times. What helped was that peer workers
were paid and had a supervisor of their own. What stood in the way was turnover: five of the twelve left within the
year, and a new match took eight weeks.</p>
"""
STARTER_GRANT = """
<p>This page is a specimen. No such grant was ever paid.</p>
<p>Note for local authorities on a starter grant for young people who leave care at 18: who may ask for it, what it may
be spent on, and how it is accounted for. The note describes no evaluation.</p>
"""


def site_of(folder: Path) -> Site:
    """Return a site that publishes the specimens, and what else a crawl of one department may meet."""
    site = Site()
    for number, specimen in enumerate(json.loads((folder / "manifest.json").read_text()), start=1):
        body = (folder / specimen["file"]).read_bytes()
        attachment = file_attachment(
            number, filename=specimen["file"], title=specimen["title"], size=len(body)
        )
        site.assets[asset_path(attachment)] = Asset(body)
        _publish(site, Path(specimen["file"]).stem, [attachment], **_said(specimen))
    _publish_page(
        site,
        "peer-support-first-home",
        body=PEER_SUPPORT,
        title="Specimen: peer support in a first home after care",
        description="Evaluation of paid peer workers for care leavers aged 17 to 20, with interviews and a measure of"
        " loneliness. Published as a web page only.",
        published="2018-06-12",
    )
    _publish_page(
        site,
        "starter-grant",
        body=STARTER_GRANT,
        title="Specimen: a starter grant for leaving care",
        description="Note for local authorities on a grant for young people leaving care at 18. Withdrawn.",
        published="2011-04-04",
        document_type="policy_paper",
        withdrawn={
            "explanation": "<p>This specimen was withdrawn, to show what a withdrawn publication looks like.</p>",
            "withdrawn_at": "2014-02-03T10:00:00Z",
        },
    )
    deleted = file_attachment(
        90, filename="lost-appendix.pdf", title="Specimen: appendix, deleted by its publisher"
    )
    site.assets[asset_path(deleted)] = Asset(status=410)
    _publish(
        site,
        "lost-appendix",
        [deleted],
        title="Specimen: mentoring pilot, technical appendix",
        description="Tables of a mentoring pilot for care leavers. Its file has been deleted.",
        published="2013-09-30",
    )
    _publish(
        site,
        "moved-page",
        [],
        title="Specimen: employment support for care leavers, a page that has moved",
        description="A search result whose page now points to another.",
        published="2014-11-20",
    )
    moved = "/government/publications/moved-page"
    site.items[moved] = {**redirect(moved, to="/government/publications/mentoring-into-work")}
    return site


def record(out: Path) -> None:
    """Crawl the specimens and keep the recording as ``out``."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        GovukServer(site_of(DEMO / "specimens"), play=HOSTS) as server,
    ):
        folder = Path(scratch)
        outcome = crawl_process.run(
            folder,
            declaration=(DEMO / "specimens.toml").read_text(),
            run_uid=uuid4(),
            warc_dir=folder / "warc",
            environment={"http_proxy": server.proxy},
        )
        if outcome.status or outcome.result is None:
            raise SystemExit(outcome.log)
        (recording,) = (folder / "warc").glob("*.warc.gz")
        shutil.copyfile(recording, out)
        sys.stdout.write(f"{out}: {out.stat().st_size} bytes, {json.dumps(outcome.result.counts)}\n")


def _said(specimen: dict[str, Any]) -> dict[str, Any]:
    return {name: specimen[name] for name in ("title", "description", "published", "document_type")}


def _publish(site: Site, slug: str, attachments: list[dict[str, Any]], **said: Any) -> dict[str, Any]:
    item = publication(slug, attachments=attachments, organisation=PUBLISHER, **said)
    site.publish(item, organisation=PUBLISHER["slug"])
    return item


def _publish_page(site: Site, slug: str, *, body: str, **said: Any) -> None:
    path = f"/government/publications/{slug}/{slug}"
    number = 100 + len(site.items)
    item = _publish(site, slug, [html_attachment(number, title=said["title"], path=path)], **said)
    site.publish(html_publication(item, slug, title=said["title"], body=body), listed=False)


if __name__ == "__main__":
    record(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO / "specimens.warc.gz")
