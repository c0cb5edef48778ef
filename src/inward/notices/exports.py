"""What leaves the notices room for analysis: how many notices of which sort were sent and when; not to whom, nor their words."""

from collections.abc import Iterator
from datetime import date

from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, Column, Export, Value
from inward.kit.policy import Answer
from inward.notices.models import Notice
from inward.notices.vocabulary import NoticeState
from inward.parties import policy as parties


def _may(actor: Actor, on: date) -> Answer:
    return parties.may_administer_everything(actor, on=on)


def _notices() -> Iterator[tuple[Value, ...]]:
    fields = ("id", "code", "state", "language", "attempts", "created_at", "due_at", "sent_at")
    yield from Notice.objects.values_list(*fields).iterator(AT_ONCE)


EXPORTS = (
    Export(
        "notices",
        "Every notice; without whom it was for, and without its words",
        "data administrators of everything",
        _may,
        (
            Column("id", "integer", "key of the notice"),
            Column("code", "text", "what it tells"),
            Column("state", "text", f"one of {', '.join(NoticeState.__members__)}"),
            Column("language", "text", "language it was written in; empty before it is written"),
            Column("attempts", "integer", "how often sending was tried", "times"),
            Column("created_at", "instant", "when there was something to tell"),
            Column("due_at", "instant", "when it was to be sent"),
            Column("sent_at", "instant", "when it was sent; empty: not yet"),
        ),
        _notices,
    ),
)
"""The tables for analysis."""
