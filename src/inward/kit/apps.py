"""Tells Django about the kit, its checks, and every room's reactions, jobs and checks of data quality. Nothing else happens at start."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    """The plumbing app; its tables are called kit_…"""

    name = "inward.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, the kit's own jobs, and what rooms react to; let tables be made in seconds."""
        from inward.kit import audit, checks  # noqa: F401 - importing them registers; models must be there first
        from inward.kit.lean_migrations import draw_only_what_changes

        draw_only_what_changes()
        autodiscover_modules("reactions", "jobs", "quality")
