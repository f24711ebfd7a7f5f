"""Files that people hand over, as a person does it: by command, in a workspace."""

import hashlib
import subprocess
import sys

import pytest
import tomlkit

from harvester.warc import read_body, read_captures, run_files
from tests.fakes.govuk_site import minimal_pdf
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import column, counts, rows, tables

HEADER = "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type"
EXPORT = f"""{HEADER}
1,A Baker,Leaving care,2019,,,https://a.example.invalid/1,,1,2026-02-03 11:22:33,PDF
2,C Dean,Staying close,2020,,,https://a.example.invalid/2,,2,2026-02-03 11:22:33,
x,E Fox,,2020,,,,,3,2026-02-03 11:22:33,
2,C Dean,Staying close,2020,,,https://a.example.invalid/2,,4,2026-02-03 11:22:33,
"""
TOLD = ("--source", "google-scholar", "--strategy", '"care leavers" evaluation', "--by", "ana")


@pytest.fixture
def workspace(tmp_path):
    return make_workspace(tmp_path)


@pytest.fixture(scope="module")
def any_workspace(tmp_path_factory):
    """A workspace for tests that leave nothing in the corpus."""
    return make_workspace(tmp_path_factory.mktemp("any"))


def make_workspace(folder):
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    _add_person(folder)
    (folder / "scholar.csv").write_text(EXPORT, encoding="utf-8")
    return folder


def _add_person(workspace):
    subprocess.run(
        [sys.executable, "-m", "greysift", "people", "add", "ana", "--password-stdin"],
        cwd=workspace,
        env=environment(workspace),
        input="a long walk by the canal\n",
        text=True,
        check=True,
        capture_output=True,
    )


def test_an_export_is_one_dated_run_with_its_strategy_and_its_file(workspace):
    (outcome,) = greysift_json(workspace, "import", "scholar.csv", *TOLD)

    data = (workspace / "scholar.csv").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    assert outcome["status"] == "complete"
    assert outcome["strategy"]["query"] == '"care leavers" evaluation'
    assert outcome["strategy"]["searched_on"] == ["2026-02-03"]
    assert outcome["strategy"]["handed_over_by"] == "ana"
    assert outcome["strategy"]["file"] == {"name": "scholar.csv", "sha256": sha256, "size": len(data)}
    assert (workspace / "var" / "blobs" / sha256[:2] / sha256).read_bytes() == data
    assert outcome["counts"] == {"records": 2, "rows": 4, "rows_kept_aside": 1, "rows_repeated": 1}
    assert outcome["kept_aside"] == ["line 4 was kept aside: it has no title"]
    assert column(workspace, "SELECT channel FROM corpus_searchrun") == ["upload"]
    assert sorted(column(workspace, "SELECT title FROM corpus_record")) == ["Leaving care", "Staying close"]


def test_the_same_file_twice_changes_nothing(workspace):
    greysift(workspace, "import", "scholar.csv", *TOLD)
    before = tables(workspace)

    said = greysift(workspace, "import", "scholar.csv", *TOLD)

    assert "nothing is new" in said
    assert tables(workspace) == before


def test_a_later_export_stores_known_works_once_and_adds_the_new(workspace):
    greysift(workspace, "import", "scholar.csv", *TOLD)
    later = EXPORT.replace("2026-02-03", "2026-05-04").replace("\n1,A", "\n7,A")
    later += "0,G Hill,New to us,2026,,,https://a.example.invalid/9,,5,2026-05-04 10:00:00,\n"
    (workspace / "later.csv").write_bytes(later.encode("utf-16"))

    greysift(workspace, "import", "later.csv", *TOLD)

    stored = counts(workspace)
    assert (stored["corpus_record"], stored["corpus_recordrevision"]) == (3, 3)
    assert (stored["corpus_searchrun"], stored["corpus_sighting"]) == (2, 5)


def test_a_review_that_names_the_source_gets_candidates_and_until_then_the_import_says_so(workspace):
    _name_sources(workspace, "department-for-education")
    assert "no review uses google-scholar" in greysift(workspace, "import", "scholar.csv", *TOLD)

    _name_sources(workspace, "department-for-education", "google-scholar")

    assert column(workspace, "SELECT COUNT(*) FROM corpus_candidate") == [2]
    assert "no review uses" not in greysift(workspace, "import", "scholar.csv", *TOLD)


def _name_sources(workspace, *names):
    place = workspace / "review.toml"
    document = tomlkit.parse(place.read_text(encoding="utf-8"))
    document["sources"]["use"] = list(names)
    place.write_text(tomlkit.dumps(document), encoding="utf-8")
    greysift(workspace, "protocol", "import", "--why", "sources of this test")


@pytest.mark.parametrize("name", ["list.ris", "list.bib", "list.xlsx", "list"])
def test_formats_of_later_answer_3(any_workspace, name):
    (any_workspace / name).write_text("TY  - RPRT", encoding="utf-8")

    assert "not available yet" in greysift(any_workspace, "import", name, status=3)


def test_a_table_of_other_origin_answers_3_and_says_what_it_lacks(workspace):
    (workspace / "people.csv").write_text("name,age\nana,30\n", encoding="utf-8")

    said = greysift(workspace, "import", "people.csv", *TOLD, status=3)

    assert "no Authors, Title, Year" in said
    assert counts(workspace)["corpus_searchrun"] == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("scholar.csv",), 2, "say --source"),
        (("scholar.csv", *TOLD[:4], "--by", "bob"), 1, "greysift people add bob"),
        (("scholar.csv", "--source", "nowhere", *TOLD[2:]), 1, 'no source "nowhere" is declared'),
        (("scholar.csv", "--source", "department-for-education", *TOLD[2:]), 1, "kind upload"),
        (("gone.csv", *TOLD), 1, "cannot be read"),
        (("scholar.csv", *TOLD, "--title", "x"), 2, "describe a PDF"),
        (("scholar.pdf", *TOLD), 2, "--title"),
    ],
)
def test_errors_say_what_to_do(workspace, arguments, status, said):
    assert said in " ".join(greysift(workspace, "import", *arguments, status=status).split())


def test_google_scholar_is_never_crawled(workspace):
    said = greysift(workspace, "harvest", "--source", "google-scholar", status=1)

    assert "never crawled" in said
    assert "greysift import FILE.csv --source google-scholar" in said


def test_a_document_by_post_is_a_record_with_a_report_whose_bytes_lie_in_a_warc(workspace):
    pdf = minimal_pdf("Sent by post")
    (workspace / "sent.pdf").write_bytes(pdf)
    told = (*TOLD[:2], "--strategy", "asked the author by e-mail", "--by", "ana", "--title", "Sent by post")
    arguments = (
        "import",
        "sent.pdf",
        *told,
        "--published",
        "2019-05",
        "--url",
        "https://a.example.invalid/p",
    )

    (outcome,) = greysift_json(workspace, *arguments)

    ((warc_file, offset, sha256),) = rows(
        workspace, "SELECT warc_file, warc_offset, body_sha256 FROM corpus_capture"
    )
    assert read_body(workspace / "var" / "warc" / warc_file, offset) == pdf
    assert sha256 == hashlib.sha256(pdf).hexdigest()
    assert rows(workspace, "SELECT status, media_type, url FROM corpus_report") == [
        ("retrieved", "application/pdf", "https://a.example.invalid/p")
    ]
    assert rows(workspace, "SELECT title, published FROM corpus_record") == [("Sent by post", "2019-05")]
    assert outcome["strategy"]["query"] == "asked the author by e-mail"
    before = tables(workspace)
    assert "nothing is new" in greysift(workspace, *arguments)
    assert tables(workspace) == before
    (path,) = run_files(workspace / "var" / "warc", outcome["run"])
    assert len(list(read_captures(path))) == 1


def test_a_document_that_was_captured_before_is_not_kept_again(workspace):
    pdf = minimal_pdf("Twice")
    for name, address in (
        ("one.pdf", "https://a.example.invalid/1"),
        ("two.pdf", "https://a.example.invalid/2"),
    ):
        (workspace / name).write_bytes(pdf)
        source = "google-scholar" if name == "one.pdf" else "department-for-education"
        greysift(workspace, "import", name, "--source", source, *TOLD[2:], "--title", name, "--url", address)

    assert counts(workspace)["corpus_capture"] == 1
    assert counts(workspace)["corpus_report"] == 2


def test_what_is_called_a_pdf_and_is_none_is_refused(workspace):
    (workspace / "page.pdf").write_text("<html>please log in</html>", encoding="utf-8")

    said = greysift(workspace, "import", "page.pdf", *TOLD, "--title", "x", status=1)

    assert "is no PDF" in said
    assert counts(workspace)["corpus_searchrun"] == 0
