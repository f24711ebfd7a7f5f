"""Promotions are a stack: a promotion pushes, a rollback pops, and what serves is on top."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import AuditEvent, ModelPromotion, Prediction, TrainedModel
from corpus.selectors.registry import registered_models, scores_of, serving_model, unscored
from corpus.services.predictions import Scored, store_predictions
from corpus.services.registry import promote_model, roll_back_model
from corpus.vocabulary.errors import ArtefactError
from tests.factories import NOON, make_candidates, make_review
from tests.unit.corpus.full_store import make_model
from tests.unit.corpus.rows import all_rows, rolled_back

pytestmark = pytest.mark.django_db

TASK = "eligibility"
MOVES = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=12)


def promote(version, *, task=TASK):
    return promote_model(task, version, by=None, at=NOON, why="better")


def roll_back(task=TASK):
    return roll_back_model(task, by=None, at=NOON, why="worse")


@pytest.fixture
def models():
    return [make_model(task=task, version=version) for task in (TASK, "domains") for version in "abc"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_moves_do_what_a_stack_does(models, moves):
    stack: list[str] = []
    with rolled_back():  # the models serve all examples
        for version in moves:
            if version is not None:
                promote(version)
                stack += [version] if stack[-1:] != [version] else []
            elif len(stack) > 1:
                stack.pop()
                assert roll_back().version == stack[-1]
            else:
                with pytest.raises(ArtefactError, match="no earlier eligibility model"):
                    roll_back()
            serving = serving_model(TASK)
            assert (serving.version if serving else None) == (stack[-1] if stack else None)
        assert serving_model("domains") is None


def test_promotion_of_what_serves_already_changes_nothing(models):
    promote("a")
    promote("b")
    before = all_rows()

    promote("b")

    assert all_rows() == before
    assert roll_back().version == "a"


def test_unknown_version_is_refused_with_a_way_out(models):
    with pytest.raises(ArtefactError, match="models list"):
        promote("z")

    assert not ModelPromotion.objects.exists()


def test_tasks_have_stacks_of_their_own(models):
    promote("a")
    promote("b", task="domains")
    promote("b")

    assert roll_back().version == "a"
    assert serving_model("domains").version == "b"
    with pytest.raises(ArtefactError):
        roll_back("domains")


def test_each_switch_leaves_an_event(models):
    promote("a")
    promote("b")
    roll_back()

    events = AuditEvent.objects.filter(event__startswith="model_p") | AuditEvent.objects.filter(
        event="model_rollback"
    )
    assert list(events.order_by("pk").values_list("event", "facts__version")) == [
        ("model_promote", "a"),
        ("model_promote", "b"),
        ("model_rollback", "a"),
    ]


def test_known_version_stays_as_it_is(models):
    before = all_rows()

    assert make_model(version="a") == models[0]

    assert all_rows() == before
    assert [m.version for m in registered_models(TASK)] == ["a", "b", "c"]
    assert len(registered_models()) == TrainedModel.objects.count() == 6


def scored(candidate, score=0.5, *, text="t", basis="unseen"):
    return Scored(candidate.pk, score, basis, text * 64)


def test_score_is_stored_once_per_model_and_text(models):
    first, second = make_candidates(review=make_review(), count=2)
    scores = [scored(first), scored(second), scored(first, 0.9)]
    assert store_predictions(models[0], scores, at=NOON) == 2
    before = all_rows()

    assert store_predictions(models[0], scores, at=NOON) == 0

    assert all_rows() == before
    assert store_predictions(models[1], scores, at=NOON) == 2


def test_newest_score_is_read_and_unscored_candidates_are_counted(models):
    review = make_review()
    first, second, _ = make_candidates(review=review, count=3)
    store_predictions(models[0], [scored(first, 0.1), scored(second, 0.2)], at=NOON)
    store_predictions(models[0], [scored(first, 0.7, text="u", basis="out_of_fold")], at=NOON)

    scores = scores_of(review, models[0])

    assert {c: (s.score, s.basis) for c, s in scores.items()} == {
        first.pk: (0.7, "out_of_fold"),
        second.pk: (0.2, "unseen"),
    }
    assert unscored(review, models[0]) == 1
    assert unscored(review, models[1]) == 3


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_score_that_is_no_number_is_refused(models, score):
    (candidate,) = make_candidates(review=make_review())

    with pytest.raises(ValueError, match="no number"):
        store_predictions(models[0], [scored(candidate, score)], at=NOON)

    assert not Prediction.objects.exists()
