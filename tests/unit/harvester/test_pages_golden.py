"""Whole pages, own-made after what sites of each kind are known to write, and what is read on them."""

import json
from pathlib import Path

import pytest

from harvester.spiders.documents import may_be_document
from harvester.spiders.pages import read_page

FOLDER = Path(__file__).resolve().parents[2] / "data" / "pages"
PAGES = sorted(FOLDER.glob("*.html"))


def what_is_read(path: Path) -> dict[str, object]:
    page = read_page(path.read_bytes(), url=f"https://www.charity.example/reports/{path.stem}")
    return {
        **{name: getattr(page, name) for name in ("title", "summary", "published", "canonical", "language")},
        "documents": [[link.url, link.text] for link in page.links if may_be_document(link)],
        "other_links": [link.url for link in page.links if not may_be_document(link)],
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_read_as_expected(path):
    expected = path.with_suffix(".expected.json")
    read = what_is_read(path)

    if not expected.exists():
        expected.write_text(json.dumps(read, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was written: read it, mend it, and run again")

    assert read == json.loads(expected.read_text(encoding="utf-8"))


def test_every_expectation_has_its_page():
    assert {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.json")} == {
        path.stem for path in PAGES
    }
