"""What a crawl of a real WordPress brings, undisturbed."""

import pytest

from harvester.warc import read_entries
from tests.fakes.wordpress import HOME, WITHOUT_VALIDATORS, have_wordpress, needs_wordpress
from tests.fakes.wordpress_door import Door
from tests.integration.wordpress.crawling import PDFS, crawl, declaration, kinds, retrieved

pytestmark = needs_wordpress


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Crawl the site once, straight."""
    folder = tmp_path_factory.mktemp("straight")
    with have_wordpress() as site:
        totals = {what: site.total(what) for what in ("posts", "pages", "media")}
        outcome = crawl(folder, declaration())
    (name,) = {capture["warc_file"] for capture in outcome.captures.values()}
    return outcome, totals, folder / "warc" / name


def test_every_post_that_the_site_counts_becomes_a_record_and_all_160_pdfs_are_had(crawled):
    outcome, totals, _ = crawled

    assert outcome.status == 0
    assert outcome.result.failures == []
    assert totals == {"posts": 241, "pages": 1, "media": 160}
    assert (kinds(outcome)["post"], kinds(outcome)["page"]) == (241, 1)
    assert len(retrieved(outcome)) == 160
    assert set(retrieved(outcome).values()) == {1}
    counts = outcome.result.counts
    assert (counts["expected posts"], counts["got posts"]) == (241, 241)
    assert (counts["expected pages"], counts["got pages"]) == (1, 1)
    assert (counts[f"expected {PDFS}"], counts[f"got {PDFS}"]) == (160, 160)
    assert outcome.result.expected == outcome.result.got == 402
    assert counts["expected records"] == counts["records"] == 242


def test_records_say_what_the_site_says(crawled):
    outcome, _, _ = crawled

    report = next(r for r in outcome.records.values() if r["title"].endswith(", report 1"))

    assert (
        report["url"] == "http://127.0.0.1:18082/2012/01/evaluation-of-the-leaving-care-programme-report-1/"
    )
    assert report["key"] == f"wordpress:{report['said']['id']}"
    assert report["published"] == "2012-01-21"
    assert report["document_type"] == "post"
    assert report["publisher"] == "Grey Literature Trust"
    assert report["summary"].startswith("An evaluation of support for care leavers aged 16 to 25.")
    (document,) = report["documents"]
    assert document["title"] == "Leaving care report 1 (PDF)"
    assert document["media_type"] == "application/pdf"


def test_replay_needs_no_network_and_brings_the_same(crawled, tmp_path):
    outcome, _, warc = crawled

    replayed = crawl(tmp_path, declaration(), run_uid=warc.name[:36], replay=warc, is_offline=True)

    assert replayed.status == 0
    assert (replayed.records, replayed.captures) == (outcome.records, outcome.captures)
    assert replayed.result == outcome.result


def test_terms_types_categories_days_and_paths_narrow_the_search(wordpress, tmp_path):
    filters = """
types = ["posts"]
terms = "programme"
categories = ["evaluation"]
after = 2024-01-01
exclude = ["/2025/*"]
"""

    outcome = crawl(tmp_path, declaration(filters=filters))

    assert outcome.result.failures == []
    assert kinds(outcome).keys() == {"post"}
    found = list(outcome.records.values())
    assert 5 < len(found) < 20
    assert {r["published"][:4] for r in found} == {"2024"}
    assert all("programme" in r["title"] for r in found)
    assert len(retrieved(outcome)) == len(found)  # the other files hang on entries that nobody asked for
    assert outcome.result.counts[f"expected {PDFS}"] == len(found)
    assert any("lie outside what the declaration asks for" in note for note in outcome.result.notes)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ('types = ["reports"]', "the site shows no entries called reports; it shows posts, pages"),
        ('categories = ["evaluations"]', "the site has no category evaluations"),
    ],
)
def test_what_the_site_does_not_have_is_said_by_name(wordpress, tmp_path, filters, said):
    outcome = crawl(tmp_path, declaration(filters=filters))

    assert outcome.status == 1
    assert said in outcome.result.failures[0]
    assert not outcome.records


def test_without_validators_every_file_comes_again_and_none_is_kept_twice(wordpress, tmp_path):
    with Door(WITHOUT_VALIDATORS) as door:
        first = crawl(tmp_path / "crawl", declaration(door.url))
        door.forget()
        facts = {c["url"]: c for c in first.captures.values() if c["url"].endswith(".pdf")}

        second = crawl(
            tmp_path / "second",
            declaration(door.url),
            warc_dir=tmp_path / "crawl" / "warc",
            validators=facts,
        )
        sent_again = sum(n for url, n in door.bodies.items() if url.endswith(".pdf"))

    assert first.result.failures == second.result.failures == []
    assert sent_again == 160
    hashes = {c["url"]: c["body_sha256"] for c in second.captures.values() if c["url"].endswith(".pdf")}
    assert hashes == {url: fact["body_sha256"] for url, fact in facts.items()}
    (warc,) = {c["warc_file"] for c in second.captures.values()}
    bodies = [e for e in read_entries(tmp_path / "crawl" / "warc" / warc) if e.fact.url.endswith(".pdf")]
    assert {entry.kind for entry in bodies} == {"revisit"}
    assert len(bodies) == 160


def test_a_library_on_a_host_that_is_not_named_fails_the_crawl_until_somebody_decides(wordpress, tmp_path):
    left_out = 'exclude = ["http://127.0.0.1:18082/wp-content/*"]'
    with Door(HOME) as door:
        door.is_frank = True
        elsewhere = crawl(tmp_path / "elsewhere", declaration(door.url))
        decided = crawl(tmp_path / "decided", declaration(door.url, filters=left_out))

    assert elsewhere.status == 1
    (failure,) = elsewhere.result.failures
    assert failure == (
        "160 files of the site's library lie on 127.0.0.1:18082, which the declaration does not name: "
        "add it to hosts, or leave them out by filters.exclude."
    )
    assert decided.result.failures == []
    assert kinds(decided)["post"] == wordpress.total("posts")
    assert not retrieved(decided)
