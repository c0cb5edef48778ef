"""The ledger room as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the room and registers its jobs."""

    name = "inward.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the jobs of this room."""
        from inward.ledger import jobs  # noqa: F401 - registered by being imported
