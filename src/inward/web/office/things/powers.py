"""Power without shares, and where the sources of ownership differ, in the office."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import Band, RightKind
from inward.core.terms import Period, Rate
from inward.kit.policy import Answer
from inward.parties import operations, owning, policy, queries, supposing
from inward.parties.deciding import About
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.owning import DifferenceRecord, DifferingCompany, RightRecord, Said
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending, evidence
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import words


def _page(looking: Looking, key: str) -> Detail:
    sheet = owning.right(viewer=looking.viewer, at=looking.at, code=key)
    record: RightRecord = sheet.record
    kind = words.right_kind(record.kind.value)
    return Detail(
        title=_("%(kind)s: %(company)s") % {"kind": kind, "company": record.target.name},
        record=record,
        facts=(
            Fact(__("Company"), record.target.name),
            Fact(__("Kind"), kind),
            Fact(__("Who has it"), "" if record.holder is None else record.holder.name),
            Fact(__("Agreement"), record.agreement),
            Fact(__("Only for shares in"), "" if record.over is None else record.over.name),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Whose word"), words.speaker(record.speaker)),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(
                each.period,
                words.right_kind(each.says["kind"].value),
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


def _record(doing: Doing) -> str:
    values = doing.values
    return operations.record_right(
        by=doing.by,
        at=doing.at,
        target=values["target"],
        kind=RightKind(values["kind"]),
        holder=values["holder"] or None,
        agreement=values["agreement"],
        over=values["over"] or None,
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence, rank=words.rank_of(values)),
    )


def _end(doing: Doing) -> str:
    operations.end_right(
        by=doing.by,
        at=doing.at,
        right=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _effects_of_record(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.right_recorded(
        target=values["target"],
        kind=RightKind(values["kind"]),
        holder=values["holder"] or None,
        agreement=values["agreement"],
        over=values["over"] or None,
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _effects_of_end(doing: Doing) -> Sequence[Effect]:
    until = doing.values["valid_until"]
    return effects(supposing.right_ended(queries.world(), right=doing.key, valid_until=until), at=doing.at)


def _may_change(looking: Looking, record: RightRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    ends = [party.code for party in (record.target, record.holder, record.over) if party is not None]
    companies = [code for code in ends if queries.kind_of(code) is PartyKind.COMPANY]
    return policy.may_administer(looking.viewer, companies=companies, on=on)


def _is_own(_looking: Looking, record: RightRecord) -> bool:
    """Nobody corrects another source's word: one records one's own beside it."""
    return not record.speaker.register


POWERS = Thing(
    name="powers",
    group=__("The organisation"),
    label=__("Power without shares"),
    lead=__("Boards, contracts, nominees, joint control, head offices, funds, and what is known of parents."),
    icon="hierarchy",
    search=__("Name of company or holder"),
    dated=True,
    filters=(
        Filter("target", __("Company"), fields.companies),
        Filter("holder", __("Who has it"), fields.companies),
        Filter("kind", __("Kind"), words.right_kinds),
    ),
    columns=(
        Column(__("Company"), lambda row: row.target.name, sort="target"),
        Column(__("Kind"), lambda row: words.right_kind(row.kind.value)),
        Column(__("Who has it"), lambda row: row.holder and row.holder.name, sort="holder"),
        Column(__("Days"), lambda row: showing.days(row.period)),
        Column(__("Whose word"), lambda row: words.speaker(row.speaker)),
        Column(__("Source"), lambda row: row.source),
    ),
    rows=lambda looking, params: owning.rights(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="record",
            label=__("New power"),
            icon="plus",
            lead=__(
                "Record that somebody has power over a company without a majority of its votes, or that its parent is not known."
            ),
            form=(
                Field("target", fields.company(__("Company")), fields.name),
                Field("kind", fields.choice(__("Kind"), words.right_kinds), words.right_kind),
                Field(
                    "holder",
                    fields.party(
                        __("Who has it"),
                        PartyKind.COMPANY,
                        PartyKind.PERSON,
                        required=False,
                        help=__(
                            "Name or code of a company or person; empty only for an unnamed parent and for nobody above."
                        ),
                    ),
                    fields.name,
                ),
                Field(
                    "agreement",
                    fields.text(
                        __("Agreement"),
                        most=120,
                        required=False,
                        help=__("For joint control: the same name for all who share it."),
                    ),
                ),
                Field(
                    "over",
                    fields.company(
                        __("Only for shares in"), required=False, none=__("All it holds"), help=__("For a nominator.")
                    ),
                    fields.name,
                ),
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
            done=__("The power is recorded."),
        ),
    ),
    acts=(
        ending(
            lead=__("Give the power its last day."),
            initial=lambda _looking, record: {"valid_until": record.period.until},
            do=_end,
            keeps_evidence=True,
            effects=_effects_of_end,
            fits=_is_own,
            may=_may_change,
        ),
        evidence(shows=Shows.RIGHT, may=_may_change, fits=_is_own),
    ),
    events={
        "parties.record_right": __("Recorded"),
        "parties.end_right": __("Given a last day"),
        "parties.attach_evidence": __("File added"),
    },
)


# --- sources that differ -----------------------------------------------------------------------------------------------


def _differing(looking: Looking, key: str) -> Detail:
    record = owning.difference(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    facts: list[Fact] = []
    for each in record.differences:
        facts += [
            Fact(__("About"), f"{_about(each)}, {showing.days(each.period)}"),
            Fact(__("Decides"), _told(each.decides)),
            Fact(__("Gives way"), _told(each.gives_way)),
        ]
    holdings, powers = (reverse("office_list", args=[name]) for name in ("holdings", "powers"))
    return Detail(
        title=_("What sources say of %(company)s") % {"company": record.company.name},
        record=record,
        facts=tuple(facts),
        links=(
            Link(f"{holdings}?owned={key}", _("Who owns it"), "percentage"),
            Link(f"{powers}?target={key}", _("Who has power over it"), "hierarchy"),
        ),
    )


def _about(each: DifferenceRecord) -> str:
    match each.about:
        case About.SHARE:
            return _("how much an owner holds")
        case About.WHOLE:
            return _("together more than the whole")
        case About.CLASSES:
            return _("which classes of shares there are")
        case About.RIGHT:
            return _("who has power over it")


def _told(said: Iterable[Said]) -> str:
    return "; ".join(_one(each) for each in said)


def _one(said: Said) -> str:
    match said.what:
        case Rate() | Band():
            what = formats.held_share(said.what)
        case RightKind():
            what = words.right_kind(said.what.value)
        case _:
            what = formats.count(said.what)
    holder = "" if said.holder is None else f"{said.holder.name}: "
    return f"{holder}{what} ({words.speaker(said.speaker)})"


def _column(row: DifferingCompany, side: str) -> str:
    return " / ".join(_told(getattr(each, side)) for each in row.differences)


DIFFERENCES = Thing(
    name="differences",
    group=__("The organisation"),
    label=__("Sources that differ"),
    lead=__(
        "Companies of which several sources say different things. The one trusted most decides; record your own word to settle it."
    ),
    icon="alert-triangle",
    search=__("Name or code"),
    dated=True,
    columns=(
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("About"), lambda row: " / ".join(_about(each) for each in row.differences)),
        Column(__("Decides"), lambda row: _column(row, "decides")),
        Column(__("Gives way"), lambda row: _column(row, "gives_way")),
    ),
    rows=lambda looking, params: owning.differences(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.company.code,
    page=_differing,
)
