import json
import sys
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from greysift.bench.ranking.curves import draw_curves
from greysift.bench.ranking.datasets import read_screening_sets, start_of
from greysift.bench.ranking.peer import PeerError, asreview_replay
from greysift.bench.ranking.run import RankingPlan, bench_ranking
from greysift.cli.app import app

TOPICS = ("mentoring for care leavers", "road works", "adoption figures", "housing pilots", "school meals")
FIGURES = {"loss", "ndcg", "wss95", "wss100", "rrf10", "atd", "cpu_s"}


@pytest.fixture
def folder(tmp_path):
    for name, n in (("small", 20), ("large", 40)):
        lines = [f"{i},{TOPICS[i % 5]} {i % 7},about {TOPICS[i % 5]},{int(i % 5 == 0)}" for i in range(n)]
        heading = "record_id,title,abstract,label_included"
        (tmp_path / f"{name}.csv").write_text("\n".join([heading, *lines]) + "\n")
    return tmp_path


def stand_in(tmp_path, body):
    """An interpreter that is a program of our own."""
    path = tmp_path / "python"
    path.write_text(f"#!{sys.executable}\nimport json, sys\n{body}\n")
    path.chmod(0o755)
    return path


def test_one_row_for_each_set_ranker_and_seed(folder):
    result = bench_ranking(folder, plan=RankingPlan(seeds=3))

    rows = result["rows"]
    assert [(row["dataset"], row["n"], row["p"]) for row in rows[::3]] == [
        (name, n, n // 5) for name, n in (("small", 20), ("large", 40)) for _ in result["means"]
    ]
    assert [row["seed"] for row in rows[:6]] == [0, 1, 2, 0, 1, 2]
    assert all(set(row) == {"dataset", "ranker", "seed", "n", "p"} | FIGURES for row in rows)
    assert result["means"]["elas-u4"]["loss"] < 0.05 < result["means"]["chance"]["loss"]


def test_same_figures_again_but_for_the_time(folder):
    first, second = (bench_ranking(folder, plan=RankingPlan(seeds=2)) for _ in range(2))

    for row in [*first["rows"], *second["rows"]]:
        del row["cpu_s"]
    assert first["rows"] == second["rows"]
    assert first["curves"] == second["curves"]


def test_curves_rise_from_nothing_to_all(folder):
    curves = bench_ranking(folder, plan=RankingPlan(seeds=1, only=("elas-u4",)))["curves"]

    for lines in curves.values():
        (recalls,) = lines.values()
        assert (recalls[0], recalls[-1], len(recalls)) == (0, 1, 101)
        assert recalls == sorted(recalls)


def test_drawing_has_a_panel_for_each_set_and_a_line_for_each_ranker(folder):
    curves = bench_ranking(folder, plan=RankingPlan(seeds=1))["curves"]

    drawing = ET.fromstring(draw_curves(curves | {"a <b> & c": curves["small"]}))  # noqa: S314 - our own

    space = "{http://www.w3.org/2000/svg}"
    panels = drawing.findall(f"{space}g")
    assert [panel.find(f"{space}text").text for panel in panels] == ["small", "large", "a <b> & c"]
    assert [len(panel.findall(f"{space}polyline")) for panel in panels] == [len(curves["small"])] * 3


def test_peer_gets_the_pool_and_its_order_is_measured(folder, tmp_path):
    interpreter = stand_in(
        tmp_path,
        "task = json.load(sys.stdin)\n"
        "left = [i for i in range(len(task['labels'])) if i not in task['known']]\n"
        "left.sort(key=lambda i: -task['labels'][i])\n"
        "print(json.dumps({'read': left[:sum(task['labels']) - 1], 'cpu_s': 2.5, 'version': '3'}))",
    )

    result = bench_ranking(folder, plan=RankingPlan(seeds=2, asreview=interpreter, only=("chance",)))

    peer = [row for row in result["rows"] if row["ranker"] == "asreview"]
    assert [row["loss"] for row in peer] == [0] * 4
    assert [row["wss100"] for row in peer] == [15 / 18, 15 / 18, 31 / 38, 31 / 38]
    assert [row["cpu_s"] for row in peer] == [2.5] * 4
    assert result["means"]["asreview"]["cpu_total_s"] == 10


def test_environment_without_the_peer_is_told_what_to_do(folder, tmp_path):
    start = start_of(read_screening_sets(folder)[0], seed=0)

    with pytest.raises(PeerError, match=r"No module named 'asreview'.*make asreview"):
        asreview_replay(stand_in(tmp_path, "sys.exit(\"No module named 'asreview'\")"))(start)
    with pytest.raises(PeerError, match="cannot be run: No such file"):
        asreview_replay(tmp_path / "nothing")(start)


def test_command_writes_rows_and_drawing(folder, tmp_path):
    out, drawing = tmp_path / "out.json", tmp_path / "curves.svg"
    command = ["bench", "ranking", str(folder), "--seeds", "1", "--json", str(out), "--curves", str(drawing)]

    done = CliRunner().invoke(app, command)

    assert done.exit_code == 0
    assert "WSS@95" in done.output
    assert len(json.loads(out.read_text())["rows"]) == 2 * len(json.loads(out.read_text())["means"])
    assert drawing.read_text().startswith("<svg")


def test_command_refuses_what_it_does_not_know(folder):
    done = CliRunner().invoke(app, ["bench", "ranking", str(folder), "--ranker", "best"])

    assert done.exit_code == 2
    assert "there are" in done.output
