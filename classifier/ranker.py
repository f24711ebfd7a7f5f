"""The eligibility ranker: what it is made of, and how it learns."""

import ast
import hashlib
import inspect
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import ModuleType

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

import classifier.records
import classifier.text
from classifier.metrics import FloatArray
from classifier.records import LabelledRecord
from classifier.text import View, record_text


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices that, with data and seed, decide what a ranker will be.

    Attributes
    ----------
    title_weight
        How often the title is counted in the full view.
    longest_phrase
        1: words; 2: words and pairs of words.
    rarest
        A word that fewer training texts hold is not used.
    regularisation
        The C of the logistic regression; smaller is stricter.
    learns_titles
        Each training record is shown twice, as a whole and by its title alone.
    """

    title_weight: int = 2
    longest_phrase: int = 2
    rarest: int = 2
    regularisation: float = 10.0
    learns_titles: bool = True

    def described(self) -> dict[str, object]:
        """Name and parameters as plain values, for manifests and hashes."""
        return {"recipe": "tf-idf + logistic regression", **asdict(self)}


def build_ranker(recipe: Recipe, *, random_state: int) -> Pipeline:
    """Make an untrained ranker: tf-idf of words and pairs, then class-balanced logistic regression."""
    return Pipeline(
        [
            (
                "features",
                TfidfVectorizer(
                    lowercase=True,
                    strip_accents="unicode",
                    stop_words=None,
                    ngram_range=(1, recipe.longest_phrase),
                    min_df=recipe.rarest,
                    sublinear_tf=True,
                ),
            ),
            (
                "labels",
                LogisticRegression(
                    C=recipe.regularisation,
                    class_weight="balanced",
                    max_iter=1000,
                    tol=1e-6,
                    random_state=random_state,
                ),
            ),
        ]
    )


def fit_ranker(records: Sequence[LabelledRecord], *, recipe: Recipe, random_state: int) -> Pipeline:
    """Train a ranker on the labelled among ``records``.

    Raises
    ------
    ValueError
        If the labelled records are not of both classes.
    """
    labelled = [record for record in records if record.label is not None]
    labels = [record.label for record in labelled]
    if len(set(labels)) < 2:
        raise ValueError("a ranker learns from includes and excludes; one of them is absent")
    views = (View.FULL, View.TITLE) if recipe.learns_titles else (View.FULL,)
    texts = [record_text(r, view=view, title_weight=recipe.title_weight) for view in views for r in labelled]
    return build_ranker(recipe, random_state=random_state).fit(texts, np.asarray(labels * len(views)))


def ranker_scores(ranker: Pipeline, texts: Sequence[str]) -> FloatArray:
    """Score texts by the log-odds of eligibility, uncalibrated; higher is better. Shape (texts,)."""
    if not texts:
        return np.zeros(0)
    return np.asarray(ranker.decision_function(list(texts)), dtype=np.float64)


def code_version() -> str:
    """Short hash of the code that decides what a ranker learns, comments and docstrings apart."""
    modules = (classifier.records, classifier.text, inspect.getmodule(build_ranker))
    trees = [_bare_syntax(module) for module in modules if module is not None]
    return hashlib.sha256("\n".join(trees).encode()).hexdigest()[:12]


def _bare_syntax(module: ModuleType) -> str:
    tree = ast.parse(inspect.getsource(module))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)
