"""The probe as people run it: it asks, keeps the answers with their date, proposes, and changes nothing else."""

import json
import re
import subprocess
import sys

import pytest

from harvester.middlewares.robots import LARGEST
from tests.fakes.govuk_examples import one_of_everything
from tests.fakes.govuk_server import GovukServer
from tests.fakes.web_server import Answer, WebServer, WebSite, xml
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import rows, tables

JSON = "application/json"
TOUCHED = {
    "corpus_searchrun",
    "corpus_capability",
    "corpus_capture",
    "corpus_auditevent",
    "corpus_source",
    "corpus_hostturn",
}
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>HOST/a</loc></url></urlset>'
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><Identify><repositoryName>R</repositoryName>
<deletedRecord>no</deletedRecord></Identify></OAI-PMH>"""


def wordpress_site() -> WebSite:
    types = {
        "post": {"name": "Posts", "rest_base": "posts"},
        "report": {"name": "Reports", "rest_base": "report"},
    }
    pages = {
        "/": Answer('<html><meta name="generator" content="WordPress 6.7"><h1>A charity</h1></html>'),
        "/wp-json/": Answer(json.dumps({"name": "A charity", "namespaces": ["wp/v2"]}), JSON),
        "/wp-json/wp/v2/types": Answer(json.dumps(types), JSON),
        "/wp-json/wp/v2/media?per_page=1&_fields=id&mime_type=application%2Fpdf": counted(160),
        "/wp-json/wp/v2/posts?per_page=1&_fields=id": counted(241),
        "/wp-json/wp/v2/report?per_page=1&_fields=id": counted(12),
        "/wp-sitemap.xml": xml(SITEMAP),
        "/feed/": xml("<rss version='2.0'><channel><item/></channel></rss>"),
    }
    return WebSite(pages=pages, robots="User-agent: *\nDisallow: /jsonapi\n")


def counted(total: int) -> Answer:
    return Answer("[]", JSON, headers={"X-WP-Total": str(total)})


def make_workspace(folder):
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    (folder / "var" / "sources").mkdir(exist_ok=True)
    return folder


@pytest.fixture
def workspace(tmp_path):
    return make_workspace(tmp_path)


@pytest.fixture(scope="module")
def any_workspace(tmp_path_factory):
    """A workspace for tests that only read what a command says."""
    return make_workspace(tmp_path_factory.mktemp("any"))


def declare(workspace, server: WebServer) -> None:
    text = server.declaration("sitemap", '[entry]\nsite = "HOST"')
    (workspace / "var" / "sources" / "site.toml").write_text(text, encoding="utf-8")


def probe(workspace, site: WebSite, *, status: int = 0):
    with WebServer(site) as server:
        declare(workspace, server)
        return greysift_json(workspace, "sources", "probe", "local-site", status=status)


def kept_in(workspace) -> list[dict]:
    """What probes left; SQLite gives JSON as text, PostgreSQL as what it says."""
    kept = rows(workspace, "SELECT said FROM corpus_capability")
    return [json.loads(said) if isinstance(said, str) else said for (said,) in kept]


def found(said) -> dict[str, dict]:
    return {f["url"].partition("/")[2].partition("/")[2].partition("/")[2]: f for f in said["findings"]}


def test_a_wordpress_site_is_known_and_nothing_but_the_capability_is_kept(workspace):
    before = tables(workspace)

    said = probe(workspace, wordpress_site())

    assert (said["status"], said["declared_kind"], said["proposed_kind"]) == (
        "complete",
        "sitemap",
        "wordpress",
    )
    findings = found(said)
    assert findings["wp-json/wp/v2/posts?per_page=1&_fields=id"]["facts"] == {"total": 241}
    assert findings["wp-json/wp/v2/report?per_page=1&_fields=id"]["facts"] == {"total": 12}
    assert findings["wp-sitemap.xml"]["facts"] == {"addresses": 1, "pdfs": 0}
    assert findings["jsonapi"]["reason"] == "forbidden by robots.txt"
    assert findings["oai?verb=Identify"]["reason"] == "not found"
    after = tables(workspace)
    assert {name for name in after if after[name] != before.get(name)} <= TOUCHED
    assert rows(workspace, "SELECT proposed_kind FROM corpus_capability") == [("wordpress",)]
    assert rows(workspace, "SELECT channel, status FROM corpus_searchrun") == [("probe", "complete")]


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_probes_recording_is_no_search_to_be_replayed(workspace, tmp_path_factory, is_elsewhere):
    probe(workspace, wordpress_site())
    (recording,) = (workspace / "var" / "warc").glob("*.warc.gz")
    there = make_workspace(tmp_path_factory.mktemp("elsewhere")) if is_elsewhere else workspace
    before = tables(there)

    said = greysift(there, "harvest", "--replay", str(recording), status=1)

    assert "is the recording of a probe" in " ".join(said.split())
    assert tables(there) == before
    assert is_elsewhere is not (there / "var" / "warc" / recording.name).exists()


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        ({"/sitemap.xml": xml(SITEMAP), "/": Answer("<h1>x</h1>")}, "sitemap"),
        ({"/cgi/oai2?verb=Identify": xml(OAI), "/sitemap.xml": xml(SITEMAP)}, "oaipmh"),
        ({"/jsonapi": Answer('{"jsonapi": {}, "links": {"node--report": {}}}', JSON)}, "drupal"),
        ({"/": Answer("<h1>Publications</h1>")}, "listing"),
        ({}, None),
    ],
)
def test_the_kind_that_fits_is_proposed(any_workspace, pages, kind):
    assert probe(any_workspace, WebSite(pages=pages))["proposed_kind"] == kind


def test_each_probe_is_kept_with_its_date(workspace):
    probe(workspace, wordpress_site())
    probe(workspace, WebSite(pages={"/": Answer("<h1>x</h1>")}))

    kept = rows(workspace, "SELECT proposed_kind FROM corpus_capability ORDER BY found_at")
    assert kept == [("wordpress",), ("listing",)]


def test_a_probe_is_no_search_of_any_review(workspace):
    file = workspace / "review.toml"
    file.write_text(
        re.sub(r"(?m)^use = \[[^\]]*\]", 'use = ["local-site"]', file.read_text()), encoding="utf-8"
    )
    greysift(workspace, "protocol", "import", "--why", "another source")
    probe(workspace, wordpress_site())
    pages = {"/sitemap.xml": xml(SITEMAP), "/a": Answer("<h1>A report</h1>")}

    with WebServer(WebSite(pages=pages)) as server:
        declare(workspace, server)
        greysift(workspace, "harvest", "--source", "local-site")

    used = "SELECT r.channel FROM corpus_searchuse u JOIN corpus_searchrun r ON r.id = u.search_run_id"
    assert rows(workspace, used) == [("crawl",)]


def test_a_host_that_is_down_is_said(workspace):
    server = WebServer(WebSite())
    declare(workspace, server)
    server.__exit__()

    said = greysift(workspace, "sources", "probe", "local-site", status=1)

    assert "robots.txt" in said
    assert "says that it holds" not in said
    assert "failed" in greysift(workspace, "sources", "list", COLUMNS="80")
    (kept,) = kept_in(workspace)
    assert "robots.txt" in " ".join(kept["could_not"])
    assert "local-site: its last probe failed on" in " ".join(
        greysift(workspace, "sources", "status").split()
    )


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (Answer("", status=302, headers={"Location": "http://elsewhere.invalid/robots.txt"}), "robots.txt"),
        (Answer("", status=503), "503"),
        (Answer(b"#" * (LARGEST + 1), "text/plain"), "robots.txt"),
    ],
    ids=["elsewhere", "busy", "large"],
)
def test_a_probe_that_could_not_ask_is_kept_with_its_date_and_its_reason(workspace, rules, why):
    site = WebSite(pages={"/": Answer("<h1>x</h1>"), "/robots.txt": rules})
    with WebServer(site) as server:
        declare(workspace, server)
        subprocess.run(
            [sys.executable, "-m", "greysift", "sources", "probe", "local-site"],
            cwd=workspace,
            env=environment(workspace),
            capture_output=True,
            check=False,
        )

    (kept,) = kept_in(workspace)
    assert why in " ".join(kept["could_not"])
    assert kept["hosts"] == [server.host]
    assert rows(workspace, "SELECT channel, status FROM corpus_searchrun") == [("probe", "failed")]
    said = " ".join(greysift(workspace, "sources", "status").split())
    assert "local-site: its last probe failed on" in said
    assert why in said


def test_people_read_what_was_found_and_what_to_do(any_workspace):
    with WebServer(wordpress_site()) as server:
        declare(any_workspace, server)
        said = " ".join(greysift(any_workspace, "sources", "probe", "local-site", COLUMNS="80").split())

    assert "Proposed kind: wordpress; declared is sitemap." in said
    assert "this probe changed nothing" in said
    assert "posts (Posts), report (Reports)" in said
    assert "WordPress list, /wp-json/wp/v2/posts?per_page=1&_fields=id total: 241" in said
    assert "may be entered: yes" in said


def test_a_site_that_forbids_everything_is_said_to_forbid_and_not_to_be_empty(any_workspace):
    with WebServer(
        WebSite(pages={"/": Answer("<h1>x</h1>")}, robots="User-agent: *\nDisallow: /\n")
    ) as server:
        declare(any_workspace, server)
        said = " ".join(greysift(any_workspace, "sources", "probe", "local-site", status=1).split())

    assert "The site forbids it" in said
    assert "may be entered: no" in said
    assert "Nothing that was asked for is there" not in said


@pytest.mark.parametrize("status", [401, 403])
def test_a_site_that_refuses_everything_is_said_to_forbid_it(any_workspace, status):
    site = WebSite(dynamic=lambda _: Answer("<p>Not for robots</p>", status=status))
    site.pages["/robots.txt"] = Answer("<p>Not for robots</p>", status=status)
    with WebServer(site) as server:
        declare(any_workspace, server)
        said = " ".join(greysift(any_workspace, "sources", "probe", "local-site", status=1).split())

    assert "The site forbids it" in said
    assert "Ask the site's keepers" in said
    assert "Nothing that was asked for is there" not in said


def test_a_robots_txt_that_is_broken_stops_a_probe_and_is_seen_until_one_does_well(workspace):
    site = WebSite(pages={"/": Answer("<h1>x</h1>"), "/robots.txt": Answer("broken", status=500)})
    with WebServer(site) as server:
        declare(workspace, server)
        said = greysift(workspace, "sources", "probe", "local-site", status=1)
        asked = set(server.hits)
        status = greysift(workspace, "sources", "status", COLUMNS="80")
        site.pages["/robots.txt"] = Answer("", "text/plain")
        greysift(workspace, "sources", "probe", "local-site")
        later = greysift(workspace, "sources", "status", COLUMNS="80")

    assert "/robots.txt could not be read (status 500): without it the host is not asked." in said
    assert "says that it holds" not in said
    assert asked == {"/robots.txt"}
    assert "local-site: its last probe failed on" in " ".join(status.split())
    assert "its last probe failed" not in later


def test_govuk_is_asked_for_its_search(any_workspace):
    with GovukServer(one_of_everything()) as server:
        (any_workspace / "var" / "sources" / "local.toml").write_text(server.declaration(), encoding="utf-8")
        said = greysift_json(any_workspace, "sources", "probe", "local-govuk")

    assert said["proposed_kind"] == "govuk"
    assert [f["what"] for f in said["findings"]] == ["robots.txt", "robots.txt", "GOV.UK search"]


def test_a_source_that_is_handed_over_has_no_host_to_ask(any_workspace):
    text = 'slug = "by-hand"\nname = "By hand"\norganisation = "X"\nkind = "upload"\nlicence = "none"\n'
    (any_workspace / "var" / "sources" / "by-hand.toml").write_text(text, encoding="utf-8")

    assert "greysift import" in greysift(any_workspace, "sources", "probe", "by-hand", status=1)


def test_a_live_source_needs_a_probe_and_a_persons_word_first(any_workspace):
    said = greysift(any_workspace, "harvest", "--source", "department-for-education", status=1)

    assert "sources probe department-for-education" in said
    assert "nobody has confirmed that department-for-education may be crawled" in said
