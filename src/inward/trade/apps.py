"""The trade room as a Django application."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """Names the room and registers what files can bring into it."""

    name = "inward.trade"
    label = "trade"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let files be loaded."""
        from inward.trade import imports

        imports.ready()
