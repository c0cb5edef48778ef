"""Dealings whose verdict would be another one by what is known now: listed for somebody to act on, never rewritten."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.insight import late, operations, policy
from inward.insight.late import LateRow
from inward.insight.vocabulary import LateState
from inward.kit import vocabularies
from inward.kit.policy import Answer, NotThere
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing


def _may_look(looking: Looking) -> Answer:
    return policy.may_suppose(looking.viewer, on=looking.at.date())


def _may(looking: Looking, _record: Any) -> Answer:
    return _may_look(looking)


def _state(state: LateState) -> str:
    return vocabularies.label("late_state", state.value, formats.language())


def _states(_looking: Looking, _record: Any = None) -> list[tuple[str, str]]:
    return [(each.value, _state(each)) for each in LateState]


def _kind(kind: Any) -> str:
    return _("not possible") if kind is None else vocabularies.label("standing_kind", kind.value, formats.language())


def _customer(row: LateRow) -> str:
    return full_name(row.customer, on=row.on) if row.customer else _("a purchase for oneself")


def _page(looking: Looking, key: str) -> Detail:
    row = late.one(viewer=looking.viewer, at=looking.at, key=_key(key))
    return Detail(
        title=_("Order %(number)s") % {"number": row.number} if row.number else _("A purchase for oneself"),
        record=row,
        facts=(
            Fact(__("Day"), row.on),
            Fact(__("Supplier"), full_name(row.supplier, on=row.on)),
            Fact(__("Customer"), _customer(row)),
            Fact(__("It was decided as"), _kind(row.kind_then)),
            Fact(__("By what is known now"), _kind(row.kind_now)),
            *_in_the_books(row),
            Fact(__("Paid"), row.total_then),
            Fact(__("It would cost"), row.total_now),
            Fact(__("What became known"), words(row.cause)),
            Fact(__("Found"), row.found_at),
            Fact(__("What is done"), _state(row.state)),
            Fact(__("Note"), row.note),
        ),
        audited=(f"late {row.id}",),
    )


def _in_the_books(row: LateRow) -> tuple[Fact, ...]:
    """What it was to the books, and would be; nothing where that was not noted."""
    if row.books_then is None:
        return ()
    return (
        Fact(__("Paid and posted as"), _kind(row.books_then)),
        Fact(__("It would be paid and posted as"), _kind(row.books_now)),
    )


def _key(key: str) -> int:
    if not (key.isascii() and key.isdigit()) or len(key) > 18:  # noqa: PLR2004 - the digits of a key
        raise NotThere
    return int(key)


def _decide(doing: Doing) -> str:
    state = LateState(doing.values["state"])
    operations.decide_late(by=doing.by, at=doing.at, key=doing.record.id, state=state, note=doing.values["note"])
    return doing.key


THING = Thing(
    name="late-dealings",
    group=__("The organisation"),
    label=__("Orders seen otherwise now"),
    lead=__(
        "Orders whose verdict would be another one by what became known later. They keep what was decided; act on them here."
    ),
    icon="clock",
    may=_may_look,
    filters=(Filter("state", __("What is done"), _states),),
    columns=(
        Column(__("Day"), lambda row: row.on),
        Column(__("Order"), lambda row: row.number),
        Column(__("Supplier"), lambda row: full_name(row.supplier, on=row.on)),
        Column(__("Customer"), _customer),
        Column(__("It was decided as"), lambda row: _kind(row.kind_then)),
        Column(__("By what is known now"), lambda row: _kind(row.kind_now)),
        Column(__("Paid"), lambda row: row.total_then, sort="paid", end=True),
        Column(__("It would cost"), lambda row: row.total_now, end=True),
        Column(__("Found"), lambda row: row.found_at, sort="found"),
        Column(__("What is done"), lambda row: _state(row.state)),
    ),
    rows=lambda looking, params: late.late(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.id),
    page=_page,
    acts=(
        Act(
            name="decide",
            label=__("Say what is done"),
            icon="edit",
            lead=__("The order stays as it is. A correction is a return and a new order."),
            form=(
                Field("state", fields.choice(__("What is done"), _states)),
                Field("note", fields.area(__("Note"), required=True, most=500)),
            ),
            initial=lambda _looking, record: {"state": record.state.value, "note": record.note},
            do=_decide,
            may=_may,
            done=__("It is kept."),
            keeps_source=False,
        ),
    ),
    events={"insight.decide_late": __("Said what is done")},
)
