"""Model versions on disk: saved whole or not at all, loaded only when every byte is what the manifest says."""

import hashlib
import io
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import skops.io
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from classifier.card import model_card
from classifier.manifest import Manifest, parse_manifest
from classifier.metrics import FloatArray
from classifier.ranker import EligibilityRanker
from classifier.records import copy_hashes
from classifier.text import Describable, View
from classifier.training import TrainedArtefact
from corpus.vocabulary.errors import ArtefactError

# Types beyond those that skops itself trusts. A ranker of tf-idf and logistic regression needs none; a type is
# added here by someone who has read its code, never because a file asks for it.
TRUSTED_TYPES: tuple[str, ...] = ()

MODEL, MANIFEST, CARD = "model.skops", "manifest.json", "card.md"
_MOST_BYTES = 256 * 1024**2  # unpacked; a shipped ranker has less than one million
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class LoadedRanker:
    """A model version ready to score."""

    manifest: Manifest
    ranker: EligibilityRanker

    def honest_scores(
        self, records: Sequence[tuple[str, Describable]]
    ) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Score records for people to see: those that training was given, out of fold.

        The model itself would rank what it learnt from too well. A record is known again by its id, or as a
        copy (:func:`classifier.records.copy_hashes`).

        Parameters
        ----------
        records
            Pairs of id and record.

        Returns
        -------
        tuple of arrays
            Scores, and which of them are out of fold; each of shape (records,).
        """
        kept = self.manifest.out_of_fold[View.FULL.name.lower()]
        learnt = {copy: record.id for record in self.manifest.training for copy in record.copy_hashes}
        known = [
            record_id
            if record_id in kept
            else next((learnt[c] for c in sorted(_copies(record)) if c in learnt), None)
            for record_id, record in records
        ]
        scores = self.ranker.scores([record for _, record in records])
        for index, record_id in enumerate(known):
            if record_id is not None:
                scores[index] = kept[record_id]
        return scores, np.asarray([record_id is not None for record_id in known], dtype=np.bool_)


def _copies(record: Describable) -> frozenset[str]:
    return copy_hashes(record.title, summary=record.summary)


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version found on disk; ``problem`` says why its manifest cannot be read, if so."""

    task: str
    version: str
    folder: Path
    manifest: Manifest | None
    problem: str | None


def save_artefact(artefact: TrainedArtefact, *, root: Path) -> Path:
    """Save a model version as ``root/task/version/``.

    All files are written and flushed in a temporary folder beside it, which is then renamed: a reader, or a
    crash, sees the whole version or none. A version that is there already is checked and left as it is.

    Returns
    -------
    Path
        The version's folder.

    Raises
    ------
    ArtefactError
        If the version is there already, and damaged.
    """
    manifest = artefact.manifest
    target = _folder(root, task=manifest.task, version=manifest.version)
    if target.exists():
        _load(target)
        return target
    parts = {"vectoriser": artefact.ranker.vectoriser, "weights": artefact.ranker.weights}
    model = skops.io.dumps(parts, compression=zipfile.ZIP_DEFLATED)
    signed = replace(manifest, files={MODEL: hashlib.sha256(model).hexdigest()})
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{manifest.version}-", dir=target.parent))
    try:
        draft.chmod(0o755)
        _write(draft / MODEL, model)
        _write(draft / MANIFEST, signed.to_json().encode())
        _write(draft / CARD, model_card(signed).encode())
        _flush_folder(draft)
        draft.rename(target)
        _flush_folder(target.parent)
    except OSError:
        if not target.exists():
            raise
        _load(target)  # another process saved the same version first
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def load_artefact(version: str, *, task: str, roots: Sequence[Path]) -> LoadedRanker:
    """Load a version from the first root that holds it.

    Raises
    ------
    ArtefactError
        If no root holds it, its bytes are not those of the manifest, or it holds a type that is not trusted.
    """
    for root in roots:
        folder = _folder(root, task=task, version=version)
        if folder.is_dir():
            return _load(folder)
    raise ArtefactError(f"There is no model {task} {version} in {', '.join(map(str, roots)) or 'no folder'}.")


def list_versions(roots: Sequence[Path], *, task: str | None = None) -> tuple[ListedVersion, ...]:
    """List the versions under several roots, oldest first, damaged ones (with their problem) last.

    A version that several roots hold is listed once, from the first. Weights are not read.
    """
    found: dict[tuple[str, str], ListedVersion] = {}
    for root in roots:
        for folder in sorted(root.glob(f"{task or '*'}/*/")):
            if _NAME.fullmatch(folder.name) and (folder.parent.name, folder.name) not in found:
                found[folder.parent.name, folder.name] = _listed(folder)
    return tuple(
        sorted(
            found.values(),
            key=lambda v: (
                v.manifest is None,
                v.manifest.made_at.isoformat() if v.manifest else "",
                v.version,
            ),
        )
    )


def _listed(folder: Path) -> ListedVersion:
    task, version = folder.parent.name, folder.name
    try:
        return ListedVersion(task, version, folder, manifest=_manifest(folder), problem=None)
    except ArtefactError as error:
        return ListedVersion(task, version, folder, manifest=None, problem=str(error))


def _folder(root: Path, *, task: str, version: str) -> Path:
    for name in (task, version):
        if not _NAME.fullmatch(name):
            raise ArtefactError(f"{name!r} is no name of a task or model version.")
    return root / task / version


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    manifest = parse_manifest(_read(path).decode("utf-8", errors="replace"), name=str(path))
    if (manifest.task, manifest.version) != (folder.parent.name, folder.name):
        raise ArtefactError(f"{path}: is of {manifest.task} {manifest.version}, not of this folder.")
    return manifest


def _load(folder: Path) -> LoadedRanker:
    manifest = _manifest(folder)
    path = folder / MODEL
    model = _read(path)
    if hashlib.sha256(model).hexdigest() != manifest.files.get(MODEL):
        raise ArtefactError(f"{path}: was changed since its manifest was written. Train or fetch it anew.")
    vectoriser, weights = read_parts(model, name=str(path))
    ranker = EligibilityRanker(
        recipe=manifest.recipe, facets=manifest.facets, vectoriser=vectoriser, weights=weights
    )
    return LoadedRanker(manifest=manifest, ranker=ranker)


def read_parts(model: bytes, *, name: str) -> tuple[TfidfVectorizer, LogisticRegression]:
    """Read a ranker's parts from bytes through skops, with the fixed list of trusted types.

    Raises
    ------
    ArtefactError
        If the bytes are no skops file, unpack to too much, or hold another type; begins with ``name``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(model)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _MOST_BYTES:
            raise ArtefactError(f"{name}: unpacks to {unpacked} bytes, more than any ranker needs.")
        untrusted = sorted(set(skops.io.get_untrusted_types(data=model)) - set(TRUSTED_TYPES))
        if untrusted:
            raise ArtefactError(f"{name}: holds types that are not trusted: {', '.join(untrusted)}.")
        parts = skops.io.loads(model, trusted=list(TRUSTED_TYPES))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, ImportError) as error:
        raise ArtefactError(f"{name}: is no model file that can be read ({error}).") from error
    if not isinstance(parts, dict) or set(parts) != {"vectoriser", "weights"}:
        raise ArtefactError(f"{name}: holds something else than a ranker.")
    vectoriser, weights = parts["vectoriser"], parts["weights"]
    if not isinstance(vectoriser, TfidfVectorizer) or not isinstance(weights, LogisticRegression):
        raise ArtefactError(f"{name}: holds something else than a ranker.")
    return vectoriser, weights


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ArtefactError(f"{path}: cannot be read ({error.strerror}).") from error


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
