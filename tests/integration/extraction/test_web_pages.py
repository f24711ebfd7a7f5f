"""Real publications that are web pages, as their source hands them over."""

import json
import re
from collections import Counter
from html import unescape

import pytest

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.web import extract_html
from harvester.spiders.govuk_content import page_of
from tests.shared_material import SHARED, needs_shared

GOVUK = SHARED / "data" / "govuk"


def publications():
    for path in sorted(GOVUK.rglob("*.json")):
        try:
            item = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(item, dict) and "details" in item and (page := page_of(item)) is not None:
            body = item["details"]["body"]
            yield pytest.param(item["title"], body, page, id=path.stem)


def words(text):
    return Counter(re.findall(r"\w+", text.casefold()))


@needs_shared
@pytest.mark.parametrize(("title", "body", "page"), list(publications()))
def test_a_govuk_publication_loses_no_word_and_keeps_its_structure(title, body, page):
    text = extract_html(page, title=title)

    visible = re.sub(r"<(script|style)\b.*?</\1>", " ", body, flags=re.DOTALL)
    shown = words(unescape(re.sub(r"<[^>]*>", " ", visible)))
    lost = shown - words(text.text)
    assert sum(lost.values()) <= 0.002 * sum(shown.values()), lost
    kinds = Counter(block.kind for block in text.blocks)
    assert kinds[BlockKind.HEADING] == len(re.findall(r"<h[1-6]\b", body))
    assert text.title == title
