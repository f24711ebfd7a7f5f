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
# First parts and the beginnings of what public bodies write behind them with a hyphen. Where the first is a syllable
# too ("pre-sent", "sub-ject"), nothing that ends a word begins so.
_FIRST_OF = {
    "after": ("school",),
    "anti": ("bully", "discriminat", "oppress", "poverty", "racis", "social"),
    "co": ("author", "creat", "design", "facilitat", "locat", "parent", "product", "worker"),
    "ex": ("boy", "husband", "offender", "partner", "prisoner", "pupil", "service", "wife", "student"),
    "free": ("form", "range", "standing", "text"),
    "full": ("day", "time"),
    "half": ("day", "term", "time"),
    "high": ("cost", "intensity", "need", "risk"),
    "key": ("stage", "worker"),
    "looked": ("after",),
    "low": ("cost", "intensity", "paid", "pay", "risk"),
    "multi": (
        "academ",
        "agenc",
        "component",
        "disciplin",
        "level",
        "modal",
        "profession",
        "sector",
        "site",
        "year",
    ),
    "over": ("represent", "report", "subscri"),
    "part": ("time",),
    "post": (
        "adopt",
        "birth",
        "intervention",
        "pandemic",
        "placement",
        "secondary",
        "test",
        "trauma",
        "treatment",
    ),
    "pre": ("adopt", "birth", "intervention", "pandemic", "placement", "school", "test", "treatment"),
    "pro": ("criminal", "social"),
    "re": ("offen", "referr", "traumati"),
    "so": ("called",),
    "sought": ("after",),
    "sub": ("committee", "national", "region"),
    "under": ("represent", "report", "subscri"),
    "whole": ("child", "class", "communit", "famil", "life", "school", "system"),
}
# Before the vowel that they end with, British English parts them: "re-enter", "co-operate", "semi-independent".
_BEFORE_VOWEL = frozenset({"anti", "co", "de", "multi", "pre", "re", "semi"})
# Last parts that end no word in one, but for those with "mis" and what has two letters ("de-based", "in-effective").
_LAST_OF_ANY = frozenset({"based", "centred", "centered", "effective", "experienced", "income", "informed"})
_LAST_OF = {
    "age": "college pension school working",
    "care": "foster kinship",
    "carer": "foster kinship",
    "led": "adult child community evidence family nurse parent peer practitioner pupil school service student teacher "
    "user youth",
}
_PEOPLE = frozenset(
    {
        "baby",
        "carer",
        "child",
        "client",
        "father",
        "infant",
        "mother",
        "parent",
        "patient",
        "pupil",
        "student",
    }
    | {"teacher"}
)
_COUNTED = ("fold", "some", "self")
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
_NOTHING: tuple[str, ...] = ()


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
    """Whether the parts are of those that are known to stand together, or of a class of them."""
    singular = right.removesuffix("s")
    return (
        right.startswith(_FIRST_OF.get(left, _NOTHING))
        or (left in _BEFORE_VOWEL and len(right) >= _LONGER and left[-1] == right[0])
        or (right in _LAST_OF_ANY and len(left) >= _LONGER and left != "mis")
        or left in _LAST_OF.get(singular, "").split()
        or (left in _PEOPLE and singular in _PEOPLE)
        or (left in {"over", "under"} and right != singular and singular in _COUNTS)
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
