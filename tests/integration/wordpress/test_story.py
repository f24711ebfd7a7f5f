"""A real WordPress over time: first crawl, second crawl, a file replaced in place, and all of it again from the recording."""

from collections import Counter

from tests.fakes.wordpress import needs_wordpress
from tests.integration.greysift.commands import greysift_json
from tests.integration.wordpress.crawling import declaration
from tests.integration.wordpress.workspaces import SOURCE, answers, documents, make_workspace, posts, versions

pytestmark = needs_wordpress


def harvest(workspace):
    return greysift_json(workspace, "harvest", "--source", SOURCE)


def test_first_crawl_second_crawl_replaced_file_and_replay(wordpress, tmp_path):
    workspace = make_workspace(tmp_path / "first", declaration())

    first = harvest(workspace)

    assert first["status"] == "complete"
    assert (first["expected"], first["failures"]) == (first["got"], [])
    assert sorted(posts(workspace)) == sorted(wordpress.numbers("posts"))
    had = documents(workspace)
    assert len(had) == len({url for url, _ in had}) == len({sha256 for _, sha256 in had}) == 160

    second = harvest(workspace)

    assert second["status"] == "complete"
    by_run = Counter(answers(workspace))
    assert sorted(by_run.items()) == [((1, 200), 160), ((2, 304), 160)]  # no body came a second time
    assert documents(workspace) == had
    assert set(versions(workspace).values()) == {1}

    replaced = wordpress.run("replace_pdf.php", "7")
    third = harvest(workspace)

    assert third["status"] == "complete"
    by_run = Counter(answers(workspace))
    assert {key: number for key, number in by_run.items() if key[0] == 3} == {(3, 304): 159, (3, 200): 1}
    assert {url for url, number in versions(workspace).items() if number != 1} == {replaced}
    assert versions(workspace)[replaced] == 2
    assert len(documents(workspace)) == 160
    assert len(set(documents(workspace)) - set(had)) == 1

    again = make_workspace(tmp_path / "again", declaration())
    (warc,) = (workspace / "var" / "warc").glob(f"{first['run']}-*.warc.gz")
    replayed = greysift_json(again, "harvest", "--replay", str(warc))

    assert replayed["counts"] == first["counts"]
    assert sorted(documents(again)) == sorted(had)
    assert sorted(posts(again)) == sorted(posts(workspace))
