"""The how-to on schedules says what works: its units are sound, its command lines run."""

import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from corpus.cron import parse_cron
from tests.integration.greysift.commands import environment, greysift
from tests.shared_material import REPOSITORY

TEXT = (REPOSITORY / "docs" / "how-tos" / "schedule-crawls.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"```ini (\S+)\n(.*?)```", TEXT, re.DOTALL))
PROGRAM, FOLDER = "/srv/greysift/.venv/bin/greysift", "/srv/greysift/my-review"
INSTALLED = Path(sys.executable).parent / "greysift"


def commands(kind: str) -> list[str]:
    return [
        line for block in re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
    ]


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(UNITS[name])
    return parser


@pytest.fixture
def workspace(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    return tmp_path


def test_units_are_there_and_let_the_scheduler_stop_its_crawls():
    assert sorted(UNITS) == ["greysift-due.service", "greysift-due.timer", "greysift-schedule.service"]
    for name in ("greysift-due.service", "greysift-schedule.service"):
        service = unit(name)["Service"]
        assert service["KillMode"] == "mixed"
        assert int(service["TimeoutStopSec"]) > 60
        assert service["WorkingDirectory"] == FOLDER


def test_systemd_finds_no_fault_in_the_units(tmp_path):
    for name, text in UNITS.items():
        local = text.replace(PROGRAM, str(INSTALLED)).replace("User=greysift", "User=root")
        (tmp_path / name).write_text(local, encoding="utf-8")
    verifier = shutil.which("systemd-analyze")
    if verifier is None:  # where systemd is not, the parser above has read the units
        assert {unit(name).sections()[0] for name in UNITS} == {"Unit"}
        return

    said = subprocess.run(
        [verifier, "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in said.stderr.splitlines() if "greysift" in line] == []


def test_command_lines_of_the_text_run(workspace):
    lines = commands("sh")

    assert len(lines) >= 5
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "greysift"
        greysift(workspace, *arguments)


def test_command_lines_of_units_and_crontab_serve_what_is_due(workspace):
    (line,) = commands("crontab")
    *times, command = line.split(None, 5)
    assert parse_cron(" ".join(times)).in_words() == "Every 10th minute of every hour"
    done = unit("greysift-due.service")["Service"]["ExecStart"]
    kept = unit("greysift-schedule.service")["Service"]["ExecStart"]
    assert [shlex.split(done)[0], shlex.split(kept)[0]] == [PROGRAM, PROGRAM]

    greysift(workspace, *shlex.split(done)[1:])
    greysift(workspace, *shlex.split(kept)[1:], "--once")
    local = command.replace(FOLDER, str(workspace)).replace(PROGRAM, str(INSTALLED))
    subprocess.run(["sh", "-c", local], env=environment(workspace), check=True)

    assert "scheduler ended" in (workspace / "schedule.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("expression", re.findall(r"^\| `([^`]+)` \|", TEXT, re.MULTILINE))
def test_expressions_of_the_table_are_read(expression):
    assert parse_cron(expression).text == expression
