"""Departments and teams in the office: opened, moved from a day on, renamed, closed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import operations, policy, queries, register
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.register import UnitRecord
from inward.parties.vocabulary import PartyKind
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import evidence
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import changes, leaders, names


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.unit(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: UnitRecord = sheet.record
    return Detail(
        title=f"{record.name}, {record.company.name}",
        record=record,
        facts=(
            Fact(__("Code"), record.code),
            Fact(__("Company"), record.company.name, reverse("office_page", args=["companies", record.company.code])),
            Fact(
                __("Below"),
                "" if record.parent is None else record.parent.name,
                "" if record.parent is None else reverse("office_page", args=["units", record.parent.code]),
            ),
            Fact(__("Days"), showing.days(record.period)),
            *leaders.facts(looking, key),
            *names.facts(looking, key),
            *changes.facts(key),
        ),
        versions=(
            *(
                Version(each.period, _words(each.says), each.known_from, each.known_until, each.source, each.evidence)
                for each in sheet.versions
            ),
            *names.versions(looking, key),
            *leaders.versions(looking, key),
        ),
        links=(Link(f"{reverse('office_list', args=['work'])}?unit={key}", _("Who works in it"), "users"),),
        audited=sheet.audited,
    )


def _words(says: Mapping[str, Any]) -> str:
    if says["parent"] is None:
        return _("at the top of %(company)s") % {"company": says["company"].name}
    return _("below %(parent)s in %(company)s") % {"parent": says["parent"].name, "company": says["company"].name}


def _open(doing: Doing) -> str:
    values = doing.values
    return operations.open_unit(
        by=doing.by,
        at=doing.at,
        code=values["code"],
        name=values["name"],
        company=values["company"],
        parent=values["parent"] or None,
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )


def _move(doing: Doing) -> str:
    values = doing.values
    operations.move_unit(
        by=doing.by,
        at=doing.at,
        unit=doing.key,
        company=values["company"],
        parent=values["parent"] or None,
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _close(doing: Doing) -> str:
    operations.close_unit(
        by=doing.by,
        at=doing.at,
        unit=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _may_open(looking: Looking, _record: Any) -> Answer:
    return policy.may_keep_records(looking.viewer, on=looking.at.date())


def _may_change(looking: Looking, record: UnitRecord) -> Answer:
    return policy.may_administer(looking.viewer, companies=[record.company.code], on=looking.at.date())


def _now(_looking: Looking, record: UnitRecord) -> Mapping[str, Any]:
    return {
        "name": record.name,
        "company": record.company.code,
        "parent": "" if record.parent is None else record.parent.code,
        "valid_until": record.period.until,
    }


def _headed(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [("vacant", _("Without a head")), ("filled", _("With a head"))]


def options(looking: Looking) -> Iterable[tuple[str, str]]:
    """The units of the companies the viewer looks after on the day, with their companies; from what is kept in memory."""
    mine = dict(fields.companies(looking))
    found = [
        (unit.id, f"{unit.name}, {mine[unit.company]}")
        for unit in queries.world().units
        if unit.company in mine and looking.on in unit.period
    ]
    return sorted(found, key=lambda pair: pair[1])


_PLACE = (
    Field("company", fields.company(__("Company")), fields.name),
    Field(
        "parent",
        fields.party(
            __("Below"),
            PartyKind.UNIT,
            required=False,
            help=__("Name or code of a department of that company. Empty: at its top."),
        ),
        fields.name,
    ),
)

THING = Thing(
    name="units",
    group=__("The organisation"),
    label=__("Departments and teams"),
    lead=__("Where each department or team stands, since when."),
    icon="hierarchy",
    search=__("Name or code"),
    dated=True,
    filters=(
        Filter("company", __("Company"), fields.companies),
        Filter("head", __("Head"), _headed),
    ),
    columns=(
        Column(__("Department or team"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Below"), lambda row: "" if row.parent is None else row.parent.name, spoken=True),
        Column(__("Head"), lambda row: row.head),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: register.units(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="open",
            label=__("New department or team"),
            icon="plus",
            form=(
                Field(
                    "code", fields.text(__("Code"), most=120, help=__("Stays for good: files and addresses use it."))
                ),
                names.NAME,
                *_PLACE,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
            ),
            do=_open,
            keeps_evidence=True,
            may=_may_open,
            done=__("The department is open."),
        ),
    ),
    acts=(
        Act(
            name="move",
            label=__("Move from a day on"),
            icon="calendar",
            lead=__("Where it stands from a day on. Its people stay in it."),
            form=(Field("valid_from", fields.day(__("From"))), *_PLACE),
            initial=_now,
            do=_move,
            keeps_evidence=True,
            may=_may_change,
            done=__("The move is kept."),
        ),
        names.renaming(_may_change),
        *leaders.ACTS,
        names.correcting(_may_change),
        Act(
            name="close",
            label=__("Close"),
            icon="x",
            lead=__("Its people and the teams below it must have left it by then."),
            form=(Field("valid_until", fields.last_day(__("Last day")), fields.day_before),),
            initial=_now,
            do=_close,
            keeps_evidence=True,
            may=_may_change,
            done=__("The last day is kept."),
            danger=True,
        ),
        evidence(shows=Shows.UNIT, may=_may_change, fits=lambda *_: True),
        names.showing(_may_change),
    ),
    events={
        "parties.open_unit": __("Opened"),
        "parties.move_unit": __("Moved"),
        "parties.close_unit": __("Closed"),
        **names.EVENTS,
        **leaders.EVENTS,
    },
)
