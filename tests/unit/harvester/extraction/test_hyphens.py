import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.composing import Piece, compose
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.pdfium import decode


def hyphens(text="plain words"):
    return Hyphens([line_of([Token(word, Box(0, 0, 10, 10)) for word in text.split()])])


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("evalu-", "ation", ""),
        ("(evalu-", "ation).", ""),
        ("Anglo-", "Saxon", "-"),
        ("2019-", "20", "-"),
        ("short-", "and", None),
        ("-", "item", None),
        ("evalu", "ation", None),
        ("see-", "(below)", None),
        ("evalu\N{SOFT HYPHEN}", "ation", ""),
        ("-2-", "period", None),
    ],
)
def test_a_hyphen_goes_unless_what_follows_shows_that_it_belongs(first, second, between):
    assert hyphens().join(first, second) == between


def test_the_documents_own_spelling_decides():
    assert hyphens("a high-mass star").join("high-", "mass") == "-"
    assert hyphens("a highmass star, highmass").join("high-", "mass") == ""


def test_a_broken_acronym_is_whole_where_the_document_knows_it():
    assert hyphens("the IMPRS school").join("IM-", "PRS)") == ""


def test_two_words_of_the_document_make_a_compound():
    assert hyphens("based on evidence").join("evidence-", "based") == "-"
    assert hyphens("no such of in").join("in-", "of") == ""


def test_a_soft_hyphen_within_a_word_is_a_hyphen_and_one_at_its_end_breaks_it():
    assert decode("care\N{SOFT HYPHEN}leavers") == "care-leavers"
    assert decode("evalu\N{SOFT HYPHEN}") == "evalu\N{SOFT HYPHEN}"
    assert decode("evalu\ufffe") == "evalu-"


def test_a_broken_word_is_no_evidence():
    assert hyphens("words evalu-").join("evalu-", "ation") == ""


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("long-", "term", "-"),
        ("decision-", "making,", "-"),
        ("self-", "harm", "-"),
        ("well-", "being", "-"),
        ("self-", "lessly", ""),
        ("well-", "ness", ""),
        ("in-", "quality", ""),
        ("de-", "based", ""),
        ("deter-", "mine", ""),
    ],
)
def test_parts_of_compounds_keep_their_hyphen_without_evidence(first, second, between):
    assert hyphens().join(first, second) == between


def test_the_documents_spelling_comes_before_what_is_usual():
    assert hyphens("their wellbeing").join("well-", "being") == ""


@pytest.mark.parametrize(
    ("elsewhere", "first", "second", "between"),
    [
        ("care-leavers", "care-", "leavers", "-"),
        ("care-leavers", "care-", "leaver’s", "-"),  # another form of the word
        ("careleavers", "care-", "leaver", ""),
        ("their education", "educa-", "tional", ""),
        ("one-to-one help", "one-to-", "one", "-"),
        ("care‑experienced", "care-", "experienced", "-"),
        ("a statutory duty", "non-", "statutory", "-"),
        ("the production", "co-", "production", "-"),
        ("low pay for income", "low-", "income", "-"),
        ("a background", "back-", "grounds", ""),
        ("under them", "under-", "them", ""),
        ("the frame, the work", "frame-", "work", ""),
        ("we over ride sight", "over-", "sight", ""),
    ],
)
def test_the_documents_words_tell(elsewhere, first, second, between):
    assert hyphens(elsewhere).join(first, second) == between


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("non-", "statutory", "-"),
        ("non-", "sense", ""),
        ("follow-", "up,", "-"),
        ("set-", "ups", "-"),
        ("one-", "off", "-"),
        ("syr-", "up", ""),
        ("drop-", "in", "-"),
        ("with-", "in", ""),
        ("co-", "operation", "-"),
        ("co-", "hort", ""),
        ("ex-", "offenders", "-"),
        ("ex-", "change", ""),
        ("NHS-", "funded", "-"),
        ("e-", "learning", "-"),
        ("face-to-", "face", "-"),
        ("face-", "to-face", "-"),
        ("research-", "and-development", "-"),
        ("under-", "represented", "-"),
        ("under-", "standing", ""),
        ("multi-", "plied", ""),
        ("pre-", "sent", ""),
    ],
)
def test_what_is_written_with_a_hyphen_keeps_it_where_the_document_is_silent(first, second, between):
    assert hyphens().join(first, second) == between


COMPOUNDS = """
looked-after multi-agency care-experienced anti-social trauma-informed peer-led school-age
co-production child-centred parent-child mother-infant low-income sub-regional pro-social
re-offending cost-effective so-called pre-school after-school free-text full-time whole-school
kinship-care key-worker foster-carers under-fives web-based re-engaged pre-existing co-opted
de-escalation semi-independent sought-after
"""
WORDS = """
re-port pre-sent multi-ple multi-tude anti-que anti-cipate sub-ject sub-mit pro-vide pro-gramme
co-lour co-ntext con-text pre-text pre-tend there-after here-after de-based mis-informed
in-effective vill-age marri-age control-led cancel-led fa-ther grand-mother under-stand over-all
so-cial free-dom whole-sale low-er key-board re-lated re-fer re-fers after-noon af-ter part-ner
post-poned post-age
"""


@pytest.mark.parametrize(
    ("parted", "between"),
    [(each, "-") for each in COMPOUNDS.split()] + [(each, "") for each in WORDS.split()],
)
def test_classes_of_compounds_keep_their_hyphen_and_words_are_whole(parted, between):
    first, _, second = parted.partition("-")
    assert hyphens().join(f"{first}-", second) == between


def test_the_second_half_of_a_broken_word_is_no_word_of_its_own():
    lines = [
        line_of([Token(word, Box(0, 0, 9, 9)) for word in text.split()]) for text in ("co-", "lumns of it")
    ]

    assert Hyphens(lines).join("co-", "lumns") == ""


# Words with the places where a line's end may part them: at their own hyphens (none is added), or between syllables.
SPELLED = {
    "care-leavers": (5,),
    "careleavers": (4,),
    "follow-up": (7,),
    "face-to-face": (5, 8),
    "evaluation": (2, 5),
    "non-statutory": (4, 7),
    "wellbeing": (4,),
    "well-being": (5,),
    "the": (),
    "2019-20": (5,),
}
RIVALS = [{"care-leavers", "careleavers"}, {"wellbeing", "well-being"}]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(SPELLED)), st.integers(0, 3)), min_size=1, max_size=12).filter(
        lambda drawn: not any(rivals <= {word for word, _ in drawn} for rivals in RIVALS)
    )
)
def test_whatever_is_broken_is_spelled_as_the_document_spells_it_unbroken(drawn):
    rows = [[word for word, _ in drawn]]
    for word, which in drawn:
        rows[-1].append("and")
        if which < len(SPELLED[word]):
            at = SPELLED[word][which]
            rows[-1].append(word[:at] if word[at - 1] == "-" else f"{word[:at]}-")
            rows.append([word[at:]])
        else:
            rows[-1].append(word)
    lines = tuple(
        line_of(
            [Token(word, Box(30 * n, 12 * row, 30 * n + 25, 12 * row + 10)) for n, word in enumerate(words)]
        )
        for row, words in enumerate(rows)
    )

    read = PageLines(600, 800, lines)
    page = compose(read, [Piece(BlockKind.PARAGRAPH, lines)], number=1, hyphens=Hyphens(lines)).page

    wanted = [word for word, _ in drawn] + list(
        itertools.chain.from_iterable(("and", word) for word, _ in drawn)
    )
    assert page.text.split() == wanted
    assert re.sub(r"\s+", " ", page.original) == " ".join(" ".join(words) for words in rows)
    assert all(page.text[word.start : word.end] == word.text for word in page.words)
