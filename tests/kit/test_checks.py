"""The checks at start: each finds its fault and is silent without it."""

from typing import Any

import pytest
from django.core.checks import registry as django_checks
from django.db import connection

from inward.kit import checks
from inward.kit.outbox import Announcement, reaction


class Nameless(Announcement):
    """Somebody forgot the name."""


class One(Announcement):
    """The first of its name."""

    name = "bees.One"


class AnotherOne(Announcement):
    """The second of the same name."""

    name = "bees.One"


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found]


def listen(*kinds: type[Announcement]) -> None:
    for number, kind in enumerate(kinds):
        reaction(kind, name=f"test.{number}")(lambda told, *, at: None)


def test_this_installation_is_in_order() -> None:
    registered = {check for check in django_checks.registry.get_checks() if check.__module__ == checks.__name__}

    assert len(registered) == 3
    assert [message for check in registered for message in check()] == []


@pytest.mark.parametrize(
    ("vendor", "options", "expected"),
    [
        ("sqlite", {}, ["inward.kit.E001"]),
        ("sqlite", {"transaction_mode": "DEFERRED"}, ["inward.kit.E001"]),
        ("sqlite", {"transaction_mode": "IMMEDIATE"}, []),
        ("postgresql", {}, ["inward.kit.W001"]),
        ("postgresql", {"server_side_binding": True}, ["inward.kit.W001"]),
        ("postgresql", {"prepare_threshold": 1}, ["inward.kit.W001"]),
        ("postgresql", {"server_side_binding": True, "prepare_threshold": 0}, []),
    ],
)
def test_a_database_set_up_otherwise_is_named(
    monkeypatch: pytest.MonkeyPatch, vendor: str, options: dict[str, Any], expected: list[str]
) -> None:
    monkeypatch.setattr(type(connection._connections[connection._alias]), "vendor", vendor)  # type: ignore[attr-defined]
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)

    assert ids([*checks.sqlite_takes_the_write_lock_first(), *checks.postgresql_plans_once()]) == expected


def test_a_listener_to_something_without_a_name_is_named(registry: None) -> None:
    listen(One, One, Nameless)

    (message,) = checks.listeners_hear_named_announcements()
    assert (message.id, message.msg) == ("inward.kit.E002", "test.2 listens to Nameless, which has no name")


def test_two_announcements_of_one_name_are_named(registry: None) -> None:
    listen(One, AnotherOne, One)

    (message,) = checks.listeners_hear_named_announcements()
    assert (message.id, message.msg) == ("inward.kit.E003", "two announcements are called bees.One")


def test_in_order_nothing_is_said(registry: None) -> None:
    listen(One, One)

    assert checks.listeners_hear_named_announcements() == []
