"""Own-made sites of each kind, with one of everything that their crawls may meet."""

from tests.fakes.drupal_site import DrupalSite, Node
from tests.fakes.web_server import Answer, WebSite, pdf, xml

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def report(title: str, *links: str, said: str = "") -> Answer:
    """Return a landing page."""
    anchors = "".join(f'<li><a href="{link}">{link.rpartition("/")[2]}</a></li>' for link in links)
    return Answer(
        f"<!doctype html><html lang='en-GB'><head><title>{title} | The Charity</title>"
        f"<meta name='description' content='About {title}.'></head><body><nav><a href='/menu.pdf'>Menu</a></nav>"
        f"<main><h1>{title}</h1><p>Published: 4 March 2019</p>{said}<ul>{anchors}</ul></main></body></html>"
    )


def urlset(*entries: tuple[str, str] | str) -> str:
    """Return a sitemap of paths, each perhaps with its lastmod."""
    pairs = [(entry, "") if isinstance(entry, str) else entry for entry in entries]
    lines = (
        f"<url><loc>{path if '://' in path else f'HOST{path}'}</loc>"
        + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")
        + "</url>"
        for path, lastmod in pairs
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NS}>{"".join(lines)}</urlset>'


def index(*paths: str) -> str:
    """Return a sitemap of sitemaps."""
    lines = (f"<sitemap><loc>{path if '://' in path else f'HOST{path}'}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {NS}>{''.join(lines)}</sitemapindex>"


SITEMAP_TABLES = """
[entry]
site = "HOST"

[filters]
include = ["/reports/*", "*.pdf"]
exclude = ["/reports/tag/*", "/sitemap-users.xml"]
"""


def sitemap_site() -> WebSite:
    """Return a site with an index named by robots.txt: plain, packed, nested; pages and documents; strays."""
    site = WebSite(robots="User-agent: *\nDisallow: /reports/hidden\nSitemap: HOST/sitemap-index.xml\n")
    site.pages = {
        "/sitemap-index.xml": xml(index("/sitemap-1.xml", "/sitemap-2.xml.gz", "/nested.xml", "/sitemap-users.xml")),
        "/sitemap-1.xml": xml(
            urlset(("/reports/one", "2020-01-02"), "/reports/two", "/reports/tag/x", "/about", "/reports/one")
        ),
        "/sitemap-2.xml.gz": Answer(urlset("/reports/three"), "application/octet-stream", is_packed=True),
        "/nested.xml": xml(index("/sitemap-3.xml", "/sitemap-index.xml")),
        "/sitemap-3.xml": xml(
            urlset("/files/alone.pdf", "/reports/gone", "/reports/hidden", "/reports/moved", "https://other.example/reports/x")
        ),
        "/reports/one": report("Report one", "/files/one.pdf", "/files/one.pdf#page=2", "/files/annex.docx", "/reports/two"),
        "/reports/two": report("Report two", "/files/two.pdf", "/files/one.pdf", "https://partner.example/far.pdf"),
        "/reports/three": report("Report three"),
        "/reports/gone": Answer("gone", status=410),
        "/reports/moved": Answer("", status=301, headers={"Location": "HOST/reports/one"}),
        "/files/one.pdf": pdf("one"),
        "/files/two.pdf": pdf("two"),
        "/files/alone.pdf": pdf("alone"),
    }  # fmt: skip
    return site


LISTING_TABLES = """
[entry]
lists = ["HOST/publications", "HOST/archive"]

[list]
item = "li.item"
link = "h2 a"
title = "h2"
published = "time"
next = "a[rel=next]"
total = ".count"
total_pattern = "of ([0-9,]+)"

[filters]
exclude = ["/news/*"]
"""


def list_page(*paths: str, next_path: str = "", total: int | None = None, page: int = 1) -> Answer:
    """Return a page of a list of publications, newest first, each with its day."""
    items = "".join(
        f"<li class='item'><img alt=''><h2><a href='{path}'>Called {path}</a></h2><time datetime='2020-01-0{page}'>then</time></li>"
        for path in paths
    )
    onward = f"<a rel='next' href='{next_path}'>Older</a>" if next_path else ""
    count = f"<p class='count'>Page {page} of {total:,} entries</p>" if total is not None else ""
    return Answer(f"<html><body><main>{count}<ul>{items}</ul>{onward}</main></body></html>")


def listing_site() -> WebSite:
    """Return a site with two lists: pages by links, landing pages, documents, strangers, one entry on both."""
    site = WebSite(robots="")
    site.pages = {
        "/publications": list_page("/p/1", "/p/2?utm_source=list", "/files/3.pdf", next_path="/publications?page=1", total=6),
        "/publications?page=1": list_page("/p/2", "/p/4", "/news/5", next_path="?page=2", page=2),
        "/publications?page=2": list_page("https://partner.example/6", page=3),
        "/archive": list_page("/p/4", "/p/7", next_path="/archive?page=2", total=3),
        "/archive?page=2": list_page("/p/8", page=2),
        "/p/8": Answer("", status=404),
        "/files/3.pdf": pdf("3"),
    }  # fmt: skip
    for number in ("1", "2?utm_source=list", "4", "7"):
        site.pages[f"/p/{number}"] = report(f"Number {number[0]}", f"/files/{number[0]}.pdf")
        site.pages[f"/files/{number[0]}.pdf"] = pdf(number)
    return site


DRUPAL_TABLES = """
[entry]
site = "HOST"

[filters]
bundles = ["report", "briefing"]
exclude = ["/reports/not-this"]

[api]
documents = ["field_document.field_media_file"]
"""


def drupal_site(api: DrupalSite) -> WebSite:
    """Return a site that has what the nodes of a JSON:API link, and their pages."""
    site = WebSite(robots="", dynamic=api.answer)
    for node in api.nodes:
        files = [file for file in node.files if file is not None]
        site.pages[node.path] = report(node.title, *files, said=node.body)
        site.pages |= {file: pdf(file) for file in files}
    return site


def one_of_every_node() -> DrupalSite:
    """Return publications of two content types: with files, with links in their text, with neither, not shown."""
    nodes = [
        Node(n, f"Report {n}", (f"/sites/default/files/{n}.pdf",), alias=f"/reports/{n}") for n in range(1, 8)
    ]
    nodes += [
        Node(
            8,
            "Linked in its text",
            body="<p>See <a href='/files/8.pdf'>the report</a></p>",
            summary="<b>In</b> short",
        ),
        Node(9, "Linked on its page only", alias="/reports/9"),
        Node(10, "Its file is not shown", (None,), alias="/reports/10"),
        Node(11, "Not shown", alias="/reports/11", is_shown=False),
        Node(12, "Not wanted", alias="/reports/not-this"),
        Node(13, "A briefing", ("/files/13.pdf", "/files/13b.pdf"), bundle="briefing", alias="/b/13"),
        Node(14, "Another type", bundle="article"),
    ]
    return DrupalSite(nodes, most=4)
