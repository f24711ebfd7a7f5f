import numpy as np
import pytest

from classifier import ranker as module
from classifier.ranker import Recipe, code_version, fit_ranker
from classifier.text import RecordText, View
from tests.unit.classifier.builders import FACETS, records

RECIPE = Recipe(rarest=1)


def test_ranker_puts_what_it_learnt_to_want_first():
    ranker = fit_ranker(records(), recipe=RECIPE, facets=FACETS, random_state=0)

    wanted, unwanted = ranker.scores(
        [RecordText("An evaluation of mentoring for care leavers"), RecordText("Minutes on roads")]
    )

    assert wanted > 0 > unwanted


def test_same_data_and_seed_give_the_same_scores_whatever_the_facets_type():
    pool = records()
    one = fit_ranker(pool, recipe=RECIPE, facets=FACETS, random_state=0)
    two = fit_ranker(pool, recipe=RECIPE, facets=list(FACETS), random_state=0)

    assert (one.scores(pool) == two.scores(pool)).all()


def test_unclear_records_teach_nothing():
    pool = records()
    labelled = [r for r in pool if r.label is not None]

    one = fit_ranker(pool, recipe=RECIPE, facets=FACETS, random_state=0)
    two = fit_ranker(labelled, recipe=RECIPE, facets=FACETS, random_state=0)

    assert (one.scores(pool) == two.scores(pool)).all()


def test_title_view_does_not_see_the_summary():
    ranker = fit_ranker(records(), recipe=RECIPE, facets=FACETS, random_state=0)
    titled = RecordText("Peer support", summary="council minutes on roads")

    assert ranker.scores([titled], view=View.TITLE) == ranker.scores([RecordText("Peer support")])
    assert ranker.scores([titled]) != ranker.scores([RecordText("Peer support")])


def test_keywords_move_a_score_even_where_no_word_was_learnt():
    ranker = fit_ranker(records(), recipe=RECIPE, facets=FACETS, random_state=0)

    plain, named = ranker.scores([RecordText("zzz"), RecordText("foster youth alumni")])

    assert plain != named


def test_without_facets_words_alone_are_learnt():
    ranker = fit_ranker(records(), recipe=RECIPE, facets=(), random_state=0)

    assert ranker.weights.coef_[0, -1] == 0
    assert np.isfinite(ranker.scores([RecordText("")])).all()


def test_nothing_to_score_is_no_error():
    ranker = fit_ranker(records(), recipe=RECIPE, facets=FACETS, random_state=0)

    assert ranker.scores([]).shape == (0,)


def test_one_class_cannot_be_learnt():
    with pytest.raises(ValueError, match="includes and excludes"):
        fit_ranker(records(excluded=0), recipe=RECIPE, facets=FACETS, random_state=0)


def test_code_version_ignores_comments_and_docstrings_but_not_code(monkeypatch):
    before = code_version()

    def version_of(source):
        monkeypatch.setattr(module.inspect, "getsource", lambda _: source)
        return code_version()

    assert version_of('"""A."""\nx = 1  # one\n') == version_of('"""B."""\nx = 1\n')
    assert version_of("x = 1") != version_of("x = 2")
    monkeypatch.undo()
    assert code_version() == before
