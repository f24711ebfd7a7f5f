import pytest

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Token, line_of
from harvester.extraction.notes import follows_mark, is_referred_to, mark_of, mark_of_row, with_notes


def line(text, top, size=10.0, *, mark=None):
    words = [Token(word, Box(20 * n, top, 20 * n + 15, top + size)) for n, word in enumerate(text.split(), 1)]
    raised = [Token(mark, Box(0, top, 4, top + 0.6 * size))] if mark else []
    return line_of([*raised, *words])


def told(*lines, body_size=10.0):
    pieces = [Piece(BlockKind.PARAGRAPH, (each,)) for each in lines]
    return [(piece.kind, piece.marker) for piece in with_notes(pieces, body_size=body_size, height=800)]


@pytest.mark.parametrize(
    ("words", "mark"),
    [(line("See there", 0, mark="12"), "12"), (line("3See there", 0), "3"), (line("2019 was", 0), None)],
)
def test_a_mark_is_raised_or_stands_close(words, mark):
    assert mark_of(words) == mark


def test_small_marked_type_at_the_foot_is_a_note():
    body, note = line("Body of the page", 100), line("Ofsted says so", 700, 8.0, mark="1")

    assert told(body, note) == [(BlockKind.PARAGRAPH, None), (BlockKind.FOOTNOTE, "1")]


def test_a_note_goes_on_in_the_piece_below_it():
    body, note, rest = (
        line("Body of it", 100),
        line("Ofsted says", 700, 8.0, mark="1"),
        line("and more", 710, 8.0),
    )

    assert told(body, note, rest)[2] == (BlockKind.FOOTNOTE, None)


def test_small_type_above_the_body_is_no_note():
    note, body = line("Ofsted says so", 500, 8.0, mark="1"), line("Body of the page", 600)

    assert BlockKind.FOOTNOTE not in dict(told(note, body))


def test_type_of_the_bodys_size_is_no_note():
    assert BlockKind.FOOTNOTE not in dict(told(line("Body", 100), line("Ofsted says", 700, mark="1")))


def test_a_mark_may_be_a_line_of_its_own():
    mark = line_of([Token("2", Box(0, 700, 4, 705))])
    note = line_of([Token("Ofsted", Box(8, 701, 40, 709)), Token("says", Box(43, 701, 60, 709))])
    far = line_of([Token("Ofsted", Box(80, 701, 112, 709))])
    assert [mark_of_row(row) for row in ([mark, note], [mark, far], [mark], [note])] == [
        "2",
        None,
        None,
        None,
    ]

    body, piece = line("Body of it", 100), Piece(BlockKind.PARAGRAPH, (mark, note))
    (_, found) = with_notes([Piece(BlockKind.PARAGRAPH, (body,)), piece], body_size=10.0, height=800)
    assert (found.kind, found.marker) == (BlockKind.FOOTNOTE, "2")


@pytest.mark.parametrize(
    ("text", "is_reference"), [("the area.1", True), ("area1", True), ("in 2021", False), ("1 area", False)]
)
def test_words_refer_to_a_mark(text, is_reference):
    assert is_referred_to("1", [line(text, 0)]) is is_reference


def test_a_raised_mark_after_a_word_refers_to_it():
    word, mark = Token("area", Box(0, 0, 20, 10)), Token("1", Box(22, 0, 24, 6))
    assert is_referred_to("1", [line_of([word, mark])])
    assert not is_referred_to("1", [line_of([mark, word])])


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [
        ("1 Ofsted says", "2 See there", True),
        ("1See", "2See there", True),
        ("9. See", "10. See there", True),
        ("[1] See", "[2] (see there)", True),
        ("* See", "† See there", True),
        ("* See", "** See there", True),
        ("1 See", "3 See there", False),
        ("† See", "* See there", False),
        ("12 of them", "13 15", False),
        ("See there", "1 See there", False),
    ],
)
def test_a_mark_follows_on_another(first, second, follows):
    assert follows_mark(line(second, 710), line(first, 700)) is follows


def test_level_marks_are_those_of_notes_where_the_page_refers_to_them():
    body, first, second = (
        line("Body of the page.1", 100),
        line("1 Ofsted says so", 700, 8.0),
        line("2 See there", 710, 8.0),
    )

    assert told(body, first, second)[1:] == [(BlockKind.FOOTNOTE, "1"), (BlockKind.FOOTNOTE, "2")]
    assert BlockKind.FOOTNOTE not in dict(told(line("Body of the page.", 100), first, second))
