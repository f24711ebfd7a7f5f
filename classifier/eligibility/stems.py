"""Words without their endings, so that forms of a word count as one."""

import re

_SHORTEST = 4
_AMERICAN = re.compile(r"(\w{3})iz(es?|ed|ers?|ing|ations?)$")
# longest first within a family; what is left must be long enough to mean something
_ENDINGS = (
    ("ational", "ate"),
    ("isation", "ise"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ousness", "ous"),
    ("ations", ""),
    ("ation", ""),
    ("ments", ""),
    ("ment", ""),
    ("ities", "ity"),
    ("ingly", ""),
    ("edly", ""),
    ("ings", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", "er"),
    ("ed", ""),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
_NO_PLURALS = ("ss", "us", "is")


def stem(word: str) -> str:
    """Take one ending of English off a word, after Porter 1980; -ize, -ized, -izing, -ization are read with s."""
    word = _AMERICAN.sub(r"\1is\2", word)
    for ending, instead in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST:
            continue
        if ending == "s" and word.endswith(_NO_PLURALS):
            continue
        word = word[: -len(ending)] + instead
        break
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word
