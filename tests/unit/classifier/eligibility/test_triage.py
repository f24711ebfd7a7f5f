import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.eligibility.simulation import screening_metrics, simulate_screening
from classifier.eligibility.triage import TriageRanker, TriageRecipe, ranker_state_id
from classifier.eligibility.views import ViewsRecipe, view_pool
from classifier.text import RecordText

RECIPE = TriageRecipe()
TOPICS = ("mentoring for care leavers", "housing pilot", "road works", "adoption figures", "")
TEXTS = [f"{TOPICS[i % 5]} {'' if i % 5 == 4 else i % 3}" for i in range(30)]


def pool_of(texts):
    return view_pool([RecordText(text) for text in texts], recipe=RECIPE.views)


POOL = pool_of(TEXTS)
PRIOR = np.where(np.arange(30) % 7 == 0, np.nan, np.sin(np.arange(30)))
RANKER = TriageRanker(POOL, prior=PRIOR, fallback=np.arange(30) % 4)

votes = st.dictionaries(st.integers(0, 29), st.sampled_from([0, 1, None]), max_size=30)


@settings(deadline=None)
@given(votes)
def test_ranking_never_drops_a_candidate(labels):
    ranked = RANKER.rank(labels)

    assert sorted([*ranked.order, *labels]) == list(range(30))
    assert np.isfinite(ranked.scores).all()
    assert (np.diff(ranked.scores[ranked.order]) <= 0).all()
    assert 0 <= ranked.learnt_weight < 1


@settings(deadline=None)
@given(votes, votes, st.randoms(use_true_random=False))
def test_order_depends_on_nothing_but_the_votes_given(mine, others, random):
    before = RANKER.rank(mine)
    shuffled = list(mine.items())
    random.shuffle(shuffled)

    RANKER.rank(others)
    after = RANKER.rank(dict(shuffled))
    fresh = TriageRanker(POOL, prior=PRIOR, fallback=np.arange(30) % 4).rank(mine)

    for again in (after, fresh):
        assert again.order.tolist() == before.order.tolist()
        assert again.scores.tolist() == before.scores.tolist()


@settings(deadline=None)
@given(votes, st.integers(0, 29))
def test_one_more_include_is_taken(labels, index):
    assert index not in RANKER.rank(labels | {index: 1}).order


def test_without_votes_the_prior_decides():
    prior = np.sin(np.arange(30))

    ranked = TriageRanker(POOL, prior=prior).rank({})

    assert ranked.order.tolist() == np.argsort(-prior, kind="stable").tolist()
    assert ranked.learnt_weight == 0


def test_without_prior_keywords_decide_and_without_either_the_pool_order():
    counts = np.arange(30) % 4

    assert TriageRanker(POOL, fallback=counts).rank({}).order[0] == 3
    assert TriageRanker(POOL).rank({}).order.tolist() == list(range(30))


def test_candidate_without_prior_takes_the_place_its_keywords_give():
    counts = np.zeros(30)
    counts[7] = 9.0

    ranked = TriageRanker(POOL, prior=np.where(np.arange(30) == 7, np.nan, PRIOR), fallback=counts).rank({})

    assert ranked.order[0] == 7


def test_one_vote_moves_its_likes():
    ranker = TriageRanker(POOL)

    liked, disliked = ranker.rank({0: 1}).scores, ranker.rank({0: 0}).scores

    assert liked[15] > liked[2]
    assert disliked[15] < disliked[2]


def test_each_vote_changes_the_scores():
    labels, seen = {}, [RANKER.rank({}).scores]
    for index, label in [(0, 0), (2, 0), (1, 1), (3, 0), (5, 1)]:
        labels[index] = label
        scores = RANKER.rank(labels).scores
        assert all((scores != earlier).any() for earlier in seen)
        seen.append(scores)


def test_unsure_vote_is_decided_but_teaches_nothing():
    with_unsure, without = RANKER.rank({0: 1, 2: 0, 9: None}), RANKER.rank({0: 1, 2: 0})

    assert with_unsure.scores.tolist() == without.scores.tolist()
    assert set(without.order) - set(with_unsure.order) == {9}


def test_many_excludes_beside_one_include_weigh_little():
    one_include = dict.fromkeys(range(20), 0) | {20: 1}

    assert RANKER.rank(one_include).learnt_weight == pytest.approx(2 / (2 + RECIPE.patience))


def test_pool_without_words_keeps_the_prior():
    pool = pool_of(["", " ", "…"])

    ranked = TriageRanker(pool, prior=[1, 3, 2]).rank({1: 1})

    assert ranked.order.tolist() == [2, 0]


def test_empty_pool_has_an_empty_order():
    assert TriageRanker(pool_of([])).rank({}).order.tolist() == []


@pytest.mark.parametrize("labels", [{30: 1}, {-1: 0}, {0: 2}])
def test_votes_from_elsewhere_are_refused(labels):
    with pytest.raises(ValueError, match="labels are 0, 1 or None"):
        RANKER.rank(labels)


def test_scores_of_another_pool_are_refused():
    with pytest.raises(ValueError, match="prior must hold one score for each of 30"):
        TriageRanker(POOL, prior=[1.0])


def test_thousand_candidates_and_two_hundred_votes_take_less_than_a_tenth_of_a_second():
    rng = np.random.default_rng(0)
    texts = [" ".join(f"w{n}" for n in rng.zipf(1.3, size=80) % 5000) for _ in range(1000)]
    ranker = TriageRanker(pool_of(texts))
    labels = {i: int(i % 9 == 0) for i in range(200)}
    ranker.rank(labels)

    spent = []
    for _ in range(5):
        began = time.process_time()
        ranker.rank(labels)
        spent.append(time.process_time() - began)

    assert min(spent) < 0.1


def test_simulated_reader_reads_all_and_finds_likes_early():
    labels = [1 if i % 5 == 0 else (None if i == 7 else 0) for i in range(30)]
    ranker = TriageRanker(POOL)

    read = simulate_screening(lambda votes: ranker.rank(votes).order, labels=labels)

    assert sorted(read) == list(range(30))
    assert screening_metrics(read, labels=labels)["roc_auc"] > 0.9


def state(**changes):
    arguments = {"model_version": "m", "pool_ids": ["a", "b"], "label_log": [("a", 1), ("b", None)]}
    recipe = changes.pop("recipe", RECIPE)
    return ranker_state_id(recipe, **arguments | changes)


def test_state_id_is_of_everything_that_decides_the_order():
    ids = {
        state(),
        state(recipe=replace(RECIPE, patience=6.0)),
        state(recipe=replace(RECIPE, views=ViewsRecipe(titles=0.4))),
        state(model_version=None),
        state(pool_ids=["b", "a"]),
        state(label_log=[("a", 1)]),
        state(label_log=[("b", None), ("a", 1)]),
        state(label_log=[("a", 1), ("b", 0)]),
    }

    assert len(ids) == 8
    assert state() == state()
    assert all(len(each) == 64 for each in ids)
