from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from classifier.folds import FoldPlan
from classifier.manifest import parse_manifest
from classifier.ranker import Recipe
from classifier.training import TrainingPlan, train
from corpus.vocabulary.errors import ArtefactError
from tests.unit.classifier.builders import FACETS, records

PLAN = TrainingPlan(recipe=Recipe(rarest=1), folds=FoldPlan(folds=3, repeats=2), resamples=20)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@cache
def trained(pool=None, *, plan=PLAN, facets=FACETS, made_at=NOON):
    return train(pool or records(), facets=facets, made_at=made_at, data="Made up.", plan=plan)


def test_same_inputs_give_the_same_version_whenever_it_is_made():
    one, two = trained(), trained(made_at=LATER)

    assert one.manifest.version == two.manifest.version
    assert replace(two.manifest, made_at=NOON) == one.manifest


@pytest.mark.parametrize(
    "changes",
    [
        {"pool": records(excluded=27)},
        {"facets": FACETS[:1]},
        {"plan": replace(PLAN, recipe=Recipe(rarest=1, regularisation=1.0))},
        {"plan": replace(PLAN, folds=FoldPlan(folds=3, repeats=2, random_state=7))},
    ],
)
def test_anything_that_decides_the_weights_changes_the_version(changes):
    assert trained(**changes).manifest.version != trained().manifest.version


def test_manifest_names_what_was_learnt_and_scores_all_out_of_fold():
    pool = records()

    manifest = trained(pool).manifest

    assert {t.id: t.label for t in manifest.training} == {r.id: r.label for r in pool if r.label is not None}
    assert set(manifest.out_of_fold) == {"full", "title"}
    assert all(set(scores) == {r.id for r in pool} for scores in manifest.out_of_fold.values())
    assert manifest.evaluation["counts"] == {
        "records": 43,
        "included": 12,
        "excluded": 28,
        "unclear": 3,
        "groups": 32,
    }
    for view in ("full", "title"):
        assert set(manifest.evaluation["views"][view]["systems"]) == {"ranker", "keywords"}


def test_manifest_survives_writing_and_reading():
    manifest = trained().manifest

    assert parse_manifest(manifest.to_json(), name="m") == manifest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[:-9], "m: not JSON"),
        (lambda text: "[]", "m: not a manifest of format 1"),
        (lambda text: text.replace('"format": 1', '"format": 2'), "m: not a manifest of format 1"),
        (lambda text: text.replace('"code_version"', '"cod_version"'), "m: lacks code_version"),
        (lambda text: text.replace('"rarest"', '"rarer"'), "m: a part has the wrong shape"),
        (lambda text: text.replace("2026-11-22T", "yesterday "), "m: a part has the wrong shape"),
        (lambda text: text.replace('"terms"', '"words"'), "m: a part has the wrong shape"),
    ],
)
def test_damaged_manifest_is_refused(change, message):
    with pytest.raises(ArtefactError, match=message):
        parse_manifest(change(trained().manifest.to_json()), name="m")
