"""The trade room as a Django application."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """Names the room; nothing happens at start but the registering of its reactions and jobs."""

    name = "inward.trade"
    label = "trade"
    default_auto_field = "django.db.models.BigAutoField"
