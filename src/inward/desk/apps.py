"""The desk room as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the room and registers what it does by itself."""

    name = "inward.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the jobs and reactions of this room."""
        from inward.desk import (  # noqa: F401 - registered by being imported
            jobs,
            latejobs,
            letterjobs,
            orderreactions,
            reactions,
            rulereactions,
        )
