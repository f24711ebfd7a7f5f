import json

import pytest

from classifier.shipped_set import SHIPPED_KEYS, is_mirror, main, shipped_rows
from tests.shared_material import REPOSITORY, SHARED, needs_shared

SHIPPED = REPOSITORY / "models" / "eligibility" / "training-set.jsonl"


@pytest.mark.parametrize(
    "url",
    [
        "https://vdocuments.site/x.html",
        "http://de.slideshare.net/a",
        "https://issuu.com./b",
        "https://m.moam.info/c",
    ],
)
def test_services_that_share_documents_are_mirrors(url):
    assert is_mirror(url)


@pytest.mark.parametrize(
    "url",
    ["https://www.gov.uk/x", "https://documents.worldbank.org/x", "https://notissuu.com/x", "", "no url"],
)
def test_publishers_are_none(url):
    assert not is_mirror(url)


def test_row_is_cut_to_what_ships():
    row = dict.fromkeys(SHIPPED_KEYS, "x") | {
        "url": "https://a.org",
        "group": "https://a.org",
        "near_miss": True,
    }
    copy = row | {"id": "y", "url": "https://issuu.com/a", "duplicate_of": "https://a.org"}

    first, second = shipped_rows([row | {"duplicate_of": None}, copy])

    assert tuple(first) == SHIPPED_KEYS
    assert (first["url"], first["group"], first["duplicate_of"]) == ("https://a.org", "g001", None)
    assert (second["url"], second["group"], second["duplicate_of"]) == (None, "g001", "x")


def test_shipped_set_holds_urls_in_one_place_only_and_none_of_a_mirror():
    rows = [json.loads(line) for line in SHIPPED.read_text().splitlines()]

    assert len(rows) == 276
    assert len({row["group"] for row in rows}) == 248
    assert sum(row["url"] is None for row in rows) == 52
    for row in rows:
        assert not is_mirror(row.pop("url") or "")
        assert "http" not in json.dumps(row)


@needs_shared
@pytest.mark.shared
def test_shipped_set_is_what_the_script_makes_of_the_labelled_file(tmp_path):
    main([str(SHARED / "data/eligibility/dev.jsonl"), str(tmp_path / "set.jsonl")])

    assert (tmp_path / "set.jsonl").read_bytes() == SHIPPED.read_bytes()
