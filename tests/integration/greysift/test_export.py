"""Recorded crawls leave the installation as they are: whole files, checked, with all that their revisits need."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from warcio.cli import main as warcio

from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Asset
from tests.integration.greysift.commands import greysift, greysift_json
from tests.integration.greysift.rows import rows
from tests.integration.greysift.test_kill import kill_when, make_workspace, site_of

SMALL = {"GREYSIFT_WARC_MEGABYTES": "0.01"}
HARVEST = ("harvest", "--source", "local-govuk")


@dataclass(frozen=True)
class Harvested:
    """A workspace with two crawls of a site: the first killed once and taken up, the second after one change."""

    workspace: Path
    first: str
    second: str
    half_done: dict[str, object]

    @property
    def warc(self) -> Path:
        return self.workspace / "var" / "warc"


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    folder = tmp_path_factory.mktemp("harvested")
    with GovukServer(site_of(8)) as server:
        workspace = make_workspace(folder, server)
        server.site.delay = 0.05
        kill_when(lambda: sum("/media/" in url for url in server.hits) >= 5, workspace, *HARVEST)
        half_done = greysift_json(workspace, "export", "warc", "half")
        server.site.delay = 0
        first = greysift_json(workspace, *HARVEST, **SMALL)["run"]
        path = min(server.site.assets)
        server.site.assets[path] = Asset(server.site.assets[path].body + b"\n% revised\n")
        second = greysift_json(workspace, *HARVEST, **SMALL)["run"]
    return Harvested(workspace, first, second, half_done)


def is_valid(path: Path) -> bool:
    with pytest.raises(SystemExit) as end:
        warcio(["check", str(path)])
    return end.value.code == 0


def test_files_of_rotated_resumed_and_repeated_crawls_are_valid(harvested):
    files = sorted(harvested.warc.iterdir())

    assert {path.name[:36] for path in files} == {harvested.first, harvested.second}
    assert len(files) >= 4
    assert all(path.name.endswith(".warc.gz") for path in files)
    assert [path.name for path in files if not is_valid(path)] == []


def test_every_row_points_to_its_record_and_the_manifest_says_what_each_file_is(harvested, tmp_path):
    said = greysift_json(harvested.workspace, "export", "warc", str(tmp_path / "out"))

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert said["problems"] == manifest["problems"] == said["left_out"] == []
    assert manifest["files"] == said["files"]
    copies = {path.name: path for path in (tmp_path / "out").glob("*.warc.gz")}
    assert (
        {file["name"] for file in said["files"]}
        == {path.name for path in harvested.warc.iterdir()}
        == set(copies)
    )
    for file in said["files"]:
        data = copies[file["name"]].read_bytes()
        assert (file["sha256"], file["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert (file["source"], file["channel"], file["status"]) == ("local-govuk", "crawl", "complete")
        assert file["run"] == file["name"][:36]
        assert file["records"]["warcinfo"] == 1
        assert file["records"]["request"] == file["records"].get("response", 0) + file["records"].get(
            "revisit", 0
        )
    (stored,) = rows(harvested.workspace, "SELECT COUNT(*) FROM corpus_capture")[0]
    assert sum(file["captures"] for file in said["files"]) == stored
    assert sum(file["records"].get("revisit", 0) for file in said["files"]) >= 7


def test_a_run_whose_bodies_lie_in_an_earlier_runs_files_brings_them_along_and_replays_elsewhere(
    harvested, tmp_path
):
    said = greysift_json(
        harvested.workspace, "export", "warc", str(tmp_path / "out"), "--run", harvested.second
    )

    brought = {file["name"]: file["brought_for"] for file in said["files"] if file["run"] == harvested.first}
    own = [file["name"] for file in said["files"] if file["run"] == harvested.second]
    assert any(set(needed_by) & set(own) for needed_by in brought.values())
    assert all(set(needed_by) <= {*own, *brought} and needed_by for needed_by in brought.values())
    assert all(file["brought_for"] == [] for file in said["files"] if file["run"] == harvested.second)
    elsewhere = tmp_path / "elsewhere"
    greysift(tmp_path, "init", str(elsewhere), "--protocol", "care-leavers")
    assert (
        greysift_json(elsewhere, "harvest", "--replay", str(tmp_path / "out" / own[0]))["status"]
        == "complete"
    )
    query = "SELECT record_id, url, status, body_sha256, warc_file, warc_offset FROM corpus_capture"
    of_second = [row for row in rows(harvested.workspace, query) if row[4].startswith(harvested.second)]
    assert sorted(rows(elsewhere, query)) == sorted(of_second) != []


def test_a_run_under_way_is_left_out_and_named(harvested):
    assert harvested.half_done["files"] == []
    (left,) = harvested.half_done["left_out"]
    assert left["name"] == f"{harvested.first}-00000.warc.gz"
    assert "not finished" in left["why"]


def test_links_share_the_file_and_a_second_export_changes_nothing(harvested, tmp_path):
    arguments = ("export", "warc", str(harvested.workspace / "linked"), "--source", "local-govuk", "--link")
    first = greysift_json(harvested.workspace, *arguments)
    again = greysift_json(harvested.workspace, *arguments)

    assert again == first
    for file in first["files"]:
        origin, link = harvested.warc / file["name"], harvested.workspace / "linked" / file["name"]
        assert origin.stat().st_ino == link.stat().st_ino


def test_what_is_damaged_is_named_and_fails_the_command(harvested, tmp_path):
    damaged = harvested.warc / f"{harvested.second}-00000.warc.gz"
    whole = damaged.read_bytes()
    try:
        damaged.write_bytes(whole[:-100])
        said = greysift(harvested.workspace, "export", "warc", str(tmp_path / "out"), status=1)
    finally:
        damaged.write_bytes(whole)

    assert f"{damaged.name} ends inside the record" in said
    assert not (tmp_path / "out" / damaged.name).exists()
    assert (tmp_path / "out" / f"{harvested.first}-00000.warc.gz").exists()


def test_a_row_that_points_elsewhere_is_named(harvested, tmp_path):
    shown, hidden = (harvested.warc / f"{harvested.first}-0000{n}.warc.gz" for n in (0, 1))
    whole = shown.read_bytes()
    try:
        shown.write_bytes(hidden.read_bytes())
        said = greysift(harvested.workspace, "export", "warc", str(tmp_path / "out"), status=1)
    finally:
        shown.write_bytes(whole)

    # not there, damaged there, or another's record there: as the two files happen to lie
    assert shown.name in said.partition("error: ")[2] or "where the corpus has it" in said


def test_another_file_of_the_same_name_is_not_overwritten(harvested, tmp_path):
    other = tmp_path / f"{harvested.first}-00000.warc.gz"
    other.write_bytes(b"another")

    said = greysift(harvested.workspace, "export", "warc", str(tmp_path), status=1)

    assert "is there already and is another file" in said
    assert other.read_bytes() == b"another"


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("warc",), 2, "name the folder"),
        (("warc", "out", "--source", "nobody"), 1, "no source 'nobody' is known here"),
        (("warc", "out", "--run", "seven"), 1, "'seven' is no run's identity"),
        (("warc", "out", "--run", "6d6a3c1e-0000-4000-8000-000000000000"), 1, "no such run"),
        (("csv", "out"), 3, "`greysift export` is not available yet"),
        ((), 3, "`greysift export` is not available yet"),
    ],
)
def test_what_cannot_be_exported_is_said(harvested, arguments, status, sentence):
    assert sentence in " ".join(greysift(harvested.workspace, "export", *arguments, status=status).split())
    assert not (harvested.workspace / "out").exists()


def test_nothing_recorded_is_nothing_to_export(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")

    assert "there is nothing to export" in greysift(tmp_path, "export", "warc", "out", status=1)
