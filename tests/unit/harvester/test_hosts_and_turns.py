"""Names of hosts, and turns within one process."""

import asyncio

import pytest

from corpus.vocabulary.turns import Ending
from harvester.turns import LocalTurns, host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.gov.uk/search", "www.gov.uk"),
        ("http://WWW.Gov.UK:80/", "www.gov.uk"),
        ("https://www.gov.uk.:443/", "www.gov.uk"),
        ("https://www.gov.uk:8443/", "www.gov.uk:8443"),
        ("https://user@www.gov.uk/", "www.gov.uk"),
        ("http://[2001:DB8::1]:8080/", "[2001:db8::1]:8080"),
        ("https://büro.example/", "xn--bro-hoa.example"),
    ],
)
def test_a_host_has_one_name_however_it_is_written(url, host):
    assert host_of(url) == host


def test_turns_of_one_process_come_one_pace_after_the_last_answer():
    async def ask():
        turns = LocalTurns()
        assert await turns.take("here", pace=5.0) is None
        await turns.give_back("here", Ending(answered_ago=1.0, pace=5.0))
        return await turns.take("here", pace=5.0), await turns.take("there", pace=5.0)

    here, there = asyncio.run(ask())

    assert 3.0 < here.seconds <= 4.0
    assert there is None
