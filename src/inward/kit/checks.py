"""What must be right before the house opens: settings of the database, names of announcements and their listeners.

Django runs these at every start and in ``inward doctor``; each says what is wrong and how to mend it.
"""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.db import connection

from inward.kit import outbox


@register()
def sqlite_takes_the_write_lock_first(**_: Any) -> list[CheckMessage]:
    """On SQLite, a transaction that reads and then writes must begin as a writer, or two of them fail each other."""
    options = connection.settings_dict.get("OPTIONS", {})
    if connection.vendor != "sqlite" or options.get("transaction_mode") == "IMMEDIATE":
        return []
    hint = 'Set OPTIONS["transaction_mode"] to "IMMEDIATE".'
    return [Error("SQLite transactions do not begin as writers", hint=hint, id="inward.kit.E001")]


@register()
def postgresql_plans_once(**_: Any) -> list[CheckMessage]:
    """On PostgreSQL, the hot statement must be prepared on the server: planning it costs more than running it."""
    options = connection.settings_dict.get("OPTIONS", {})
    prepared = options.get("server_side_binding") and options.get("prepare_threshold") is not None
    if connection.vendor != "postgresql" or prepared:
        return []
    hint = 'Set OPTIONS["server_side_binding"] to True and OPTIONS["prepare_threshold"] to 1.'
    return [Caution("PostgreSQL plans the hot statement anew every time", hint=hint, id="inward.kit.W001")]


@register()
def listeners_hear_named_announcements(**_: Any) -> list[CheckMessage]:
    """A reaction to an announcement without a name of its own would never run; two kinds under one name would mix."""
    found: list[CheckMessage] = []
    kinds: dict[str, type[outbox.Announcement]] = {}
    for reaction in outbox.reactions().values():
        kind = reaction.listens_to
        if not kind.name:
            found.append(Error(f"{reaction.name} listens to {kind.__name__}, which has no name", id="inward.kit.E002"))
        elif kinds.setdefault(kind.name, kind) is not kind:
            found.append(Error(f"two announcements are called {kind.name}", id="inward.kit.E003"))
    return found
