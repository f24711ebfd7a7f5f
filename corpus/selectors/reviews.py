"""Reviews, their teams and protocols."""

from collections.abc import Sequence

from corpus.models import Membership, Person, ProtocolVersion, Review
from corpus.protocol import parse_protocol
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.errors import WorkspaceError
from corpus.vocabulary.protocols import Protocol


def review_by_slug(slug: str | None = None) -> Review:
    """Return the review that is meant; without a slug, the only one there is.

    Raises
    ------
    WorkspaceError
        When it does not exist or more than one could be meant; the text lists the choices.
    """
    reviews = all_reviews()
    wanted = [r for r in reviews if slug in {None, r.slug}]
    if len(wanted) == 1:
        return wanted[0]
    names = ", ".join(r.slug for r in reviews)
    if not reviews:
        raise WorkspaceError(
            "there is no review here yet; `greysift init DIR --protocol care-leavers` makes one"
        )
    if slug is None:
        raise WorkspaceError(f"there are several reviews here; say which with --review: {names}")
    raise WorkspaceError(f"there is no review {slug!r} here; there is: {names}")


def all_reviews() -> list[Review]:
    """Return every review of the installation, by slug."""
    return list(Review.objects.order_by("slug"))


def reviews_of(person: Person) -> Sequence[Review]:
    """Return the reviews that a person takes part in, by title."""
    return list(Review.objects.filter(memberships__person=person).order_by("title"))


def role_in(review: Review, person: Person) -> Role | None:
    """Return what a person is to a review, if anything."""
    membership = Membership.objects.filter(review=review, person=person).first()
    return Role(membership.role) if membership else None


def protocol_version(review: Review) -> ProtocolVersion:
    """Return the newest protocol version.

    Raises
    ------
    WorkspaceError
        When the review has none.
    """
    version = review.protocol_versions.order_by("-number").first()
    if version is None:
        raise WorkspaceError(f"review {review.slug} has no protocol yet; import one first")
    return version


def protocol_of(review: Review) -> Protocol:
    """Return what the newest protocol version says."""
    return parse_protocol(protocol_version(review).document)


def find_person(username: str) -> Person | None:
    """Return the account of that name, if there is one."""
    return Person.objects.filter(username=username).first()


def team_of(review: Review) -> list[tuple[str, str]]:
    """Return (name, role) of everyone who takes part, by name."""
    members = Membership.objects.filter(review=review).select_related("person").order_by("person__username")
    return [(m.person.get_username(), m.role) for m in members]
