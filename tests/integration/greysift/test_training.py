"""From settled votes to a new model version, beside the old on the same folds; promoted and rolled back."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from classifier.folds import FoldPlan
from classifier.training import ELIGIBILITY, TrainingPlan
from corpus.selectors.records import candidate_in, pool
from corpus.selectors.registry import registered_models, scores_of, serving_model
from corpus.services.people import create_person
from corpus.services.registry import promote_model, roll_back_model
from corpus.services.reviews import add_member
from corpus.services.screening import Shown, record_decision
from corpus.vocabulary.decisions import Choice, Role, Stage
from corpus.vocabulary.errors import ArtefactError, PolicyError
from greysift.demo.protocol import demo_protocol
from greysift.demo.worked_example import import_worked_example
from greysift.jobs.protocols import take_up_protocol
from greysift.jobs.ranking import queue_for
from greysift.jobs.registry import register_found_models
from greysift.jobs.scoring import score_review
from greysift.jobs.training import decided_records, merge, shipped_records, train_from_decisions

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUICK = TrainingPlan(folds=FoldPlan(folds=3, repeats=1), resamples=20)


@pytest.fixture
def review():
    made, _ = take_up_protocol(demo_protocol(), at=NOON, by=None, why="test")
    import_worked_example(made, at=NOON)
    register_found_models(at=NOON)
    score_review(made, at=NOON)
    return made


@pytest.fixture
def reviewers(review):
    people = [create_person(name, password="a long and odd phrase", at=NOON) for name in ("first", "second")]
    for person in people:
        add_member(review, person, role=Role.REVIEWER, by=None, at=NOON)
    return people


def vote(review, candidate_id, *, by, choice, reason=None):
    record_decision(
        candidate_in(review, candidate_id),
        stage=Stage.TITLE_ABSTRACT,
        choice=choice,
        reason=reason,
        by=by,
        at=NOON,
        token=uuid4(),
        shown=Shown(),
    )


def settle(review, reviewers, *, number, choice, reason=None):
    """Let both reviewers vote alike on the first so many of the first one's queue."""
    chosen = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=reviewers[0]).order[:number]
    for candidate_id in chosen:
        for person in reviewers:
            vote(review, candidate_id, by=person, choice=choice, reason=reason)
    return chosen


def test_training_without_settled_votes_is_refused(review, reviewers):
    candidate_id = pool(review)[0].candidate_id
    vote(review, candidate_id, by=reviewers[0], choice=Choice.INCLUDE)

    with pytest.raises(PolicyError, match="no decision of this review is settled"):
        train_from_decisions(review, at=NOON, plan=QUICK)


def test_unsettled_votes_and_dates_teach_a_shared_model_nothing(review, reviewers):
    settled = settle(review, reviewers, number=2, choice=Choice.EXCLUDE, reason="population")
    settle(review, reviewers, number=2, choice=Choice.EXCLUDE, reason="date")
    alone = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=reviewers[0]).order[0]
    vote(review, alone, by=reviewers[0], choice=Choice.INCLUDE)

    decided = decided_records(review, stage=Stage.TITLE_ABSTRACT)

    keys = {r.candidate_id: r.key for r in pool(review)}
    assert {(r.id, r.label) for r in decided} == {(keys[c], 0) for c in settled}


def test_new_version_is_measured_beside_the_old_promoted_and_rolled_back(review, reviewers, data_dir):
    before = serving_model(ELIGIBILITY)
    old_scores = scores_of(review, before)
    settle(review, reviewers, number=6, choice=Choice.EXCLUDE, reason="statutory_only")

    outcome = train_from_decisions(review, at=NOON, plan=QUICK)

    assert outcome.decisions == 6
    assert serving_model(ELIGIBILITY) == before
    own, beside = outcome.model.metrics["own"], outcome.model.metrics["champion"]
    assert beside["version"] == before.version
    assert beside["evaluation"]["counts"] == own["counts"]
    assert beside["evaluation"]["cross_validation"] == own["cross_validation"]
    keywords = [e["views"]["full"]["systems"]["keywords"] for e in (own, beside["evaluation"])]
    assert keywords[0] == keywords[1]  # the same records and draws: what learns nothing scores the same
    rankers = [e["views"]["full"]["systems"]["ranker"] for e in (own, beside["evaluation"])]
    assert rankers[0] != rankers[1]
    assert (data_dir / "models" / ELIGIBILITY / outcome.model.version / "card.md").is_file()

    promote_model(ELIGIBILITY, outcome.model.version, by=None, at=NOON, why="better")
    score_review(review, at=NOON)
    assert serving_model(ELIGIBILITY) == outcome.model
    assert {s.basis for s in scores_of(review, outcome.model).values()} == {"out_of_fold"}
    assert scores_of(review, outcome.model) != old_scores

    assert roll_back_model(ELIGIBILITY, by=None, at=NOON, why="worse") == before
    assert serving_model(ELIGIBILITY) == before
    with pytest.raises(ArtefactError, match="no earlier"):
        roll_back_model(ELIGIBILITY, by=None, at=NOON, why="again")
    assert len(registered_models(ELIGIBILITY)) == 2


def test_training_killed_before_it_registered_is_made_whole_by_the_next(review, reviewers):
    settle(review, reviewers, number=3, choice=Choice.EXCLUDE, reason="population")
    trained = train_from_decisions(review, at=NOON, plan=QUICK)
    version, whole = trained.model.version, trained.model.metrics
    trained.model.delete()
    register_found_models(at=NOON)  # what `models list` does with an artefact that a killed training left
    (orphan,) = [m for m in registered_models(ELIGIBILITY) if m.version == version]
    assert "champion" not in orphan.metrics

    again = train_from_decisions(review, at=NOON, plan=QUICK)

    assert (again.model.version, again.model.metrics) == (version, whole)


def test_champion_is_measured_though_a_vote_it_learnt_from_was_changed(review, reviewers):
    settled = settle(review, reviewers, number=4, choice=Choice.EXCLUDE, reason="population")
    first = train_from_decisions(review, at=NOON, plan=QUICK)
    promote_model(ELIGIBILITY, first.model.version, by=None, at=NOON, why="newer")
    vote(review, settled[0], by=reviewers[0], choice=Choice.UNSURE)
    settle(review, reviewers, number=1, choice=Choice.INCLUDE)

    second = train_from_decisions(review, at=NOON, plan=QUICK)

    assert second.champion == first.model.version


def test_harvested_copy_of_a_shipped_record_joins_its_group(review):
    shipped = next(r for r in shipped_records() if len(r.title.split()) > 6)
    copy = replace(
        shipped, id="department-for-education:x", summary="Other words.", group="department-for-education:x"
    )

    merged = {record.id: record for record in merge(shipped_records(), [copy])}

    assert merged[copy.id].group == merged[shipped.id].group


def test_conflict_of_two_others_takes_nothing_from_a_third_ones_queue(review, reviewers):
    third = create_person("third", password="a long and odd phrase", at=NOON)
    add_member(review, third, role=Role.REVIEWER, by=None, at=NOON)
    before = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=third)
    vote(review, before.order[0], by=reviewers[0], choice=Choice.INCLUDE)
    vote(review, before.order[0], by=reviewers[1], choice=Choice.EXCLUDE)

    after = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=third)

    assert (after.order, after.state) == (before.order, before.state)


def test_queue_learns_from_the_vote_just_cast(review, reviewers):
    first = reviewers[0]
    before = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=first)
    vote(review, before.order[0], by=first, choice=Choice.EXCLUDE, reason="population")

    after = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=first)

    assert after.state != before.state
    assert after.labels == 1
    assert before.order[0] not in after.order
    assert [c for c in before.order if c != before.order[0]] != list(after.order)
    other = queue_for(review, stage=Stage.TITLE_ABSTRACT, reviewer=reviewers[1])
    assert other.order == before.order
    assert other.state == before.state
