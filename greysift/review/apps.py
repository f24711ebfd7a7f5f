"""The Django app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The reviewers' pages."""

    name = "greysift.review"
