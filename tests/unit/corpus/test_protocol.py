"""Protocol files: what is right is read whole; what is wrong is named with key and line."""

import pytest

from corpus.protocol import parse_protocol, shipped_protocol
from corpus.vocabulary.errors import ProtocolError

SHIPPED = shipped_protocol("care-leavers")


def line_with(text: str) -> int:
    return next(n for n, line in enumerate(SHIPPED.splitlines(), start=1) if text in line)


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
    ],
)
def test_wrong_value_is_named_with_its_key_and_line(right, wrong, key):
    with pytest.raises(ProtocolError) as error:
        parse_protocol(SHIPPED.replace(right, wrong, 1), name="mine.toml")

    assert f"mine.toml:{line_with(right)}: {key}: " in str(error.value)


def test_broken_toml_is_named_with_its_line():
    with pytest.raises(ProtocolError, match=r"mine\.toml: not valid TOML.*line \d+"):
        parse_protocol(SHIPPED.replace("[dates]", "[dates"), name="mine.toml")
