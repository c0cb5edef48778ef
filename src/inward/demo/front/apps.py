"""The demo as an app of Django: its templates are found, nothing more. Only the demo's settings install it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Named so that templates and translations are found."""

    name = "inward.demo.front"
    label = "demo"
