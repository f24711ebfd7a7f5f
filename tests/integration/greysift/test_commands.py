"""The command line: every command exists, says what it does, and none pretends."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from corpus.protocol import shipped_protocol
from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.app import app
from greysift.cli.bench import STILL_TO_COME
from greysift.cli.later import COMING
from tests.fakes.web_server import Answer, WebServer, WebSite, xml
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.databases import ON_POSTGRESQL
from tests.shared_material import REPOSITORY

FIXED = [
    "init",
    "sources",
    "harvest",
    "extract",
    "import",
    "export",
    "search",
    "dedupe",
    "train",
    "rank",
    "tag",
    "evaluate",
    "models",
    "serve",
    "schedule",
    "worker",
    "prisma",
    "report",
    "backup",
    "restore",
    "replay",
    "erase",
    "doctor",
    "demo",
    "bench",
]


SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>HOST/a</loc></url></urlset>'
LATER_WITHIN = [*(["bench", name] for name in STILL_TO_COME), ["export", "csv"]]


@pytest.fixture
def workspace(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    return tmp_path


@pytest.mark.parametrize("name", FIXED)
def test_every_fixed_command_exists_and_has_help(name):
    result = CliRunner().invoke(app, [name, "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.output


@pytest.mark.parametrize("arguments", [[name] for name in sorted(COMING)] + LATER_WITHIN, ids=" ".join)
def test_a_command_of_later_says_so_and_exits_with_3(arguments):
    for more in ([], ["anything"]):
        result = CliRunner().invoke(app, [*arguments, *more])

        assert result.exit_code == 3
        assert "not available yet" in result.output


def test_readme_lists_the_commands_of_later():
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    section = readme.split("Not available yet", 1)[1]
    listed = set(re.findall(r"`([a-z ]+)`", section.split("\n\n", 1)[0]))

    assert listed == set(COMING) | {" ".join(names) for names in LATER_WITHIN}


def test_wrong_usage_exits_with_2(tmp_path):
    greysift(tmp_path, "harvest", "--no-such-option", status=2)


def test_outside_a_workspace_the_error_says_how_to_make_one(tmp_path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GREYSIFT_")}
    done = subprocess.run(
        [sys.executable, "-m", "greysift", "rank"],
        cwd=tmp_path,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "greysift init" in done.stderr
    assert "Traceback" not in done.stderr


def test_init_twice_changes_nothing_and_refuses_another_protocol(workspace):
    before = (workspace / "review.toml").read_text(encoding="utf-8")
    greysift(workspace, "init", str(workspace), "--protocol", "care-leavers")

    other = workspace / "other.toml"
    other.write_text(before.replace('to = "2021-02-28"', 'to = "2025-12-31"'), encoding="utf-8")
    said = greysift(workspace, "init", str(workspace), "--protocol", str(other), status=1)

    assert "nothing was changed" in said
    assert (workspace / "review.toml").read_text(encoding="utf-8") == before


def test_a_wrong_protocol_is_refused_with_key_and_line_and_leaves_nothing(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(shipped_protocol("care-leavers").replace("blind = true", "blind = 3"), encoding="utf-8")

    said = greysift(tmp_path, "init", str(tmp_path / "made"), "--protocol", str(wrong), status=1)

    assert re.search(r"wrong\.toml:\d+: screening\.blind: ", said)
    assert not (tmp_path / "made").exists()


def test_source_that_nobody_declared_is_noted_with_its_line_before_anything_is_searched(tmp_path):
    file = tmp_path / "review.toml"
    document = shipped_protocol("care-leavers").replace('"department-for-education"', '"ofstde"')
    file.write_text(document, encoding="utf-8")
    line = next(n for n, text in enumerate(document.splitlines(), 1) if text.startswith("use = "))

    noted = greysift_json(tmp_path, "protocol", "check", str(file))["notes"]

    assert len(noted) == 1
    assert f"review.toml:{line}: sources.use: nobody has declared 'ofstde' yet" in noted[0]


def test_rank_of_an_empty_pool_says_why(workspace):
    assert "no candidate yet" in greysift(workspace, "rank")


def test_protocol_import_shows_what_changed_and_keeps_both_versions(workspace):
    file = workspace / "review.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('to = "2021-02-28"', 'to = "2025-12-31"'), encoding="utf-8"
    )

    said = greysift(workspace, "protocol", "import", "--why", "update of the search")

    assert '-to = "2021-02-28"' in said
    assert '+to = "2025-12-31"' in said
    assert 'to = "2025-12-31"' in greysift(workspace, "protocol", "export")


def test_doctor_is_well_here(workspace):
    assert "All that is needed is here" in greysift(workspace, "doctor")


def test_doctor_outside_a_workspace_says_so_and_leaves_nothing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")

    said = " ".join(greysift(folder, "doctor", COLUMNS="250").split())

    assert "All that is needed is here" in said
    assert ON_POSTGRESQL or "no workspace here" in said
    assert not list(folder.iterdir())


def test_doctor_says_how_to_mend_a_damaged_or_missing_model(workspace, tmp_path_factory):
    empty = tmp_path_factory.mktemp("models")
    assert "GREYSIFT_MODELS_DIR" in greysift(workspace, "doctor", status=1, GREYSIFT_MODELS_DIR=str(empty))

    shutil.copytree(REPOSITORY / "models", empty, dirs_exist_ok=True)
    (artefact,) = empty.glob("eligibility/*/model.skops")
    artefact.write_bytes(b"damaged")
    said = " ".join(
        greysift(workspace, "doctor", status=1, GREYSIFT_MODELS_DIR=str(empty), COLUMNS="250").split()
    )

    assert "git checkout" in said


def test_a_live_source_without_confirmed_terms_is_not_crawled(workspace):
    said = greysift(workspace, "harvest", "--source", "department-for-education", status=1)

    assert "nobody has confirmed" in said


def test_without_a_source_all_in_use_are_crawled_and_the_others_passed_over_with_the_reason(workspace):
    said = greysift(workspace, "harvest", status=1)
    assert "no source that can be crawled now" in said
    assert "sources probe barnardos" in said

    site = WebSite(pages={"/sitemap.xml": xml(SITEMAP), "/a": Answer("<h1>A report</h1>")})
    with WebServer(site) as server:
        (workspace / "var" / "sources").mkdir(exist_ok=True)
        text = server.declaration("sitemap", '[entry]\nsite = "HOST"', slug="barnardos")
        (workspace / "var" / "sources" / "barnardos.toml").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "greysift", "harvest"],
            cwd=workspace,
            env=environment(workspace),
            capture_output=True,
            text=True,
            check=True,
        )

    assert "barnardos: complete, 1 of 1" in done.stdout
    noted = " ".join(done.stderr.split())
    assert "nspcc is passed over: nobody has asked nspcc yet" in noted
    assert "google-scholar is passed over: google-scholar is never crawled" in noted


def test_init_refuses_the_name_of_another_review_of_the_same_corpus(workspace, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    changed = (workspace / "review.toml").read_text(encoding="utf-8").replace("2021-02-28", "2025-12-31")
    (other / "other.toml").write_text(changed, encoding="utf-8")

    said = greysift(
        other,
        "init",
        "second",
        "--protocol",
        "other.toml",
        status=1,
        GREYSIFT_DATA_DIR=str(workspace / "var"),
    )

    assert "another review 'care-leavers'" in said
    assert 'to = "2021-02-28"' in greysift(workspace, "protocol", "export")


def test_source_that_nobody_declared_is_named(workspace):
    file = workspace / "review.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"department-for-education"', '"ofstde"'), encoding="utf-8"
    )
    greysift(workspace, "protocol", "import", "--why", "a slip")

    assert "ofstde" in greysift(workspace, "harvest", status=1)


def test_demo_keeps_apart_from_other_data(workspace, tmp_path_factory):
    apart = tmp_path_factory.mktemp("apart")

    said = greysift(apart, "demo", "--no-serve", status=1, GREYSIFT_DATA_DIR=str(workspace / "var"))

    assert "keeps apart" in said


def test_demo_never_overwrites_a_protocol_that_says_something_else(workspace):
    before = (workspace / "review.toml").read_text(encoding="utf-8")

    said = greysift(workspace, "demo", str(workspace), "--no-serve", status=1)

    assert "nothing was changed" in said
    assert (workspace / "review.toml").read_text(encoding="utf-8") == before


def test_workspace_that_is_none_is_refused_and_not_made(tmp_path):
    result = CliRunner().invoke(app, ["--workspace", str(tmp_path / "typo"), "models", "list"])

    assert isinstance(result.exception, WorkspaceError)
    assert not (tmp_path / "typo").exists()


@pytest.mark.parametrize(
    "arguments",
    [["rank", "--most", "0"], ["serve", "--port", "99999"], ["models", "promote", "x", "--why", " "]],
)
def test_senseless_values_are_wrong_usage(arguments):
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_database_that_cannot_be_reached_is_named(workspace):
    said = greysift(workspace, "rank", status=1, GREYSIFT_DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    assert "GREYSIFT_DATABASE_URL" in said
    assert "Traceback" not in said
