"""Pages of a small library."""

from django.db import models
from wagtail.documents import get_document_model_string
from wagtail.models import Page


class ReportPage(Page):
    """A publication with a date, an introduction and perhaps a document."""

    published_on = models.DateField()
    introduction = models.TextField()
    document = models.ForeignKey(
        get_document_model_string(), null=True, blank=True, on_delete=models.SET_NULL
    )
