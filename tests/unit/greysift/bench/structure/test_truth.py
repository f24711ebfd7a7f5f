"""The annotations: their shape, and finding the reports that they are about."""

import json
from hashlib import sha256

import pytest

from corpus.vocabulary.documents import Box, SectionRole
from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.structure.truth import SHIPPED, ItemKind, find_reports, read_annotations

LINE = {
    "sha256": sha256(b"report").hexdigest(),
    "pages": [1, 2],
    "items": [
        {"page": 1, "kind": "heading", "box": [1, 2, 3, 4], "level": 1, "role": "findings"},
        {"page": 2, "kind": "page_number", "box": [1, 2, 3, 4]},
    ],
}


def test_lines_become_reports_with_marks(tmp_path):
    """All that is written is there."""
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE))
    (report,) = read_annotations(tmp_path / "a.jsonl")
    (heading,) = report.of(ItemKind.HEADING)
    assert (heading.page, heading.box, heading.level) == (1, Box(1, 2, 3, 4), 1)
    assert heading.role is SectionRole.FINDINGS
    assert report.of(ItemKind.PAGE_NUMBER, page=1) == []
    assert not report.is_held_out


def test_a_report_may_be_held_out(tmp_path):
    """The line says so."""
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE | {"held_out": True}))
    assert read_annotations(tmp_path / "a.jsonl")[0].is_held_out


@pytest.mark.parametrize(
    "line", ["{", "{}", json.dumps(LINE | {"items": [{"page": 1, "kind": "x", "box": []}]})]
)
def test_a_line_of_another_shape_is_refused_by_its_number(tmp_path, line):
    """The sentence names file and line."""
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE) + "\n" + line)
    with pytest.raises(WorkspaceError, match="line 2"):
        read_annotations(tmp_path / "a.jsonl")


def test_no_file_is_refused(tmp_path):
    """With its name."""
    with pytest.raises(WorkspaceError, match="none"):
        read_annotations(tmp_path / "none.jsonl")


def test_reports_are_known_by_their_bytes(tmp_path):
    """Whatever they are called, and in folders below."""
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE))
    (tmp_path / "below").mkdir()
    (tmp_path / "below/any.pdf").write_bytes(b"report")
    (tmp_path / "other.pdf").write_bytes(b"other")
    found = list(find_reports(tmp_path, read_annotations(tmp_path / "a.jsonl")))
    assert [path.name for path, _ in found] == ["any.pdf"]


def test_the_shipped_annotations_are_sound():
    """Enough reports; every mark is on an annotated page and has an area; headings have levels, nothing else has."""
    reports = read_annotations(SHIPPED)
    assert len({report.sha256 for report in reports}) == len(reports)
    assert sum(not report.is_held_out for report in reports) >= 15
    assert sum(report.is_held_out for report in reports) >= 5
    for report in reports:
        assert list(report.pages) == sorted(set(report.pages))
        for item in report.items:
            assert item.page in report.pages
            assert item.box.x0 < item.box.x1
            assert item.box.top < item.box.bottom
            assert (item.level is not None) == (item.kind is ItemKind.HEADING)
            assert item.role is None or item.kind is ItemKind.HEADING


def test_the_shipped_annotations_hold_no_text():
    """Numbers, and words of our own."""
    ours = set(ItemKind) | set(SectionRole)
    for line in SHIPPED.read_text().splitlines():
        for item in json.loads(line)["items"]:
            assert set(item) <= {"page", "kind", "box", "level", "role"}
            assert {value for value in item.values() if isinstance(value, str)} <= ours
