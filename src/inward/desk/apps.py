"""The desk room as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the room."""

    name = "inward.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
