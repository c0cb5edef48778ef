"""The parties room as a Django application."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Names the room and registers what files can bring into it."""

    name = "inward.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let files be loaded."""
        from inward.parties import imports

        imports.ready()
