"""The trade room as a Django application."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """Names the room; nothing happens at start but the registering of its reactions and jobs."""

    name = "inward.trade"
    label = "trade"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the jobs and reactions of this room."""
        from inward.trade import jobs, reactions  # noqa: F401 - registered by being imported
