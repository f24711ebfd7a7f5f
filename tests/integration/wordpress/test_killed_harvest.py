"""The command that harvests a real WordPress, killed: the same command again, and everything is stored exactly once."""

from tests.fakes.wordpress import HOME, needs_wordpress
from tests.fakes.wordpress_door import Door
from tests.integration.greysift.commands import greysift_json
from tests.integration.greysift.rows import counts
from tests.integration.greysift.test_kill import kill_when
from tests.integration.wordpress.crawling import declaration
from tests.integration.wordpress.workspaces import SOURCE, documents, make_workspace, posts, versions

pytestmark = needs_wordpress


def test_killed_in_mid_crawl_and_told_again_everything_is_stored_exactly_once(wordpress, tmp_path):
    with Door(HOME) as door:
        workspace = make_workspace(tmp_path, declaration(door.url))
        door.delay = 0.05
        for files in (3, 60):
            kill_when(
                lambda wanted=files: sum(n for url, n in door.hits.items() if url.endswith(".pdf")) >= wanted,
                workspace,
                "harvest",
                "--source",
                SOURCE,
            )
        door.delay = 0.0
        harvested = greysift_json(workspace, "harvest", "--source", SOURCE)

    assert harvested["status"] == "complete"
    assert harvested["expected"] == harvested["got"]
    stored = posts(workspace)
    assert len(stored) == len(set(stored))
    assert set(stored) == wordpress.numbers("posts")
    had = documents(workspace)
    assert len(had) == len({url for url, _ in had}) == len({sha256 for _, sha256 in had}) == 160
    assert set(versions(workspace).values()) == {1}
    assert counts(workspace)["corpus_searchrun"] == 1
