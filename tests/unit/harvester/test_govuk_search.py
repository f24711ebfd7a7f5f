from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.vocabulary.errors import SourceError
from harvester.declarations import shipped_declarations
from harvester.spiders.govuk_search import (
    MOST,
    SearchAnswer,
    Window,
    day_to_split,
    read_answer,
    same_page_twice,
    search_url,
)

(DEPARTMENT,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]


def answer(*moments: str, total: int = 9999) -> SearchAnswer:
    return SearchAnswer(total=total, results=tuple({"public_timestamp": moment} for moment in moments))


def test_the_request_says_what_is_declared_and_asks_for_the_withdrawn():
    asked = parse_qs(urlsplit(search_url(DEPARTMENT, Window())).query)

    assert asked["filter_organisations"] == ["department-for-education"]
    assert set(asked["filter_content_store_document_type"]) == set(DEPARTMENT.filters.document_types)
    assert asked["debug"] == ["include_withdrawn"]
    assert asked["count"] == [str(MOST)]
    assert asked["order"] == ["public_timestamp"]
    assert "q" not in asked
    assert "filter_public_timestamp" not in asked


def test_a_window_is_cut_in_two_without_gap_or_overlap():
    before, after = Window(date(2010, 1, 1), date(2019, 12, 31)).split(date(2015, 3, 1))

    assert before.text == "from:2010-01-01,to:2015-02-28"
    assert after.text == "from:2015-03-01,to:2019-12-31"
    assert Window().split(date(2015, 3, 1))[1].text == "from:2015-03-01"


def test_the_cut_is_the_day_of_the_last_result():
    assert day_to_split(answer("2010-01-01T00:00:00Z", "2012-05-06T10:00:00+01:00"), Window()) == date(
        2012, 5, 6
    )


@pytest.mark.parametrize("moments", [(), ("2012-05-06T01:00:00Z", "2012-05-06T10:00:00Z"), ("when?",)])
def test_one_day_that_holds_too_much_is_said(moments):
    with pytest.raises(SourceError, match="9999 results"):
        day_to_split(answer(*moments), Window())


@pytest.mark.parametrize(
    "said", [None, [], {}, {"total": "3", "results": []}, {"total": 1, "results": ["x"]}]
)
def test_an_answer_of_another_shape_is_refused(said):
    with pytest.raises(SourceError, match="unknown shape"):
        read_answer(said)


def test_links_that_come_twice_are_found():
    results = [{"link": "/a"}, {"link": "/b"}, {"link": "/a"}, {}, {}]

    assert same_page_twice(results) == ["/a"]
