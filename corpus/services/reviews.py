"""Reviews: protocols, teams, the searches they use."""

from datetime import datetime

from django.db import transaction

from corpus.models import (
    Candidate,
    Membership,
    Person,
    ProtocolVersion,
    Review,
    SearchRun,
    SearchUse,
)
from corpus.protocol import parse_protocol, protocol_sha256
from corpus.selectors.returned import returned_by
from corpus.services.audit import record_event
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.errors import PolicyError


@transaction.atomic
def import_protocol(
    document: str, *, at: datetime, by: Person | None, why: str, name: str = "review.toml"
) -> ProtocolVersion:
    """Take a protocol file's text into the corpus: a new review, a new version of one, or nothing new.

    Raises
    ------
    ProtocolError
        When the text is wrong; it names key and line.
    """
    protocol = parse_protocol(document, name=name)
    review, is_new = Review.objects.get_or_create(
        slug=protocol.slug, defaults={"title": protocol.title, "created_at": at}
    )
    if is_new:
        record_event("review_created", review, by=by, at=at)
    Review.objects.select_for_update().get(pk=review.pk)  # one import at a time numbers versions
    newest = review.protocol_versions.order_by("-number").first()
    sha256 = protocol_sha256(document)
    if newest is not None and newest.sha256 == sha256:
        return newest
    if review.title != protocol.title:
        review.title = protocol.title
        review.save(update_fields=["title"])
    version = ProtocolVersion.objects.create(
        review=review,
        number=newest.number + 1 if newest else 1,
        sha256=sha256,
        document=document,
        imported_at=at,
        imported_by=by,
        why=why,
    )
    record_event("protocol_imported", version, by=by, at=at, number=version.number, why=why)
    return version


@transaction.atomic
def add_member(review: Review, person: Person, *, role: Role, by: Person | None, at: datetime) -> Membership:
    """Give a person a role in a review, or change it."""
    membership, is_new = Membership.objects.get_or_create(
        review=review, person=person, defaults={"role": role}
    )
    if is_new or membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
        record_event("member_added", membership, by=by, at=at, person=person.get_username(), role=role)
    return membership


@transaction.atomic
def use_run(review: Review, run: SearchRun, *, at: datetime) -> int:
    """Let a review use a search run: each record that the run saw becomes a candidate, once.

    Returns
    -------
    int
        How many candidates are new.
    """
    version = review.protocol_versions.order_by("-number").first()
    if version is None:
        raise PolicyError(f"review {review.slug} has no protocol yet; import one first")
    Review.objects.select_for_update().get(pk=review.pk)  # two uses at once would add a record twice
    use, is_new = SearchUse.objects.get_or_create(
        review=review,
        search_run=run,
        defaults={"protocol_version": version, "strategy": run.strategy, "used_at": at},
    )
    known = Candidate.objects.filter(review=review).values("record_id")
    records = returned_by(run).exclude(record_id__in=known).order_by("record_id")
    new = [
        Candidate(review=review, record_id=record_id, search_use=use, added_at=at)
        for record_id in records.values_list("record_id", flat=True)
    ]
    Candidate.objects.bulk_create(new)
    if is_new or new:
        record_event("run_used", use, by=None, at=at, new_candidates=len(new))
    return len(new)
