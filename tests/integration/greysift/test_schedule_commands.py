"""``greysift schedule``: settings by command."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from corpus.models import Schedule
from corpus.services.leases import lease
from corpus.services.schedules import put_off
from corpus.vocabulary.errors import ScheduleError, SourceError
from greysift.cli.app import app
from tests.factories import begin_crawl, make_source

NIGHTS = "0 3 * * *"
LOCAL = """
slug = "{slug}"
name = "A server on this machine"
organisation = "A Department"
kind = "govuk"
hosts = ["127.0.0.1:1"]
licence = "none"

[entry]
search = "http://127.0.0.1:1/search"
content = "http://127.0.0.1:1/content"
site = "http://127.0.0.1:1"
assets = "http://127.0.0.1:1"

[filters]
organisations = ["a-department"]
document_types = ["research"]
"""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared(data_dir, monkeypatch):
    """Declare two sources of this machine, which need nobody's confirmation."""
    monkeypatch.setenv("GREYSIFT_DATA_DIR", str(data_dir))
    (data_dir / "sources").mkdir(exist_ok=True)
    for slug in ("local", "a-source-with-quite-a-long-name"):
        (data_dir / "sources" / f"{slug}.toml").write_text(LOCAL.format(slug=slug), encoding="utf-8")


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["schedule", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def said_json(*arguments: str):
    return json.loads(said(*arguments, "--json"))


def owe() -> None:
    Schedule.objects.update(served_at=timezone.now() - timedelta(days=60))


def test_schedule_is_set_and_listed_with_its_next_moment():
    assert "At 03:00 every day (0 3 * * *); next: " in said("set", "local", NIGHTS)

    (line,) = said_json("list")

    assert (line["source"], line["cron"], line["in_words"]) == ("local", NIGHTS, "At 03:00 every day")
    assert (line["enabled"], line["running"], line["hindrance"]) == (True, False, None)
    assert (line["last_crawl"], line["last_status"], line["owed"]) == (None, None, None)
    assert line["next"] > timezone.now().isoformat()
    assert "local" in said("list")
    assert "never" in said("list")


def test_missed_moment_is_due_now():
    said("set", "local", NIGHTS)
    owe()

    assert "due now" in said("list")
    assert said_json("list")[0]["owed"]


def test_resting_schedule_is_due_never_and_owes_nothing_afterwards():
    said("set", "local", NIGHTS)
    owe()

    assert said_json("disable", "local")["next"] is None
    assert "resting" in said("list")

    assert said_json("enable", "local")["owed"] is None


def test_schedule_that_is_set_while_it_rests_says_so_and_how_to_wake_it():
    said("set", "local", NIGHTS)
    said("disable", "local")

    assert "the schedule rests; `greysift schedule enable local` wakes it" in said(
        "set", "local", "0 4 * * *"
    )
    assert "rests" not in said("enable", "local")


def test_removed_schedule_is_gone_and_the_empty_list_says_how_to_make_one():
    said("set", "local", NIGHTS)

    assert "no schedule any more" in said("remove", "local")

    assert said_json("list") == []
    assert 'greysift schedule set SOURCE "0 3 * * 1"' in said("list")


def test_source_that_may_not_be_crawled_is_listed_with_what_must_happen():
    said("set", "department-for-education", NIGHTS)
    owe()

    (line,) = said_json("list")

    assert line["next"] is None
    assert "nobody has confirmed that department-for-education may be crawled" in line["hindrance"]
    assert "nobody has confirmed" in said("list")


def test_crawl_that_was_put_off_says_until_when_and_why():
    said("set", "local", NIGHTS)
    owe()
    schedule, at = Schedule.objects.get(), timezone.now()
    put_off(schedule.source, until=at + timedelta(hours=1), why="the host asks for an hour", at=at)

    assert "the host asks for an hour" in said("list")
    assert "due now" not in said("list")
    assert said_json("list")[0]["next"] == (at + timedelta(hours=1)).isoformat(timespec="seconds")


def test_list_can_be_read_at_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for slug in ("department-for-education", "local", "a-source-with-quite-a-long-name"):
        said("set", slug, "0 3 * * 1")
    begin_crawl(source=Schedule.objects.get(source__slug="local").source)

    lines = said("list").splitlines()

    assert max(len(line) for line in lines if "│" in line) <= 80
    assert sum("a-source-with-quite-a-long-name" in line for line in lines) == 1
    assert sum("0 3 * * 1" in line for line in lines) == 3


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (["set", "local", "every night"], ScheduleError, "is no cron expression .*0 3 . . 1"),
        (["set", "google-scholar", NIGHTS], ScheduleError, "google-scholar is never crawled"),
        (["set", "nowhere", NIGHTS], SourceError, "no source .nowhere. is declared"),
        (["enable", "local"], ScheduleError, "local has no schedule"),
        (["remove", "local"], ScheduleError, "local has no schedule"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        said(*arguments)
    assert not Schedule.objects.exists()


def test_broken_declaration_stops_no_other_source_and_is_named(data_dir):
    said("set", "local", NIGHTS)
    said("set", "department-for-education", NIGHTS)
    (data_dir / "sources" / "bad.toml").write_text("slug = ", encoding="utf-8")
    overruled = data_dir / "sources" / "dfe.toml"
    overruled.write_text('slug = "department-for-education"\nkind = "nonsense"', encoding="utf-8")

    assert "At 04:00 every day" in said("set", "local", "0 4 * * *")
    assert "bad.toml is not TOML" in said("list")
    assert "bad.toml is not TOML" in status()
    listed = CliRunner().invoke(app, ["sources", "list", "--json"], catch_exceptions=False)
    assert "bad.toml is not TOML" in listed.stderr
    assert {"local"} <= {row["slug"] for row in json.loads(listed.stdout)}
    result = CliRunner().invoke(app, ["schedule", "list", "--json"], catch_exceptions=False)
    lines = {line["source"]: line for line in json.loads(result.stdout)}
    assert lines["local"]["hindrance"] is None
    assert "dfe.toml: kind: must be one of" in lines["department-for-education"]["hindrance"]
    with pytest.raises(SourceError, match=r"dfe\.toml: kind"):
        said("set", "department-for-education", NIGHTS)
    assert CliRunner().invoke(app, ["schedule", "run", "--once"]).exit_code == 1


def status(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["sources", "status", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_status_of_sources_says_when_each_is_crawled_next_and_what_runs():
    said("set", "local", NIGHTS)
    with lease("harvest:local"):
        run = begin_crawl(source=Schedule.objects.get().source)
        lines = {line["source"]: line for line in json.loads(status("--json"))}
        printed = status()

    assert lines["local"]["next"] == "running now"
    assert lines["local"]["next_crawl"] > timezone.now().isoformat()
    assert lines["local"]["is_running"]
    assert lines["local"]["running_since"] == run.started_at.isoformat(timespec="seconds")
    assert lines["local"]["got_so_far"] == 0
    assert lines["department-for-education"]["next"] is None
    assert "local is being crawled: 0 records since" in printed
    assert "local has an unfinished crawl that nobody is at: 0 records" in status()


def test_status_lists_sources_as_declared_and_marks_those_that_no_declaration_names():
    make_source(slug="aaa-dropped")
    printed = status()
    lines = json.loads(status("--json"))

    assert [line["source"] for line in lines][-1] == "aaa-dropped"
    assert [line["is_declared"] for line in lines].count(False) == 1
    assert "not declared" in " ".join(printed.split())


def test_status_of_sources_can_be_read_at_80_columns(monkeypatch, data_dir):
    monkeypatch.setenv("COLUMNS", "80")
    (data_dir / "sources" / "a-source-with-quite-a-long-name.toml").unlink()  # those that ship are shorter
    said("set", "local", NIGHTS)

    drawn = [line for line in status().splitlines() if "│" in line]

    assert max(map(len, drawn)) <= 80
    assert any("joseph-rowntree-foundation" in line and "never crawled" in line for line in drawn)
    assert any("local" in line and NIGHTS in line for line in drawn)
