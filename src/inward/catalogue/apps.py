"""The catalogue room as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Names the room."""

    name = "inward.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
