"""`greysift bench structure`: it runs on real reports, and its figures lie in what is possible."""

import json
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from greysift.bench.structure.run import bench_structure
from greysift.cli.app import app
from tests.shared_material import SHARED, needs_shared

TWO = (
    "uk-ofsted-80553-slough-children-s-services-focused-visit-27-november-2020.pdf",  # tagged
    "tabula-java-eu-012.pdf",  # with tables
)


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory):
    """A folder that shows two of the annotated reports where they lie."""
    folder = tmp_path_factory.mktemp("two")
    for name in TWO:
        (folder / name).symlink_to(SHARED / "data/reports" / name)
    return folder


@needs_shared
def test_two_reports_are_held_against_their_annotations(two_reports, tmp_path):
    """Shares lie between 0 and 1, right ones are at most as many as found and marked, places lie on pages."""
    done = CliRunner().invoke(app, ["bench", "structure", str(two_reports), "--json", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "2 of 22 annotated reports, 13 pages" in done.stdout
    result = json.loads((tmp_path / "out").read_text())
    assert sorted(report["file"] for report in result["reports"]) == sorted(TWO)
    for figure in result["figures"].values():
        if figure["value"] is not None:
            assert 0 <= figure["low"] <= figure["high"] <= 1
            assert 0 <= figure["value"] <= 1
    for report in result["reports"]:
        assert report["error"] is None
        for name in ("heading", "title", "table", "table_8"):
            right, found, marked = (
                report["counts"].get(f"{name}_{k}", 0) for k in ("right", "found", "marked")
            )
            assert 0 <= right <= min(found, marked)
        assert report["counts"]["body_lines"] > 100
        for miss in report["misses"]:
            assert set(miss) == {"page", "box", "what"}
            assert 1 <= miss["page"] <= 7
            assert all(-50 <= edge <= 900 for edge in miss["box"])


@needs_shared
def test_a_report_that_cannot_be_read_misses_everything(tmp_path):
    """It is not left out of the mean, and counts where it was held out alone."""
    name = TWO[1]
    (tmp_path / name).symlink_to(SHARED / "data/reports" / name)
    line = {"sha256": _sha(tmp_path / name), "pages": [1], "items": []}
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.4 torn")
    other = {
        "sha256": _sha(torn),
        "held_out": True,
        "pages": [1],
        "items": [{"page": 1, "kind": "heading", "box": [1, 2, 30, 40], "level": 1}],
    }
    truth = tmp_path / "truth.jsonl"
    truth.write_text(json.dumps(line) + "\n" + json.dumps(other) + "\n")
    result = bench_structure(tmp_path, truth=truth)
    assert [bool(report["error"]) for report in result["reports"]] == [False, True]
    assert result["figures"]["heading_recall"]["value"] is None
    assert result["held_out"]["heading_recall"]["value"] == 0


def test_a_folder_without_annotated_reports_is_said_to_be_one(tmp_path):
    """With a sentence, not a stack of calls."""
    done = CliRunner().invoke(app, ["bench", "structure", str(tmp_path)])
    assert done.exit_code != 0
    assert "None of the 22 annotated reports" in str(done.exception or done.output)


def _sha(path):
    return sha256(path.read_bytes()).hexdigest()
