"""The text of a real WordPress page, with its theme around it."""

import json
import re
import urllib.request
from html import unescape

from harvester.extraction.web import extract_html
from tests.fakes.wordpress import HOME, needs_wordpress

pytestmark = needs_wordpress


def fetched(url):
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - a server of this machine
        return answer.read()


def test_the_posts_are_read_and_what_the_theme_puts_around_them_is_not(wordpress):
    posts = json.loads(fetched(f"{HOME}/wp-json/wp/v2/posts?per_page=5&orderby=id&order=asc"))
    for post in posts:
        text = extract_html(fetched(post["link"]))

        title = unescape(post["title"]["rendered"])
        said = re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", " ", post["content"]["rendered"])))
        assert text.title == title
        own = [*re.findall(r"\w+", title), *said]
        found = re.findall(r"\w+", text.text)
        assert found[: len(own)] == own
        # in a post of a few sentences nobody can tell the line about its date, tags and author from its text
        assert len(found) - len(own) <= 12
