"""Models: which there are, which serves, what it said."""

from dataclasses import dataclass

from corpus.models import Candidate, ModelPromotion, Prediction, Review, TrainedModel


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A model's newest score of a candidate, and whether it was given without sight of its label."""

    score: float
    basis: str


def serving_model(task: str) -> TrainedModel | None:
    """Return the version that serves now."""
    newest = ModelPromotion.objects.filter(task=task).select_related("model").order_by("-pk").first()
    return newest.model if newest else None


def registered_models(task: str | None = None) -> list[TrainedModel]:
    """Return all versions, oldest first."""
    models = TrainedModel.objects.order_by("task", "made_at", "pk")
    return list(models.filter(task=task) if task else models)


def scores_of(review: Review, model: TrainedModel) -> dict[int, StoredScore]:
    """Return a model's newest score of each candidate of a review that it has scored."""
    rows = Prediction.objects.filter(candidate__review=review, model=model).order_by("pk")
    return {
        candidate_id: StoredScore(score=score, basis=basis)
        for candidate_id, score, basis in rows.values_list("candidate_id", "score", "basis")
    }


def unscored(review: Review, model: TrainedModel) -> int:
    """Return how many candidates of a review the model has not scored."""
    return Candidate.objects.filter(review=review).exclude(predictions__model=model).count()
