"""Protocol files: what is right is read whole; what is wrong is named with key and line."""

import pytest

from corpus.protocol import parse_protocol, shipped_protocol
from corpus.vocabulary.errors import ProtocolError

SHIPPED = shipped_protocol("care-leavers")
USE = SHIPPED[SHIPPED.index("use = [") : SHIPPED.index("]", SHIPPED.index("use = [")) + 1]


def line_with(text: str) -> int:
    return SHIPPED[: SHIPPED.index(text)].count("\n") + 1


def test_shipped_protocol_says_what_the_review_promised():
    protocol = parse_protocol(SHIPPED)

    assert protocol.slug == "care-leavers"
    assert [d.code for d in protocol.domains] == [
        "health_wellbeing",
        "relationships",
        "education_training",
        "employment",
        "participation_in_society",
        "accommodation",
        "other",
    ]
    assert protocol.screening.reviewers_per_record == 2
    assert protocol.screening.blind


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("blind = true", "blnd = true", "screening.blnd"),
        ('to = "2021-02-28"', 'to = "soon"', "dates.to"),
        ("reviewers_per_record = 2", 'reviewers_per_record = "two"', "screening.reviewers_per_record"),
        ('key = "2"', 'key = "1"', "exclusion_reasons[2].key"),
        ('slug = "care-leavers"', 'slug = "Care Leavers"', "review.slug"),
        (USE, "use = []", "sources.use"),
        (USE, 'use = ["a", "b", "a"]', "sources.use"),
    ],
)
def test_wrong_value_is_named_with_its_key_and_line(right, wrong, key):
    with pytest.raises(ProtocolError) as error:
        parse_protocol(SHIPPED.replace(right, wrong, 1), name="mine.toml")

    assert f"mine.toml:{line_with(right)}: {key}: " in str(error.value)


def test_broken_toml_is_named_with_its_line():
    with pytest.raises(ProtocolError, match=r"mine\.toml: not valid TOML.*line \d+"):
        parse_protocol(SHIPPED.replace("[dates]", "[dates"), name="mine.toml")


@pytest.mark.parametrize(
    ("right", "wrong", "at", "key", "says"),
    [
        ("format = 1", "format = 2", "format = 1", "format", "reads format 1"),
        ("format = 1", "format = true", "format = 1", "format", "integer"),
        ("format = 1", "format = 1.0", "format = 1", "format", "integer"),
        ('from = "2000-01-01"', "", "[dates]", "dates.from", "missing"),
        ('from = "2000-01-01"', "from = 2000-01-01", 'from = "2000', "dates.from", "valid string"),
        ('from = "2000-01-01"', 'from = "2022-01-01"', "[dates]", "dates", "after the last (2021-02-28)"),
        ('to = "2021-02-28"', 'to = "2021-02-30"', "to = ", "dates.to", "write it as 2021-02-28"),
        (
            "reviewers_per_record = 2",
            "reviewers_per_record = 0",
            "reviewers_per",
            "screening.reviewers_per_record",
            "greater",
        ),
        (
            "reviewers_per_record = 2",
            "reviewers_per_record = true",
            "reviewers_per",
            "screening.reviewers_per_record",
            "integer",
        ),
        ("blind = true", "blind = 1", "blind = ", "screening.blind", "boolean"),
        ('conflicts = "adjudicator"', 'conflicts = "dice"', "conflicts", "screening.conflicts", "discussion"),
        ('"department-for-education"', '"Not A Slug"', "use = ", "sources.use[1]", "pattern"),
        (USE, "use = 1", "use = ", "sources.use", "list"),
        (
            '"innovation", "innovative"',
            '"innovation", 7, "innovative"',
            'terms = [\n    "inno',
            "facets[2].terms[2]",
            "string",
        ),
        ('key = "6"', 'key = "0"', 'key = "6"', "exclusion_reasons[6].key", "pattern"),
        ('key = "6"', 'key = "6"\ncolour = "red"', 'key = "6"\n', "exclusion_reasons[6].colour", "not known"),
        (
            'code = "other"',
            'code = "health_wellbeing"',
            'code = "other"',
            "domains[7].code",
            "stands here twice",
        ),
        ('title = "Innovation', 'title = "  " # "', 'title = "Inno', "review.title", "at least 1"),
        ('title = "Innovation', f'title = "{"x" * 501}" # "', 'title = "Inno', "review.title", "at most 500"),
        ('title = "Innovation', r'title = "\u0000" # "', 'title = "Inno', "review.title", "character"),
    ],
)
def test_each_kind_of_error_names_key_and_line(right, wrong, at, key, says):
    assert SHIPPED.count(right) == 1
    line = SHIPPED[: SHIPPED.index(at)].count("\n") + 1 + (key.endswith("colour"))

    with pytest.raises(ProtocolError) as error:
        parse_protocol(SHIPPED.replace(right, wrong), name="mine.toml")

    (problem,) = str(error.value).splitlines()
    assert problem.startswith(f"mine.toml:{line}: {key}: ")
    assert says in problem


def test_missing_table_is_named():
    head = SHIPPED[: SHIPPED.index("[[domains]]")]

    with pytest.raises(ProtocolError, match=r"^mine\.toml:1: domains: this key is missing; add it$"):
        parse_protocol(head, name="mine.toml")


def test_all_that_is_wrong_is_said_at_once():
    wrong = SHIPPED.replace("blind = true", "blind = 2").replace('to = "2021-02-28"', "to = 3")

    with pytest.raises(ProtocolError) as error:
        parse_protocol(wrong)

    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == ["dates.to", "screening.blind"]


def test_error_is_on_its_line_in_a_file_with_other_line_ends_and_keys_in_long_text():
    document = SHIPPED.replace(
        "[dates]", '[[facets]]\ncode="x"\nlabel="""\nblind = 1\n[screening]\n"""\nterms=["a"]\n[dates]'
    )
    document = document.replace("blind = true", "blind = 7").replace("\n", "\r\n")
    line = document[: document.index("blind = 7")].count("\n") + 1

    with pytest.raises(ProtocolError, match=rf"^review\.toml:{line}: screening\.blind: "):
        parse_protocol(document)


def test_unknown_shipped_protocol_is_told_which_there_are():
    with pytest.raises(ProtocolError, match="care-leavers"):
        shipped_protocol("care-leaver")
