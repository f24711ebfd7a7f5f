"""Lists in Markdown: read back, each item has the number and the depth with which it was printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from harvester.extraction.markdown import to_markdown
from tests.unit.harvester.extraction.made import document, page_of

PARSER = MarkdownIt("commonmark")


def read_back(items, *, between=()):
    """Return (depth, marker, words) of each item of ``items``, (level, marker), as a reader of the Markdown has them."""
    lines = [f"{marker} word{number}" for number, (_, marker) in enumerate(items)]
    kinds = [
        ("list_item", 1, line, {"marker": marker, "level": level})
        for line, (level, marker) in zip(lines, items, strict=True)
    ]
    for place in between:
        kinds.insert(place, ("paragraph", 1, "Between"))
    tokens = PARSER.parse(to_markdown(document(page_of([*lines, "Between"]), kinds=kinds)))
    found, numbers, marker = [], [], ""
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            start = token.attrGet("start")
            numbers.append(1 if start is None else int(start))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            numbers.pop()
        elif token.type == "list_item_open":
            marker = "•" if token.markup == "-" else f"{numbers[-1]}{token.markup}"
            numbers[-1] += 1
        elif token.type == "inline" and token.content != "Between":
            found.append((len(numbers), marker, token.content))
    return found


def printed(items):
    return [(level, marker, f"word{number}") for number, (level, marker) in enumerate(items)]


@pytest.mark.parametrize(
    "items",
    [
        [(1, "1."), (2, "•"), (2, "•"), (1, "2.")],
        [(1, "9."), (2, "1."), (1, "10."), (2, "1."), (3, "•"), (2, "2."), (1, "11.")],
        [(1, "•"), (2, "1)"), (3, "•"), (1, "•")],
        [(1, "•"), (2, "3."), (2, "4.")],
        [(1, "1."), (1, "2."), (1, "1."), (1, "2.")],
        [(1, "•"), (2, "1."), (2, "2."), (2, "1."), (1, "•")],
        [(1, "1."), (1, "•"), (1, "2."), (1, "2)")],
    ],
)
def test_an_item_keeps_its_number_and_depth(items):
    assert read_back(items) == printed(items)


def test_what_no_item_precedes_is_no_code():
    items = [(1, "•"), (3, "•"), (2, "1.")]

    assert [depth for depth, _, _ in read_back(items, between=[1])] == [1, 1, 1]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from(["•", "0.", "1.", "2.", "9.", "10.", "2)", "123456789."])
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_lists_read_back(items):
    depths, open_levels = [], []
    for level, _ in items:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        depths.append(len(open_levels))

    assert read_back(items) == printed(
        [(depth, marker) for depth, (_, marker) in zip(depths, items, strict=True)]
    )
