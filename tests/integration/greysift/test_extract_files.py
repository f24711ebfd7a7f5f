"""`greysift extract FILE.pdf`: what is printed, drawn, and said of files that cannot be read."""

import json

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from greysift.cli.app import app
from tests.integration.extraction.drawing import show, write_pdf


@pytest.fixture
def files(tmp_path):
    """A good file, one that is none, and another good one of the same name."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    good = write_pdf(tmp_path / "a/report.pdf", content=show(b"Care leavers"))
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"nothing")
    return [good, torn, write_pdf(tmp_path / "b/report.pdf", content=show(b"Foster care"), pages=2)]


def run(*arguments):
    return CliRunner().invoke(app, ["extract", *map(str, arguments)])


def test_one_that_cannot_be_read_does_not_keep_the_others_back(files):
    done = run(*files)
    assert done.exit_code == 1
    assert "Care leavers" in done.stdout
    assert "Foster care" in done.stdout
    assert "torn.pdf: The file is not a PDF." in done.stderr
    assert "torn" not in done.stdout


def test_json_is_a_line_a_file(files):
    done = run("--json", files[0], files[2])
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["file"] == str(files[0])
    assert first["pages"][0]["text"] == "Care leavers"
    assert len(second["pages"]) == 2


def test_title_is_compared_with_the_known_one(tmp_path):
    specimen = tmp_path / "report.pdf"
    canvas = Canvas(str(specimen), invariant=True)
    canvas.setTitle("Housing after care")
    canvas.drawString(72, 700, "Housing after care")
    canvas.save()
    same = run(specimen, "--title", "HOUSING after care - Homes for All", "--json")
    assert json.loads(same.stdout)["title_agrees"] is True
    assert "The document's own title agrees" in same.stderr
    other = run(specimen, "--title", "Rivers of the north", "--json")
    assert json.loads(other.stdout)["title_agrees"] is False
    assert "it is known as “Rivers of the north”: look whether it is the right one." in other.stderr


def test_markdown_of_one_file_is_that_file_alone(files):
    done = run(files[0])
    assert (done.exit_code, done.stdout) == (0, "<!-- page 1 -->\n\nCare leavers\n")


def test_pictures_are_drawn_into_a_folder_a_file(files, tmp_path):
    done = run(files[0], files[2], "--page-images", tmp_path / "drawn")
    assert done.exit_code == 0
    drawn = sorted(str(path.relative_to(tmp_path / "drawn")) for path in (tmp_path / "drawn").rglob("*.png"))
    assert drawn == ["report-2/page-0001.png", "report-2/page-0002.png", "report/page-0001.png"]
    with Image.open(tmp_path / "drawn/report/page-0001.png") as picture:
        assert picture.width == 500  # 300 points at 120 dots per inch
        colours = {colour for _, colour in picture.convert("RGB").getcolors(2**24)}
    assert any(max(colour) - min(colour) > 40 for colour in colours)  # frames, not ink


def test_what_is_drawn_can_be_chosen(files, tmp_path):
    for parts in ("blocks", "words, sentences"):
        assert run(files[0], "--page-images", tmp_path / parts, "--boxes", parts).exit_code == 0
    drawn = {path.read_bytes() for path in tmp_path.glob("*/report/page-0001.png")}
    assert len(drawn) == 2
    refused = run(files[0], "--page-images", tmp_path, "--boxes", "letters")
    assert (refused.exit_code, "sentences" in refused.stderr) == (2, True)


def test_pictures_without_files_are_refused(tmp_path):
    done = run("--page-images", tmp_path)
    assert done.exit_code == 2
