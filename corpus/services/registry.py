"""Which models there are, and which one serves."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from corpus.models import ModelPromotion, Person, TrainedModel
from corpus.services.audit import record_event
from corpus.vocabulary.errors import ArtefactError


@transaction.atomic
def register_model(
    task: str,
    version: str,
    *,
    training_sha256: str,
    metrics: Mapping[str, object],
    location: str,
    made_at: datetime,
    at: datetime,
) -> TrainedModel:
    """Store that an artefact exists; a version that is known stays as it is.

    Only what is missing of its metrics is added: a training that was killed half way left an artefact without the
    comparison with the version that served.
    """
    model, is_new = TrainedModel.objects.get_or_create(
        task=task,
        version=version,
        defaults={
            "training_sha256": training_sha256,
            "metrics": dict(metrics),
            "location": location,
            "made_at": made_at,
            "registered_at": at,
        },
    )
    added = [name for name in metrics if name not in model.metrics]
    if added:
        model.metrics = {**dict(metrics), **model.metrics}
        model.save(update_fields=["metrics"])
        record_event("model_metrics_added", model, by=None, at=at, version=version, metrics=added)
    if is_new:
        record_event("model_registered", model, by=None, at=at, version=version)
    return model


@transaction.atomic
def promote_model(task: str, version: str, *, by: Person | None, at: datetime, why: str) -> TrainedModel:
    """Let this version serve from now on; when it serves already nothing is written.

    Raises
    ------
    ArtefactError
        When no such version is registered.
    """
    model = TrainedModel.objects.filter(task=task, version=version).first()
    if model is None:
        raise ArtefactError(
            f"no {task} model {version!r} is registered; `greysift models list` shows which are"
        )
    stack = _stack(task)
    if stack and stack[-1] == model:
        return model
    return _switch(model, action="promote", by=by, at=at, why=why)


@transaction.atomic
def roll_back_model(task: str, *, by: Person | None, at: datetime, why: str) -> TrainedModel:
    """Let the version serve that served before the present one.

    Walks the log as a stack: a promotion pushes, a rollback pops, so two rollbacks go back two steps.

    Raises
    ------
    ArtefactError
        When nothing served before.
    """
    stack = _stack(task)
    if len(stack) < 2:
        raise ArtefactError(f"there is no earlier {task} model to go back to")
    return _switch(stack[-2], action="rollback", by=by, at=at, why=why)


def _stack(task: str) -> list[TrainedModel]:
    """Return the versions that a rollback would go back through, the serving one last; holds the task's lock."""
    list(TrainedModel.objects.select_for_update().filter(task=task).order_by("pk"))
    stack: list[TrainedModel] = []
    for row in ModelPromotion.objects.filter(task=task).select_related("model").order_by("pk"):
        if row.action == "promote":
            stack.append(row.model)
        else:
            stack.pop()
    return stack


def _switch(model: TrainedModel, *, action: str, by: Person | None, at: datetime, why: str) -> TrainedModel:
    ModelPromotion.objects.create(task=model.task, model=model, action=action, by=by, at=at, why=why)
    record_event(f"model_{action}", model, by=by, at=at, version=model.version, why=why)
    return model
