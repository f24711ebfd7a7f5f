"""What happened to a connection is told in words."""

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from harvester.middlewares.causes import in_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CannotResolveHostError("x"), "no host of this name was found"),
        (DownloadConnectionRefusedError("x"), "the connection was refused"),
        (DownloadTimeoutError("x"), "it timed out"),
        (DownloadFailedError("x"), "the connection failed"),
    ],
)
def test_a_reader_is_told_what_happened_and_no_class(error, words):
    assert in_words(error) == words
