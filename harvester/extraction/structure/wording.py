"""What the words of a heading may be, whatever they are set in."""

import re

_LONGEST, _LONGEST_TEXT = 40, 300  # words, characters
_SHORT_SENTENCE = 6  # words of a heading that ends with a full stop
_CAPTION = re.compile(
    r"^(?:table|figure|fig\.?|chart|exhibit|plate|map|graph|diagram|photo|source|note)s?"
    r"\s*(?:[A-Z]{0,2}[-.]?\d|[IVX]+\b|[:.])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^\[\d{1,3}\]\s")
_SENTENCES = re.compile(r"(?:[^\W\d_]{3}|[)\]])\.\s+[^\W\d_a-z]")
_ADDRESS = re.compile(
    r"https?://|www\.|@\w|\bP\. ?O\. ?Box\b|^\W*(?:tel|telephone|email|fax)\b", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\W*$")
_MOST_COMMAS = 3
_SALUTATION = re.compile(r"^(?:dear|yours)\b", re.IGNORECASE)
_LABELLED_DATE = re.compile(r"\b(?:19|20)\d\d\W*$")
_BETWEEN = re.compile(r"[\W_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def may_name(text: str) -> bool:
    """Whether words may name what follows them: not a sentence, a caption, an address, numbers."""
    if len(text) > _LONGEST_TEXT or not _WORD.search(text) or text[0] in "(–—-":
        return False
    if _REFERENCE.match(text) or (not begins_as_name(text) and is_prose(text)):
        return False
    words = text.split()
    is_sentence = text[-1] in ",;" or (text[-1] == "." and len(words) > _SHORT_SENTENCE)
    if len(words) > _LONGEST or is_sentence or text.count(",") > _MOST_COMMAS:
        return False
    letters = len(_NO_LETTERS.sub("", text))
    return 2 * letters > len(text) - len(words) and not any(
        pattern.search(text) for pattern in (_CAPTION, _ADDRESS, _SALUTATION, _POSTCODE)
    )


def begins_as_name(text: str) -> bool:
    """Whether the first letter, behind a number, is no small one."""
    first = next((ch for ch in text if ch.isalpha()), "a")
    return not first.islower()


def is_caption(text: str) -> bool:
    """Whether words begin as a caption does, with a number."""
    return bool(_CAPTION.match(text))


def is_prose(text: str) -> bool:
    """Whether words are sentences: one ends within them, or they end with a full stop, and they are many or begin small."""
    if len(text.split()) <= _SHORT_SENTENCE and begins_as_name(text):
        return False
    return text[-1] == "." or bool(_SENTENCES.search(text))


def is_labelled_date(text: str) -> bool:
    """Whether words end with a year, as lines of a cover do that say when."""
    return bool(_LABELLED_DATE.search(text))


def key_of(text: str) -> str:
    """Return words as they are compared: letters and digits alone, without a number before them."""
    return letters_of(text).lstrip("0123456789")


def letters_of(text: str) -> str:
    """Return letters and digits alone, small."""
    return _BETWEEN.sub("", text.casefold())


def goes_over(text: str, following: str) -> bool:
    """Whether a heading's line cannot be its last: it ends with a small word, or the next begins with a small letter."""
    last = text.rsplit(maxsplit=1)[-1]
    return last.casefold() in _SMALL or text[-1] in "-–—,&/" or following[0].islower()


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "to",
        "under",
        "with",
        "within",
        "without",
        "your",
    ]
)
