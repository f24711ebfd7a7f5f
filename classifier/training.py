"""Training: labelled records in, a model version with its evidence out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version as library_version

from classifier.evaluation import RESAMPLES, evaluate_recipe
from classifier.folds import FoldPlan
from classifier.manifest import Manifest, TrainingRecord
from classifier.ranker import EligibilityRanker, Recipe, code_version, fit_ranker
from classifier.records import LabelledRecord, snapshot_hash
from corpus.vocabulary.protocols import SearchFacet

ELIGIBILITY = "eligibility"


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train and to measure.

    Attributes
    ----------
    folds
        Cross-validation by which the manifest's figures are taken; its seed is also the ranker's.
    resamples
        Bootstrap samples for the intervals.
    """

    recipe: Recipe = field(default_factory=Recipe)
    folds: FoldPlan = field(default_factory=FoldPlan)
    resamples: int = RESAMPLES


@dataclass(frozen=True, slots=True)
class TrainedArtefact:
    """A trained ranker with its manifest, not yet saved: ``manifest.files`` is empty."""

    manifest: Manifest
    ranker: EligibilityRanker


def train(
    records: Sequence[LabelledRecord],
    *,
    facets: Sequence[SearchFacet],
    made_at: datetime,
    data: str,
    plan: TrainingPlan | None = None,
    task: str = ELIGIBILITY,
) -> TrainedArtefact:
    """Cross-validate the recipe on ``records``, then train on all that are labelled.

    The same records, search terms, plan, libraries and code give the same version.

    Parameters
    ----------
    data
        Where the records come from, who labelled them, and what limits follow: a paragraph for the card.

    Raises
    ------
    ValueError
        If there are fewer groups of includes or of excludes than folds.
    """
    plan = plan or TrainingPlan()
    evaluation = evaluate_recipe(
        records, recipe=plan.recipe, facets=facets, plan=plan.folds, resamples=plan.resamples
    )
    ranker = fit_ranker(records, recipe=plan.recipe, facets=facets, random_state=plan.folds.random_state)
    snapshot = snapshot_hash(records)
    code = code_version()
    manifest = Manifest(
        task=task,
        version=version_id(
            snapshot=snapshot,
            recipe=plan.recipe,
            facets=facets,
            random_state=plan.folds.random_state,
            code=code,
        ),
        made_at=made_at,
        data=data,
        recipe=plan.recipe,
        random_state=plan.folds.random_state,
        code_version=code,
        libraries=libraries(),
        snapshot_sha256=snapshot,
        training=tuple(
            TrainingRecord(id=r.id, label=r.label, copy_hashes=tuple(sorted(r.copy_hashes)))
            for r in sorted(records, key=lambda record: record.id)
            if r.label is not None
        ),
        facets=tuple(facets),
        evaluation=evaluation.as_json(),
        out_of_fold={view.name.lower(): scores for view, scores in evaluation.out_of_fold.items()},
        files={},
    )
    return TrainedArtefact(manifest=manifest, ranker=ranker)


def version_id(
    *, snapshot: str, recipe: Recipe, facets: Sequence[SearchFacet], random_state: int, code: str
) -> str:
    """Short hash of all that decides the weights."""
    terms = [[facet.code, *facet.terms] for facet in facets]
    parts = [snapshot, recipe.described(), terms, random_state, libraries(), code]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def libraries() -> Mapping[str, str]:
    """Versions of the libraries that do the arithmetic."""
    return {name: library_version(name) for name in ("numpy", "scikit-learn", "scipy")}
