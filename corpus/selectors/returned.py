"""What a search returned."""

from django.db.models import QuerySet

from corpus.models import SearchRun, Sighting
from corpus.vocabulary.harvest import MENTIONED


def returned_by(run: SearchRun) -> "QuerySet[Sighting]":
    """Return the sightings of the records that a run returned, without those that it only saw listed."""
    return Sighting.objects.filter(search_run=run).exclude(is_unread=True, unread_parts=MENTIONED)
