"""Comparable sales in the office: what strangers paid for the like, noted with its source, and no longer compared from a day on."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import comparables, operations, policy
from inward.catalogue.comparables import ComparableRecord
from inward.catalogue.queries import price_book
from inward.core.pricing import Comparable
from inward.core.pricing.reading import comparable as read_comparable
from inward.core.pricing.revising import ComparableEnds, NewComparable
from inward.kit.policy import Answer
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import offerings
from inward.web.office.things import pricewords as words


def _page(looking: Looking, key: str) -> Detail:
    sheet = comparables.comparable(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: ComparableRecord = sheet.record
    found = record.comparable
    return Detail(
        title=_("Comparable sale %(code)s") % {"code": found.id},
        record=record,
        facts=(
            Fact(__("Item"), record.offering.name, spoken=True),
            Fact(__("Supplier"), record.supplier.name),
            Fact(__("Price a piece, without tax"), formats.money(found.price)),
            Fact(__("Seen at"), found.source),
            Fact(__("Seen on"), found.seen_on),
            Fact(__("Days"), showing.days(found.period)),
            Fact(__("All comparable sales of the item"), words.range_words(record.offering.code, looking.on)),
        ),
        versions=tuple(
            Version(each.period, _said(each.says), each.known_from, each.known_until, each.source)
            for each in sheet.versions
        ),
        links=(Link(reverse("office_page", args=["offerings", record.offering.code]), _("The item"), "package"),),
        audited=sheet.audited,
    )


def _said(found: Comparable) -> str:
    facts = {"price": formats.money(found.price), "source": found.source, "day": formats.short_day(found.seen_on)}
    return _("%(price)s at %(source)s, seen %(day)s") % facts


def _typed(doing: Doing) -> Comparable:
    return read_comparable(words.row({**doing.values, "source": doing.values["seen_at"]}, id=_code(doing)))


def _code(doing: Doing) -> str:
    """The first code for a sale of this item that nobody uses."""
    known = {each.id for each in price_book().comparables}
    offering = str(doing.values["offering"])[:100]
    return next(code for number in range(1, len(known) + 2) if (code := f"{offering}-{number}") not in known)


def _note(doing: Doing) -> str:
    found = _typed(doing)
    operations.note_comparable(by=doing.by, at=doing.at, comparable=found, source=doing.source)
    return found.id


def _end(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_comparable(by=doing.by, at=doing.at, comparable=doing.key, valid_until=until, source=doing.source)
    return doing.key


def _may(looking: Looking, record: ComparableRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.supplier.code, on=on)


def _now(_looking: Looking, record: ComparableRecord) -> Mapping[str, Any]:
    return {"valid_until": record.comparable.period.until}


def _item(looking: Looking, record: Any) -> Any:
    make = fields.one_of_many(__("Item"), lambda: words.items(looking), help=__("Name or code."))
    return make(looking, record)


THING = Thing(
    name="comparables",
    group=__("What is offered"),
    label=__("Comparable sales"),
    lead=__(
        "What strangers paid for the like. Prices between related companies stand beside them: within the middle half of them "
        "or not."
    ),
    icon="checks",
    search=__("Code, item or source"),
    dated=True,
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("supplier", __("Supplier"), offerings.suppliers),),
    columns=(
        Column(__("Code"), lambda row: row.comparable.id, sort="code"),
        Column(__("Item"), lambda row: row.offering.name, sort="offering", spoken=True),
        Column(__("Price a piece, without tax"), lambda row: formats.money(row.comparable.price), end=True),
        Column(__("Seen at"), lambda row: row.comparable.source),
        Column(__("Seen on"), lambda row: row.comparable.seen_on, sort="seen"),
        Column(__("Days"), lambda row: showing.days(row.comparable.period)),
    ),
    rows=lambda looking, params: comparables.comparables(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.comparable.id,
    page=_page,
    creates=(
        Act(
            name="note",
            label=__("Note a comparable sale"),
            icon="plus",
            lead=__("A sale of the same or the like between strangers, without tax, with where and when it was seen."),
            form=(
                Field("offering", _item, lambda code: words.items_named([code])),
                Field("price", fields.number(__("Price a piece, without tax"))),
                Field("currency", fields.currency(__("Currency"))),
                Field("seen_at", fields.text(__("Seen at"))),
                Field("seen_on", fields.day(__("Seen on"))),
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                    fields.day_before,
                ),
            ),
            do=_note,
            may=_may,
            effects=lambda doing: words.effects(doing, NewComparable(_typed(doing))),
            done=__("The comparable sale is kept."),
        ),
    ),
    acts=(
        ending(
            lead=__(
                "From the day after, prices stand beside it no more. Orders keep the range they were decided beside."
            ),
            initial=_now,
            do=_end,
            may=_may,
            effects=lambda doing: words.effects(doing, ComparableEnds(doing.key, doing.values["valid_until"])),
        ),
    ),
    events={"catalogue.note_comparable": __("Noted"), "catalogue.end_comparable": __("Last day")},
)
