import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from classifier.folds import FoldPlan
from classifier.ranker import Recipe
from classifier.records import RecordsError
from classifier.registry import save_artefact
from classifier.training import TrainingPlan, train
from corpus.vocabulary.errors import ArtefactError
from greysift.bench.eligibility import bench_eligibility, render_eligibility
from tests.unit.classifier.builders import FACETS, record, records

FOLDS = FoldPlan(folds=3, repeats=2)
WORDS = {1: "yes", 0: "no", None: "unclear"}


def write(path, pool):
    rows = [
        {"id": r.id, "title": r.title, "publisher": r.publisher, "summary": r.summary, "group": r.group,
         "eligible_any_year": WORDS[r.label]}
        for r in pool
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture
def version(tmp_path):
    plan = TrainingPlan(recipe=Recipe(rarest=1), folds=FoldPlan(folds=3, repeats=1), resamples=5)
    made_at = datetime(2026, 11, 22, tzinfo=UTC)
    folder = save_artefact(
        train(records(), facets=FACETS, made_at=made_at, data="Made up.", plan=plan), root=tmp_path / "models"
    )
    return folder.name


def test_result_is_plain_and_the_same_each_time(tmp_path):
    path = write(tmp_path / "set.jsonl", records())

    result = bench_eligibility(path, facets=FACETS, plan=FOLDS, resamples=20)
    again = bench_eligibility(path, facets=FACETS, plan=FOLDS, resamples=20)

    assert json.loads(json.dumps(result)) == result
    assert result["data"]["records"] == 43
    assert result["data"]["included"] == 12
    assert result["data"]["groups"] == 32
    for view in ("full", "title"):
        figures = result["views"][view]["systems"]["ranker"]
        assert set(figures) == {
            "roc_auc",
            "average_precision",
            "wss_95",
            "recall_10",
            "recall_20",
            "recall_50",
        }
        assert figures["roc_auc"]["low"] <= figures["roc_auc"]["value"] <= figures["roc_auc"]["high"]
    assert result["cpu_seconds"].pop("ranker") > result["cpu_seconds"].pop("keywords") >= 0
    assert result | {"cpu_seconds": 0} == again | {"cpu_seconds": 0}


def test_table_shows_figures_of_both_systems_and_views(tmp_path):
    path = write(tmp_path / "set.jsonl", records())
    out = io.StringIO()

    result = bench_eligibility(path, facets=FACETS, plan=FOLDS, resamples=5)
    Console(file=out, width=200).print(render_eligibility(result))

    for part in ("12 included, 28 excluded", "WSS@95", "keywords", "title only", "Processor time"):
        assert part in out.getvalue()


def test_set_too_small_for_the_folds_is_refused(tmp_path):
    path = write(tmp_path / "set.jsonl", records(included=2))

    with pytest.raises(RecordsError, match=r"set\.jsonl: 3 folds need includes"):
        bench_eligibility(path, facets=FACETS, plan=FOLDS)


def test_model_scores_records_that_it_never_saw(tmp_path, version):
    unseen = [record(1000 + i, label=int(i % 3 == 0)) for i in range(30)]
    path = write(tmp_path / "set.jsonl", unseen)

    result = bench_eligibility(
        path, facets=FACETS, resamples=5, model_version=version, roots=[tmp_path / "models"]
    )

    assert version in result["method"]
    assert result["views"]["full"]["systems"]["ranker"]["roc_auc"]["value"] > 0.9


@pytest.mark.parametrize(
    "seen",
    [
        replace(record(900, label=1), id="r003"),
        replace(record(3, label=1), id="other", title=record(3, label=1).title.upper()),
    ],
    ids=["same id", "same title and summary"],
)
def test_model_is_not_measured_on_what_it_learnt(tmp_path, version, seen):
    unseen = [record(1000 + i, label=int(i % 3 == 0)) for i in range(30)]
    path = write(tmp_path / "set.jsonl", [*unseen, seen])

    with pytest.raises(ArtefactError, match=f"learnt from 1 of these 31 records .{seen.id}."):
        bench_eligibility(path, facets=FACETS, model_version=version, roots=[tmp_path / "models"])
