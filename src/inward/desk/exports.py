"""What leaves the desk for analysis: every version of what was promised, a row for each target."""

from collections.abc import Iterator
from datetime import date

from inward.desk.models import ServiceStandard
from inward.desk.queries import terms_of
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, Column, Export, Value
from inward.kit.policy import Answer
from inward.parties import policy as parties


def _may(actor: Actor, on: date) -> Answer:
    return parties.may_administer_everything(actor, on=on)


def _targets() -> Iterator[tuple[Value, ...]]:
    for row in ServiceStandard.objects.select_related("supplier").order_by("id").iterator(AT_ONCE):
        terms = terms_of(row)
        kinds = " ".join(sorted(kind.value for kind in terms.kinds))
        days = row.valid_from, row.valid_until, row.known_from, row.known_until
        for measure, by_priority in terms.targets.items():
            for priority, within in by_priority.items():
                minutes = None if within.seconds is None else int(within.seconds // 60)
                yield (row.code, row.supplier.code, kinds, measure.value, priority, minutes, within.dates, *days)


EXPORTS = (
    Export(
        "service_promises",
        "Every version of every service promise, a row for each target",
        "data administrators of everything",
        _may,
        (
            Column("code", "text", "code of the promise"),
            Column("supplier", "text", "code of the company or department that promises"),
            Column("kinds", "text", "kinds of standing it is for; empty: everybody"),
            Column("measure", "text", "what is promised: OWN, RESPOND, RESPOND_NEXT, UPDATE or RESOLVE"),
            Column("priority", "text", "at which priority; empty: every other"),
            Column("minutes", "integer", "within so much working time; empty: in dates", "minutes"),
            Column("dates", "integer", "within so many dates on which work is done; empty: in minutes", "days"),
            Column("valid_from", "day", "first day it holds; empty: always so far"),
            Column("valid_until", "day", "first day it no longer holds; empty: for ever"),
            Column("known_from", "instant", "since when it is known so"),
            Column("known_until", "instant", "until when it was known so; empty: still"),
        ),
        _targets,
    ),
)
"""The tables for analysis."""
