"""A small site with one of everything that a crawl of GOV.UK may meet."""

from tests.fakes.govuk_site import (
    REAL_ASSETS,
    REAL_SITE,
    Asset,
    Site,
    asset_path,
    external_attachment,
    file_attachment,
    gone,
    html_attachment,
    html_publication,
    minimal_pdf,
    publication,
    redirect,
)

PDF = minimal_pdf("Specimen report, first version")
NEWER = minimal_pdf("Specimen report, second version")


def one_of_everything() -> Site:
    """Return the site. Each publication's slug says what is odd about it."""
    site = Site()
    _files(site)
    _pages(site)
    _notices(site)
    _odd_results(site)
    return site


def _files(site: Site) -> None:
    plain = file_attachment(
        1, filename="plain.pdf", title="Plain", size=len(PDF), isbn="978-1", unique_reference="DFE-RR1"
    )
    old = file_attachment(2, filename="old.pdf", title="Superseded")
    deleted = file_attachment(3, filename="deleted.pdf", title="Deleted")
    unpublished = file_attachment(4, filename="unpublished.pdf", title="Unpublished")
    table = file_attachment(5, filename="table.csv", title="Table", content_type="text/csv")
    lost = file_attachment(6, filename="lost.pdf", title="Lost")
    empty = file_attachment(7, filename="empty.pdf", title="Empty")
    away = file_attachment(8, filename="away.pdf", title="Led away")
    fake = file_attachment(9, filename="fake.pdf", title="Says PDF, is text")
    site.assets |= {
        asset_path(plain): Asset(PDF, parent="/government/publications/files"),
        asset_path(old): Asset(status=301, location=f"{REAL_ASSETS}/media/{'a' * 24}/new.pdf"),
        f"/media/{'a' * 24}/new.pdf": Asset(NEWER),
        asset_path(deleted): Asset(status=410),
        asset_path(unpublished): Asset(status=302, location=f"{REAL_SITE}/government/publications/files"),
        asset_path(table): Asset(b"a,b\n", "text/csv"),
        asset_path(empty): Asset(b""),
        asset_path(away): Asset(status=302, location="http://169.254.169.254/latest/meta-data"),
        asset_path(fake): Asset(b"not a PDF at all", "application/pdf"),
    }
    site.pages["/government/publications/files"] = "<!DOCTYPE html><p>A page.</p>"
    outside = external_attachment(10, title="On a partner's site", url="https://example.org/tables")
    strange = {
        **external_attachment(11, title="Of a new kind", url=f"{REAL_ASSETS}/x"),
        "attachment_type": "hologram",
    }
    linkless = {**external_attachment(12, title="Without address", url="http://[")}
    files = [plain, old, deleted, unpublished, table, lost, empty, away, fake, outside, strange, linkless]
    site.publish(publication("files", attachments=files, title="Files of every fate", published="2015-03-01"))
    site.publish(publication("shares-a-file", attachments=[plain], published="2016-03-01"))


def _pages(site: Site) -> None:
    path = "/government/publications/html-only"
    kept = html_attachment(20, title="The report as a page", path=f"{path}/report")
    vanished = html_attachment(21, title="A page that is gone", path=f"{path}/vanished")
    empty = html_attachment(22, title="A page without text", path=f"{path}/empty")
    item = publication("html-only", attachments=[kept, vanished, empty], published="2018-01-31")
    site.publish(item)
    body = "<h2>Findings</h2><p>Nothing here is true. Caf\u00e9.</p>"
    site.publish(html_publication(item, "report", title="The report as a page", body=body), listed=False)
    site.publish(gone(f"{path}/vanished", explanation="<p>Published in error.</p>"), listed=False)
    hollow = html_publication(item, "empty", title="A page without text", body="")
    hollow["details"]["body"] = ""
    site.publish(hollow, listed=False)


def _notices(site: Site) -> None:
    notice = {"explanation": "<div><p>Out of date.</p></div>", "withdrawn_at": "2015-01-13T13:05:30Z"}
    site.publish(publication("withdrawn", withdrawn=notice, published="2011-01-01"))
    for slug, item in {
        "gone-explained": gone("/government/publications/gone-explained", explanation="<p>Wrong title.</p>"),
        "gone-unexplained": gone("/government/publications/gone-unexplained", explanation=None),
        "moved": redirect("/government/publications/moved", to="/government/publications/files"),
    }.items():
        site.publish(publication(slug, title=f"Search still finds {slug}", published="2012-02-02"))
        site.items[item["base_path"]] = item
    site.publish(publication("missing", published="2012-03-03"))
    del site.items["/government/publications/missing"]
    site.publish(publication("secret", published="2012-04-04"))
    site.statuses["/government/publications/secret"] = 403
    site.publish(publication("canonical", published="2012-05-05"))
    site.entries[-1]["link"] = "/government/publications/canonical/part"
    site.sub_paths["/government/publications/canonical/part"] = "/government/publications/canonical"
    site.publish(publication("welsh", locale="cy", published="2012-06-06"))
    site.publish(publication("not-ours", published="2012-07-07"), organisation="ministry-of-specimens")
    site.publish(publication("advice", published="2012-08-08", document_type="guidance"))


def _odd_results(site: Site) -> None:
    entry = {**site.entries[0], "content_id": None, "public_timestamp": "2013-01-01T00:00:00Z"}
    site.entries += [
        {**entry, "title": "Off the site", "link": "https://elsewhere.invalid/report?x=1"},
        {**entry, "title": "No link at all", "link": None},
        {**entry, "title": "Nonsense for a link", "link": "http://[::broken"},
    ]
    site.publish(publication("no-slash", published="2014-04-04"))
    site.entries[-1]["link"] = "government/publications/no-slash"
