"""Markdown for people: structure shown, nothing of the text read as markup."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.vocabulary.documents import BlockKind, Cell, Table
from harvester.extraction.markdown import to_markdown
from tests.unit.harvester.extraction.made import document, page_of

PARSER = MarkdownIt("commonmark").enable("table")


def test_structure_is_shown():
    first = page_of(
        [
            "Annual report",
            "Running head",
            "1 Findings",
            "Most care",
            "leavers",
            "• work",
            "– full time",
            "1. home",
            "7",
        ]
    )
    second = page_of(
        ["found a job.", "a b", "c d", "Table 1: jobs", "3 See there", "axis"], number=2, label="iv"
    )
    start = second.text.index("a b")
    cells = tuple(Cell(n // 2, n % 2, start + 2 * n, start + 2 * n + 1) for n in range(4))
    text = document(
        first,
        second,
        kinds=[
            ("header", 1, "Running head"),
            ("title", 1, "Annual report"),
            ("heading", 1, "1 Findings", {"level": 1}),
            ("list_item", 1, "• work", {"marker": "•", "level": 1}),
            ("list_item", 1, "– full time", {"marker": "–", "level": 2}),
            ("list_item", 1, "1. home", {"marker": "1.", "level": 1}),
            ("paragraph", 1, "Most care\nleavers"),
            ("page_number", 1, "7"),
            ("paragraph", 2, "found a job.", {"goes_on": True}),
            ("table", 2, "a b\nc d"),
            ("caption", 2, "Table 1: jobs"),
            ("footnote", 2, "3 See there", {"marker": "3"}),
            ("figure", 2, "axis"),
        ],
        tables=(Table(9, cells, 10),),
    )
    assert to_markdown(text) == (
        "<!-- page 1 -->\n\n# Annual report\n\n## 1 Findings\n\n- work\n  - full time\n1. home\n\n"
        "Most care leavers found a job.\n\n<!-- page 2 (iv) -->\n\n| a | b |\n| --- | --- |\n| c | d |\n\n"
        "*Table 1: jobs*\n\n> **3** See there\n\n> *In the figure:* axis\n"
    )


def test_without_blocks_the_lines_stand_as_they_are():
    text = document(page_of(["One line", "and another"]), page_of([""], number=2), title="A *title*")
    assert to_markdown(text) == (
        "# A \\*title\\*\n\n<!-- page 1 -->\n\nOne line\nand another\n\n<!-- page 2 -->\n"
    )


def test_nothing_gives_nothing():
    assert to_markdown(document()) == ""


def test_a_label_cannot_end_the_comment():
    text = document(page_of(["x"], label="--> <script>"))
    assert to_markdown(text).splitlines()[0].count("-->") == 1
    assert "<script>" not in to_markdown(text)


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM])
@given(
    words=st.lists(st.text('aé1.)#>-+=|*_`~[](){}:<&;!\\"', min_size=1, max_size=6), min_size=1, max_size=6)
)
@example(words=["1.", "a"])
@example(words=["---"])
@example(words=["[a]:", "b"])
@example(words=["&amp;"])
@example(words=["a", "#"])
@example(words=["___"])
def test_what_is_printed_reads_back_as_the_same_text(kind, words):
    content = " ".join(words)
    shown = PARSER.parse(to_markdown(document(page_of([content]), kinds=[(kind, 1, content)])))
    inline = [token for token in shown if token.type == "inline"]
    assert ["".join(child.content for child in token.children) for token in inline] == [content]
    assert {child.type for token in inline for child in token.children} <= {"text", "text_special"}
