"""The access room as a Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Names the room; its reactions are found by the kit. Says who a user is when the worker loads what she brought."""

    name = "inward.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let imports be loaded with the roles of whoever asked for them."""
        from inward.access import queries
        from inward.kit import imports

        imports.act_through(lambda user, at: queries.actor_for(user, via="worker", at=at))
