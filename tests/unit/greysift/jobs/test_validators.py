"""What earlier crawls hold, for asking on condition: found by address, and none of it kept in memory."""

import pytest

from greysift.jobs.harvest import validators_of
from tests.factories import begin_crawl, harvest_bodies, make_source
from tests.reach import held_by

pytestmark = pytest.mark.django_db


def test_validators_are_the_newest_files_of_other_runs_and_lie_in_no_memory():
    source = make_source()
    harvest_bodies([b"first", b"other"], source=source)
    newest, (sha256,) = harvest_bodies([b"second"], source=source)
    now = begin_crawl(source=source)

    validators = validators_of(source, run=now)

    assert validators.get("https://example.org/0.pdf").body_sha256 == sha256
    assert validators.get("https://example.org/1.pdf") is not None
    assert validators.get("https://example.org/2.pdf") is None
    assert not [thing for thing in held_by(validators) if isinstance(thing, str) and ".pdf" in thing]
    assert (
        validators_of(source, run=newest).get("https://example.org/0.pdf") is None
    )  # its own is no earlier one
