"""Making the tables of a new site in seconds: a migration draws only the models it changes anew, not all that are related to them.

Django keeps a picture of every model between migrations. Where one changes, it draws anew whatever is related to it, however
far: in a house whose tables all know of parties that is nearly everything, a thousand times over, nine tenths of the time of a first
start. What is done to a table needs the model itself; the models beside it only where what others refer to may change its type.
Code that looks at models (``RunPython``) is given a picture drawn anew as a whole: that is what Django's ``is_delayed`` means.

Of Django's own one method is replaced, ``ProjectState._find_reload_model``; ``tests/kit/test_lean_migrations.py`` holds that the
tables come out the same.
"""

from contextlib import suppress
from typing import Final

from django.db.migrations.state import ProjectState, get_related_models_tuples

DJANGOS_OWN: Final = ProjectState._find_reload_model  # type: ignore[attr-defined]


def draw_only_what_changes() -> None:
    """From now on, in this process."""
    ProjectState._find_reload_model = _models_to_draw  # type: ignore[attr-defined]


def _models_to_draw(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: FBT001, FBT002 - as Django's
    """The model, and where a reference or what others refer to changes (not ``delay``), those next to it."""
    state.is_delayed = True
    found = {(app_label, model_name)}
    with suppress(LookupError):  # it is new
        # Asked in any case: the model remembers who refers to it now, which is asked of it when it is there no more.
        beside = get_related_models_tuples(state.apps.get_model(app_label, model_name))
        if not delay:
            found |= beside
    return found
