"""People who log in."""

from django.contrib.auth.models import AbstractUser


class Person(AbstractUser):
    """An account. What a person may do is said per review by their membership."""
