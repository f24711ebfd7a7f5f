import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime

import pytest
import skops.io
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from classifier import registry
from classifier.folds import FoldPlan
from classifier.ranker import Recipe
from classifier.registry import list_versions, load_artefact, read_parts, save_artefact
from classifier.text import RecordText
from classifier.training import TrainingPlan, train
from corpus.vocabulary.errors import ArtefactError
from tests.unit.classifier.builders import FACETS, records

PLAN = TrainingPlan(recipe=Recipe(rarest=1), folds=FoldPlan(folds=3, repeats=1), resamples=5)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def artefact():
    return train(records(), facets=FACETS, made_at=NOON, data="Made up.", plan=PLAN)


@pytest.fixture
def saved(artefact, tmp_path):
    return save_artefact(artefact, root=tmp_path)


def load(folder):
    return load_artefact(folder.name, task="eligibility", roots=[folder.parents[1]])


def test_saved_ranker_scores_as_before(artefact, saved):
    loaded = load(saved)

    assert (loaded.ranker.scores(records()) == artefact.ranker.scores(records())).all()
    assert loaded.manifest.out_of_fold == artefact.manifest.out_of_fold
    assert sorted(path.name for path in saved.parent.rglob("*")) == sorted(
        [saved.name, "card.md", "manifest.json", "model.skops"]
    )


def test_record_that_training_was_given_is_scored_out_of_fold(saved):
    loaded = load(saved)
    taught, unclear = records()[0], records()[-1]
    again = RecordText(taught.title.upper(), summary=taught.summary)
    new = RecordText("Mentoring for care leavers")

    scores, out_of_fold = loaded.honest_scores(
        [(taught.id, taught), ("other", again), (unclear.id, unclear), ("new", new)]
    )

    kept = loaded.manifest.out_of_fold["full"]
    assert scores[:3].tolist() == [kept[taught.id], kept[taught.id], kept[unclear.id]]
    assert scores[3] == loaded.ranker.scores([new])[0]
    assert out_of_fold.tolist() == [True, True, True, False]


def test_card_tells_figures_data_and_limits(saved):
    card = (saved / "card.md").read_text()

    for part in (
        "12 included and 28 excluded",
        "Made up.",
        "ROC-AUC",
        "WSS@95",
        "**Limits**",
        "To reproduce",
    ):
        assert part in card


def test_saving_again_changes_nothing(artefact, saved):
    before = {path.name: path.stat().st_mtime_ns for path in saved.iterdir()}

    assert save_artefact(artefact, root=saved.parents[1]) == saved
    assert {path.name: path.stat().st_mtime_ns for path in saved.iterdir()} == before


def test_saving_over_a_damaged_version_is_refused(artefact, saved):
    (saved / "model.skops").write_bytes(b"other")

    with pytest.raises(ArtefactError, match="was changed since its manifest"):
        save_artefact(artefact, root=saved.parents[1])


def test_failed_save_leaves_nothing_behind(artefact, tmp_path, monkeypatch):
    def full_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(registry.os, "fsync", full_disk)

    with pytest.raises(OSError, match="No space"):
        save_artefact(artefact, root=tmp_path)

    assert not list((tmp_path / "eligibility").iterdir())


def test_version_saved_by_another_process_meanwhile_is_kept(artefact, tmp_path, monkeypatch):
    real = os.fsync
    target = tmp_path / "eligibility" / artefact.manifest.version

    def other_process_wins(descriptor):
        monkeypatch.setattr(registry.os, "fsync", real)
        save_artefact(artefact, root=tmp_path)

    monkeypatch.setattr(registry.os, "fsync", other_process_wins)

    assert save_artefact(artefact, root=tmp_path) == target
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert load(target).manifest.version == target.name


@pytest.mark.parametrize("name", ["model.skops", "manifest.json"])
def test_missing_file_is_refused(saved, name):
    (saved / name).unlink()

    with pytest.raises(ArtefactError, match=f"{name}: cannot be read"):
        load(saved)


def test_version_under_another_name_is_refused(saved):
    renamed = saved.rename(saved.with_name("f" * 12))

    with pytest.raises(ArtefactError, match="not of this folder"):
        load(renamed)


def test_unknown_version_and_wrong_names_are_refused(tmp_path):
    for version, message in (("abc", "There is no model"), ("../abc", "is no name"), ("", "is no name")):
        with pytest.raises(ArtefactError, match=message):
            load_artefact(version, task="eligibility", roots=[tmp_path])


def test_changed_weights_are_refused(saved):
    path = saved / "model.skops"
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(ArtefactError, match="was changed"):
        load(saved)


class Unknown:
    """A type nobody has vouched for."""


def forged(saved, parts):
    model = skops.io.dumps(parts)
    manifest = saved / "manifest.json"
    old = hashlib.sha256((saved / "model.skops").read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text().replace(old, hashlib.sha256(model).hexdigest()))
    (saved / "model.skops").write_bytes(model)
    return saved


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"vectoriser": Unknown(), "weights": LogisticRegression()}, "not trusted: .*Unknown"),
        ({"vectoriser": os.system, "weights": LogisticRegression()}, "not trusted: .*system"),
        ({"vectoriser": CountVectorizer(), "weights": LogisticRegression()}, "something else"),
        (LogisticRegression(), "something else"),
    ],
    ids=["own type", "function", "other vectoriser", "no parts"],
)
def test_other_types_are_refused_though_the_hash_is_right(saved, parts, message):
    with pytest.raises(ArtefactError, match=message):
        load(forged(saved, parts))


def test_bytes_that_are_no_model_are_refused():
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("other", "x")

    for model in (b"", b"no zip", empty.getvalue()):
        with pytest.raises(ArtefactError, match="m: is no model file"):
            read_parts(model, name="m")


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(registry, "_MOST_BYTES", 1000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", "0" * 1001)

    with pytest.raises(ArtefactError, match="unpacks to 1001 bytes"):
        read_parts(bomb.getvalue(), name="m")


def test_versions_are_listed_over_roots_with_the_damaged_named(artefact, saved, tmp_path):
    second = train(
        records(excluded=20), facets=FACETS, made_at=NOON.replace(day=21), data="Made up.", plan=PLAN
    )
    workspace = tmp_path / "workspace"
    save_artefact(second, root=workspace)
    save_artefact(artefact, root=workspace)
    (workspace / "eligibility" / "broken").mkdir()
    (workspace / "eligibility" / "training-set.jsonl").touch()

    listed = list_versions([tmp_path, workspace, tmp_path / "absent"], task="eligibility")

    assert [(v.version, v.folder.is_relative_to(workspace)) for v in listed] == [
        (second.manifest.version, True),
        (artefact.manifest.version, False),
        ("broken", True),
    ]
    assert "cannot be read" in listed[-1].problem
