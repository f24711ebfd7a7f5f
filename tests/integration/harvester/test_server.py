"""The pretended GOV.UK against the contract of the real one."""

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import jsonschema
import pytest

from tests.fakes import govuk_search
from tests.fakes.govuk_examples import PDF, one_of_everything
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import copy_of
from tests.shared_material import SHARED, needs_shared

GOVUK = SHARED / "data" / "govuk"


@pytest.fixture(scope="module")
def server() -> Iterator[GovukServer]:
    with GovukServer(one_of_everything()) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers)
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer


def search(server: GovukServer, *parameters: tuple[str, object]) -> tuple[int, dict[str, Any]]:
    status, _, body = get(f"{server.url}/api/search.json?{urlencode(parameters)}")
    return status, json.loads(body)


def links(server: GovukServer, *parameters: tuple[str, object]) -> set[str]:
    status, answer = search(server, ("count", 1500), ("fields", "link"), *parameters)
    assert status == 200, answer
    return {str(result.get("link", "")).rpartition("/")[2] for result in answer["results"]}


@pytest.mark.parametrize(
    "parameter",
    [
        ("colour", "red"),
        ("filter_colour", "red"),
        ("count", 1501),
        ("count", -1),
        ("count", "ten"),
        ("start", 900_001),
        ("order", "colour"),
        ("order", "-relevance"),
        ("fields", "title,colour"),
        ("debug", "include_everything"),
        ("q", "x" * 513),
        ("filter_public_timestamp", "2015"),
        ("filter_public_timestamp", "from:yesterday"),
        ("filter_public_timestamp", "since:2015-01-01"),
        ("filter_is_withdrawn", "perhaps"),
    ],
)
def test_what_the_search_does_not_take_is_refused(server, parameter):
    status, answer = search(server, parameter)

    assert status == 422
    assert answer["error"]


def test_a_date_takes_one_value_only(server):
    dates = [("filter_public_timestamp", "from:2010-01-01"), ("filter_public_timestamp", "to:2015-01-01")]

    assert search(server, *dates)[0] == 422


def test_the_search_gives_ten_and_pages(server):
    first, second = search(server)[1], search(server, ("start", 10))[1]

    assert (len(first["results"]), first["start"], second["start"]) == (10, 0, 10)
    assert first["total"] == second["total"]
    assert search(server, ("count", 0))[1]["results"] == []
    always = {"index", "es_score", "_id", "elasticsearch_type", "document_type"}
    plain = {"title", "description", "link", "format", "organisations", "public_timestamp"}
    assert always | plain == first["results"][0].keys()
    assert always == search(server, ("fields", "popularity"))[1]["results"][0].keys()


def test_filters_are_or_within_a_field_and_and_between_fields(server):
    assert "not-ours" in links(server)
    assert links(server, ("filter_organisations", "ministry-of-specimens")) == {"not-ours"}
    kinds = [("filter_content_store_document_type", kind) for kind in ("guidance", "research")]
    assert "advice" in links(server, *kinds)
    assert "advice" not in links(server, ("reject_content_store_document_type", "guidance"))
    assert links(server, kinds[0], ("filter_organisations", "ministry-of-specimens")) == set()
    both = [
        ("filter_all_organisations", slug) for slug in ("ministry-of-specimens", "department-for-education")
    ]
    assert links(server, *both) == set()
    assert "" in links(server, ("filter_link", "_MISSING"))


def test_withdrawn_documents_are_hidden_unless_asked_for(server):
    assert "withdrawn" not in links(server)
    assert "withdrawn" in links(server, ("debug", "include_withdrawn"))


def test_whole_days_are_windows_too(server):
    assert links(server, ("filter_public_timestamp", "from:2018-01-31,to:2018-01-31")) == {"html-only"}
    assert "html-only" not in links(server, ("filter_public_timestamp", "to:2018-01-30"))


def test_windows_of_seconds_are_utc_and_include_both_ends(server):
    entry = next(e for e in server.site.entries if e["link"].endswith("/html-only"))
    second = entry["public_timestamp"][:19]

    assert links(server, ("filter_public_timestamp", f"from:{second}Z,to:{second}Z")) == {"html-only"}
    assert links(server, ("filter_public_timestamp", f"from:{second}+01:00,to:{second}+01:00")) == set()


def test_a_reject_of_all_times_leaves_what_has_none():
    entries = [{"link": "/dated", "public_timestamp": "2019-01-01T00:00:00Z"}, {"link": "/undated"}]

    def found(query: str) -> list[str]:
        return [result["link"] for result in govuk_search.search(query, entries)["results"]]

    assert found("reject_public_timestamp=from:1000-01-01") == ["/undated"]
    assert found("order=public_timestamp") == ["/dated", "/undated"]
    with pytest.raises(govuk_search.CrashError):
        found("filter_public_timestamp=_MISSING")


def test_the_service_fails_when_asked_for_a_missing_date(server):
    status, _, _ = get(f"{server.url}/api/search.json?filter_public_timestamp=_MISSING")

    assert status == 500


def test_aggregates_count_without_the_filters_on_their_own_field(server):
    asked = [("count", 0), ("aggregate_content_store_document_type", "1")]
    one = ("filter_content_store_document_type", "guidance")
    every = search(server, *asked)[1]["aggregates"]["content_store_document_type"]
    same = search(server, *asked, one)[1]["aggregates"]["content_store_document_type"]
    narrow = search(
        server, ("count", 0), ("aggregate_content_store_document_type", "9,scope:all_filters"), one
    )[1]["aggregates"]["content_store_document_type"]

    assert every == same
    assert (every["options"][0]["value"]["slug"], every["total_options"]) == ("research", 2)
    assert every["missing_options"] == 1
    assert [option["value"]["slug"] for option in narrow["options"]] == ["guidance"]
    assert search(server, ("aggregate_colour", "1"))[0] == 422
    assert search(server, ("aggregate_organisations", "1,colour:red"))[0] == 422


def test_every_problem_of_a_request_is_told(server):
    status, answer = search(server, ("colour", "red"), ("order", "colour"), ("filter_colour", "red"))

    assert status == 422
    assert answer["error"] == (
        '"colour" is not a valid sort field. "colour" is not a valid filter field. Unexpected parameters: colour'
    )


def test_results_come_in_the_order_asked_for(server):
    asked = [("order", "public_timestamp"), ("fields", "public_timestamp"), ("count", 100)]
    moments = [result["public_timestamp"][:10] for result in search(server, *asked)[1]["results"]]

    assert moments == sorted(moments)


@pytest.mark.parametrize(
    ("path", "status", "schema"),
    [
        ("/government/publications/files", 200, "publication"),
        ("/government/publications/gone-explained", 200, "gone"),
        ("/government/publications/moved", 200, "redirect"),
        ("/government/publications/gone-unexplained", 410, None),
        ("/government/publications/missing", 404, None),
        ("/government/publications/secret", 403, None),
    ],
)
def test_content_is_answered_as_the_content_store_does(server, path, status, schema):
    answered, _, body = get(f"{server.url}/api/content{path}")

    assert answered == status
    assert json.loads(body).get("schema_name") == schema


def test_a_sub_path_leads_to_its_page(server):
    status, headers, _ = get(f"{server.url}/api/content/government/publications/canonical/part")

    assert status == 303
    assert headers["Location"] == f"{server.url}/api/content/government/publications/canonical"


def test_sitemaps_are_an_index_of_files_that_list_each_page_once():
    site = one_of_everything()
    with GovukServer(site, map_size=5) as server:
        index = get(f"{server.url}/sitemap.xml")[2].decode()
        files = re.findall(r"<loc>(.*?)</loc>", index)
        pages = [loc for url in files for loc in re.findall(r"<loc>(.*?)</loc>", get(url)[2].decode())]

    live = [path for path, item in site.items.items() if item["schema_name"] not in {"gone", "redirect"}]
    assert len(files) > 1
    assert sorted(pages) == sorted(f"{server.url}{path}" for path in live)


def test_organisations_are_listed_and_described(server):
    listed = json.loads(get(f"{server.url}/api/organisations")[2])
    one = json.loads(get(f"{server.url}/api/organisations/department-for-education")[2])

    assert listed["results"] == [one]
    assert one["details"]["slug"] == "department-for-education"
    assert get(f"{server.url}/api/organisations/ministry-of-nothing")[0] == 404


def test_addresses_of_the_real_hosts_lead_here(server):
    _, _, body = get(f"{server.url}/api/content/government/publications/files")

    assert b"gov.uk/" not in body
    assert server.assets_url.encode() in body


def test_files_have_validators_and_a_landing_page(server):
    url = f"{server.assets_url}/media/{1:024x}/plain.pdf"
    status, headers, body = get(url)

    assert (status, body) == (200, PDF)
    assert headers["ETag"].strip('"').endswith(f"-{len(PDF):x}")
    assert headers["Link"] == f'<{server.url}/government/publications/files>; rel="up"'
    assert get(url, **{"If-None-Match": headers["ETag"]})[0] == 304
    assert get(url, **{"If-None-Match": '"other"'})[0] == 200
    assert get(url, **{"If-Modified-Since": headers["Last-Modified"]})[0] == 304


@needs_shared
def test_the_rules_are_those_of_the_contract():
    contract = json.loads((GOVUK / "search-api" / "search-api-contract.json").read_text())
    fields = json.loads((GOVUK / "search-api" / "field_definitions.json").read_text())
    ours = govuk_search.CONTRACT

    assert contract["filter_types"] == govuk_search.FILTER_TYPES
    assert fields.keys() == govuk_search.FIELDS
    assert set(contract["filter_prefixes"]) == set(govuk_search.PREFIXES)
    assert contract["special_filter_value"] == govuk_search.MISSING
    for name in ("count", "start", "q_max_length", "default_return_fields"):
        assert ours[name] == contract[name]
    for name in ("order_fields", "aggregate_fields", "debug_options"):
        assert ours[name] == sorted(contract[name])
    assert set(contract["top_level_keys"]) == search_of_everything().keys()


def search_of_everything() -> dict[str, Any]:
    return govuk_search.search("", one_of_everything().entries)


@needs_shared
def test_robots_are_those_of_the_real_site(server):
    real = (GOVUK / "robots" / "www.gov.uk-robots.txt").read_text()
    served = get(f"{server.url}/robots.txt")[2].decode()

    everyone = [line for line in real.split("Sitemap:")[0].splitlines() if not line.startswith("#")]
    assert served.split() == " ".join(everyone).split()


@needs_shared
@pytest.mark.parametrize("kind", ["publication", "html_publication", "gone", "redirect"])
def test_what_is_served_is_valid_against_the_real_schemas(kind):
    schema = json.loads((GOVUK / "schemas" / f"{kind}.frontend.schema.json").read_text())
    items = [item for item in one_of_everything().items.values() if item["schema_name"] == kind]
    assert items

    for item in items:
        served = copy_of(item)
        if kind == "publication":  # one attachment is of a kind that no schema knows, on purpose
            attachments = served["details"]["attachments"]
            served["details"]["attachments"] = [a for a in attachments if a["attachment_type"] != "hologram"]
        jsonschema.validate(served, schema)
