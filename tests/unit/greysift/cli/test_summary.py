"""What a crawl is told to have come to: no word more than is known."""

import pytest

from corpus.policies import shortfall_words
from corpus.selectors.figures import figures_of
from greysift.cli.summary import summary
from tests.factories import make_source
from tests.unit.corpus.crawls import Crawl, carry_out

pytestmark = pytest.mark.django_db


def said(run):
    return "\n".join(summary(figures_of(run), reviews=["care"], was_known=False, has_history=True))


def test_a_search_that_matched_nothing_says_where_to_look():
    text = said(carry_out(make_source(), Crawl(0, {}, expected=0)))

    assert "complete, 0 of 0 records" in text
    assert "next: the search matched nothing" in text


def test_a_crawl_that_failed_at_the_door_says_nothing_of_the_source_s_size_nor_of_a_drop():
    source = make_source()
    carry_out(source, Crawl(0, {str(n): ("A", None) for n in range(9)}))

    run = carry_out(source, Crawl(1, {}, is_complete=False))

    assert run.failures == ["the second page timed out"]
    assert "does not say" not in said(run)


def test_many_addresses_that_gave_no_answer_are_told_once_with_their_number():
    missing = {f"answer of https://a.invalid/{n}": {"number": 1, "sentences": []} for n in range(3)}

    assert shortfall_words({"records": {"number": 7, "sentences": []}, **missing}, most_named=1) == (
        "7 records, the answers of 3 addresses (https://a.invalid/0, …)"
    )
    assert shortfall_words(missing) == (
        "the answers of 3 addresses (https://a.invalid/0, https://a.invalid/1, https://a.invalid/2)"
    )
    assert (
        shortfall_words({"answer of https://a.invalid/": {"number": 1}}) == "1 answer of https://a.invalid/"
    )
