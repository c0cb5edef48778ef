"""The parties room as a Django application."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Names the room; nothing happens at start."""

    name = "inward.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
