"""The eligibility ranker: what it is made of, and how it learns."""

import ast
import hashlib
import inspect
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from types import ModuleType

import numpy as np
from scipy.sparse import csr_array, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import classifier.keywords
import classifier.records
import classifier.text
from classifier.keywords import keyword_scores
from classifier.metrics import FloatArray
from classifier.records import LabelledRecord
from classifier.text import Describable, View, record_text
from corpus.vocabulary.protocols import SearchFacet


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices that, with data, search terms and seed, decide what a ranker will be.

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
        return {"recipe": "tf-idf and keyword score, logistic regression", **asdict(self)}


@dataclass(frozen=True, slots=True)
class EligibilityRanker:
    """A trained ranker: tf-idf of the words, one more column for the keyword score, a weight for each.

    The keyword score is what the search strategy knows of the topic before anything is labelled; how much it
    counts beside the words is learnt.
    """

    recipe: Recipe
    facets: tuple[SearchFacet, ...]
    vectoriser: TfidfVectorizer
    weights: LogisticRegression

    def scores(self, records: Iterable[Describable], *, view: View = View.FULL) -> FloatArray:
        """Score records, higher is better: log-odds of eligibility, uncalibrated; shape (records,)."""
        held = list(records)
        if not held:
            return np.zeros(0)
        words = self.vectoriser.transform(_texts(held, view=view, recipe=self.recipe))
        matrix = _with_keywords(words, held, view=view, facets=self.facets)
        return np.asarray(self.weights.decision_function(matrix), dtype=np.float64)


def fit_ranker(
    records: Sequence[LabelledRecord], *, recipe: Recipe, facets: Sequence[SearchFacet], random_state: int
) -> EligibilityRanker:
    """Train a ranker on the labelled among ``records``: class-balanced logistic regression.

    Without facets there is no keyword score, and the ranker learns from words alone.

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
    vectoriser = TfidfVectorizer(
        strip_accents="unicode",
        ngram_range=(1, recipe.longest_phrase),
        min_df=recipe.rarest,
        sublinear_tf=True,
    ).fit([text for view in views for text in _texts(labelled, view=view, recipe=recipe)])
    blocks = [
        _with_keywords(
            vectoriser.transform(_texts(labelled, view=view, recipe=recipe)),
            labelled,
            view=view,
            facets=facets,
        )
        for view in views
    ]
    weights = LogisticRegression(
        C=recipe.regularisation,
        class_weight="balanced",
        solver="liblinear",
        max_iter=1000,
        tol=1e-6,
        random_state=random_state,
    ).fit(vstack(blocks), np.asarray(labels * len(views)))
    return EligibilityRanker(recipe=recipe, facets=tuple(facets), vectoriser=vectoriser, weights=weights)


def _texts(records: Sequence[Describable], *, view: View, recipe: Recipe) -> list[str]:
    return [record_text(record, view=view, title_weight=recipe.title_weight) for record in records]


def _with_keywords(
    words: csr_array, records: Sequence[Describable], *, view: View, facets: Sequence[SearchFacet]
) -> csr_array:
    texts = [record_text(record, view=view, title_weight=1) for record in records]
    column = keyword_scores(texts, facets=facets)[:, np.newaxis]
    return csr_array(hstack([words, csr_array(column)]))


def code_version() -> str:
    """Short hash of the code that decides what a ranker learns, comments and docstrings apart."""
    modules = (classifier.keywords, classifier.records, classifier.text, inspect.getmodule(fit_ranker))
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
