"""Members: whole gzip, the same each time, small where that can be had and cheap where it cannot."""

import gzip
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.warc.members import compress

SHUFFLED = random.Random(1).randbytes(60_000)


@settings(max_examples=60, deadline=None)
@given(
    head=st.binary(max_size=400),
    size=st.sampled_from([0, 1, 2047, 2048, 2049, 8191, 8192, 20_000, 60_000]),
    times=st.integers(1, 300),
)
def test_whatever_is_compressed_comes_back_and_always_alike(head, size, times):
    data = head * times + SHUFFLED[:size]

    member = compress(data)

    assert gzip.decompress(member) == data
    assert zlib.decompress(member, wbits=31) == data
    assert compress(data) == member


@pytest.mark.parametrize("size", [1000, 9000, 200_000])
def test_text_becomes_small(size):
    text = (b"<p>Young people who leave care, and what becomes of them.</p>\n" * 4000)[:size]

    assert len(compress(text)) < size / 4


def test_text_between_pictures_becomes_small_too():
    mixed = SHUFFLED[:20_000] + b"/Type /Page /Parent 2 0 R\n" * 2000 + SHUFFLED[20_000:40_000]

    assert len(compress(mixed)) < 45_000


def test_what_cannot_become_smaller_hardly_grows():
    assert len(compress(SHUFFLED)) < len(SHUFFLED) + 100
