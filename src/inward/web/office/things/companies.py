"""Companies in the office: made known, called otherwise, and what their register says, from a day on."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import CompanyKind
from inward.kit.policy import Answer
from inward.parties import operations, policy, register
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.register import CompanyRecord
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.acts import evidence
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing, Version
from inward.web.office.things import changes, leaders, names, words


def _said(record: CompanyRecord, name: str) -> Any:
    return "" if record.registration is None else record.registration.says[name]


def _kind(record: CompanyRecord) -> str:
    return "" if record.registration is None else words.company_kind(record.registration.says["kind"].value)


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.company(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: CompanyRecord = sheet.record
    return Detail(
        title=record.name,
        record=record,
        facts=(
            Fact(__("Code"), record.code),
            Fact(__("Kind"), _kind(record)),
            Fact(__("Register number"), _said(record, "register_number")),
            Fact(__("Country"), _said(record, "country")),
            Fact(__("Prices in"), _said(record, "currency")),
            Fact(__("Books in"), _said(record, "functional_currency")),
            Fact(__("Time zone"), _said(record, "time_zone")),
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
        links=(
            Link(f"{reverse('office_list', args=['holdings'])}?owned={key}", _("Who owns it"), "percentage"),
            Link(f"{reverse('office_list', args=['holdings'])}?owner={key}", _("What it owns"), "building"),
            Link(f"{reverse('office_list', args=['share-classes'])}?company={key}", _("Its share classes"), "list"),
            Link(f"{reverse('office_list', args=['powers'])}?target={key}", _("Who has power over it"), "hierarchy"),
            Link(
                f"{reverse('office_list', args=['units'])}?company={key}", _("Its departments and teams"), "hierarchy"
            ),
            Link(f"{reverse('office_list', args=['work'])}?company={key}", _("Who works for it"), "users"),
        ),
        audited=sheet.audited,
    )


def _words(says: Mapping[str, Any]) -> str:
    return ", ".join(
        str(part)
        for part in (
            "" if says["kind"] is CompanyKind.COMPANY else words.company_kind(says["kind"].value),
            says["register_number"],
            says["country"],
            says["currency"],
            says["time_zone"],
        )
        if part
    )


def _found(doing: Doing) -> str:
    values = doing.values
    return operations.found_company(
        by=doing.by,
        at=doing.at,
        code=values["code"],
        name=values["name"],
        currency=values["currency"].upper(),
        functional_currency=values["functional_currency"].upper(),
        register_number=values["register_number"],
        country=values["country"].upper(),
        time_zone=values["time_zone"],
        kind=CompanyKind(values["kind"]),
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )


def _change(doing: Doing) -> str:
    values = doing.values
    operations.change_registration(
        by=doing.by,
        at=doing.at,
        company=doing.key,
        valid_from=values["valid_from"],
        register_number=values["register_number"],
        country=values["country"].upper(),
        currency=values["currency"].upper(),
        time_zone=values["time_zone"],
        kind=CompanyKind(values["kind"]),
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _may_found(looking: Looking, _record: Any) -> Answer:
    return policy.may_administer_everything(looking.viewer, on=looking.at.date())


def _may_change(looking: Looking, record: CompanyRecord) -> Answer:
    return policy.may_administer(looking.viewer, companies=[record.code], on=looking.at.date())


def _registered(_looking: Looking, record: CompanyRecord) -> bool:
    return record.registration is not None


def _now(_looking: Looking, record: CompanyRecord) -> Mapping[str, Any]:
    columns = ("register_number", "country", "currency", "time_zone")
    kind = CompanyKind.COMPANY if record.registration is None else record.registration.says["kind"]
    return {"name": record.name, "kind": kind.value, **{name: _said(record, name) for name in columns}}


_REGISTER = (
    Field("kind", fields.choice(__("Kind"), words.company_kinds), words.company_kind),
    Field("register_number", fields.text(__("Register number"), most=60, required=False)),
    Field("country", fields.text(__("Country"), most=2, required=False, help=__("Two letters, such as NO."))),
    Field("currency", fields.text(__("Prices in"), most=8, help=__("A currency code, such as EUR."))),
)
_BOOKS = fields.text(
    __("Books in"),
    most=8,
    required=False,
    help=__("Only if the books are kept in another currency. It stays for good."),
)
_ZONE = Field("time_zone", fields.text(__("Time zone"), most=60, help=__("Such as Europe/Oslo.")))

THING = Thing(
    name="companies",
    group=__("The organisation"),
    label=__("Companies"),
    lead=__("Legal entities: what the register says of them, since when."),
    icon="building",
    search=__("Name or code"),
    dated=True,
    columns=(
        Column(__("Company"), lambda row: row.name, sort="name"),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Register number"), lambda row: _said(row, "register_number")),
        Column(__("Kind"), _kind),
        Column(__("Country"), lambda row: _said(row, "country")),
        Column(__("Prices in"), lambda row: _said(row, "currency")),
    ),
    rows=lambda looking, params: register.companies(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="found",
            label=__("New company"),
            icon="plus",
            lead=__("Make a company known. Who owns it is recorded afterwards, under ownership shares."),
            form=(
                Field(
                    "code", fields.text(__("Code"), most=120, help=__("Stays for good: files and addresses use it."))
                ),
                names.NAME,
                *_REGISTER,
                Field("functional_currency", _BOOKS),
                _ZONE,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
            ),
            initial=lambda _looking, _record: {"time_zone": "UTC", "kind": CompanyKind.COMPANY.value},
            do=_found,
            keeps_evidence=True,
            may=_may_found,
            done=__("The company is known now."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("What the register says from a day on. What was said before stays known for the days before."),
            form=(Field("valid_from", fields.day(__("From"))), *_REGISTER, _ZONE),
            initial=_now,
            do=_change,
            keeps_evidence=True,
            may=_may_change,
            fits=_registered,
            done=__("The change is kept."),
        ),
        names.renaming(_may_change),
        *leaders.ACTS,
        names.correcting(_may_change),
        evidence(shows=Shows.COMPANY, may=_may_change, fits=_registered),
        names.showing(_may_change),
    ),
    events={
        "parties.found_company": __("Made known"),
        "parties.change_registration": __("Register changed"),
        **names.EVENTS,
        **leaders.EVENTS,
    },
)
