"""What tests of the pages share."""

import pytest
from django.test import Client

from tests.factories import make_member, make_review


@pytest.fixture
def review(db):
    """Return a review without records."""
    return make_review()


@pytest.fixture
def ana(review):
    """Return a reviewer of it."""
    return make_member(review=review, username="ana")


@pytest.fixture
def browser_of():
    """Return a maker of logged-in clients."""

    def log_in(person, **options) -> Client:
        client = Client(**options)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
