"""What a crawl says at its end, and what is made of it when it says nothing."""

import json
from datetime import UTC, datetime

import pytest

from greysift.jobs.crawl_process import End, Ended, read_end

RUN = {"run": "1", "source": "local", "expected": 4, "got": 3, "failures": []}


def said(**facts: object) -> bytes:
    return json.dumps(RUN | facts).encode()


def test_complete_crawl_gives_its_figures():
    assert read_end(said(status="complete", got=4), code=0) == Ended(End.COMPLETE, "4 of 4 records")
    assert read_end(said(status="complete", expected=None), code=0).sentence == "3 records"


def test_failed_crawl_gives_its_reasons():
    ended = read_end(said(status="failed", failures=["one", "two"]), code=1)

    assert ended == Ended(End.FAILED, "3 of 4 records; one; two")


def test_crawl_that_is_put_off_says_until_when():
    until = datetime(2026, 3, 2, 13, tzinfo=UTC)

    ended = read_end(
        json.dumps({"status": "put off", "why": "busy host", "until": until.isoformat()}).encode(), code=4
    )

    assert ended == Ended(End.LATER, "busy host", until=until)


@pytest.mark.parametrize("end", [End.BUSY, End.REFUSED])
def test_crawl_that_never_began_says_why(end):
    assert read_end(json.dumps({"status": end, "why": "because"}).encode(), code=1) == Ended(end, "because")


@pytest.mark.parametrize(
    "printed", [b"", b'{"status": "com', b"[]", b'{"status": "splendid"}', b"\xff", b"3"]
)
@pytest.mark.parametrize(("code", "how"), [(-9, "signal 9"), (1, "exit status 1")])
def test_crawl_that_was_killed_is_broken_off(printed, code, how):
    ended = read_end(printed, code=code)

    assert ended.end is End.BROKEN_OFF
    assert how in ended.sentence
