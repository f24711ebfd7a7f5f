"""Places that are searched, and a person's word that searching them is allowed."""

from django.conf import settings
from django.db import models


class Source(models.Model):
    """A place that is searched. It belongs to the installation, not to a review."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=300)
    organisation = models.CharField(max_length=300)
    kind = models.CharField(max_length=50)
    declaration = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TermsConfirmation(models.Model):
    """A logged-in person read a site's terms and says that it may be crawled. No file can say so.

    ``hosts`` are those that the source was declared with at the time: the word holds for no other.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="terms_confirmations")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    note = models.TextField()
    hosts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="terms_note_given"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} confirmed at {self.confirmed_at}"
