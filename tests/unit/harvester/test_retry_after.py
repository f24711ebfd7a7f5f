"""What Retry-After says, as a number and as a date."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from harvester.middlewares.retry_after import retry_after
from tests.factories import NOON


def answer(**headers) -> Response:
    return Response(
        "http://a.invalid/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1.5", 1.5),
        ("2.", 2.0),
        ("1.5.5", None),
        (".", None),
        ("9" * 999, 999999999999.0),
    ],
)
def test_seconds_are_read(value, seconds):
    assert retry_after(answer(Retry_After=value)) == seconds


def test_a_date_is_read_by_the_hosts_own_clock():
    said = answer(
        Retry_After=format_datetime(NOON + timedelta(seconds=60), usegmt=True),
        Date=format_datetime(NOON, usegmt=True),
    )

    assert retry_after(said) == 60


def test_a_date_without_the_hosts_clock_is_read_by_ours():
    moment = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)

    assert 7000 < retry_after(answer(Retry_After=moment)) <= 7200


def test_a_date_that_is_past_asks_for_nothing():
    assert retry_after(answer(Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")) == 0


@given(st.text(alphabet=st.characters(max_codepoint=255, exclude_characters="\r\n")))
def test_nothing_that_a_host_says_is_too_much(value):
    seconds = retry_after(answer(Retry_After=value.encode("latin-1"), Date=value.encode("latin-1")))

    assert seconds is None or seconds >= 0
