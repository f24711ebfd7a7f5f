import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.records import LabelledRecord, RecordsError, read_labelled_records, snapshot_hash
from tests.unit.classifier.builders import records

LINE = {"id": "a", "title": "T", "publisher": None, "summary": "  ", "eligible_any_year": "unclear"}


def write(path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_record_is_read_with_absent_parts_as_none(tmp_path):
    (read,) = read_labelled_records(write(tmp_path / "set.jsonl", LINE, ""))

    assert read == LabelledRecord("a", "T", publisher=None, summary=None, label=None, group="a")


def test_line_ends_where_json_lines_end_and_nowhere_else(tmp_path):
    path = write(
        tmp_path / "set.jsonl",
        json.dumps(LINE | {"title": "a\u2028b\u0085c"}, ensure_ascii=False) + "\r",
        LINE | {"id": "b"},
    )

    first, second = read_labelled_records(path)

    assert (first.title, second.id) == ("a\u2028b\u0085c", "b")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['{"id": '], "line 1: not JSON"),
        (["[1]"], "line 1: must be a JSON object"),
        ([LINE, LINE], "line 2: id 'a' was already used on line 1"),
        ([LINE | {"title": " "}], "line 1: keys 'id' and 'title'"),
        ([LINE | {"title": 3}], "line 1: key 'title' must be a text"),
        ([LINE | {"eligible_any_year": "maybe"}], "key 'eligible_any_year' must be yes, no or unclear"),
        ([LINE | {"eligible_any_year": ["yes"]}], "key 'eligible_any_year'"),
        ([""], "holds no records"),
    ],
)
def test_wrong_line_is_named(tmp_path, lines, message):
    path = write(tmp_path / "set.jsonl", *lines)

    with pytest.raises(RecordsError, match=message) as raised:
        read_labelled_records(path)

    assert "set.jsonl" in str(raised.value)


def test_missing_and_binary_files_are_refused(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    for name in ("absent", "binary"):
        with pytest.raises(RecordsError, match="cannot be read"):
            read_labelled_records(tmp_path / name)


def test_copies_share_a_hash_whatever_their_case_and_punctuation():
    one = LabelledRecord("a", "Staying Close: a pilot", None, "It worked.", 1, "a")
    same = LabelledRecord("b", "STAYING CLOSE - a pilot", "X", "it worked", 0, "b")
    other = LabelledRecord("c", "Staying Put: a pilot", None, "It worked.", 1, "c")

    assert one.copy_hashes == same.copy_hashes
    assert one.copy_hashes.isdisjoint(other.copy_hashes)


def test_long_title_tells_a_copy_with_another_summary_and_a_short_one_does_not():
    long = LabelledRecord("a", "Evaluation of the Staying Close pilot", None, "Ours.", 1, "a")
    copy = LabelledRecord("b", "Evaluation of the staying close pilot", "X", None, None, "b")
    short = LabelledRecord("c", "Annual report", None, "Of one year.", 1, "c")
    another = LabelledRecord("d", "Annual report", None, "Of another.", 1, "d")

    assert long.copy_hashes & copy.copy_hashes
    assert short.copy_hashes.isdisjoint(another.copy_hashes)


@given(st.permutations(records()))
def test_snapshot_hash_does_not_depend_on_order(shuffled):
    assert snapshot_hash(shuffled) == snapshot_hash(records())


def test_snapshot_hash_changes_with_a_label():
    first, *rest = records()

    changed = LabelledRecord(first.id, first.title, first.publisher, first.summary, 0, first.group)

    assert snapshot_hash([changed, *rest]) != snapshot_hash([first, *rest])
