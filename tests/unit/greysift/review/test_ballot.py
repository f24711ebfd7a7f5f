"""What a voting form says when it comes back."""

import pytest

from corpus.vocabulary.decisions import Choice
from corpus.vocabulary.errors import PolicyError
from greysift.review.ballot import Ballot, read_ballot


@pytest.mark.parametrize(
    ("vote", "choice", "reason"),
    [
        ("include", Choice.INCLUDE, None),
        ("unsure", Choice.UNSURE, None),
        ("exclude", Choice.EXCLUDE, None),
        ("exclude:", Choice.EXCLUDE, None),
        ("exclude:date", Choice.EXCLUDE, "date"),
        ("include:date", Choice.INCLUDE, "date"),  # the service refuses this
    ],
)
def test_vote_is_a_choice_and_perhaps_a_reason(vote, choice, reason):
    assert read_ballot({"vote": vote}) == Ballot(choice=choice, reason=reason, unseen=frozenset())


def test_picture_that_failed_counts_as_unseen():
    assert read_ballot({"vote": "unsure", "picture": "failed"}).unseen == {"page_picture"}


@pytest.mark.parametrize(
    "posted", [{}, {"vote": ""}, {"vote": "INCLUDE"}, {"vote": ":date"}, {"vote": "maybe"}]
)
def test_form_without_a_choice_is_refused(posted):
    with pytest.raises(PolicyError):
        read_ballot(posted)
