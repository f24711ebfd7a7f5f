"""Texts by what their words mean: averages of word vectors that were learnt elsewhere and ship in a wheel.

Texts on one matter in different words are near each other. The vectors are wordllama's; only its two data files are
read, its code is not used.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from classifier.eligibility.words import Words, counted
from classifier.metrics import FloatArray
from corpus.vocabulary.errors import ArtefactError

_WEIGHTS = Path("weights", "l2_supercat_256.safetensors")
_PIECES = Path("tokenizers", "l2_supercat_tokenizer_config.json")


def meaning_features(words: Words) -> FloatArray:
    """Average the vectors of a text's words, rarer ones counting more; rows of length 1, or 0 without words.

    What all texts of the pool have in common is taken off first: it would make all of them alike.
    """
    counts = counted(words.places, words.texts, shape=(words.n_texts, len(words.vocabulary)))
    texts_with = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + words.n_texts) / (1 + texts_with))
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    vectors = np.asarray(counts @ word_vectors(words.vocabulary or ("",)), dtype=np.float64)
    unit = _of_length_one(vectors)
    told = np.flatnonzero(unit.any(axis=1))
    if told.size:
        unit[told] -= unit[told].mean(axis=0)
    return _of_length_one(unit)


def word_vectors(vocabulary: tuple[str, ...]) -> FloatArray:
    """Vector of each word, the mean of those of its pieces; shape (words, 256)."""
    pieces, table = _data()
    held = [encoding.ids for encoding in pieces.encode_batch(list(vocabulary), add_special_tokens=False)]
    lengths = np.asarray([len(ids) for ids in held])
    rows = np.repeat(np.arange(lengths.size), lengths)
    numbers = np.fromiter(
        (number for ids in held for number in ids), dtype=np.int64, count=int(lengths.sum())
    )
    shares = 1 / np.maximum(lengths, 1)
    means = csr_array((shares[rows], (rows, numbers)), shape=(lengths.size, table.shape[0])) @ table
    return np.asarray(means, dtype=np.float64)


@cache
def _data() -> tuple[Tokenizer, FloatArray]:
    found = find_spec("wordllama")
    if found is None or not found.submodule_search_locations:
        raise ArtefactError("The word vectors are missing: install the package wordllama.")
    folder = Path(found.submodule_search_locations[0])
    pieces = Tokenizer.from_file(str(folder / _PIECES))
    pieces.no_padding()
    pieces.no_truncation()
    (table,) = load_file(folder / _WEIGHTS).values()
    return pieces, np.asarray(table, dtype=np.float64)


def _of_length_one(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    # what is left of a text that is the pool's mean is rounding
    unit: FloatArray = np.where(lengths > 1e-9, vectors / np.maximum(lengths, 1e-9), 0.0)
    return unit
