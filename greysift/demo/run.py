"""The demo's work: every stage once, each of which changes nothing when it is run again."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from corpus.protocol import parse_protocol
from corpus.selectors.extraction import extraction_counts
from corpus.selectors.reviews import all_reviews, find_person
from corpus.selectors.sources import harvest_counts
from corpus.services.people import create_person
from corpus.services.reviews import add_member
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.errors import WorkspaceError
from greysift.demo.protocol import demo_protocol
from greysift.demo.worked_example import (
    RECORDED_CRAWL,
    import_worked_example,
)
from greysift.jobs.extract import extract_due
from greysift.jobs.harvest import replay_warc
from greysift.jobs.protocols import refuse_another, take_up_protocol
from greysift.jobs.registry import register_found_models
from greysift.jobs.scoring import ScoringCounts, score_review
from greysift.jobs.standing import RankedCandidate, ranked_candidates
from greysift.jobs.workers import open_workers

if TYPE_CHECKING:
    from corpus.models import Review

PEOPLE = {"owner": Role.OWNER, "reviewer": Role.REVIEWER}


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """Where everything stands after the demo's stages."""

    review: "Review"
    harvested: dict[str, int]
    extracted: dict[str, int]
    scored: ScoringCounts
    ranked: list[RankedCandidate]
    password: str
    failures: tuple[str, ...]


def refuse_other_reviews() -> None:
    """Refuse to mix the demo into a database that people work with.

    Raises
    ------
    WorkspaceError
        When ``GREYSIFT_DATABASE_URL`` leads to another review's database.
    """
    document = demo_protocol()
    refuse_another(document)
    own = parse_protocol(document).slug
    if others := [review.slug for review in all_reviews() if review.slug != own]:
        raise WorkspaceError(
            f"the database holds other reviews ({', '.join(others)}), and the demo keeps apart from other data; "
            "unset GREYSIFT_DATABASE_URL or give it an empty database"
        )


def run_demo() -> DemoOutcome:
    """Import the real records, replay the recorded crawl, read its documents, score every candidate."""
    at = timezone.now()
    review, _ = take_up_protocol(demo_protocol(), at=at, by=None, why="demo")
    import_worked_example(review, at=at)
    replayed = replay_warc(RECORDED_CRAWL)
    with open_workers() as workers:
        extract_due(workers=workers)
    register_found_models(at=at)
    scored = score_review(review, at=timezone.now())
    return DemoOutcome(
        review=review,
        harvested=harvest_counts(),
        extracted=extraction_counts(),
        scored=scored,
        ranked=ranked_candidates(review, scored.model),
        password=_people(review),
        failures=replayed.result.failures,
    )


def _people(review: "Review") -> str:
    """Make the demo's accounts once; return their password, kept in a file that only its owner reads."""
    kept = Path(settings.DATA_DIR) / "demo-password"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(9))
    password = kept.read_text()
    for name, role in PEOPLE.items():
        person = find_person(name) or create_person(name, password=password, at=timezone.now())
        add_member(review, person, role=role, by=None, at=timezone.now())
    return password
