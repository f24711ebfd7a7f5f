"""Lines of a page, joined for reading."""

from hypothesis import given
from hypothesis import strategies as st

from greysift.review.papers import paragraphs_of

PAGE = """Findings
Young people who leave care in England often move into their first
home before their friends do, and many of them move again within a
year.
Four local authorities ran the offer for two years, and all of them
kept it up afterwards.

Table 1
2017 12
"""


def test_lines_that_run_on_are_joined_and_short_ones_end_a_paragraph():
    assert paragraphs_of(PAGE) == (
        "Findings",
        "Young people who leave care in England often move into their first home before their friends do, and many of them move again within a year.",
        "Four local authorities ran the offer for two years, and all of them kept it up afterwards.",
        "Table 1",
        "2017 12",
    )


@given(st.text(alphabet=st.sampled_from("ab c.\n\t"), max_size=300))
def test_no_word_is_added_lost_or_moved(text):
    assert " ".join(paragraphs_of(text)).split() == text.split()
