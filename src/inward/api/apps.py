"""Makes the API known to Django, so that what it says is found with the wordings of the rooms."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API; it has no tables."""

    name = "inward.api"
    label = "api"
