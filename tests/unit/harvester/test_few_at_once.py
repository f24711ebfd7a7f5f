"""Few things worked on at a time, and what an error leaves of the others."""

import asyncio
from collections import Counter

import pytest

from harvester.spiders.base import few_at_once

FAULTY = {3, 5}


async def work(number: int) -> int:
    for _ in range(number % 4):  # some pass others
        await asyncio.sleep(0)
    if number in FAULTY:
        raise ValueError(number)
    return number


async def done(things, **order):
    got = Counter()
    try:
        async for number in few_at_once(work, things, **order):
            got[number] += 1
    except ValueError as error:
        return sorted(got.elements()), error.args[0]
    return sorted(got.elements()), None


@pytest.mark.parametrize("bears_errors", [True, False])
def test_everything_is_yielded_once(bears_errors):
    got, error = asyncio.run(done([0, 1, 2, 4, 6, 7], most=2, bears_errors=bears_errors))

    assert (got, error) == ([0, 1, 2, 4, 6, 7], None)


@pytest.mark.parametrize(
    ("most", "got"), [(1, {0, 1, 2}), (2, {0, 1, 2, 4}), (3, {0, 1, 2, 4, *range(6, 12)})]
)
def test_what_failed_takes_up_a_place_until_nothing_else_can_be_done(most, got):
    yielded, error = asyncio.run(done(range(12), most=most, bears_errors=True))

    assert yielded == sorted(got)
    assert error in FAULTY


def test_otherwise_an_error_ends_it_at_once():
    got, error = asyncio.run(done(range(12), most=2))

    assert error in FAULTY
    assert not {*range(6, 12)} & set(got)
