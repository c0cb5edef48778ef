"""Things that departments look after, in the office: what they are, who has them where since when, what was asked about them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Reason
from inward.desk import operations, policy, things
from inward.desk.things import HeldView, ThingRow
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties.vocabulary import PartyKind
from inward.web.components.naming import full_name
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things.desks import CODE, GROUP, keeps_some, may_keep, supplier_of, suppliers


def _reads(looking: Looking) -> Answer:
    over = policy.procedures_read_by(looking.viewer, on=looking.at.date())
    return ALLOWED if over is None or over else refusal(Reason.of("not_queue_keeper"))


def _may(looking: Looking, record: ThingRow | None) -> Answer:
    return keeps_some(looking) if record is None else may_keep(looking, record.supplier.code)


def _there(_looking: Looking, record: ThingRow) -> bool:
    return record.closed_at is None


def _departments(looking: Looking) -> Iterable[tuple[str, str]]:
    return sorted(suppliers(looking).items(), key=lambda pair: (pair[1], pair[0]))


def _page(looking: Looking, key: str) -> Detail:
    sheet = things.thing(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    row, now = sheet.row, sheet.now
    return Detail(
        title=row.name,
        record=row,
        facts=(
            Fact(__("Code"), row.code),
            Fact(__("Department"), full_name(row.supplier.code, on=looking.on)),
            Fact(__("What it is"), row.sort),
            Fact(__("Serial number"), row.serial),
            Fact(__("Who has it"), None if now is None else full_name(now.holder.code, on=looking.on)),
            Fact(__("Where it stands"), None if now is None else now.place),
            Fact(__("There no more since"), row.closed_at),
        ),
        links=tuple(
            Link(reverse("request", args=[each.reference]), f"{each.number} {each.subject}", "message")
            for each in sheet.cases
        ),
        versions=tuple(_version(each) for each in sheet.held),
        audited=(f"{row.code} thing",),
    )


def _version(held: HeldView) -> Version:
    words = ", ".join(filter(None, (held.holder.name, held.place)))
    return Version(held.period, words, held.known_from, held.known_until)


def _set(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = values["code"] if record is None else record.code
    operations.set_equipment(
        by=doing.by,
        at=doing.at,
        code=code,
        supplier=values["supplier"] if record is None else record.supplier.code,
        name=values["name"],
        sort=values["sort"],
        serial=values["serial"],
    )
    return str(code)


def _hold(doing: Doing) -> str:
    values = doing.values
    operations.hold_equipment(
        by=doing.by,
        at=doing.at,
        code=doing.key,
        holder=values["holder"],
        place=values["place"],
        valid_from=values["valid_from"],
        source=doing.source,
    )
    return doing.key


def _close(doing: Doing) -> str:
    operations.close_equipment(by=doing.by, at=doing.at, code=doing.key)
    return ""


def _now(_looking: Looking, record: ThingRow) -> Mapping[str, Any]:
    return {"name": record.name, "sort": record.sort, "serial": record.serial}


_FORM = (
    Field("name", fields.text(__("Name"))),
    Field("sort", fields.text(__("What it is"), most=100, required=False, help=__("A till, a laptop, a room."))),
    Field("serial", fields.text(__("Serial number"), most=100, required=False)),
)

THING = Thing(
    name="equipment",
    group=GROUP,
    label=__("Equipment"),
    lead=__("Things a department looks after: who has them, where they stand, what was asked about them."),
    icon="devices",
    search=__("Name, code or serial number"),
    may=_reads,
    filters=(Filter("supplier", __("Department"), _departments),),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name"),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("What it is"), lambda row: row.sort),
        Column(__("Serial number"), lambda row: row.serial),
        Column(__("Department"), lambda row: row.supplier.name),
    ),
    rows=lambda looking, params: things.equipment(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="new",
            label=__("New thing"),
            icon="plus",
            form=(CODE, Field("supplier", supplier_of, fields.name), *_FORM),
            do=_set,
            may=_may,
            done=__("It is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            form=_FORM,
            initial=_now,
            do=_set,
            may=_may,
            fits=_there,
            done=__("It is kept."),
            keeps_source=False,
        ),
        Act(
            name="hold",
            label=__("Somebody else has it"),
            icon="users",
            lead=__("From a day on; whoever had it before has it through the day before."),
            form=(
                Field(
                    "holder",
                    fields.party(__("Who has it"), PartyKind.PERSON, PartyKind.UNIT, PartyKind.COMPANY),
                    fields.name,
                ),
                Field("place", fields.text(__("Where it stands"), required=False)),
                Field(
                    "valid_from",
                    fields.day(__("From"), required=False, help=__("Empty: always so far, for the first time.")),
                ),
            ),
            do=_hold,
            may=_may,
            fits=_there,
            done=__("It is kept who has it."),
        ),
        Act(
            name="close",
            label=__("It is there no more"),
            icon="x",
            lead=__("What was asked about it stays."),
            do=_close,
            may=_may,
            fits=_there,
            done=__("It is there no more."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={
        "desk.set_equipment": __("Set"),
        "desk.hold_equipment": __("Somebody else has it"),
        "desk.close_equipment": __("It is there no more"),
    },
)
