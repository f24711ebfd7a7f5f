"""Claims on work."""

from django.db import models


class Lease(models.Model):
    """A live process works on this; when it dies, the claim runs out and the work comes back."""

    name = models.CharField(max_length=200, unique=True)
    holder = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} held by {self.holder}"
