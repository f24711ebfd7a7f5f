"""`greysift bench extraction` on small PDFs: three kinds of folder, every tool, scores and targets."""

import json
import shutil

import pikepdf
import pytest
from typer.testing import CliRunner

from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.extraction.folders import Kind, find_groups, said_of
from greysift.bench.extraction.run import bench_extraction
from greysift.bench.extraction.untagged import is_tagged, write_untagged
from greysift.cli.app import app
from tests.integration.extraction.drawing import show, write_pdf

TAGGED = (
    b"/Artifact BMC BT /F1 8 Tf 20 10 Td (page) Tj ET EMC /P <</MCID 0>> BDC "
    + show(b"Tagged text")
    + b" EMC"
)
LINES = b"20 300 m 220 300 l 20 330 m 220 330 l 20 360 m 220 360 l 20 300 m 20 360 l 120 300 m 120 360 l 220 300 m 220 360 l S "
CELLS = b"BT /F1 10 Tf 30 340 Td (a) Tj 100 0 Td (b) Tj -100 -30 Td (c) Tj 100 0 Td (d) Tj ET"
TRUTH = (
    '<document><table><region page="1">'
    + "".join(
        f'<cell start-row="{n // 2}" start-col="{n % 2}"><content>{content}</content></cell>'
        for n, content in enumerate("abcd")
    )
    + "</region></table></document>"
)


def make_tagged(path):
    """Write a PDF with a structure tree, a layer, and a form whose content is marked."""
    write_pdf(path, content=TAGGED + b" /OC /L BDC BT /F1 8 Tf 20 50 Td (layer) Tj ET EMC /X Do")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(b"/Span <</MCID 1>> BDC BT /F1 9 Tf 20 200 Td (In a form) Tj ET EMC")
        form.update({"/Type": pikepdf.Name.Form, "/Subtype": pikepdf.Name.Form, "/StructParents": 1})
        form["/BBox"] = pikepdf.Array([0, 0, 300, 400])
        form["/Resources"] = pdf.pages[0].Resources
        pdf.pages[0].Resources["/XObject"] = pikepdf.Dictionary(X=pdf.make_indirect(form))
        pdf.pages[0].obj["/StructParents"] = 0
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.save(path)
    return path


@pytest.fixture
def material(tmp_path):
    """One document of each kind."""
    for name in ("tables", "tagged", "texts", "bare"):
        (tmp_path / name).mkdir()
    write_pdf(tmp_path / "texts/one.pdf", content=show(b"Care leavers in work"), pages=2)
    (tmp_path / "texts/one.txt").write_text("Care leavers in work\nCare leavers in work\n")
    (tmp_path / "texts/torn.pdf").write_bytes(b"no PDF")
    (tmp_path / "texts/torn.txt").write_text("What nobody can read")
    make_tagged(tmp_path / "tagged/two.pdf")
    (tmp_path / "tagged/two.txt").write_text("Tagged text\nIn a form\n")
    write_pdf(tmp_path / "tables/three.pdf", content=LINES + CELLS)
    (tmp_path / "tables/three-str.xml").write_text(TRUTH)
    write_pdf(tmp_path / "bare/four.pdf", content=show(b"No truth"))
    return tmp_path


def test_kinds_are_told_from_what_a_folder_holds(material):
    assert {group.name: group.kind for group in find_groups(material)} == {
        "bare": Kind.PLAIN,
        "tables": Kind.TABLES,
        "tagged": Kind.TAGGED,
        "texts": Kind.PUBLISHED,
    }


def test_each_document_of_a_mixed_folder_is_taken_as_its_own_truth_says(material):
    mixed = material / "mixed"
    mixed.mkdir()
    for name in ("texts/one.pdf", "texts/one.txt", "tagged/two.pdf", "tagged/two.txt", "tables/three.pdf"):
        shutil.copy(material / name, mixed)
    shutil.copy(material / "tables/three-str.xml", mixed)
    shutil.copy(material / "bare/four.pdf", mixed)

    groups = find_groups(mixed)

    assert [(group.name, group.kind, [one.pdf.stem for one in group.specimens]) for group in groups] == [
        ("mixed, published", Kind.PUBLISHED, ["one"]),
        ("mixed, tagged", Kind.TAGGED, ["two"]),
        ("mixed, tables", Kind.TABLES, ["three"]),
        ("mixed, plain", Kind.PLAIN, ["four"]),
    ]
    assert said_of(groups[-1]) == "mixed, plain: 1 document taken as without truth: speed and memory alone"


def test_a_document_with_two_truths_and_an_empty_truth_are_refused(material):
    shutil.copy(material / "tables/three-str.xml", material / "texts/one-str.xml")
    with pytest.raises(WorkspaceError, match=r"one-str\.xml and one\.txt"):
        find_groups(material / "texts")

    (material / "tagged/two.txt").write_bytes(b"")
    with pytest.raises(WorkspaceError, match=r"two\.txt is empty"):
        find_groups(material / "tagged")


def test_the_copy_shows_the_same_and_says_nothing_of_structure(tmp_path):
    path, copy = make_tagged(tmp_path / "tagged.pdf"), tmp_path / "copy.pdf"
    write_untagged(path, copy)
    assert is_tagged(path)
    assert not is_tagged(copy)
    with pikepdf.open(copy) as pdf:
        assert "/MarkInfo" not in pdf.Root
        page, form = pdf.pages[0], pdf.pages[0].Resources.XObject.X
        assert "/StructParents" not in page.obj
        assert "/StructParents" not in form
        operators = [
            str(step.operator) for part in (page, form) for step in pikepdf.parse_content_stream(part)
        ]
        assert operators.count("BDC") == operators.count("EMC") == 1  # the layer's
        assert "BMC" not in operators
        assert operators.count("Tj") == 4


def test_every_tool_is_measured_on_every_document(material):
    result = bench_extraction(material)
    by = {(row["document"], row["tool"]): row for row in result["rows"]}
    tools = ["greysift", "greysift, words", "pypdfium2", "pypdf", "pdfplumber"]
    tools += ["pdftotext"] if shutil.which("pdftotext") else []
    for tool in tools:
        read = by["one.pdf", tool]
        assert read["pages"] == 2
        assert read["neutral"] == read["word_f1"] == read["order"] == 1
        assert read["cpu_seconds"] > 0
        assert read["peak_bytes"] > 2**20
        torn = by["torn.pdf", tool]
        assert torn["error"]
        assert torn["neutral"] < 0.1
        assert by["four.pdf", tool]["pages"] == 1
    assert by["three.pdf", "pdfplumber by lines"]["f1"] == 1
    assert by["three.pdf", "pdfplumber by lines"]["wanted"] == 4
    assert "greysift, tree" not in result["groups"]["texts"]["tools"]
    assert result["groups"]["texts"]["tools"]["pypdf"]["neutral"] == pytest.approx(0.5, abs=0.05)
    assert result["groups"]["texts"]["tools"]["pypdf"]["not_read"] == 1
    assert {row["tool"] for row in result["rows"] if row["kind"] == "tagged"} == {*tools, "greysift, tree"}


def test_the_command_prints_targets_and_writes_rows(material, tmp_path):
    shutil.rmtree(material / "texts")
    shutil.rmtree(material / "tagged")
    out = tmp_path / "out.json"
    pictures = tmp_path / "pictures"
    done = CliRunner().invoke(
        app, ["bench", "extraction", str(material), "--json", str(out), "--pictures", str(pictures)]
    )
    assert done.exit_code == 0, done.output
    drawn = json.loads(out.read_text())["pictures"]
    assert len(drawn) == 20
    assert {path.name for path in pictures.iterdir()} == {row["picture"] for row in drawn} - {None}
    assert {row["document"]: row.get("error") for row in drawn} == {
        "three.pdf": "The document has no sentence.",
        "four.pdf": None,
    }
    assert "adjacency F1, tables" in done.output
    result = json.loads(out.read_text())
    wanted = {target["what"]: target for target in result["targets"]}
    table = wanted["adjacency F1, tables"]
    assert table["is_met"] == (table["got"] >= table["wanted"])
    assert not any("published" in what for what in wanted)


def test_a_folder_without_pdfs_is_refused_with_what_to_do(tmp_path):
    done = CliRunner().invoke(app, ["bench", "extraction", str(tmp_path)])
    assert done.exit_code == 1
    assert "holds no PDF" in str(done.exception) + done.output
