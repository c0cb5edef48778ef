"""The trade room as a Django application."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """Names the room and registers what files can bring into it."""

    name = "inward.trade"
    label = "trade"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the jobs and reactions of this room, and let files be loaded."""
        from inward.trade import imports, jobs, reactions  # noqa: F401 - registered by being imported

        imports.ready()
