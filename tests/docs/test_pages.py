"""Every setting, command, announcement and export has its place on a reference page; what is gone is gone there too."""

import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from inward.access.vocabulary import Role
from inward.catalogue import exports as catalogue
from inward.cli.main import COMMANDS
from inward.kit.outbox import Announcement
from inward.parties.worldfiles import TABLES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
ROOMS = sorted(path.parent.name for path in (ROOT / "src" / "inward").glob("*/announcements.py"))
IDENTITY = {"id", "announced_at", "announced_by"}
"""What every announcement carries."""


def page(name):
    return (REFERENCE / name).read_text(encoding="utf-8")


def announcements():
    """Every kind of announcement of every room, by name."""
    for room in ROOMS:
        import_module(f"inward.{room}.announcements")
    found, waiting = {}, [Announcement]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("inward.") and getattr(kind, "name", ""):
            found[kind.name] = kind
    return dict(sorted(found.items()))


def told():
    """The table of announcements as the page has it."""
    lines = []
    for name, kind in announcements().items():
        facts = ", ".join(f"`{field.name}`" for field in fields(kind) if field.name not in IDENTITY)
        what = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
        lines.append(f"| `{name}` | {kind.version} | {facts} | {what} |")
    return "\n".join(lines)


def test_every_setting_is_explained():
    text = page("settings.md")
    assert [name for name in sorted(settings.INWARD_SETTINGS) if f"`{name}`" not in text] == []


def test_no_setting_is_explained_that_nobody_reads():
    named = set(re.findall(r"^\| `(INWARD_[A-Z_]+)`", page("settings.md"), re.MULTILINE))
    assert sorted(named - set(settings.INWARD_SETTINGS)) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_explained(command):
    assert re.search(rf"`?inward {command.name}\b", page("commands.md"))


def test_every_announcement_is_on_its_page_with_its_version_and_its_facts():
    text = page("announcements.md")
    rows = [line for line in text.splitlines() if re.match(r"\| `\w+\.\w+` \|", line)]
    assert "\n".join(rows) == told()


def test_every_column_that_is_exported_is_explained():
    world, goods = page("world.md"), page("catalogue-files.md")
    for columns, text in (
        (catalogue.OFFERING_COLUMNS, goods),
        (catalogue.PRICE_COLUMNS, goods),
        (catalogue.TAX_COLUMNS, goods),
        *((columns, world) for columns in TABLES.values()),
    ):
        assert [column for column in columns if f"`{column}`" not in text] == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EMPLOYEE], ids=lambda role: role.value)
def test_every_role_is_explained(role):
    assert f"`{role.value}`" in page("roles.md")
