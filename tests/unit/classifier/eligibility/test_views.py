import numpy as np
import pytest

from classifier.eligibility import meaning
from classifier.eligibility.learner import learnt_scores, likeness
from classifier.eligibility.meaning import meaning_features, word_vectors
from classifier.eligibility.views import ViewsRecipe, view_pool
from classifier.eligibility.words import read_words
from classifier.text import RecordText
from corpus.vocabulary.errors import ArtefactError

RECIPE = ViewsRecipe()
RECORDS = [
    RecordText("Young people leaving care: an evaluation", summary="A trial of mentoring for care leavers."),
    RecordText("Adults who left foster homes", summary="Youths formerly in foster families and their work."),
    RecordText("Repairs of rural roads", summary="Asphalt and gravel in the county."),
    RecordText("Motorway bridges", summary="Steel, concrete and traffic."),
    RecordText("Mentoring for care leavers"),
    RecordText("Gravel roads"),
    RecordText(""),
]


def as_array(matrix):
    return matrix if isinstance(matrix, np.ndarray) else matrix.toarray()


def test_every_view_has_a_row_of_length_one_for_each_record_with_words():
    pool = view_pool(RECORDS, recipe=RECIPE)

    assert len(pool) == 7
    for view in pool.views:
        lengths = (as_array(view.matrix) ** 2).sum(axis=1) + view.own
        assert np.isfinite(lengths).all()
        assert lengths[:6].max() <= 1 + 1e-9
        assert lengths[6] == 0


def test_meaning_brings_texts_together_that_share_no_word():
    features = meaning_features(
        read_words(["car engine repair", "vehicle motor mechanics", "poems about roses", ""])
    )

    alike = features @ features.T
    assert alike[0, 1] > alike[0, 2]
    assert np.diag(alike) == pytest.approx([1, 1, 1, 0])


def test_word_has_the_same_vector_in_every_pool():
    together, alone = word_vectors(("care", "mentoring")), word_vectors(("mentoring",))

    assert together.shape == (2, 256)
    assert together[1] == pytest.approx(alone[0])
    assert together[0] @ together[1] != pytest.approx(1)


def test_missing_vectors_are_asked_for_by_name(monkeypatch):
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    meaning._data.cache_clear()

    with pytest.raises(ArtefactError, match="install the package wordllama"):
        word_vectors(("care",))
    meaning._data.cache_clear()


def test_votes_teach_what_is_like_them_with_and_without_a_summary():
    pool = view_pool(RECORDS, recipe=RECIPE)

    scores = learnt_scores(pool, includes=np.array([0]), excludes=np.array([2]), ratio=20)

    assert scores[4] > scores[5]
    assert scores[1] > scores[3]


def test_likeness_is_to_all_that_are_named():
    pool = view_pool(RECORDS, recipe=RECIPE)

    roads = likeness(pool, np.array([2, 3]))

    assert roads[5] > roads[4]


def test_same_pool_and_votes_give_the_same_scores_to_the_last_bit():
    votes = {"includes": np.array([0, 1]), "excludes": np.array([2, 3]), "ratio": 20}

    first, second = (learnt_scores(view_pool(RECORDS, recipe=RECIPE), **votes) for _ in range(2))

    assert first.tolist() == second.tolist()
