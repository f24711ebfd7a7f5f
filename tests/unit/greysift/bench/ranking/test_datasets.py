import csv
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greysift.bench.ranking.datasets import ScreeningSetError, read_screening_sets, start_of

HEAD = "record_id,title,abstract,label_included\n"
SOUND = HEAD + 'a,First,,1\nb,Second,"Two\nlines",0\nc,Third,x,1\nd,,y,0\n'

words = st.text("ab,;\"'\n\r\u2028é ", max_size=8)
rows = st.lists(st.tuples(words, words, st.integers(0, 1)), min_size=4, max_size=20).filter(
    lambda held: (
        2 <= sum(label for *_, label in held) <= len(held) - 2
        and any(title.strip() or abstract.strip() for title, abstract, _ in held)
    )
)


def folder_with(folder, text, name="one.csv"):
    (folder / name).write_text(text)
    return folder


def test_sets_are_read_smallest_first(tmp_path):
    folder_with(tmp_path, SOUND + "e,Fifth,,0\n", "b.csv")
    folder_with(tmp_path, SOUND, "c.csv")
    folder_with(tmp_path, "dataset,records\nb,5\n", "about.csv")

    small, large = read_screening_sets(tmp_path)

    assert (small.name, large.name) == ("c", "b")
    assert small.titles == ("First", "Second", "Third", "")
    assert small.abstracts == ("", "Two\nlines", "x", "y")
    assert small.labels == (1, 0, 1, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sets")


@settings(deadline=None)
@given(rows)
def test_what_csv_can_hold_is_read_as_it_was_written(folder, held):
    path = folder / "one.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["record_id", "title", "abstract", "label_included"])
        writer.writerows([i, *row] for i, row in enumerate(held))

    (one,) = read_screening_sets(path.parent)

    assert one.labels == tuple(label for *_, label in held)
    assert one.titles == tuple(title.strip() for title, *_ in held)
    assert one.abstracts == tuple(abstract.strip() for _, abstract, _ in held)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no screening set"),
        ("label_included,title\n1,a\n", "line 1: no column record_id, abstract"),
        (HEAD + "a,b,c\n", "line 2: it has more or fewer fields"),
        (HEAD + "a,b,c,1,5\n", "line 2: it has more or fewer fields"),
        (HEAD + "a,b,c,yes\n", "line 2: label_included must be 0 or 1, not 'yes'"),
        (HEAD + "a,b,c,1\na,b,c,0\n", "line 3: record_id 'a' stands on line 2 too"),
        (HEAD + ",b,c,1\n", "line 2: record_id is empty"),
        (HEAD + 'a,"b,c,1\n', "unexpected end of data"),
        (HEAD + "a,b,c,1\nb,b,c,0\nc,b,c,0\n", "1 of 3 records are included; at least two must be"),
        (HEAD + "a,b,c,1\nb,b,c,1\nc,b,c,0\n", "2 of 3 records are included; at least two must be, and two not"),
        (HEAD + "a,,,1\nb,,,1\nc,,,0\nd,,,0\n", "no record has a title or an abstract"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(tmp_path, text, complaint):
    with pytest.raises(ScreeningSetError, match=re.escape(complaint)):
        read_screening_sets(folder_with(tmp_path, text))


def test_other_encodings_are_refused_by_name(tmp_path):
    (tmp_path / "one.csv").write_bytes(HEAD.encode() + "a,Straße,c,1\n".encode("latin-1"))

    with pytest.raises(ScreeningSetError, match=r"one.csv: byte 46 is not UTF-8"):
        read_screening_sets(tmp_path)


def test_start_is_that_of_its_seed(tmp_path):
    (one,) = read_screening_sets(folder_with(tmp_path, SOUND))

    starts = [start_of(one, seed=seed) for seed in range(20)]

    for start in starts:
        assert [start.pool.labels[i] for i in start.known] == [1, 0]
        assert sorted(zip(start.pool.titles, start.pool.abstracts, start.pool.labels, strict=True)) == sorted(
            zip(one.titles, one.abstracts, one.labels, strict=True)
        )
    assert starts[3] == start_of(one, seed=3)
    assert len({start.pool.titles for start in starts}) > 5
    assert len({tuple(start.pool.titles[i] for i in start.known) for start in starts}) == 4
