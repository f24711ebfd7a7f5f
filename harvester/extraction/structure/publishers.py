"""Lines of a cover that say who publishes, or of what kind a document is, and not what it is called."""

import re

_LONGEST = 16  # words: a body, and what it is part of
_BODY = (
    r"(?:institut(?:e|ion)|university|universidad|college|school|faculty|department|ministry|directorate|office"
    r"|agency|authority|commission|council|borough|county|committee|board|inspectorate|government|association"
    r"|society|foundation|trust|charity|hospital|cent(?:re|er)|laborator(?:y|ies)|company|limited|ltd|plc|inc|llp)"
)
# Up to six words before the noun that says what it is; behind it whose, where or what for.
_PUBLISHER = re.compile(
    rf"^(?:[\w'’&.-]+,? ){{0,6}}{_BODY}s?\b(?:[,.]? \(?(?:of|for|and|in|on)\b.*|[,.]? \([^()]*\).*)?$",
    re.IGNORECASE,
)
# What names a work: with one of these words a body's name is part of a title.
_WORK = re.compile(
    r"\b(?:(?:re-?)?inspection|re-?view|report|evaluation|assessment|study|survey|research|strategy|plan|policy|guid(?:e|ance)"
    r"|handbook|analysis|statement|summary|protocol|trial|findings|audit|investigation|visit|account|experiences?)s?\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"^(?:(?:final|interim|full|main|summary|technical|research|evaluation|working|policy|discussion|social)\s+){1,2}"
    r"(?:report|paper|brief(?:ing)?|note|summary|series)s?(?:\s+(?:series|paper))?(?:\s*[,:–-]?\s*(?:no\.?\s*|number\s*)?[\dA-Z/–-]{1,9})?$",
    re.IGNORECASE,
)


def says_who_alone(text: str) -> bool:
    """Whether words are a body's name and nothing else."""
    return len(text.split()) <= _LONGEST and bool(_PUBLISHER.match(text)) and not _WORK.search(text)


def says_kind_alone(text: str) -> bool:
    """Whether words say of what kind a document is, or in which series it stands: "Research report 12"."""
    return bool(_KIND.match(text))
