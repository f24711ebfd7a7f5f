"""Texts as words, and words as numbers: the sparse features that a pool is ranked by."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.sparse import coo_array, csr_array

from classifier.metrics import FloatArray, IntArray

_WORD = re.compile(r"\w\w+")
_COMMONEST = 0.95


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts in their order.

    Attributes
    ----------
    vocabulary
        Each word once.
    places
        Number in the vocabulary of each word of each text, one text after another; shape (words,).
    texts
        Number of the text that each word is of; shape (words,).
    n_texts
        How many texts there are.
    """

    vocabulary: tuple[str, ...]
    places: IntArray
    texts: IntArray
    n_texts: int

    def renamed(self, change: Callable[[str], str]) -> "Words":
        """Return the same texts with each word changed: words that become the same are one."""
        changed = [change(word) for word in self.vocabulary]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(changed))}
        new = np.asarray([numbers[word] for word in changed], dtype=np.int64)
        return Words(tuple(numbers), new[self.places], self.texts, self.n_texts)


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """tf-idf of words and pairs of words: each row of length 1, or 0.

    Attributes
    ----------
    matrix
        The features that two texts and more have, and not nearly all; shape (texts, features).
    own
        Squared length of what each text has in features of its own alone, which tell nothing of another text but
        belong to its length; shape (texts,).
    """

    matrix: csr_array
    own: FloatArray


def read_words(texts: Sequence[str]) -> Words:
    """Split texts into words of two letters or digits and more, in lower case and without accents."""
    numbers: dict[str, int] = {}
    places = [
        [numbers.setdefault(word, len(numbers)) for word in _WORD.findall(_plain(text))] for text in texts
    ]
    lengths = np.asarray([len(held) for held in places], dtype=np.int64)
    return Words(
        vocabulary=tuple(numbers),
        places=np.fromiter(chain.from_iterable(places), dtype=np.int64, count=int(lengths.sum())),
        texts=np.repeat(np.arange(len(texts)), lengths),
        n_texts=len(texts),
    )


def word_features(words: Words) -> WordFeatures:
    """Weigh words and pairs of words that follow each other: (1 + log of the count) × idf, rows of length 1."""
    follows = words.texts[1:] == words.texts[:-1]
    width = len(words.vocabulary)
    # pairs are numbered after the words
    pairs = (words.places[:-1][follows] + 1) * width + words.places[1:][follows]
    features = np.concatenate((words.places, pairs))
    held_by = np.concatenate((words.texts, words.texts[1:][follows]))
    kinds, numbers = np.unique(features, return_inverse=True)
    counts = counted(numbers, held_by, shape=(words.n_texts, kinds.size))
    texts_with = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + words.n_texts) / (1 + texts_with)) + 1
    rarity[texts_with > _COMMONEST * words.n_texts] = 0
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    return _of_length_one(counts, shared=np.flatnonzero((texts_with > 1) & (rarity > 0)))


def counted(numbers: IntArray, texts: IntArray, *, shape: tuple[int, int]) -> csr_array:
    """Count how often each text (row) holds each feature (column)."""
    held = coo_array((np.ones(numbers.size), (texts, numbers)), shape=(shape[0], max(shape[1], 1)))
    counts = csr_array(held)
    counts.sum_duplicates()
    return counts


def _of_length_one(counts: csr_array, *, shared: IntArray) -> WordFeatures:
    lengths = np.sqrt(_squared_lengths(counts))
    counts.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(counts.indptr))
    matrix = csr_array(counts[:, shared])
    own = _squared_lengths(counts) - _squared_lengths(matrix)
    return WordFeatures(matrix=matrix, own=np.maximum(own, 0))


def _squared_lengths(matrix: csr_array) -> FloatArray:
    squares: FloatArray = np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64).ravel()
    return squares


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
