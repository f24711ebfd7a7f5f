"""Sound reports cut short or with bits turned: each gives a text or a reason, within its limits."""

import json
import subprocess
import sys

import pytest

from tests.integration.extraction.drawing import show, write_pdf
from tests.shared_material import SHARED, needs_shared


def bench(*arguments):
    command = [sys.executable, "-m", "greysift", "bench", *map(str, arguments), "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    return done.returncode, json.loads(done.stdout)


@needs_shared
@pytest.mark.shared
def test_sixty_mutants_of_ten_reports_end_well():
    status, said = bench("mutants", SHARED / "data" / "reports", "--most", "60")

    assert (said["crashes"], said["hangs"]) == ([], [])
    assert said["peak_bytes"] <= said["limit_bytes"]
    assert sum(said["outcomes"].values()) == said["mutants"] == 60
    assert said["outcomes"]["text"] >= 20  # damage that is read past
    assert len(said["outcomes"]) >= 3  # and damage that is not
    assert all(
        outcome in {"text", "no text"} or outcome.startswith(("The ", "Reading "))
        for outcome in said["outcomes"]
    )
    assert status == 0


def test_files_are_compared_with_what_each_engine_reads(tmp_path):
    write_pdf(tmp_path / "sound.pdf", content=show(b"Hello world"))
    write_pdf(tmp_path / "odd.pdf", content=show(b"Hello world"), extra="/KeyWithoutValue")
    (tmp_path / "none.pdf").write_bytes(b"nothing")

    status, said = bench("odd-files", tmp_path, "--markdown", tmp_path / "page.md")

    found = {row["name"]: (row["kind"], row["characters"], row["alone"]) for row in said["files"]}
    both = {"pdfium": {"pages": 1, "characters": 10}, "pdfplumber": {"pages": 1, "characters": 10}}
    assert found["sound.pdf"] == ("text", 10, both)
    assert found["odd.pdf"][:2] == ("text", 10)
    assert found["none.pdf"] == ("reason", 0, {"pdfium": None, "pdfplumber": None})
    assert (status, said["faults"]) == (0, [])
    assert "| none.pdf | 0 | 0 | – / – | The file is not a PDF. |" in (tmp_path / "page.md").read_text()
