"""The error for answers that are refused."""

from scrapy.exceptions import IgnoreRequest


class UnfitAnswerError(IgnoreRequest):
    """An answer that was refused while it came, or before it was asked for; trying again at once is no use."""

    def __init__(self, reason: str, *, is_transient: bool) -> None:
        super().__init__(reason)
        self.reason, self.is_transient = reason, is_transient
