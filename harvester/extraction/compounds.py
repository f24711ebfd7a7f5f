"""What English writes with a hyphen and what in one word, for words that a line's end parts where nothing else tells.

The parts are those that British dictionaries and the style guides of public bodies write with a hyphen. Each is chosen
so that it can hardly be a syllable: hyphenation leaves two letters before a break and two or three behind it.
"""

from collections.abc import Callable

# Before nearly anything; but for words that are no longer felt to be made of two.
_ALWAYS_FIRST = {
    "non": ("agen", "chalan", "conform", "descript", "entit", "etheless", "plus", "sens"),
    "self": ("ish", "less", "same"),
    "well": ("ness", "ington"),
}
# Before what is a word of its own, told from the document; but for words that are written in one.
_FIRST_OF_WORDS = {
    "anti": (),
    "co": (),
    "cross": ("road", "word"),
    "full": (),
    "half": ("way",),
    "high": ("land", "light", "way"),
    "ill": (),
    "long": (),
    "low": ("land",),
    "mid": ("day", "land", "night", "summer", "week", "winter"),
    "multi": (),
    "part": (),
    "semi": (),
    "short": ("ages", "bread", "coming", "fall", "hand", "list"),
    "vice": (),
}
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_LAST = frozenset(
    {"based", "term", "making", "focused", "oriented", "driven", "specific", "quality", "related", "funded"}
)
_LAST_AFTER_WORDS = frozenset({"led", "wide", "free", "type", "level", "scale", "year", "old"})
# Nouns of a verb and a word of place. No syllable that ends a word is like "off"; of "up" there is "syrup" alone.
_PLACES = frozenset({"up", "ups", "off", "offs"})
_NOUNS = {
    "in": "break buy check drop lead live opt plug sign sit stand tie trade walk",
    "on": "add carry follow hands head knock roll",
    "out": "opt roll time",
    "by": "lay stand",
    "to": "go how lean",
}
_EX = ("boy", "husband", "offender", "partner", "prisoner", "pupil", "service", "wife", "student")
_CO = ("operat", "ordinat")
_COUNTED = ("fold", "some", "self")
_PARTLY = ("represent", "report", "subscri")  # under-represented, over-reported
# Written in one word, though both parts are words.
_SOLID_FIRST = frozenset(
    {
        *(
            "after",
            "any",
            "back",
            "every",
            "fore",
            "here",
            "out",
            "over",
            "some",
            "their",
            "them",
            "there",
            "through",
        ),
        *("under", "where", "with", "within"),
    }
)
_SOLID_LAST = (
    *(
        "ability",
        "able",
        "ally",
        "book",
        "fold",
        "force",
        "fore",
        "ground",
        "hold",
        "hood",
        "less",
        "line",
    ),
    *(
        "load",
        "ments",
        "ness",
        "place",
        "ship",
        "shop",
        "style",
        "thing",
        "times",
        "ward",
        "where",
        "wise",
        "work",
    ),
)
_CHAINED = frozenset(
    {"a", "and", "as", "at", "by", "for", "in", "of", "off", "on", "or", "out", "per", "the", "to", "up"}
)
_WHOLE_WORD = 4  # letters from which two halves that are both words are more likely two words than one
_LONGER = 3


def is_within_chain(left: str, right: str, *, goes_before: bool, goes_behind: bool) -> bool:
    """Whether one of two parts is a small word within a longer chain: "face-to-" and "face", "one-" and "to-one"."""
    return (goes_before and left in _CHAINED) or (goes_behind and right in _CHAINED)


def is_compound(left: str, right: str, *, is_word: Callable[[str], bool]) -> bool:
    """Whether two parts, in small letters, are rather parts of a compound than halves of a word.

    ``is_word`` says of a part whether the document has it as a word of its own.
    """
    is_first = left in _ALWAYS_FIRST and not right.startswith(_ALWAYS_FIRST[left])
    if len(left) == 1 or is_first or _is_noun(left, right) or _is_qualified(left, right):
        return True
    if left in _FIRST_OF_WORDS and right.startswith(_FIRST_OF_WORDS[left]):
        return False
    if _is_before_word(left, right, is_word) or _is_behind_word(left, right, is_word):
        return True
    return min(len(left), len(right)) >= _WHOLE_WORD and _are_words(left, right, is_word)


def _is_noun(left: str, right: str) -> bool:
    """Whether the parts are a verb and a word of place, which make a noun together."""
    if right in _PLACES:
        return left != "syr"
    return left in _NOUNS.get(right.removesuffix("s"), "").split()


def _is_qualified(left: str, right: str) -> bool:
    return (
        (left == "ex" and right.startswith(_EX))
        or (left == "co" and right.startswith(_CO))
        or (left in {"over", "under"} and right.startswith(_PARTLY))
    )


def _is_before_word(left: str, right: str, is_word: Callable[[str], bool]) -> bool:
    if left in _COUNTS:
        return len(right) >= _LONGER and is_word(right) and not right.startswith(_COUNTED)
    return left in _FIRST_OF_WORDS and len(right) >= _WHOLE_WORD and is_word(right)


def _is_behind_word(left: str, right: str, is_word: Callable[[str], bool]) -> bool:
    return right in _LAST_AFTER_WORDS and len(left) >= _LONGER and is_word(left)


def _are_words(left: str, right: str, is_word: Callable[[str], bool]) -> bool:
    if right in _LAST:
        return True
    is_solid = left in _SOLID_FIRST or right.startswith(_SOLID_LAST)
    return is_word(left) and is_word(right) and not is_solid
