"""The sitemaps of a real WordPress that changes while it is crawled, has a file replaced, and whose crawls are killed."""

import re
import urllib.request

from tests.fakes.wordpress import HOME, needs_wordpress
from tests.fakes.wordpress_door import Door
from tests.integration.greysift.commands import greysift, greysift_json
from tests.integration.greysift.rows import column, counts
from tests.integration.greysift.test_kill import kill_when
from tests.integration.wordpress.crawling import crawl, declaration, retrieved
from tests.integration.wordpress.test_sitemap import POSTS_ONLY
from tests.integration.wordpress.workspaces import SOURCE, documents, make_workspace, versions

pytestmark = needs_wordpress


def listed(site: str) -> set[str]:
    """Return what the sitemaps of posts and pages list at this moment."""
    found: set[str] = set()
    for kind in ("post", "page"):
        with urllib.request.urlopen(f"{site}/wp-sitemap-posts-{kind}-1.xml", timeout=30) as answer:  # noqa: S310 - a server of this machine
            found |= set(re.findall(r"<loc>([^<]+)</loc>", answer.read().decode()))
    return found


def test_five_added_and_five_deleted_meanwhile_are_all_accounted_for_and_said(wordpress, tmp_path):
    def change() -> None:
        wordpress.run("paging.php", "del")
        # addresses of their own: those that paging.php adds come back under the addresses of the deleted ones
        wordpress.do(
            "for ($i = 0; $i < 5; $i++)"
            " wp_insert_post(['post_title' => 'Added ' . uniqid('', true), 'post_status' => 'publish']);"
        )

    with Door(HOME) as door:
        before = listed(door.url)
        door.before(lambda target: target.endswith("leaving-care-report-119.pdf"), change)
        outcome = crawl(tmp_path, declaration(door.url, kind="sitemap", filters=POSTS_ONLY))
        after = listed(door.url)

    assert outcome.result.failures == []
    assert len(before - after) == len(after - before) == 5
    assert set(outcome.records) == before | after
    assert outcome.result.expected == outcome.result.counts["records"] == len(before | after)
    assert set(retrieved(outcome).values()) == {1}
    gone = [
        url
        for url in before - after
        if [document["reason"] for document in outcome.records[url]["documents"]]
        in (["not found"], ["deleted"])
    ]
    (note,) = [note for note in outcome.result.notes if "at the end" in note]
    assert f"it lists {len(after)} at the end" in note
    assert (
        f"of the other 5, {len(gone)} answered that they are gone, and {5 - len(gone)} were read before"
        in note
    )


def test_killed_and_told_again_everything_is_there_once_and_a_replaced_file_is_one_new_version(
    wordpress, tmp_path
):
    with Door(HOME) as door:
        workspace = make_workspace(tmp_path, declaration(door.url, kind="sitemap", filters=POSTS_ONLY))
        kill_when(
            lambda: sum(n for url, n in door.hits.items() if url.endswith(".pdf")) >= 40,
            workspace,
            "harvest",
            "--source",
            SOURCE,
        )
        harvested = greysift_json(workspace, "harvest", "--source", SOURCE)

        assert harvested["status"] == "complete"
        assert harvested["expected"] == harvested["got"]
        keys = column(workspace, "SELECT key FROM corpus_record")
        assert len(keys) == len(set(keys))
        assert set(keys) == listed(door.url)
        had = documents(workspace)
        assert len(had) == len({url for url, _ in had}) == len({sha256 for _, sha256 in had}) > 100
        assert set(versions(workspace).values()) == {1}
        assert counts(workspace)["corpus_searchrun"] == 1

        replaced = wordpress.run("replace_pdf.php", "7").replace(HOME, door.url)
        said = greysift(workspace, "harvest", "--source", SOURCE)

    assert f"{len(keys)} of {len(keys)} records" in said
    assert {url: n for url, n in versions(workspace).items() if n != 1} == {replaced: 2}
    assert len(documents(workspace)) == len(had)
