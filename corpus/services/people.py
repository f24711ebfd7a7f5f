"""Accounts."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from corpus.models import Person
from corpus.services.audit import record_event
from corpus.vocabulary.errors import PolicyError


@transaction.atomic
def create_person(username: str, *, password: str, at: datetime) -> Person:
    """Make an account.

    Raises
    ------
    PolicyError
        When the name is taken or the password is too weak; the text says why.
    """
    if Person.objects.filter(username=username).exists():
        raise PolicyError(f"there is an account {username!r} already")
    person = Person(username=username)
    try:
        person.full_clean(exclude=["password"])
        validate_password(password, user=person)
    except ValidationError as error:
        raise PolicyError("; ".join(error.messages)) from error
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise PolicyError(f"there is an account {username!r} already") from None
    record_event("person_created", person, by=None, at=at, username=username)
    return person
