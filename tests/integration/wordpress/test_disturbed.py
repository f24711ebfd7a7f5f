"""A real WordPress that changes while it is crawled, and crawls that are killed."""

import json
import signal
import time
from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.wordpress import HOME, needs_wordpress
from tests.fakes.wordpress_door import Door
from tests.integration.wordpress.crawling import crawl, declaration, kinds, retrieved

pytestmark = needs_wordpress


def is_page(number):
    """Return a question: is this the request for the posts' page of that number, with their texts?"""
    return lambda target: "/posts?" in target and f"&page={number}&" in target and "content" in target


MOMENTS = {
    "between two pages of the list": is_page(2),
    "while files are fetched": lambda target: target.endswith("leaving-care-report-119.pdf"),
    "while the list is read again": lambda target: "/posts?" in target and "page=2&_fields=id" in target,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_five_added_and_five_deleted_meanwhile_are_neither_missed_nor_doubled(wordpress, tmp_path, moment):
    def change() -> None:
        wordpress.run("paging.php", "del")
        wordpress.run("paging.php", "add")

    before = wordpress.numbers("posts")
    with Door(HOME) as door:
        door.before(MOMENTS[moment], change)
        outcome = crawl(tmp_path, declaration(door.url))

    assert outcome.status == 0
    assert outcome.result.failures == []
    listed = wordpress.numbers("posts")
    assert len(listed) == wordpress.total("posts") == len(before)
    assert len(listed - before) == len(before - listed) == 5
    found = [record["said"]["id"] for record in outcome.records.values() if record["document_type"] == "post"]
    assert len(found) == len(set(found))
    assert listed <= set(found)
    assert set(found) - listed <= before  # deleted after they had been read: kept
    counts = outcome.result.counts
    assert counts["expected posts"] == counts["got posts"] == len(listed)
    assert len(retrieved(outcome)) == 160
    assert set(retrieved(outcome).values()) == {1}


def test_what_slips_to_a_page_already_read_is_found_and_what_only_members_see_is_known(wordpress, tmp_path):
    """The total stays the same: five of the first page go, five come at the end, between the first page and the second."""
    before = wordpress.numbers("posts")
    oldest = sorted(before)[:5]
    ids = ",".join(map(str, oldest))

    def change() -> None:
        wordpress.do(f"foreach ([{ids}] as $id) wp_trash_post($id);")
        wordpress.run("paging.php", "add")

    try:
        with Door(HOME) as door:
            door.before(is_page(2), change)
            outcome = crawl(tmp_path, declaration(door.url))
        listed = wordpress.numbers("posts")
        shown = wordpress.numbers("media")
    finally:
        wordpress.do(f"foreach ([{ids}] as $id) {{ wp_untrash_post($id); wp_publish_post($id); }}")
        wordpress.run("paging.php", "del")

    assert outcome.result.failures == []
    assert len(listed) == len(before)
    assert len(before - listed) == 5
    found = {record["said"]["id"] for record in outcome.records.values() if record["document_type"] == "post"}
    assert found == before | listed
    hidden = 160 - len(
        shown
    )  # the site counts the files of posts that are no longer public, and does not show them
    assert hidden >= 1
    (note,) = [note for note in outcome.result.notes if "did not come" in note]
    assert note.startswith(f"The site counts 160 files (application/pdf) and shows {160 - hidden}.")
    assert outcome.result.counts["hidden files (application/pdf)"] == hidden
    assert outcome.result.counts["expected files (application/pdf)"] == 160 - hidden
    assert len(retrieved(outcome)) == 160  # those posts were read before they went, and link their files
    assert wordpress.numbers("posts") == before


def test_posts_that_the_site_counts_and_no_answer_shows_fail_the_run(wordpress, tmp_path):
    counted = wordpress.total("posts")
    lost = sorted(wordpress.numbers("posts"))[100:104]

    def without(target, body):
        if "/wp/v2/posts?" not in target:
            return body
        return json.dumps([post for post in json.loads(body) if post["id"] not in lost]).encode()

    with Door(HOME) as door:
        door.rewrite = without
        outcome = crawl(tmp_path, declaration(door.url))

    assert outcome.status == 1
    assert (outcome.result.counts["expected posts"], outcome.result.counts["got posts"]) == (
        counted,
        counted - 4,
    )
    assert f"The site counts {counted} posts and gave {counted - 4}" in " ".join(outcome.result.failures)


def test_files_whose_entry_was_deleted_are_records_of_their_own(wordpress, tmp_path):
    wordpress.run("paging.php", "del")
    wordpress.run("paging.php", "del")  # among ten deleted posts some have a file, and files stay
    posts = wordpress.total("posts")

    outcome = crawl(tmp_path, declaration())
    wordpress.run("paging.php", "add")
    wordpress.run("paging.php", "add")

    assert outcome.result.failures == []
    found = kinds(outcome)
    assert (found["post"], found["page"]) == (posts, 1)
    assert found["attachment"] >= 3
    assert len(retrieved(outcome)) == 160
    assert set(retrieved(outcome).values()) == {1}


def test_killed_again_and_again_everything_is_there_exactly_once(wordpress, tmp_path):
    posts = wordpress.total("posts")
    with Door(HOME) as door:
        door.delay = 0.02
        order = {"declaration": declaration(door.url), "run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
        for hits in (6, 40, 110):
            process = crawl_process.begin(tmp_path / "crawl", **order)
            deadline = time.monotonic() + 60
            while door.hits.total() < hits and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        finished = crawl_process.run(tmp_path / "crawl", **order)
        asked_again = sum(n - 1 for url, n in door.hits.items() if url.endswith(".pdf"))

    assert finished.result.failures == []
    assert kinds(finished)["post"] == posts
    assert len(retrieved(finished)) == 160
    assert set(retrieved(finished).values()) == {1}
    assert asked_again <= 3 * 4  # for each death at most what was under way
