"""Names of bodies and kinds of documents, which the largest type of a cover may print instead of a title."""

import pytest

from harvester.extraction.structure.publishers import says_kind_alone, says_who_alone


@pytest.mark.parametrize(
    "words",
    [
        "Department for Education",
        "University of Oxford",
        "London Borough of Barking and Dagenham",
        "The Children’s Society",
        "Institute of Education (IOE)",
        "Northamptonshire County Council",
    ],
)
def test_a_body_s_name_says_who_alone(words):
    assert says_who_alone(words)


@pytest.mark.parametrize(
    "words",
    [
        "Inspection of Leeds City Council",
        "Evaluation of the Staying Close pilots",
        "Children in need of help and protection",
        "Report of the Care Leavers Commission",
        "",
    ],
)
def test_a_title_says_more_than_who(words):
    assert not says_who_alone(words)


@pytest.mark.parametrize(
    "words", ["Research report", "Final Report", "Technical report 12", "Policy briefing"]
)
def test_a_kind_is_no_title(words):
    assert says_kind_alone(words)


@pytest.mark.parametrize(
    "words", ["Annual report 2021", "Final report on homes", "Report", "The final report"]
)
def test_a_title_may_hold_a_kind(words):
    assert not says_kind_alone(words)
