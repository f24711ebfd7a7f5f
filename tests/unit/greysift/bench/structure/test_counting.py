"""What of a report is counted, on pages whose every line is known."""

from corpus.vocabulary.documents import BlockKind, SectionRole
from greysift.bench.structure.counting import count
from greysift.bench.structure.truth import ItemKind
from tests.unit.greysift.bench.structure.pages import annotate, box_at, extract


def whats(counts):
    """What the misses say, in order."""
    return [miss.what for miss in counts.misses]


def test_a_heading_found_with_its_level_and_role_is_right():
    """Nothing is missed."""
    role = SectionRole.METHODS
    text = extract([(BlockKind.HEADING, box_at(100), {"level": 2, "role": role})])
    counts = count(text, annotate((1, ItemKind.HEADING, box_at(101), 2, role)))
    assert counts.misses == []
    assert counts.numbers["heading_marked"] == counts.numbers["heading_found"] == 1
    assert (
        counts.numbers["heading_right"] == counts.numbers["level_right"] == counts.numbers["role_right"] == 1
    )
    assert counts.numbers["role_told"] == counts.numbers["role_told_right"] == 1


def test_missed_false_and_wrongly_ranked_headings_are_named_by_place():
    """Each disagreement stands with its page and box."""
    text = extract(
        [
            (BlockKind.HEADING, box_at(100), {"level": 1}),
            (BlockKind.PARAGRAPH, box_at(200), {}),
            (BlockKind.HEADING, box_at(300), {"level": 1}),
        ]
    )
    marks = annotate(
        (1, ItemKind.HEADING, box_at(100), 3), (1, ItemKind.HEADING, box_at(200), 1, SectionRole.FINDINGS)
    )
    counts = count(text, marks)
    assert whats(counts) == ["level 1 for 3", "heading missed", "heading where there is none"]
    assert [miss.box.top for miss in counts.misses] == [100, 200, 300]
    assert counts.numbers["heading_found"] == counts.numbers["heading_marked"] == 2
    assert counts.numbers["heading_right"] == 1
    assert counts.numbers["level_right"] == counts.numbers["role_right"] == 0
    assert counts.numbers["role_marked"] == 1


def test_a_heading_on_a_page_that_was_not_looked_at_does_not_count():
    """Neither for nor against."""
    text = extract([], [(BlockKind.HEADING, box_at(100), {"level": 1})])
    assert count(text, annotate()).numbers["heading_found"] == 0


def test_a_heading_in_two_blocks_is_one():
    """The second goes on with the first."""
    text = extract(
        [
            (BlockKind.HEADING, box_at(100), {"level": 1}),
            (BlockKind.HEADING, box_at(114), {"level": 1, "goes_on": True}),
        ]
    )
    counts = count(text, annotate((1, ItemKind.HEADING, box_at(100, height=26), 1)))
    assert counts.numbers["heading_found"] == counts.numbers["heading_right"] == 1


def test_a_title_taken_for_a_heading_is_a_missed_title_and_no_false_heading():
    """What is wrong is counted once."""
    text = extract([(BlockKind.HEADING, box_at(100), {"level": 1})])
    counts = count(text, annotate((1, ItemKind.TITLE, box_at(100))))
    assert whats(counts) == ["title missed"]
    assert counts.numbers["heading_found"] == 0


def test_inherited_roles_may_be_told_or_left_unsaid():
    """A heading below the methods is of the methods; another role there is wrong."""
    roles = {
        100: SectionRole.METHODS,
        200: SectionRole.METHODS,
        300: SectionRole.OTHER,
        400: SectionRole.FINDINGS,
    }
    text = extract(
        [
            (BlockKind.HEADING, box_at(top), {"level": 1 if top == 100 else 2, "role": role})
            for top, role in roles.items()
        ]
    )
    marks = annotate(
        (1, ItemKind.HEADING, box_at(100), 1, SectionRole.METHODS),
        *((1, ItemKind.HEADING, box_at(top), 2) for top in (200, 300, 400)),
    )
    counts = count(text, marks)
    assert whats(counts) == ["role findings for methods"]
    assert counts.numbers["role_told"] == 3
    assert counts.numbers["role_told_right"] == 2


def test_what_may_be_inherited_from_pages_nobody_looked_at_is_not_judged():
    """Until a heading of the first level."""
    heading = (BlockKind.HEADING, box_at(100), {"level": 2, "role": SectionRole.FINDINGS})
    text = extract([], [], [heading])
    counts = count(text, annotate((3, ItemKind.HEADING, box_at(100), 2), pages=(1, 3)))
    assert counts.misses == []
    assert counts.numbers["role_told"] == 0


def test_tables_are_told_by_intersection_over_union_at_two_bars():
    """A table that is found with a third too much passes the lower one."""
    text = extract([(BlockKind.TABLE, box_at(100, height=130), {})])
    counts = count(text, annotate((1, ItemKind.TABLE, box_at(100, height=100))))
    assert (counts.numbers["table_right"], counts.numbers["table_8_right"]) == (1, 0)
    assert whats(counts) == ["table at 0.8 missed", "table at 0.8 where there is none"]


def test_running_lines_left_and_lines_lost_are_counted_apart():
    """A header in the text, a paragraph in the header."""
    text = extract(
        [
            (BlockKind.PARAGRAPH, box_at(20), {}),
            (BlockKind.HEADER, box_at(60), {}),
            (BlockKind.PARAGRAPH, box_at(100), {}),
            (BlockKind.PAGE_NUMBER, box_at(800), {}),
        ],
        [(BlockKind.HEADER, box_at(20), {}), (BlockKind.PARAGRAPH, box_at(100), {})],
        [(BlockKind.PARAGRAPH, box_at(100), {})],
    )
    marks = annotate(
        (1, ItemKind.HEADER, box_at(20)),
        (1, ItemKind.PAGE_NUMBER, box_at(800)),
        (2, ItemKind.HEADER, box_at(20)),
        pages=(1, 2, 3),
    )
    counts = count(text, marks)
    assert whats(counts) == ["running line left in the text", "line of the body set apart"]
    assert counts.numbers["running_pages"] == 2
    assert counts.numbers["clean_pages"] == 1
    assert counts.numbers["body_lines"] == 4
    assert counts.numbers["lost_lines"] == 1


def test_imprints_and_drawings_count_neither_way_and_a_line_printed_twice_is_one():
    """Kept or set apart, both are right."""
    text = extract(
        [
            (BlockKind.HEADER, box_at(20), {}),
            (BlockKind.FOOTER, box_at(700), {}),
            (BlockKind.PARAGRAPH, box_at(300), {}),
            (BlockKind.PARAGRAPH, box_at(300), {}),
        ]
    )
    counts = count(
        text, annotate((1, ItemKind.IMPRINT, box_at(20)), (1, ItemKind.FIGURE, box_at(600, height=200)))
    )
    assert counts.misses == []
    assert counts.numbers["body_lines"] == 1
    assert counts.numbers["running_pages"] == 0
