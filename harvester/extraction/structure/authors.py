"""The authors that a document prints on its first page: people, said to be authors or named below the title."""

import re
from collections.abc import Iterator, Sequence

from harvester.extraction.structure.wording import letters_of

_SAID = re.compile(
    r"^(?:(?:written|prepared|authored|edited|report|a report)\s+by|by|authors?\s*:|authors?$|lead authors?\s*:?)\s*:?\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:[,;•|·]|\band\b|&|\bwith\b)\s*")
# Notes, other scripts and marks that refer to affiliations: in parentheses, letters before a parenthesis, small letters
# alone behind a name, signs.
_MARKS = re.compile(
    r"\([^()]{0,40}\)|(?<=[^\W\d_]{2})[a-z](?:, ?[a-z])*\)"
    r"|(?<=[^\W\d_.]) [a-z](?: ?, ?[a-z])*(?=\s*(?:[,;&*†‡§¶⋆∗#\d]|and\b|$))"
    r"|[\d*†‡§¶⋆∗#?()\[\]]+"
)
_LAST_MARK = re.compile(r"[^\W\d_] ?(?P<mark>\d|[*†‡§]|(?<= )[a-z])(?:, ?[a-z\d*†‡§∗])*$")
_PARTICLES = frozenset("van von de der den del della di da la le du dos el al bin ter ten".split())  # noqa: SIM905 - words, to be read as such
_TITLES = frozenset("dr prof professor mr mrs ms miss sir dame lord lady phd md cbe obe mbe rev".split())  # noqa: SIM905 - words, to be read as such
# Capitalised words of lines that name no person.
_NO_NAMES = frozenset(
    """
    the university college school institute department centre center council borough city county district
    report review inspection service services authority board committee ministry office government agency
    association foundation trust charity group team laboratory research national royal society company
    limited ltd inc llp consulting partnership children young people care health social local education
    ofsted commission programme program project division january february march april may june july august
    september october november december summary evaluation annual final study policy street road box house
    page volume part chapter contents introduction abstract united states kingdom england wales scotland
    ireland london new north south east west administration bureau library press information systems
    technology science sciences engineering physics chemistry medical center hospital
    """.split()  # noqa: SIM905 - words, to be read as such
)
_GOES_ON = re.compile(r"(?:[,;&]|\band)$")
_NAME_PART = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’.\-‐–])*$")
_MOST = 40
_LONGEST_LINE = 300
_LINES_BELOW = 4
_MOST_LINES = 12  # of names


def find_authors(lines: Sequence[str], *, title: str | None, declared: str | None) -> tuple[str, ...]:
    """Return the names, as printed without titles and marks.

    ``lines`` are those of the first page in order; ``declared`` the author of the document information, which makes
    a single name sure that is printed there.
    """
    for place, line in enumerate(lines):
        said = _SAID.match(line) if len(line) <= _LONGEST_LINE else None
        if said:
            rest = line[said.end() :]
            below = lines[place + 1 :]
            names = _names_over([rest, *below]) if rest else _names_below(below)
            if names:
                return names
    below = _below_title(lines, title)
    for place, line in enumerate(below[:_LINES_BELOW]):
        names = _names_over(below[place:])
        if names and (
            (len(names) > 1 and _PARTED.search(line))
            or _has_initial(line)
            or _is_declared(names[0], declared)
            or _is_affiliated(below[place:])
        ):
            return names
    return ()


def are_names(line: str) -> bool:
    """Whether a line holds names of people and nothing else."""
    return len(line) <= _LONGEST_LINE and bool(_names(line))


def is_byline(line: str) -> bool:
    """Whether a line holds several names of people, one of them with an initial that is no number before a heading."""
    return bool(_PARTED.search(line)) and _has_initial(line.partition(" ")[2]) and are_names(line)


def _names_over(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the most lines from the first on that hold nothing else; a name may go over two lines."""
    found: tuple[str, ...] = ()
    said = ""
    was_whole = False
    for line in lines[:_MOST_LINES]:
        if len(line) > _LONGEST_LINE:
            break
        is_whole = bool(_names(line))
        if not said and not is_whole and not _PARTED.search(line):
            break  # a name alone is whole; what is not parted holds no more than one
        if was_whole and not is_whole and not _GOES_ON.search(said):
            break
        said += (", " if was_whole and is_whole else " " if said else "") + line
        found = _names(said) or found
        was_whole = is_whole
    return found


def _is_affiliated(lines: Sequence[str]) -> bool:
    """Whether the mark behind a name is explained on one of the next lines."""
    mark = _LAST_MARK.search(lines[0])
    if mark is None:
        return False
    said = mark["mark"] + (" " if mark["mark"].isalpha() else "")
    return any(line.startswith(said) for line in lines[1:3])


def _names_below(lines: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for line in lines[:_MOST]:
        of_line = _names(line)
        if not of_line:
            break
        names += of_line
    return tuple(names[:_MOST])


def _below_title(lines: Sequence[str], title: str | None) -> Sequence[str]:
    if not title:
        return ()
    words = letters_of(title)
    at = next((place for place, line in enumerate(lines) if _is_of(line, words)), None)
    if at is None:
        return ()
    while at < len(lines) and _is_of(lines[at], words):
        at += 1
    return lines[at:]


def _is_of(line: str, words: str) -> bool:
    said = letters_of(line[:_LONGEST_LINE])
    return len(said) > 3 and said in words


def _names(line: str) -> tuple[str, ...]:
    """Return the names of a line that holds nothing else."""
    names = [name for part in _PARTED.split(_MARKS.sub(" ", line)) if (name := part.strip(" .:*"))]
    tidied = list(_tidied(names))
    if not tidied or len(tidied) > _MOST or not all(map(_is_name, tidied)):
        return ()
    return tuple(tidied)


def _tidied(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        words = [word for word in name.split() if word.strip(".").casefold() not in _TITLES]
        if words:
            yield " ".join(words)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5:
        return False
    for word in words:
        lower = word.casefold().strip(".")
        if lower in _NO_NAMES or not _NAME_PART.match(word):
            return False
        if not word[0].isupper() and lower not in _PARTICLES:
            return False
    return any(len(word.strip(".")) >= 2 and not word.isupper() for word in words)


def _has_initial(line: str) -> bool:
    return any(len(word) == 2 and word[0].isupper() and word[1] == "." for word in line.split())


def _is_declared(name: str, declared: str | None) -> bool:
    said = {word.casefold().strip(".,") for word in (declared or "").split()}
    return name.rsplit(maxsplit=1)[-1].casefold() in said
