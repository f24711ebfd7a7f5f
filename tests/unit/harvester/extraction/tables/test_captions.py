import pytest

from harvester.extraction.tables.captions import is_caption
from tests.unit.harvester.extraction.tables.paper import found, rows_at, words_at

ROWS = [["Leeds", "12", "3.5"], ["York", "7", "2.5"], ["Hull", "11", "1.0"], ["Bath", "3", "1.1"]]
COLUMNS = [50.0, 250.0, 330.0]


@pytest.mark.parametrize(
    "text",
    [
        "Table 3",
        "Table 3: Who took part",
        "TABLE A.2 Costs",
        "Exhibit 9",
        "Table IV. Ages",
        "Tab. 2",
        "Table 4.1.2 – Age",
    ],
)
def test_what_begins_a_caption(text):
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tables are shown",
        "Table of contents",
        "Tableware",
        "See Table 3",
        "The table 3",
        "tables — Continued",
    ],
)
def test_what_does_not(text):
    assert not is_caption(text)


def caption(words):
    (table,) = found(words)
    return " ".join(words[at].text for at in table.caption)


def test_a_caption_stands_above_over_more_lines_than_one():
    words = (
        words_at(50, 40, "Table 1: Another one")
        + words_at(50, 70, "Table 2: Who was seen in")
        + words_at(50, 81, "each of the areas")
        + rows_at(COLUMNS, ROWS)
    )

    assert caption(words) == "Table 2: Who was seen in each of the areas"


def test_a_caption_may_stand_below():
    words = rows_at(COLUMNS, ROWS) + words_at(50, 165, "Table 2: Who was seen")

    assert caption(words) == "Table 2: Who was seen"


def test_text_that_names_a_table_from_afar_is_no_caption():
    words = words_at(50, 20, "Table 2 shows who was seen.") + rows_at(COLUMNS, ROWS)

    assert caption(words) == ""
