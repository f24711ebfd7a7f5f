"""The Django app."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """The store."""

    name = "corpus"
    default_auto_field = "django.db.models.BigAutoField"
