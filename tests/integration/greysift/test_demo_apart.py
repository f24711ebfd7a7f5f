"""The demo never mixes with what people work on."""

from datetime import UTC, datetime

import pytest

from corpus.protocol import shipped_protocol
from corpus.vocabulary.errors import WorkspaceError
from greysift.demo.protocol import demo_protocol
from greysift.demo.run import refuse_other_reviews
from greysift.jobs.protocols import take_up_protocol

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_database_of_another_review_is_refused():
    other = shipped_protocol("care-leavers").replace('slug = "care-leavers"', 'slug = "own-review"')
    take_up_protocol(other, at=NOON, by=None, why="test")

    with pytest.raises(WorkspaceError, match="own-review"):
        refuse_other_reviews()


def test_review_of_the_same_name_is_refused():
    take_up_protocol(shipped_protocol("care-leavers"), at=NOON, by=None, why="test")

    with pytest.raises(WorkspaceError, match="another review"):
        refuse_other_reviews()


def test_demo_may_run_again():
    take_up_protocol(demo_protocol(), at=NOON, by=None, why="test")

    refuse_other_reviews()
