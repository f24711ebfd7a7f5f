"""The keyword baseline: the terms of the search, counted. What a ranker must beat to be worth its place."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from classifier.metrics import FloatArray
from corpus.vocabulary.protocols import SearchFacet


def count_terms(text: str, *, facet: SearchFacet) -> int:
    """Count where terms of a facet stand in a text.

    Case and the choice between space and hyphen do not matter, a plural is found by its singular, ``*`` ends
    a stem, and a place is counted once, by the longest term that fits there.
    """
    pattern = _pattern(facet)
    return len(pattern.findall(text)) if pattern else 0


def keyword_scores(texts: Iterable[str], *, facets: Sequence[SearchFacet]) -> FloatArray:
    """Score each text by how often it names each concept of the search.

    The score is Σ over facets of log(1 + count), with one added for each facet that is named at all: a text
    that names all concepts of the search stands above one that repeats a single concept.

    Returns
    -------
    FloatArray
        Shape (texts,); 0 where no term was found.
    """
    patterns = [_pattern(facet) for facet in facets]
    rows = [[len(pattern.findall(text)) if pattern else 0 for pattern in patterns] for text in texts]
    counts = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(patterns))
    scores: FloatArray = (np.log1p(counts) + (counts > 0)).sum(axis=1)
    return scores


def _pattern(facet: SearchFacet) -> re.Pattern[str] | None:
    terms = sorted(
        {term.strip() for term in facet.terms if term.strip()}, key=lambda term: (-len(term), term)
    )
    if not terms:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_term_pattern, terms))})(?!\w)", re.IGNORECASE)


def _term_pattern(term: str) -> str:
    words = re.split(r"[\s-]+", term)
    stems = [re.escape(word).replace(r"\*", r"\w*") for word in words]
    plural = "" if term.endswith("*") else "(?:e?s)?"
    return r"[\s-]+".join(stems) + plural
