"""The catalogue room as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Names the room and registers what files can bring into it."""

    name = "inward.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let files be loaded."""
        from inward.catalogue import imports

        imports.ready()
