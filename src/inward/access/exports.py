"""What leaves the access room for analysis: how many sign in, and who holds which role. No names, addresses or secrets."""

from collections.abc import Iterator
from datetime import date

from inward.access.models import RoleGrant, User
from inward.access.vocabulary import GRANTABLE
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, VALID, Column, Export, Value
from inward.kit.policy import Answer
from inward.parties import policy as parties

_PERMISSION = "data administrators of everything"


def _may(actor: Actor, on: date) -> Answer:
    return parties.may_administer_everything(actor, on=on)


def _users() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "person_id", "machine_of_id", "language", "is_active", "invited_at")
    yield from User.objects.values_list(*fields).iterator(AT_ONCE)


def _grants() -> Iterator[tuple[Value, ...]]:
    rows = RoleGrant.objects.current().values_list(
        "user_id", "role", "party_id", "handed_on_from", "valid_from", "valid_until"
    )
    for user, role, party, handed_on_from, start, until in rows.iterator(AT_ONCE):
        yield user, role, party, handed_on_from != "", start, until


EXPORTS = (
    Export(
        "users",
        "Everybody who can sign in; without name and address",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the user"),
            Column("person_id", "integer", "key of the person; empty for a machine or somebody from outside"),
            Column("machine_of_id", "integer", "of a machine: key of the company or unit it works for"),
            Column("language", "text", "language of the pages: en, nb, it or id"),
            Column("active", "yes/no", "whether she can sign in"),
            Column("invited_at", "instant", "when she was invited"),
        ),
        _users,
    ),
    Export(
        "role_grants",
        "Who holds which role over which party, as known now",
        _PERMISSION,
        _may,
        (
            Column("user_id", "integer", "key of the user"),
            Column("role", "text", f"one of {', '.join(sorted(role.value for role in GRANTABLE))}"),
            Column("party_id", "integer", "key of the company or unit; empty: over everything"),
            Column("handed_on", "yes/no", "whether a colleague handed it on for a while"),
            *VALID,
        ),
        _grants,
    ),
)
"""The tables for analysis."""
