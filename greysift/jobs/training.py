"""A new model version from what people decided, measured beside the one that serves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from classifier.evaluation import evaluate_recipe
from classifier.records import LabelledRecord, read_labelled_records
from classifier.registry import LoadedRanker, save_artefact
from classifier.training import ELIGIBILITY, TrainingPlan, train
from corpus.selectors.labels import label_log
from corpus.selectors.records import pool
from corpus.selectors.reviews import all_reviews, protocol_of
from corpus.services.registry import register_model
from corpus.vocabulary.decisions import Stage
from corpus.vocabulary.errors import ArtefactError, PolicyError
from greysift.jobs.registry import serving_ranker, workspace_models
from greysift.jobs.scoring import as_labelled

if TYPE_CHECKING:
    from corpus.models import Review, TrainedModel

FEWEST_DECISIONS = 1


@dataclass(frozen=True, slots=True)
class TrainingOutcome:
    """A new version and what it was made from."""

    model: "TrainedModel"
    champion: str
    decisions: int
    records: int


def shipped_records() -> tuple[LabelledRecord, ...]:
    """Return the labelled records that ship."""
    return read_labelled_records(Path(settings.MODELS_DIR) / ELIGIBILITY / "training-set.jsonl")


def decided_records(review: "Review", *, stage: Stage) -> list[LabelledRecord]:
    """Return the candidates whose outcome is settled, labelled by it.

    Single votes of a blind screening are left out: a model trained on them would carry one reviewer's
    unsettled vote into another's queue.
    """
    records = {r.candidate_id: r for r in pool(review)}
    log = label_log(review, stage=stage, protocol=protocol_of(review), reviewer=None)
    return [
        as_labelled(records[candidate_id], label=label) for candidate_id, label in log if label is not None
    ]


def train_from_decisions(
    review: "Review", *, at: datetime, plan: TrainingPlan | None = None
) -> TrainingOutcome:
    """Train on the shipped records and the review's settled decisions; a decision overrules a shipped label.

    The version that serves is measured on the same folds of the same records, from its own training set.

    Raises
    ------
    PolicyError
        When no decision is settled yet, or none says anything new.
    ArtefactError
        When no model serves.
    """
    decided = decided_records(review, stage=Stage.TITLE_ABSTRACT)
    if len(decided) < FEWEST_DECISIONS:
        raise PolicyError(
            "no decision of this review is settled yet, so there is nothing new to learn; "
            "the protocol asks for as many agreeing votes as there are reviewers per record"
        )
    records = merge(shipped_records(), decided)
    champion_model, champion = serving_ranker()
    plan = plan or TrainingPlan()
    facets = protocol_of(review).facets
    data = (
        f"The {len(shipped_records())} records that ship (one labeller) and {len(decided)} settled decisions of "
        f"review {review.slug}; where both speak of a record, the decision counts."
    )
    artefact = train(records, facets=facets, made_at=at, data=data, plan=plan)
    if artefact.manifest.version == champion_model.version:
        raise PolicyError(
            f"the decisions say nothing that model {champion_model.version} has not learnt already"
        )
    beside = evaluate_recipe(
        records,
        recipe=champion.manifest.recipe,
        facets=facets,
        plan=plan.folds,
        resamples=plan.resamples,
        training=training_set_of(champion, known=[*everything_here(), *records]),
    )
    save_artefact(artefact, root=workspace_models())
    model = register_model(
        ELIGIBILITY,
        artefact.manifest.version,
        training_sha256=artefact.manifest.snapshot_sha256,
        metrics={
            "own": artefact.manifest.evaluation,
            "champion": {"version": champion_model.version, "evaluation": beside.as_json()},
        },
        location="workspace",
        made_at=at,
        at=at,
    )
    return TrainingOutcome(
        model=model, champion=champion_model.version, decisions=len(decided), records=len(records)
    )


def merge(shipped: Sequence[LabelledRecord], decided: Sequence[LabelledRecord]) -> list[LabelledRecord]:
    """Return all records once; a decided one takes the place of a shipped one, and the group of its copies."""
    by_id = {record.id: record for record in shipped}
    groups = {copy: record.group for record in shipped for copy in record.copy_hashes}
    for record in decided:
        known = by_id.get(record.id)
        group = (
            known.group
            if known
            else next((groups[c] for c in sorted(record.copy_hashes) if c in groups), record.group)
        )
        by_id[record.id] = replace(record, group=group)
        groups |= dict.fromkeys(record.copy_hashes - groups.keys(), group)
    return list(by_id.values())


def everything_here() -> list[LabelledRecord]:
    """Return the shipped records and every candidate of every review, whatever was decided of it."""
    candidates = (record for review in all_reviews() for record in pool(review))
    return [*shipped_records(), *(as_labelled(record, label=None) for record in candidates)]


def training_set_of(champion: LoadedRanker, *, known: Sequence[LabelledRecord]) -> list[LabelledRecord]:
    """Return what a version learnt from, with the labels that it was given.

    Raises
    ------
    ArtefactError
        When a record that it learnt from is not at hand any more.
    """
    by_id = {record.id: record for record in known}
    missing = [t.id for t in champion.manifest.training if t.id not in by_id]
    if missing:
        raise ArtefactError(
            f"model {champion.manifest.version} learnt from {len(missing)} records that are not here "
            f"(the first: {missing[0]}), so it cannot be measured beside a new one"
        )
    return [replace(by_id[t.id], label=t.label) for t in champion.manifest.training]
