"""The letters as a Django application: their templates, reactions and job."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Registers what letters listen to."""

    name = "inward.web.letters"
    label = "letters"

    def ready(self) -> None:
        """Let the worker know the reactions and the job of letters."""
        from inward.web.letters import cases, reactions, received, sending, signing_in  # noqa: F401 - registered by being imported
