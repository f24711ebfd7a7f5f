"""Bullets that are drawn beside list items, told from other small shapes."""

from dataclasses import replace

import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.bullets import with_bullets
from harvester.extraction.markdown import to_markdown
from harvester.extraction.tables.shapes import Ink
from tests.unit.harvester.extraction.structure.typeset import Row, page, read, text

ITEMS = (
    Row("Families wait for a first visit from a worker after they were referred", x0=66.0),
    Row("Workers have no time for what families ask of them in the first week", x0=66.0),
    Row("Records are kept in three systems", x0=66.0),
)


def dot(line, *, x0=53.0, side=4.0):
    """A shape that stands in the middle of a line's height."""
    middle = (line.box.top + line.box.bottom) / 2
    return Box(x0, middle - side / 2, x0 + side, middle + side / 2)


def inked(typeset, **shapes):
    return replace(typeset, ink=Ink(**{name: tuple(boxes) for name, boxes in shapes.items()}))


def items(document):
    return [
        (block.level, document.text_of(block).split()[0])
        for block in document.blocks
        if block.kind is BlockKind.LIST_ITEM
    ]


def bulleted(typeset):
    return [line.bullet is not None for line in with_bullets(typeset.lines, typeset.ink)]


@pytest.mark.parametrize("kind", ["drawings", "fills"])
def test_items_behind_drawn_bullets_are_parted_and_their_text_is_not_changed(kind):
    plain = page(text(), *ITEMS, text())
    shown = inked(plain, **{kind: [dot(line) for line in plain.lines[4:7]]})
    document = read(shown)
    assert items(document) == [(1, "Families"), (1, "Workers"), (1, "Records")]
    assert items(read(plain)) == []
    words = [word.text for one in document.pages for word in one.words]
    assert words == [word.text for word in read(plain).pages[0].words]
    assert "\n- Families wait" in to_markdown(document)


def test_what_follows_a_list_at_its_edge_is_no_part_of_the_last_item():
    plain = page(text(), *ITEMS[:2], text())
    document = read(inked(plain, drawings=[dot(line, x0=51.0) for line in plain.lines[4:6]]))
    last = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM][-1]
    assert document.text_of(last).endswith("first week")


def test_drawn_bullets_nest_by_where_they_stand():
    plain = page(text(), ITEMS[0], Row("a visit from a nurse", x0=96.0), ITEMS[1], ITEMS[2])
    edges = (53.0, 83.0, 53.0, 53.0)
    shapes = [dot(line, x0=x0) for line, x0 in zip(plain.lines[4:], edges, strict=True)]
    assert items(read(inked(plain, drawings=shapes))) == [
        (1, "Families"),
        (2, "a"),
        (1, "Workers"),
        (1, "Records"),
    ]


def test_one_drawn_bullet_below_a_typed_item_is_an_item():
    plain = page(text(), Row("1. Families wait for long"), Row("a visit", x0=86.0), Row("2. Workers do not"))
    assert items(read(inked(plain, drawings=[dot(plain.lines[5], x0=73.0)]))) == [
        (1, "1."),
        (2, "a"),
        (1, "2."),
    ]


def test_one_shape_alone_is_none():
    plain = page(text(), *ITEMS)
    assert not any(bulleted(inked(plain, drawings=[dot(plain.lines[4])])))


@pytest.mark.parametrize(
    "place",
    [
        {"x0": 20.0},  # further from the text than a tab
        {"x0": 52.0, "side": 13.0},  # higher than the line
        {"x0": 68.0},  # within the words
    ],
)
def test_shapes_elsewhere_are_none(place):
    plain = page(text(), *ITEMS)
    assert not any(bulleted(inked(plain, drawings=[dot(line, **place) for line in plain.lines[4:]])))


def test_points_of_a_plot_are_none():
    plain = page(text(), *ITEMS)
    dots = [dot(line) for line in plain.lines[4:]]
    curve = Box(30.0, dots[0].top - 9, 55.0, dots[-1].bottom + 9)
    assert not any(bulleted(inked(plain, drawings=[*dots, curve])))


def test_shapes_of_several_kinds_are_none():
    plain = page(text(), *ITEMS[:2])
    shapes = [dot(plain.lines[4]), dot(plain.lines[5], side=9.0)]
    assert not any(bulleted(inked(plain, drawings=shapes)))


def test_bullets_on_a_panel_are_bullets():
    plain = page(text(), *ITEMS)
    dots = [dot(line) for line in plain.lines[4:]]
    panel = Box(40.0, plain.lines[4].box.top - 5, 560.0, plain.lines[-1].box.bottom + 5)
    assert bulleted(inked(plain, drawings=dots, areas=[panel])) == [False] * 4 + [True] * 3


def test_the_letter_that_word_processors_take_for_a_bullet_is_not_repeated():
    document = read(page(text(), Row("o More families", above=6.0), Row("o Fewer children")))
    assert "\n- More families\n- Fewer children" in to_markdown(document)
