"""The notices room as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Names the room."""

    name = "inward.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
