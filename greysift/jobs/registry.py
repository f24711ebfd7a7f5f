"""The models of this installation: those that ship and those made here."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from classifier.registry import LoadedRanker, list_versions, load_artefact
from classifier.training import ELIGIBILITY
from corpus.selectors.registry import serving_model
from corpus.services.registry import promote_model, register_model
from corpus.vocabulary.errors import ArtefactError

if TYPE_CHECKING:
    from corpus.models import TrainedModel


def workspace_models() -> Path:
    """Return where models made here lie."""
    return Path(settings.DATA_DIR) / "models"


def model_roots() -> tuple[Path, ...]:
    """Return where models are looked for."""
    return (Path(settings.MODELS_DIR), workspace_models())


def register_found_models(*, at: datetime) -> None:
    """Register every artefact on disk, and let the newest shipped one serve where none serves yet."""
    for found in list_versions(model_roots()):
        if found.manifest is None:
            raise ArtefactError(found.problem or f"model {found.folder} cannot be read")
        is_shipped = found.folder.is_relative_to(settings.MODELS_DIR)
        register_model(
            found.task,
            found.version,
            training_sha256=found.manifest.snapshot_sha256,
            metrics={"own": found.manifest.evaluation},
            location="shipped" if is_shipped else "workspace",
            made_at=found.manifest.made_at,
            at=at,
        )
    shipped = [v for v in list_versions((Path(settings.MODELS_DIR),), task=ELIGIBILITY) if v.manifest]
    if shipped and serving_model(ELIGIBILITY) is None:
        promote_model(ELIGIBILITY, shipped[-1].version, by=None, at=at, why="the model that ships")


def serving_ranker() -> "tuple[TrainedModel, LoadedRanker]":
    """Return the eligibility model that serves, loaded.

    Raises
    ------
    ArtefactError
        When none serves, or its artefact is missing or damaged.
    """
    model = serving_model(ELIGIBILITY)
    if model is None:
        raise ArtefactError("no eligibility model serves; `greysift models list` shows which there are")
    return model, load_artefact(model.version, task=ELIGIBILITY, roots=model_roots())
