"""Publications and files that have moved: followed where they lead to what is sought, with every step kept."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.govuk_server import PLACEHOLDER, GovukServer
from tests.fakes.govuk_site import (
    REAL_ASSETS,
    REAL_SITE,
    Asset,
    Site,
    asset_path,
    file_attachment,
    html_attachment,
    html_publication,
    minimal_pdf,
    publication,
    redirect,
)

PUBLICATIONS = "/government/publications"
PDF = minimal_pdf("Moved")


@pytest.fixture
def crawl(tmp_path):
    """Crawl a site and return its records by title."""

    def crawl_site(site: Site, *, status: int = 0):
        with GovukServer(site) as server:
            outcome = crawl_process.run(
                tmp_path / "crawl",
                declaration=server.declaration(),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
            )
        assert outcome.status == status, outcome.log
        statuses = {name: capture["status"] for name, capture in outcome.captures.items()}
        records = {record["title"]: record for record in outcome.records.values()}
        return records, statuses

    return crawl_site


def moving(site: Site, slug: str, *, to: str) -> None:
    """Let the search still list a publication whose page is a redirect item by now."""
    site.publish(publication(slug, title=f"Search still finds {slug}"))
    site.items[f"{PUBLICATIONS}/{slug}"] = redirect(f"{PUBLICATIONS}/{slug}", to=to)


def with_file(slug: str, site: Site, number: int = 1):
    attachment = file_attachment(number, filename=f"{slug}.pdf", title=f"File of {slug}")
    site.assets[asset_path(attachment)] = Asset(PDF)
    return publication(slug, title=f"Page of {slug}", attachments=[attachment])


def test_a_moved_page_is_followed_to_its_documents(crawl):
    site = Site()
    moving(site, "old", to=f"{PUBLICATIONS}/older?query=1#part")
    site.items[f"{PUBLICATIONS}/older"] = redirect(f"{PUBLICATIONS}/older", to=f"{PUBLICATIONS}/new")
    site.publish(with_file("new", site), listed=False)

    records, statuses = crawl(site)

    record = records["Page of new"]
    assert record["key"] == site.entries[0]["content_id"]  # still what the search lists
    assert record["url"].endswith(f"{PUBLICATIONS}/new")
    assert [document["status"] for document in record["documents"]] == ["retrieved"]
    assert [statuses[name] for name in record["captures"]] == [200, 200, 200]


def test_a_page_that_moved_to_another_result_is_not_kept_twice(crawl):
    site = Site()
    moving(site, "old", to=f"{PUBLICATIONS}/new")
    site.publish(with_file("new", site))

    records, _ = crawl(site)

    assert [d["reason"] for d in records["Search still finds old"]["documents"]] == [
        f"moved: {PUBLICATIONS}/new"
    ]
    assert [d["status"] for d in records["Page of new"]["documents"]] == ["retrieved"]


@pytest.mark.parametrize(
    "target", [f"{PUBLICATIONS}/ring", "https://elsewhere.invalid/report", "http://169.254.169.254/"]
)
def test_moves_that_lead_nowhere_end_with_a_reason(crawl, target):
    site = Site()
    moving(site, "old", to=target)
    site.items[f"{PUBLICATIONS}/ring"] = redirect(f"{PUBLICATIONS}/ring", to=f"{PUBLICATIONS}/old")

    records, _ = crawl(site)

    (document,) = records["Search still finds old"]["documents"]
    assert document["reason"].startswith("moved: ")


def test_an_endless_row_of_moves_is_left(crawl):
    site = Site()
    moving(site, "m0", to=f"{PUBLICATIONS}/m1")
    for number in range(1, 50):
        path = f"{PUBLICATIONS}/m{number}"
        site.items[path] = redirect(path, to=f"{PUBLICATIONS}/m{number + 1}")

    records, _ = crawl(site)

    assert records["Search still finds m0"]["documents"][0]["reason"] == f"moved: {PUBLICATIONS}/m6"
    assert len(records["Search still finds m0"]["captures"]) == 6


def test_the_rule_for_the_page_itself_counts_among_several(crawl):
    site = Site()
    moving(site, "old", to=f"{PUBLICATIONS}/new")
    rules = site.items[f"{PUBLICATIONS}/old"]["redirects"]
    rules.insert(0, {"path": f"{PUBLICATIONS}/old/annex", "type": "prefix", "destination": "/nowhere"})
    site.publish(with_file("new", site), listed=False)

    assert "Page of new" in crawl(site)[0]


def test_a_moved_html_attachment_is_followed(crawl):
    site = Site()
    page = f"{PUBLICATIONS}/report"
    site.publish(publication("report", attachments=[html_attachment(1, title="Text", path=f"{page}/old")]))
    site.items[f"{page}/old"] = redirect(f"{page}/old", to=f"{page}/text")
    item = site.items[page]
    site.publish(html_publication(item, "text", title="Text", body="<p>Moved here.</p>"), listed=False)

    (document,) = crawl(site)[0]["Specimen: report"]["documents"]

    assert (document["status"], document["media_type"]) == ("retrieved", "text/html")
    assert len(document["captures"]) == 3  # redirect item, item, the page taken out of it


def test_files_under_an_old_name_superseded_unchecked_and_unpublished(crawl):
    site = Site()
    files = {
        "renamed": file_attachment(1, filename="old-name.pdf", title="Renamed"),
        "superseded": file_attachment(2, filename="old.pdf", title="Superseded"),
        "unchecked": file_attachment(3, filename="unchecked.pdf", title="Unchecked"),
        "draft": file_attachment(4, filename="draft.pdf", title="Draft"),
    }
    folder = asset_path(files["renamed"]).rpartition("/")[0]
    site.assets[f"{folder}/new-name.pdf"] = Asset(PDF)
    site.assets[asset_path(files["superseded"])] = Asset(
        status=301, location=f"{REAL_ASSETS}/media/{'b' * 24}/n.pdf"
    )
    site.assets[f"/media/{'b' * 24}/n.pdf"] = Asset(PDF + b"\n% newer")
    site.assets[asset_path(files["unchecked"])] = Asset(status=302, location=f"{REAL_ASSETS}{PLACEHOLDER}")
    draft = REAL_SITE.replace("www", "draft-assets")
    site.assets[asset_path(files["draft"])] = Asset(status=302, location=f"{draft}/media/x/draft.pdf")
    site.publish(publication("files", attachments=list(files.values())))

    records, statuses = crawl(site)

    fates = {
        document["title"]: (document["reason"], [statuses[name] for name in document["captures"]])
        for document in records["Specimen: files"]["documents"]
    }
    assert fates == {
        "Renamed": (None, [302, 200]),
        "Superseded": (None, [301, 200]),
        "Unchecked": ("web page instead of the file", [302, 200]),
        "Draft": ("redirected to a host that is not this source's: draft-assets.gov.uk", [302]),
    }
