import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.network.decoding import decoded
from harvester.network.unfit import UnfitAnswerError

MOST = 1 << 20


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@given(st.binary(max_size=2000), st.lists(st.sampled_from(sorted(PACKERS)), max_size=3))
def test_what_was_packed_comes_out_again(body, codings):
    packed = body
    for coding in codings:
        packed = PACKERS[coding](packed)

    assert decoded(packed, [", ".join(codings)], limit=MOST) == body
    assert decoded(packed, codings, limit=MOST) == body


@pytest.mark.parametrize("coding", ["utf-8", "none", "identity", "", "binary, UTF-8"])
def test_words_that_name_no_coding_are_passed_over(coding):
    assert decoded(b"words", [coding], limit=MOST) == b"words"


def test_deflate_may_lack_its_header_and_gzip_files_may_follow_one_another():
    assert decoded(raw_deflate(b"words"), ["deflate"], limit=MOST) == b"words"
    assert decoded(gzip.compress(b"wo") + gzip.compress(b"rds"), ["GZip"], limit=MOST) == b"words"
    assert decoded(gzip.compress(b"words") + b"\0\0rest", ["gzip"], limit=MOST) == b"words"
    assert decoded(b"", ["gzip"], limit=MOST) == b""


@pytest.mark.parametrize(
    ("body", "codings", "reason"),
    [
        (gzip.compress(b"words")[:-9], ["gzip"], "answer cannot be read: compression cut short"),
        (zlib.compress(b"words" * 99)[:-6], ["deflate"], "answer cannot be read: compression cut short"),
        (b"words", ["gzip"], "answer cannot be read: compression broken"),
        (b"\xff" * 9, ["deflate"], "answer cannot be read: compression broken"),
        (b"words", ["br"], "answer cannot be read: compression br, which was not asked for"),
        (b"words", ["gzip, zstd"], "answer cannot be read: compression zstd, which was not asked for"),
        (b"words", ["gzip"] * 4, "answer cannot be read: compressed 4 times over"),
        (gzip.compress(bytes(MOST + 1)), ["gzip"], "too large: swells when unpacked"),
        (zlib.compress(bytes(MOST + 1)), ["deflate"], "too large: swells when unpacked"),
        (gzip.compress(gzip.compress(bytes(MOST * 100))), ["gzip, gzip"], "too large: swells when unpacked"),
    ],
    ids=[
        "gzip cut short",
        "deflate cut short",
        "no gzip",
        "no deflate",
        "br",
        "zstd over gzip",
        "four times over",
        "gzip too large",
        "deflate too large",
        "gzip twice too large",
    ],
)
def test_what_cannot_be_unpacked_is_refused_with_the_reason(body, codings, reason):
    with pytest.raises(UnfitAnswerError) as refused:
        decoded(body, codings, limit=MOST)

    assert refused.value.reason == reason


def test_a_bomb_never_takes_much_more_memory_than_the_limit():
    bomb = gzip.compress(bytes(MOST * 300))
    tracemalloc.start()
    try:
        with pytest.raises(UnfitAnswerError):
            decoded(bomb, ["gzip"], limit=MOST)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 4 * MOST
