"""Lines of keys: for any valid TOML text, each key is found on the line on which it stands, and nothing else is."""

import json
import string
import tomllib
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.protocol import key_lines, line_of

Path = tuple[str | int, ...]

# Characters that TOML allows raw in strings; the last ones end a line for Python, but not for TOML.
CHARACTERS = st.sampled_from([*string.ascii_letters, *"[]={}#., éλ", "\x85", "\u2028", "\u2029"])
DECOYS = st.sampled_from(
    [
        "slug = 1",
        "[review]",
        "[[criteria]]",
        "# = [",
        "a.b = {",
        "]",
        "",
        "'",
        "\u2028key = 2",
        "\x85[table]",
    ]
)
BARE = st.text(string.ascii_lowercase + string.digits + "_-", min_size=1, max_size=4)
BLANKS = st.sampled_from(["", " ", "\t "])
TAILS = st.sampled_from(["", " ", "  # a = 1", "# [x]"])


@dataclass
class Document:
    """Text under construction, and the line on which each key was written."""

    lines: list[str] = field(default_factory=list)
    places: dict[Path, int] = field(default_factory=dict)

    def write(self, text: str) -> int:
        at = len(self.lines) + 1
        self.lines.extend(text.split("\n"))
        return at


def spelled(draw, key: str) -> str:
    ways = [json.dumps(key, ensure_ascii=False)]
    if "'" not in key:
        ways.append(f"'{key}'")
    if key and set(key) <= set(string.ascii_letters + string.digits + "_-"):
        ways.append(key)
    return draw(st.sampled_from(ways))


def dotted(draw, keys: Path) -> str:
    return f"{draw(BLANKS)}.{draw(BLANKS)}".join(spelled(draw, str(key)) for key in keys)


@st.composite
def keys(draw) -> str:
    return draw(
        st.one_of(BARE, st.text(CHARACTERS, min_size=0, max_size=4), st.sampled_from(["a.b", "'", '"']))
    )


PLAIN = st.sampled_from(["1", "true", "2019-05-17", "0x1F", "inf", "07:32:00"])
BASIC = st.text(CHARACTERS, max_size=8).map(lambda text: json.dumps(text, ensure_ascii=False))
LITERAL = st.text(CHARACTERS, max_size=8).map(lambda text: f"'{text}'")
LONG = st.lists(DECOYS, max_size=4).map(lambda lines: '"""' + "\n".join(lines) + '"""')
LONG_LITERAL = st.lists(DECOYS.filter(lambda d: d != "'"), max_size=4).map(
    lambda lines: "'''" + "\n".join(lines) + "'''"
)
INLINE = st.sampled_from(["{}", "{p = 1}", "{p = 1, q.r = [2]}", "{ p = {x = 3}, 'q' = \"}\" }"])


@st.composite
def arrays(draw) -> str:
    items = draw(st.lists(st.sampled_from(["[1]", '"a = 1"', "{b = 2}", "[\n[3]\n]"]), max_size=3))
    gap = draw(st.sampled_from(["", "\n", "\n# key = 1\n", "\n  "]))
    return "[" + gap + f",{gap}".join(items) + gap + "]"


VALUES = st.one_of(PLAIN, BASIC, LITERAL, LONG, LONG_LITERAL, INLINE, arrays())


def write_pairs(draw, document: Document, table: Path) -> None:
    for head in draw(st.lists(keys(), unique=True, max_size=3)):
        rest = tuple(draw(st.lists(keys(), max_size=2)))
        blank, tail = draw(BLANKS), draw(TAILS)
        at = document.write(
            f"{blank}{dotted(draw, (head, *rest))}{draw(BLANKS)}={draw(BLANKS)}{draw(VALUES)}{tail}"
        )
        for depth in range(1 + len(rest)):
            document.places[(*table, head, *rest[:depth])] = at
        for _ in range(draw(st.integers(0, 2))):
            document.write(draw(st.sampled_from(["", "# [no] table", "   # no = key", "\t"])))


@st.composite
def documents(draw) -> Document:
    document = Document()
    write_pairs(draw, document, ())
    taken = {path[0] for path in document.places}
    names = draw(st.lists(keys().filter(lambda k: k not in taken), unique=True, max_size=3))
    for name in names:
        if draw(st.booleans()):
            table: Path = (name, *draw(st.lists(keys(), max_size=2)))
            at = document.write(
                f"{draw(BLANKS)}[{draw(BLANKS)}{dotted(draw, table)}{draw(BLANKS)}]{draw(TAILS)}"
            )
            document.places[table] = at
            write_pairs(draw, document, table)
            continue
        for index in range(draw(st.integers(1, 3))):
            document.places[(name, index)] = document.write(f"[[{dotted(draw, (name,))}]]{draw(TAILS)}")
            write_pairs(draw, document, (name, index))
            if draw(st.booleans()):
                for inner in range(draw(st.integers(1, 2))):
                    at = document.write(f"[[ {dotted(draw, (name, 'inner table'))} ]]")
                    document.places.setdefault((name, index, "inner table"), at)
                    document.places[(name, index, "inner table", inner)] = at
                    write_pairs(draw, document, (name, index, "inner table", inner))
    return document


def is_valid(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@settings(max_examples=40, deadline=None)
@given(document=documents(), newline=st.sampled_from(["\n", "\r\n"]))
def test_every_key_is_found_where_it_was_written(document, newline):
    text = newline.join(document.lines)
    assert is_valid(text)

    found = key_lines(text)

    assert {path: found.get(path) for path in document.places} == document.places


@settings(max_examples=40, deadline=None)
@given(document=documents())
def test_every_line_that_is_reported_holds_the_key(document):
    found = key_lines("\n".join(document.lines))

    for path, line in found.items():
        near = next(path[:n] for n in range(len(path), 0, -1) if path[:n] in document.places or n == 1)
        deepest = {p: at for p, at in document.places.items() if p[: len(path)] == path}
        assert line in {document.places.get(near), *deepest.values()}, (path, line)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ('a = """\nb = 1\n"""\nb = 2', ("b",), 4),
        ("a = [\n  [1],\n]\nb = 2", ("b",), 4),
        ("a.b = '''\nc = 1\n'''\nc = 2", ("c",), 4),
        ("a.b = 1\na.c = 2", ("a", "c"), 2),
        ('["x y"]\nz = 1', ("x y", "z"), 2),
        ("[x.'y.z']\nw = 1", ("x", "y.z", "w"), 2),
        ("a = 'one\u2028two'\nb = 1", ("b",), 2),
        ('a = {"]" = 1} # [x]\nb = 1', ("b",), 2),
        ('"a\\"b" = 1', ('a"b',), 1),
        ("'\"a\"' = 1", ('"a"',), 1),
        ("[[a]]\n[[a.b]]\n[[a.b]]\nc = 1", ("a", 0, "b", 1, "c"), 4),
        ("[[a]]\n[a.b]\n[[a]]\n[a.b]\nc = 1", ("a", 1, "b", "c"), 5),
    ],
)
def test_key_is_found_on_its_line(text, path, line):
    assert key_lines(text)[path] == line


def test_key_that_is_not_there_is_placed_at_the_nearest_table():
    lines = key_lines("a = 1\n[b]\nc = 1\n[[d]]\n[[d]]\n")

    assert line_of(lines, ("b", "x")) == 2
    assert line_of(lines, ("d", 1, "x")) == 5
    assert line_of(lines, ("x", "y")) == 1


def test_long_text_in_a_value_costs_no_more_than_its_length():
    lines = 5000
    text = 'a = """\n' + "x = [1\n" * lines + '"""\nb = 1'

    assert key_lines(text)[("b",)] == lines + 3
