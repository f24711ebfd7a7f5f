"""Everything of a text by name."""

import json

from hypothesis import given

from harvester.extraction.plain import to_plain
from tests.unit.harvester.extraction.made import document, page_of
from tests.unit.harvester.extraction.test_storage import extracted_texts


@given(extracted_texts())
def test_any_text_can_be_written_as_json_and_says_the_same(text):
    said = json.loads(json.dumps(to_plain(text)))
    assert said == to_plain(text)
    assert [page["text"] for page in said["pages"]] == [page.text for page in text.pages]
    for page in said["pages"]:
        assert all(page["text"][word["start"] : word["end"]] == word["text"] for word in page["words"])


def test_names_that_programs_rely_on():
    said = to_plain(document(page_of(["Care leavers"]), title="A", kinds=[("paragraph", 1, "Care leavers")]))
    assert said["shape"] == 1
    assert set(said) >= {"title", "pages", "blocks", "tables", "sections", "sentences", "facts", "settings"}
    assert said["pages"][0]["words"][1] == {
        "text": "leavers",
        "start": 5,
        "end": 12,
        "boxes": [[40.0, 0.0, 82.0, 12.0]],
    }
    assert said["blocks"][0]["kind"] == "paragraph"
