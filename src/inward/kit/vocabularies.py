"""All sentences and labels of the house, gathered once from the vocabularies of the installed rooms.

A room's ``vocabulary`` offers ``REASONS`` (code → language → sentence) and ``LABELS`` (sort → value → language → label).
Faces word through ``house()``; what needs no database takes the rooms' data directly (``wording.Wordings``).
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps

from inward.core.terms import Reason
from inward.kit.wording import Wordings


@cache
def house() -> Wordings:
    """The wordings of every installed room. ValueError when two rooms word one code differently."""
    rooms = [_vocabulary(config.name) for config in apps.get_app_configs() if config.name.startswith("inward.")]
    known = [room for room in rooms if room is not None]
    labels: dict[str, Any] = {}
    for room in known:
        labels.update(getattr(room, "LABELS", {}))
    return Wordings(*(getattr(room, "REASONS", {}) for room in known), labels=labels)


def text(reason: Reason, language: str) -> str:
    """The reason as a sentence in that language."""
    return house().text(reason, language)


def label(sort: str, value: str, language: str) -> str:
    """What people call this value of that sort."""
    return house().label(sort, value, language)


def _vocabulary(app: str) -> ModuleType | None:
    name = f"{app}.vocabulary"
    return import_module(name) if find_spec(name) is not None else None
