"""The manifest of a trained model: what it was made from, and what is known of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from classifier.ranker import Recipe
from corpus.vocabulary.errors import ArtefactError
from corpus.vocabulary.protocols import SearchFacet

FORMAT = 1


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """Identity of a record that was trained on; its text stays where it belongs."""

    id: str
    label: int
    copy_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model version is.

    Attributes
    ----------
    version
        Short hash of everything that decides the weights: data, recipe, search terms, seed, libraries, code.
    made_at
        When it was trained; not part of the version.
    data
        Where the records come from, who labelled them, and what limits follow: a paragraph for the card.
    snapshot_sha256
        Hash of all records given to training, the unclear ones too.
    training
        The records that were learnt from.
    facets
        Terms of the search by concept, which the ranker and the keyword baseline count.
    evaluation
        Counts, folds and figures as :meth:`classifier.evaluation.Evaluation.as_json` gives them.
    out_of_fold
        By view, scores of the given records by rankers that saw no copy of them: what people are shown when
        they look at these very records.
    files
        SHA-256 by file name.
    """

    task: str
    version: str
    made_at: datetime
    data: str
    recipe: Recipe
    random_state: int
    code_version: str
    libraries: Mapping[str, str]
    snapshot_sha256: str
    training: tuple[TrainingRecord, ...]
    facets: tuple[SearchFacet, ...]
    evaluation: Mapping[str, object]
    out_of_fold: Mapping[str, Mapping[str, float]]
    files: Mapping[str, str]

    def to_json(self) -> str:
        """Write as JSON text."""
        plain = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def parse_manifest(text: str, *, name: str) -> Manifest:
    """Read a manifest.

    Raises
    ------
    ArtefactError
        If it is no JSON, of another format, or lacks a part; the text begins with ``name``.
    """
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArtefactError(f"{name}: not JSON ({error}).") from error
    if not isinstance(plain, dict) or plain.pop("format", None) != FORMAT:
        raise ArtefactError(f"{name}: not a manifest of format {FORMAT}.")
    missing = sorted({field.name for field in fields(Manifest)} - set(plain))
    if missing:
        raise ArtefactError(f"{name}: lacks {', '.join(missing)}.")
    try:
        return Manifest(
            **plain
            | {
                "made_at": datetime.fromisoformat(plain["made_at"]),
                "recipe": Recipe(**plain["recipe"]),
                "training": tuple(
                    TrainingRecord(**{**record, "copy_hashes": tuple(record["copy_hashes"])})
                    for record in plain["training"]
                ),
                "facets": tuple(
                    SearchFacet(code=facet["code"], label=facet["label"], terms=tuple(facet["terms"]))
                    for facet in plain["facets"]
                ),
                "files": dict(plain["files"]),
            }
        )
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise ArtefactError(f"{name}: a part has the wrong shape ({error}).") from error
