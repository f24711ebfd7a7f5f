import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.harvest import CaptureFact
from harvester.permissions import HostPermissions, covers, is_mining_reserved, read_reservations
from harvester.warc import Exchange

URL = "https://here.test/files/a.pdf"
HTML = ("Content-Type", "text/html; charset=utf-8")


def capture(name: str, *, status: int = 200) -> CaptureFact:
    return CaptureFact(f"urn:{name}", URL, status, (), "", 0, datetime(2026, 3, 2, tzinfo=UTC), "f", 0)


def permissions(*headers, body=b"", url=URL, host=None, status=200):
    return (host or HostPermissions()).of(url, Exchange(status, headers, body))


def page(head: str) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>words</body></html>".encode()


def test_where_nobody_says_anything_nothing_is_kept():
    assert permissions(HTML, body=page("<title>A page</title>")) == {}
    assert not is_mining_reserved({})


def test_the_robots_txt_that_governs_a_host_is_named_for_that_host_alone():
    host = HostPermissions()
    host.note_robots("here.test", capture("robots", status=404))

    assert permissions(host=host) == {"robots_txt": {"capture": "urn:robots", "status": 404}}
    assert permissions(host=host, url="https://other.test/") == {}


def test_x_robots_tag_is_kept_as_it_was_said_line_by_line():
    said = permissions(("X-Robots-Tag", "noindex, nofollow"), ("x-robots-tag", "otherbot: none"))

    assert said == {
        "robots": [{"by": "header", "said": "noindex, nofollow"}, {"by": "header", "said": "otherbot: none"}]
    }


def test_metas_of_pages_are_read_whatever_their_case_and_order():
    head = """<META CONTENT=" noarchive,
        noindex" NAME="Robots"><!-- <meta name="robots" content="none"> -->
        <meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://here.test/policy">"""

    said = permissions(HTML, body=page(head))

    assert said == {
        "robots": [{"by": "page", "said": "noarchive, noindex"}],
        "text_mining": [{"by": "page", "reserved": True, "policy": "https://here.test/policy"}],
    }
    assert is_mining_reserved(said)


def test_metas_of_what_is_no_page_are_not_read():
    body = page('<meta name="tdm-reservation" content="1">')

    assert permissions(("Content-Type", "application/pdf"), body=body) == {}
    assert is_mining_reserved(permissions(body=body))  # no type said: the bytes show a page


@pytest.mark.parametrize(
    ("value", "reserved"), [("1", True), ("0", False), (" 1 ", True), ("yes", None), ("", None)]
)
def test_a_reservation_by_header_is_a_one_or_a_nought(value, reserved):
    said = permissions(("TDM-Reservation", value), ("tdm-policy", "https://here.test/p"))

    expected = [{"by": "header", "reserved": reserved, "policy": "https://here.test/p"}]
    assert said.get("text_mining") == (None if reserved is None else expected)


def test_a_hosts_file_speaks_for_the_paths_that_it_names():
    rules = [
        {"location": "/files/*.pdf", "tdm-reservation": 1, "tdm-policy": "https://here.test/p"},
        {"location": "/", "tdm-reservation": 0},
        {"location": "/other", "tdm-reservation": 1},
        {"location": 7},
        "nonsense",
    ]
    host = HostPermissions()
    host.note_reservations("here.test", capture("file"), json.dumps(rules).encode())

    file = {"by": "file", "capture": "urn:file"}
    assert permissions(host=host)["text_mining"] == [
        {**file, "location": "/files/*.pdf", "reserved": True, "policy": "https://here.test/p"},
        {**file, "location": "/", "reserved": False},
    ]
    assert not is_mining_reserved(permissions(host=host, url="https://here.test/page"))


def test_a_missing_file_of_reservations_says_nothing():
    host = HostPermissions()
    host.note_reservations(
        "here.test", capture("page", status=404), b'[{"location": "/", "tdm-reservation": 1}]'
    )

    assert permissions(host=host) == {}


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'[{"location": "/"}]', b"null"])
def test_files_of_reservations_that_make_no_sense_are_borne(body):
    assert read_reservations(body) == ()


@pytest.mark.parametrize(
    ("location", "path", "is_covered"),
    [
        ("/", "/a", True),
        ("/a", "/ab", True),
        ("/a$", "/ab", False),
        ("/a$", "/a", True),
        ("/*/c", "/b/c/d", True),
        ("/*/c$", "/b/c/d", False),
        ("/*c$", "/b/c/dc", True),
        ("*.pdf$", "/x.pdf", True),
        ("/a*b*$", "/axxbyy", True),
        ("/ab*b$", "/ab", False),
        ("", "/a", True),
        ("a", "/a", False),
    ],
)
def test_locations_are_beginnings_with_wild_cards(location, path, is_covered):
    assert covers(location, path) is is_covered


@given(
    st.lists(st.text("ab*", max_size=6), max_size=4).map("".join), st.text("ab", max_size=12), st.booleans()
)
def test_locations_cover_what_a_pattern_of_the_same_meaning_matches(location, path, is_whole):
    import re

    pattern = "".join(".*" if sign == "*" else re.escape(sign) for sign in location) + (
        "$" if is_whole else ""
    )
    expected = re.match(pattern, path) is not None

    assert covers(location + ("$" if is_whole else ""), path) is expected


@given(
    st.binary(max_size=300),
    st.sampled_from(["text/html", "text/html; charset=utf-16", "", "text/html; charset=x"]),
)
def test_any_bytes_are_borne(body, content_type):
    json.dumps(
        permissions(("Content-Type", content_type), body=body + page('<meta name="robots" content="none">'))
    )
