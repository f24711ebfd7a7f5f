"""What hosts allow lies beside every capture of a real crawl."""

from collections import Counter
from urllib.parse import urlsplit


def test_every_capture_names_the_robots_txt_that_governed_it(crawled):
    captures = crawled.outcome.captures
    robots = {
        urlsplit(said["url"]).netloc: name
        for name, said in captures.items()
        if urlsplit(said["url"]).path == "/robots.txt"
    }
    named = {
        name: (urlsplit(said["url"]).netloc, said["permissions"].get("robots_txt", {}).get("capture"))
        for name, said in captures.items()
        if name not in robots.values()
    }

    assert len(named) > 10
    assert {name: capture for name, (_, capture) in named.items()} == {
        name: robots[netloc] for name, (netloc, _) in named.items()
    }


def test_each_host_is_asked_once_for_its_reservations_and_having_none_is_no_failure(crawled):
    asked = Counter(urlsplit(url).path for url in crawled.hits)

    assert crawled.outcome.result.failures == []
    assert asked["/.well-known/tdmrep.json"] == asked["/robots.txt"] > 0
