import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.declarations import shipped_declarations
from harvester.spiders.govuk_search import (
    MOST,
    SearchAnswer,
    Window,
    identity_of,
    moment_to_split,
    read_answer,
    same_page_twice,
    search_url,
    second_of,
)
from tests.fakes.govuk_search import search

(DEPARTMENT,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]
NOON = datetime(2015, 3, 1, 12, tzinfo=UTC)


def answer(*moments: str | None, total: int = 9999) -> SearchAnswer:
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


def test_two_windows_share_the_second_in_which_they_meet():
    before, after = Window(NOON - timedelta(days=1), NOON + timedelta(days=1)).split(NOON)

    assert before.parameter == (
        "filter_public_timestamp",
        "from:2015-02-28T12:00:00Z,to:2015-03-01T12:00:00Z",
    )
    assert after.parameter == ("filter_public_timestamp", "from:2015-03-01T12:00:00Z,to:2015-03-02T12:00:00Z")
    assert Window().split(NOON)[1].parameter == ("filter_public_timestamp", "from:2015-03-01T12:00:00Z")


def test_the_cut_is_the_last_second_within_the_window():
    held = answer("2010-01-01T00:00:00Z", "2012-05-06T10:00:00.700+01:00", None)

    assert moment_to_split(held, Window()) == datetime(2012, 5, 6, 9, tzinfo=UTC)
    assert moment_to_split(held, Window(last=datetime(2012, 5, 6, 9, tzinfo=UTC))) == second_of(
        "2010-01-01T00:00:00Z"
    )


@pytest.mark.parametrize(
    ("moments", "window"),
    [
        ((), Window()),
        (("when?", None), Window()),
        (("2015-03-01T12:00:00.1Z", "2015-03-01T12:00:00.9Z"), Window(first=NOON)),
        (("2015-03-01T12:00:00Z",), Window(is_undated=True)),
    ],
)
def test_one_second_that_holds_too_much_is_said(moments, window):
    with pytest.raises(SourceError, match="9999 results"):
        moment_to_split(answer(*moments), window)


@given(
    held=st.lists(
        st.none()
        | st.integers(min_value=0, max_value=40).map(lambda tenths: NOON + timedelta(seconds=tenths / 4)),
        max_size=30,
    ),
    most=st.integers(min_value=6, max_value=12),
)
@settings(max_examples=200)
def test_the_parts_of_a_search_hold_everything(held, most):
    entries = [
        {"link": f"/{n}", "public_timestamp": None if moment is None else moment.isoformat()}
        for n, moment in enumerate(held)
    ]
    windows, found, requests = [Window()], set(), 0
    while windows:
        window, requests = windows.pop(), requests + 1
        assert requests < 200
        query = "&".join(
            ["order=public_timestamp", f"count={most}", "fields=link,public_timestamp"]
            + (["=".join(window.parameter)] if window.parameter else [])
        )
        said = read_answer(search(query.replace("+", "%2B"), entries))
        if said.total > len(said.results):
            if window == Window():
                windows.append(Window(is_undated=True))
            try:
                windows += window.split(moment_to_split(said, window))
            except SourceError:
                seconds = [second_of(entry["public_timestamp"]) for entry in entries]
                assert max(map(seconds.count, seconds)) > most // 2  # nothing else may stop it
                return
            continue
        found |= {identity_of(result) for result in said.results}

    assert len(found) == len(entries)


@pytest.mark.parametrize(
    "said", [None, [], {}, {"total": "3", "results": []}, {"total": 1, "results": ["x"]}]
)
def test_an_answer_of_another_shape_is_refused(said):
    with pytest.raises(SourceError, match="unknown shape"):
        read_answer(said)


def test_links_that_come_twice_are_found():
    results = [{"link": "/a"}, {"link": "/b"}, {"link": "/a"}, {}, {}]

    assert same_page_twice(results) == ["/a"]


def test_results_without_links_are_told_apart_by_what_they_say():
    assert identity_of({"title": "a"}) != identity_of({"title": "b"})
    assert identity_of(json.loads('{"title": "a", "x": 1}')) == identity_of({"x": 1, "title": "a"})
