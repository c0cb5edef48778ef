"""Classes of shares and who holds how many of each, in the office."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Period, exact
from inward.kit.policy import Answer
from inward.parties import operations, owning, policy, queries, supposing
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.owning import ShareClassRecord, ShareholdingRecord
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending, evidence
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import words

_FIRST_DAY = Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far.")))
_UNTIL = Field(
    "valid_until", fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")), fields.day_before
)


def _is_own(_looking: Looking, record: ShareClassRecord | ShareholdingRecord) -> bool:
    """Nobody corrects another source's word: one records one's own beside it."""
    return not record.speaker.register


# --- classes -----------------------------------------------------------------------------------------------------------


def _class_page(looking: Looking, key: str) -> Detail:
    sheet = owning.share_class(viewer=looking.viewer, at=looking.at, code=key)
    record: ShareClassRecord = sheet.record
    return Detail(
        title=_("%(name)s of %(company)s") % {"name": record.name or record.code, "company": record.company.name},
        record=record,
        facts=(
            Fact(__("Company"), record.company.name),
            Fact(__("Shares issued"), formats.count(record.issued)),
            Fact(__("Votes of each"), formats.count(record.votes_each)),
            Fact(__("Dividend of each"), formats.count(record.dividend_each)),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Whose word"), words.speaker(record.speaker)),
            Fact(__("Code"), record.code),
            *((Fact(__("Version of"), record.version_of, _class_url(record.version_of)),) if record.version_of else ()),
            *_other_versions(record),
        ),
        versions=tuple(
            Version(each.period, _numbers(each.says), each.known_from, each.known_until, each.source, each.evidence)
            for each in sheet.versions
        ),
        links=(
            Link(
                f"{reverse('office_list', args=['shareholdings'])}?share_class={record.version_of or key}",
                _("Who holds them"),
                "users",
            ),
        ),
        audited=sheet.audited,
        evidence=record.evidence,
    )


def _class_url(code: str) -> str:
    return reverse("office_page", args=["share-classes", code])


def _other_versions(record: ShareClassRecord) -> Iterator[Fact]:
    """What the class was and will be on other days, the earliest first."""
    series = record.version_of or record.code
    found = [each for each in queries.world().share_classes if each.series == series and each.id != record.code]
    for each in sorted(found, key=lambda each: each.period.start or date.min):
        numbers = _numbers({"issued": each.issued, "votes_each": each.votes_each})
        said = _("%(numbers)s, %(days)s") % {"numbers": numbers, "days": showing.days(each.period)}
        yield Fact(__("On other days"), said, _class_url(each.id))


def _numbers(says: Mapping[str, Any]) -> str:
    return _("%(issued)s shares of %(votes)s votes") % {
        "issued": formats.count(says["issued"]),
        "votes": formats.count(says["votes_each"]),
    }


def _amounts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: exact(values[name]) for name in ("issued", "votes_each", "dividend_each")}


def _record_class(doing: Doing) -> str:
    values = doing.values
    return operations.record_share_class(
        by=doing.by,
        at=doing.at,
        code=values["code"],
        company=values["company"],
        name=values["name"],
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence),
        **_amounts(values),
    )


def _correct_class(doing: Doing) -> str:
    operations.correct_share_class(
        by=doing.by,
        at=doing.at,
        share_class=doing.key,
        name=doing.values["name"],
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
        **_amounts(doing.values),
    )
    return doing.key


def _change_class(doing: Doing) -> str:
    return operations.change_share_class(
        by=doing.by,
        at=doing.at,
        share_class=doing.key,
        name=doing.values["name"],
        valid_from=doing.values["valid_from"],
        source=Source(doing.source, doing.evidence),
        **_amounts(doing.values),
    )


def _effects_of_class(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    period = Period(values["valid_from"], values["valid_until"])
    supposed = supposing.share_class_recorded(company=values["company"], period=period, **_amounts(values))
    return effects(supposed, at=doing.at)


def _effects_of_correction(doing: Doing) -> Sequence[Effect]:
    until, amounts = doing.values["valid_until"], _amounts(doing.values)
    supposed = supposing.share_class_corrected(queries.world(), share_class=doing.key, valid_until=until, **amounts)
    return effects(supposed, at=doing.at)


def _effects_of_class_changed(doing: Doing) -> Sequence[Effect]:
    since, amounts = doing.values["valid_from"], _amounts(doing.values)
    supposed = supposing.share_class_changed(queries.world(), share_class=doing.key, valid_from=since, **amounts)
    return effects(supposed, at=doing.at)


def _says(record: ShareClassRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "issued": str(record.issued),
        "votes_each": str(record.votes_each),
        "dividend_each": str(record.dividend_each),
    }


def _may_class(looking: Looking, record: ShareClassRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    return policy.may_administer(looking.viewer, companies=[record.company.code], on=on)


_CLASS = (
    Field("name", fields.text(__("Name"), required=False), spoken=True),
    Field("issued", fields.number(__("Shares issued"))),
    Field("votes_each", fields.number(__("Votes of each"))),
    Field(
        "dividend_each",
        fields.number(__("Dividend of each"), help=__("Against the other classes: 1 for an equal part.")),
    ),
)

CLASSES = Thing(
    name="share-classes",
    group=__("The organisation"),
    label=__("Share classes"),
    lead=__("How many shares of each class a company has issued, and what each votes and gets."),
    icon="list",
    search=__("Name of company or class"),
    dated=True,
    filters=(Filter("company", __("Company"), fields.companies),),
    columns=(
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Name"), lambda row: row.name or row.code, sort="name", spoken=True),
        Column(__("Shares issued"), lambda row: formats.count(row.issued), end=True),
        Column(__("Votes of each"), lambda row: formats.count(row.votes_each), end=True),
        Column(__("Days"), lambda row: showing.days(row.period)),
        Column(__("Whose word"), lambda row: words.speaker(row.speaker)),
    ),
    rows=lambda looking, params: owning.share_classes(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.code,
    page=_class_page,
    creates=(
        Act(
            name="record",
            label=__("New share class"),
            icon="plus",
            lead=__("How many shares there are; what changes later holds from its day on."),
            form=(
                Field("company", fields.company(__("Company")), fields.name),
                Field(
                    "code", fields.text(__("Code"), most=240, help=__("Stays for good: files and addresses use it."))
                ),
                *_CLASS,
                _FIRST_DAY,
                _UNTIL,
            ),
            initial=lambda _looking, _record: {"votes_each": "1", "dividend_each": "1"},
            do=_record_class,
            keeps_evidence=True,
            effects=_effects_of_class,
            may=_may_class,
            done=__("The share class is recorded."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("Shares were issued or redeemed, or they vote otherwise from that day. Who holds them stays."),
            form=(Field("valid_from", fields.day(__("From"))), *_CLASS),
            initial=lambda _looking, record: _says(record),
            do=_change_class,
            keeps_evidence=True,
            effects=_effects_of_class_changed,
            fits=_is_own,
            may=_may_class,
            done=__("The change is kept."),
        ),
        Act(
            name="correct",
            label=__("Correct"),
            icon="edit",
            lead=__("It was never as we thought, on all its days; what was thought stays in the history."),
            form=(*_CLASS, _UNTIL),
            initial=lambda _looking, record: {**_says(record), "valid_until": record.period.until},
            do=_correct_class,
            keeps_evidence=True,
            effects=_effects_of_correction,
            fits=_is_own,
            may=_may_class,
            done=__("The correction is kept."),
        ),
        evidence(shows=Shows.SHARE_CLASS, may=_may_class, fits=_is_own),
    ),
    events={
        "parties.record_share_class": __("Recorded"),
        "parties.change_share_class": __("Changed"),
        "parties.correct_share_class": __("Corrected"),
        "parties.attach_evidence": __("File added"),
    },
)


# --- who holds them ----------------------------------------------------------------------------------------------------


def _held_page(looking: Looking, key: str) -> Detail:
    sheet = owning.shareholding(viewer=looking.viewer, at=looking.at, code=key)
    record: ShareholdingRecord = sheet.record
    return Detail(
        title=_("%(owner)s in %(owned)s") % {"owner": record.owner.name, "owned": record.company.name},
        record=record,
        facts=(
            Fact(__("Owner"), record.owner.name),
            Fact(__("Company"), record.company.name),
            Fact(__("Share class"), record.share_class),
            Fact(__("Shares"), formats.count(record.shares)),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Whose word"), words.speaker(record.speaker)),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(
                each.period,
                formats.count(each.says["shares"]),
                each.known_from,
                each.known_until,
                each.source,
                each.evidence,
            )
            for each in sheet.versions
        ),
        audited=sheet.audited,
        evidence=record.evidence,
    )


def known_classes() -> Mapping[str, str]:
    """Every class of shares by the id under which its shares are held, with its company."""
    names = queries.world().names
    return {
        each.id: f"{each.name or each.id}, {names.get(each.company, each.company)}"
        for each in queries.world().share_classes
        if not each.version_of
    }


def _record_held(doing: Doing) -> str:
    values = doing.values
    return operations.record_shareholding(
        by=doing.by,
        at=doing.at,
        owner=values["owner"],
        share_class=values["share_class"],
        shares=exact(values["shares"]),
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )


def _change_held(doing: Doing) -> str:
    return operations.change_shareholding(
        by=doing.by,
        at=doing.at,
        shareholding=doing.key,
        shares=exact(doing.values["shares"]),
        valid_from=doing.values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )


def _end_held(doing: Doing) -> str:
    operations.end_shareholding(
        by=doing.by,
        at=doing.at,
        shareholding=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _effects_of_held(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.shareholding_recorded(
        owner=values["owner"],
        share_class=values["share_class"],
        shares=exact(values["shares"]),
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _effects_of_change(doing: Doing) -> Sequence[Effect]:
    shares, since = exact(doing.values["shares"]), doing.values["valid_from"]
    supposed = supposing.shareholding_changed(queries.world(), shareholding=doing.key, shares=shares, valid_from=since)
    return effects(supposed, at=doing.at)


def _effects_of_end(doing: Doing) -> Sequence[Effect]:
    until = doing.values["valid_until"]
    supposed = supposing.shareholding_ended(queries.world(), shareholding=doing.key, valid_until=until)
    return effects(supposed, at=doing.at)


def _may_held(looking: Looking, record: ShareholdingRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    ends = (record.owner.code, record.company.code)
    companies = [code for code in ends if queries.kind_of(code) is PartyKind.COMPANY]
    return policy.may_administer(looking.viewer, companies=companies, on=on)


_SHARES = Field("shares", fields.number(__("Shares"), help=__("How many.")))

SHAREHOLDINGS = Thing(
    name="shareholdings",
    group=__("The organisation"),
    label=__("Shares by class"),
    lead=__("Who holds how many shares of a class; the percents follow."),
    icon="users",
    search=__("Name of owner or company"),
    dated=True,
    filters=(
        Filter("company", __("Company"), fields.companies),
        Filter("owner", __("Owner"), fields.companies),
        Filter("share_class", __("Share class"), lambda _looking: known_classes().items()),
    ),
    columns=(
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Owner"), lambda row: row.owner.name, sort="owner"),
        Column(__("Share class"), lambda row: row.share_class),
        Column(__("Shares"), lambda row: formats.count(row.shares), end=True),
        Column(__("Days"), lambda row: showing.days(row.period)),
        Column(__("Whose word"), lambda row: words.speaker(row.speaker)),
    ),
    rows=lambda looking, params: owning.shareholdings(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.code,
    page=_held_page,
    creates=(
        Act(
            name="record",
            label=__("New shares"),
            icon="plus",
            lead=__(
                "Record that a company or person holds shares of a class; the company itself holds treasury shares."
            ),
            form=(
                Field(
                    "owner",
                    fields.party(
                        __("Owner"),
                        PartyKind.COMPANY,
                        PartyKind.PERSON,
                        help=__("Name or code of a company or person."),
                    ),
                    fields.name,
                ),
                Field(
                    "share_class", fields.one_of_many(__("Share class"), known_classes, help=__("Its name or code."))
                ),
                _SHARES,
                _FIRST_DAY,
                _UNTIL,
            ),
            do=_record_held,
            keeps_evidence=True,
            effects=_effects_of_held,
            may=_may_held,
            done=__("The shares are recorded."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("Shares were bought or sold on that day. The days before stay as they were."),
            form=(Field("valid_from", fields.day(__("From"))), _SHARES),
            initial=lambda _looking, record: {"shares": str(record.shares)},
            do=_change_held,
            keeps_evidence=True,
            effects=_effects_of_change,
            fits=_is_own,
            may=_may_held,
            done=__("The change is kept."),
        ),
        ending(
            lead=__("Give the shares their last day: they were sold."),
            initial=lambda _looking, record: {"valid_until": record.period.until},
            do=_end_held,
            keeps_evidence=True,
            effects=_effects_of_end,
            fits=_is_own,
            may=_may_held,
        ),
        evidence(shows=Shows.SHAREHOLDING, may=_may_held, fits=_is_own),
    ),
    events={
        "parties.record_shareholding": __("Recorded"),
        "parties.attach_evidence": __("File added"),
        "parties.change_shareholding": __("Changed"),
        "parties.end_shareholding": __("Given a last day"),
    },
)
