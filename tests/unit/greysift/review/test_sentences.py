"""Sentences that pages say of votes and queues."""

import dataclasses

import pytest

from corpus.models import Candidate, Record, ScreeningDecision
from corpus.protocol import parse_protocol, shipped_protocol
from greysift.jobs.ranking import RankedQueue
from greysift.review.sentences import order_sentence, reason_label, vote_sentence

PROTOCOL = parse_protocol(shipped_protocol("care-leavers"))


def decision(**facts) -> ScreeningDecision:
    candidate = Candidate(record=Record(title="Staying close"))
    return ScreeningDecision(candidate=candidate, **({"choice": "include", "rank": 2, "score": 0.25} | facts))


def with_visibility(visibility):
    rules = dataclasses.replace(PROTOCOL.screening, score_visibility=visibility)
    return dataclasses.replace(PROTOCOL, screening=rules)


def queue(*, model_version=None, labels=0, out_of_fold=0) -> RankedQueue:
    return RankedQueue(
        order=(), scores={}, state="s", model_version=model_version, labels=labels, out_of_fold=out_of_fold
    )


def test_vote_sentence_says_choice_reason_title_rank_and_score():
    vote = decision(choice="exclude", reason="date", model_version="abc")

    assert vote_sentence(vote, protocol=PROTOCOL, queue_length=9) == (
        "Stored: exclude (Outside the dates) – “Staying close”. "
        "It stood at rank 2 of 9, score 0.250, model abc."
    )


def test_vote_sentence_keeps_the_score_where_the_protocol_hides_it():
    sentence = vote_sentence(decision(), protocol=with_visibility("never"), queue_length=9)

    assert sentence == "Stored: include – “Staying close”."


def test_vote_sentence_says_no_rank_of_a_record_that_stood_in_no_queue():
    sentence = vote_sentence(decision(rank=None, score=None), protocol=PROTOCOL, queue_length=9)

    assert "rank" not in sentence


def test_reason_that_the_protocol_dropped_is_called_by_its_code():
    assert reason_label(PROTOCOL, "long_gone") == "long_gone"
    assert reason_label(PROTOCOL, None) is None


@pytest.mark.parametrize(
    ("ranked", "words"),
    [
        (queue(model_version="abc"), "Ranked by model abc."),
        (queue(model_version="abc", labels=1), "model abc and 1 vote: your own"),
        (
            queue(model_version="abc", out_of_fold=276),
            "made from 276 of these records: they are ranked out of fold",
        ),
        (queue(labels=3), "the search terms of the protocol and 3 votes"),
    ],
)
def test_order_sentence_says_what_the_order_rests_on(ranked, words):
    sentence = order_sentence(ranked, protocol=PROTOCOL)

    assert words in sentence
    assert sentence.endswith("nobody else's unsettled vote is used.")
