"""Models that someone may promote, and who did."""

from django.conf import settings
from django.db import models


class TrainedModel(models.Model):
    """An artefact in the registry: what it was trained on, how it did, where it lies."""

    task = models.CharField(max_length=50)
    version = models.CharField(max_length=100)
    training_sha256 = models.CharField(max_length=64)
    metrics = models.JSONField(default=dict)
    location = models.CharField(max_length=20, choices=[("shipped", "shipped"), ("workspace", "workspace")])
    made_at = models.DateTimeField()
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "version"], name="model_version_once"),
            models.CheckConstraint(
                condition=models.Q(location__in=["shipped", "workspace"]), name="model_location_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.version}"


class ModelPromotion(models.Model):
    """From this moment this version serves; the newest row of a task counts."""

    task = models.CharField(max_length=50)
    model = models.ForeignKey(TrainedModel, on_delete=models.PROTECT, related_name="promotions")
    action = models.CharField(max_length=10, choices=[("promote", "promote"), ("rollback", "rollback")])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["promote", "rollback"]), name="promotion_action_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.model_id}"
