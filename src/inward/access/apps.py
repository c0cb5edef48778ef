"""The access room as a Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Names the room; its reactions are found by the kit."""

    name = "inward.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
