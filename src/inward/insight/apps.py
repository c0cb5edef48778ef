"""The insight room as a Django application."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Names the room."""

    name = "inward.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
