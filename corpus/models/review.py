"""Reviews: what they promised, who takes part, which searches they use, what they must judge."""

from django.conf import settings
from django.db import models

from corpus.models.record import Record
from corpus.models.search_run import SearchRun
from corpus.vocabulary.decisions import Role


class Review(models.Model):
    """A question under review. Many reviews share one corpus."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=500)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class ProtocolVersion(models.Model):
    """What a review promised at one time; the newest one counts. Never changed, only followed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="protocol_versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    document = models.TextField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="protocol_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} protocol {self.number}"


class Membership(models.Model):
    """What a person is to a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="membership_one_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.role}"


class SearchUse(models.Model):
    """A review takes up a search run, under the protocol and strategy of that day."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="search_uses")
    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="uses")
    protocol_version = models.ForeignKey(ProtocolVersion, on_delete=models.PROTECT, related_name="+")
    strategy = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "search_run"], name="search_used_once_per_review"),
        ]

    def __str__(self) -> str:
        return f"review {self.review_id} uses run {self.search_run_id}"


class Candidate(models.Model):
    """A record in one review. Decisions, predictions and outcome hang here, so reviews never touch."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="candidates")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="candidates")
    search_use = models.ForeignKey(SearchUse, on_delete=models.PROTECT, related_name="candidates")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "record"], name="candidate_once_per_review"),
        ]

    def __str__(self) -> str:
        return f"review {self.review_id} record {self.record_id}"
