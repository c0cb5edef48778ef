"""Ownership shares in the office: recorded, changed from a day on, ended, each with what it makes inside or outside."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import Band
from inward.core.terms import Period, Rate
from inward.kit.policy import Answer
from inward.parties import operations, policy, queries, register, supposing
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.register import HoldingRecord
from inward.parties.vocabulary import PartyKind, SourceRank
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending, evidence
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import words


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.holding(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: HoldingRecord = sheet.record
    return Detail(
        title=_("%(owner)s in %(owned)s") % {"owner": record.owner.name, "owned": record.owned.name},
        record=record,
        facts=(
            Fact(__("Owner"), record.owner.name),
            Fact(__("Company owned"), record.owned.name),
            Fact(__("Votes"), formats.held_share(record.votes)),
            Fact(__("Capital"), formats.held_share(record.votes if record.capital is None else record.capital)),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Whose word"), words.speaker(record.speaker)),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(each.period, _words(each.says), each.known_from, each.known_until, each.source, each.evidence)
            for each in sheet.versions
        ),
        links=(
            Link(
                f"{reverse('office_list', args=['holdings'])}?owned={record.owned.code}",
                _("Who owns %(name)s") % {"name": record.owned.name},
                "percentage",
            ),
        ),
        audited=sheet.audited,
        evidence=record.evidence,
    )


def _words(says: Mapping[str, Any]) -> str:
    votes = _("%(share)s of the votes") % {"share": formats.held_share(says["votes"])}
    if says["capital"] is None:
        return votes
    return f"{votes}, " + _("%(share)s of the capital") % {"share": formats.held_share(says["capital"])}


def _record(doing: Doing) -> str:
    values = doing.values
    return operations.record_holding(
        by=doing.by,
        at=doing.at,
        owner=values["owner"],
        owned=values["owned"],
        votes=values["percent"],
        capital=values["capital"],
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence, rank=words.rank_of(values)),
    )


def _change(doing: Doing) -> str:
    values = doing.values
    return operations.change_holding(
        by=doing.by,
        at=doing.at,
        holding=doing.key,
        votes=values["percent"],
        capital=values["capital"],
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence, rank=words.rank_of(values)),
    )


def _end(doing: Doing) -> str:
    operations.end_holding(
        by=doing.by,
        at=doing.at,
        holding=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _effects_of_record(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.holding_recorded(
        owner=values["owner"],
        owned=values["owned"],
        votes=values["percent"],
        capital=values["capital"],
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _effects_of_change(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.holding_changed(
        queries.world(),
        holding=doing.key,
        votes=values["percent"],
        capital=values["capital"],
        valid_from=values["valid_from"],
    )
    return effects(supposed, at=doing.at)


def _effects_of_end(doing: Doing) -> Sequence[Effect]:
    until = doing.values["valid_until"]
    return effects(supposing.holding_ended(queries.world(), holding=doing.key, valid_until=until), at=doing.at)


def _may_change(looking: Looking, record: HoldingRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    ends = (record.owner.code, record.owned.code)
    companies = [code for code in ends if queries.kind_of(code) is PartyKind.COMPANY]
    return policy.may_administer(looking.viewer, companies=companies, on=on)


def _now(_looking: Looking, record: HoldingRecord) -> Mapping[str, Any]:
    return {
        "percent": _typed(record.votes),
        "capital": None if record.capital is None else _typed(record.capital),
        "valid_until": record.period.until,
        "rank": "" if record.speaker.rank is SourceRank.OWN_REGISTER else record.speaker.rank.value,
    }


def _typed(share: Rate | Band) -> Fraction | Band:
    return share if isinstance(share, Band) else share.fraction


def _is_own(_looking: Looking, record: HoldingRecord) -> bool:
    """Nobody corrects another source's word: one records one's own beside it."""
    return not record.speaker.register


_SHARES = (
    Field(
        "percent",
        fields.band(
            __("Votes in percent"),
            help=__("Such as 60 or 33.3 or 100/3. Only a band is known: 25..50, or >25..50 for more than 25."),
        ),
        fields.percent,
    ),
    Field(
        "capital",
        fields.band(__("Capital in percent"), required=False, help=__("Empty: as the votes.")),
        fields.percent,
    ),
)
THING = Thing(
    name="holdings",
    group=__("The organisation"),
    label=__("Ownership shares"),
    lead=__("Who holds which share of the votes of which company, from when until when."),
    icon="percentage",
    search=__("Name of owner or company"),
    dated=True,
    filters=(
        Filter("owned", __("Company owned"), fields.companies),
        Filter("owner", __("Owner"), fields.companies),
    ),
    columns=(
        Column(__("Company owned"), lambda row: row.owned.name, sort="owned"),
        Column(__("Owner"), lambda row: row.owner.name, sort="owner"),
        Column(__("Votes"), lambda row: formats.held_share(row.votes), end=True),
        Column(__("Days"), lambda row: showing.days(row.period)),
        Column(__("Whose word"), lambda row: words.speaker(row.speaker)),
        Column(__("Source"), lambda row: row.source),
    ),
    rows=lambda looking, params: register.holdings(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="record",
            label=__("New ownership share"),
            icon="plus",
            lead=__(
                "Record that a company or person holds a share of a company. The shares of a company never add up to more than 100 %."
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
                Field("owned", fields.company(__("Company owned")), fields.name),
                *_SHARES,
                words.RANK,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                    fields.day_before,
                ),
            ),
            do=_record,
            keeps_evidence=True,
            effects=_effects_of_record,
            may=_may_change,
            done=__("The share is recorded."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__(
                "Another share from a day on; before it the old one holds. On its very first day it corrects what was never so."
            ),
            form=(Field("valid_from", fields.day(__("From"))), *_SHARES, words.RANK),
            initial=_now,
            fits=_is_own,
            do=_change,
            keeps_evidence=True,
            effects=_effects_of_change,
            may=_may_change,
            done=__("The change is kept."),
        ),
        ending(
            lead=__("Give the share its last day: it was sold, or the company was closed."),
            initial=_now,
            fits=_is_own,
            do=_end,
            keeps_evidence=True,
            effects=_effects_of_end,
            may=_may_change,
        ),
        evidence(shows=Shows.HOLDING, may=_may_change, fits=_is_own),
    ),
    events={
        "parties.attach_evidence": __("File added"),
        "parties.record_holding": __("Recorded"),
        "parties.change_holding": __("Changed"),
        "parties.end_holding": __("Given a last day"),
    },
)
