"""Figures over reports, with intervals."""

import pytest

from greysift.bench.structure.figures import figures


def test_counts_are_summed_before_they_are_divided():
    """A report with many headings weighs more than one with few."""
    reports = [
        {"heading_right": 9, "heading_found": 10, "heading_marked": 18},
        {"heading_right": 0, "heading_found": 2, "heading_marked": 0},
    ]
    found = figures(reports)
    assert found["heading_precision"]["value"] == pytest.approx(9 / 12)
    assert found["heading_recall"]["value"] == pytest.approx(9 / 18)
    assert found["heading_f1"]["value"] == pytest.approx(2 * 9 / 30)
    assert found["heading_recall"]["n"] == 18
    assert found["heading_precision"]["low"] <= 9 / 12 <= found["heading_precision"]["high"]


def test_reports_alike_leave_no_doubt():
    """Whichever are drawn, the figure is the same."""
    found = figures([{"clean_pages": 3, "running_pages": 4}] * 5)
    assert found["clean_pages"] == {"value": 0.75, "low": 0.75, "high": 0.75, "n": 20}


def test_nothing_to_measure_is_no_figure():
    """Neither zero nor one."""
    assert figures([{"heading_marked": 0}])["level"] == {"value": None, "low": None, "high": None, "n": 0}
