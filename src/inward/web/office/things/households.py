"""Households in the office: for whoever was granted to keep them, each reading noted, each act shown before it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import Tie
from inward.core.terms import Period
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import households, operations, policy, queries, supposing
from inward.parties.households import HouseholdRecord
from inward.parties.operations import Source
from inward.parties.vocabulary import Purpose
from inward.web.components import formats
from inward.web.office import fields, showing
from inward.web.office.acts import ending
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version


def _tie(value: Any) -> str:
    return vocabularies.label("tie", str(value), formats.language()) if value else ""


def _ties(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(tie.value, _tie(tie.value)) for tie in Tie]


def _asked_ties(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The ties that some inside rule of the day asks for; all where none does, so that the refusal can say why."""
    needed = frozenset().union(*households.needing(on=looking.on).values())
    return [(tie.value, _tie(tie.value)) for tie in Tie if tie in needed or not needed]


def _purpose(value: Any) -> str:
    return vocabularies.label("purpose", Purpose(value).value, formats.language())


def _purposes_text(values: Iterable[Any]) -> str:
    return ", ".join(_purpose(each) for each in values)


def _asked_purposes(looking: Looking, record: HouseholdRecord | None) -> Iterable[tuple[str, str]]:
    """The purposes that ask for households on the day, and those it was declared for; all where none does."""
    asked = {*households.needing(on=looking.on), *(record.purposes if record is not None else ())}
    return [(each.value, _purpose(each)) for each in Purpose if each in asked or not asked]


def _page(looking: Looking, key: str) -> Detail:
    sheet = operations.read_household(by=looking.viewer, at=looking.at, household=key)
    record: HouseholdRecord = sheet.record
    return Detail(
        title=_("%(member)s, household of %(person)s") % {"member": record.member.name, "person": record.person.name},
        record=record,
        facts=(
            Fact(__("Who works here"), record.person.name),
            Fact(__("Who belongs to the household"), record.member.name),
            Fact(__("Relation"), _tie(record.tie.value)),
            Fact(__("May be used for"), _purposes_text(record.purposes)),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Code"), record.code),
        ),
        versions=tuple(
            Version(
                each.period,
                f"{_tie(each.says['tie'].value)} ({_purposes_text(each.says['purposes'])})",
                each.known_from,
                each.known_until,
                each.source,
            )
            for each in sheet.versions
        ),
        audited=sheet.audited,
    )


# --- acts --------------------------------------------------------------------------------------------------------------


def _declare(doing: Doing) -> str:
    values = doing.values
    return operations.declare_household(
        by=doing.by,
        at=doing.at,
        person=values["person"],
        member=values["member"],
        source=Source(doing.source),
        **_said(values),
    )


def _correct(doing: Doing) -> str:
    operations.correct_household(
        by=doing.by, at=doing.at, household=doing.key, source=Source(doing.source), **_said(doing.values)
    )
    return doing.key


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "tie": Tie(values["tie"]),
        "purposes": [Purpose(each) for each in values["purposes"]],
        "valid_from": values["valid_from"],
        "valid_until": values["valid_until"],
    }


def _end(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_household(
        by=doing.by, at=doing.at, household=doing.key, valid_until=until, source=Source(doing.source)
    )
    return doing.key


def _take_back(doing: Doing) -> str:
    operations.take_back_household(by=doing.by, at=doing.at, household=doing.key, source=Source(doing.source))
    return ""


def _effects_of_declaring(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    if Purpose.PRICE.value not in values["purposes"]:
        return _not_of_prices()
    return effects(_declared(values, values["person"], values["member"]), at=doing.at)


def _effects_of_correcting(doing: Doing) -> Sequence[Effect]:
    values, record = doing.values, doing.record
    serves = Purpose.PRICE.value in values["purposes"]
    if Purpose.PRICE not in record.purposes:
        return (
            effects(_declared(values, record.person.code, record.member.code), at=doing.at)
            if serves
            else _not_of_prices()
        )
    supposed = supposing.household_corrected(
        _world(),
        household=doing.key,
        tie=Tie(values["tie"]) if serves else None,
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _declared(values: Mapping[str, Any], person: str, member: str) -> Any:
    period = Period(values["valid_from"], values["valid_until"])
    return supposing.household_declared(person=person, member=member, tie=Tie(values["tie"]), period=period)


def _effects_of_ending(doing: Doing) -> Sequence[Effect]:
    if Purpose.PRICE not in doing.record.purposes:
        return _not_of_prices()
    until = doing.values["valid_until"]
    return effects(supposing.household_ended(_world(), household=doing.key, valid_until=until), at=doing.at)


def _effects_of_taking_back(doing: Doing) -> Sequence[Effect]:
    if Purpose.PRICE not in doing.record.purposes:
        return _not_of_prices()
    return effects(supposing.household_taken_back(_world(), household=doing.key), at=doing.at)


def _not_of_prices() -> Sequence[Effect]:
    return (Effect(_("Inside and outside"), (_("It is not used for prices: nobody pays another one by this."),)),)


def _world() -> Any:
    return queries.world(purpose=Purpose.PRICE)


# --- who, and what is offered -----------------------------------------------------------------------------------------


def _keeps(looking: Looking) -> Answer:
    return policy.may_keep_some_households(looking.viewer, on=looking.at.date())


def _may_keep(looking: Looking, record: HouseholdRecord | None) -> Answer:
    if record is None:
        return _keeps(looking)
    return policy.may_keep_households(looking.viewer, **_of(record), on=looking.at.date())


def _may_end(looking: Looking, record: HouseholdRecord) -> Answer:
    return policy.may_end_household(looking.viewer, **_of(record), on=looking.at.date())


def _of(record: HouseholdRecord) -> dict[str, Any]:
    employers = queries.employers(record.person.code)
    return {"person": record.person.code, "member": record.member.code, "employers": employers}


def _now(_looking: Looking, record: HouseholdRecord) -> Mapping[str, Any]:
    return {
        "tie": record.tie.value,
        "purposes": [each.value for each in record.purposes],
        "valid_from": record.period.start,
        "valid_until": record.period.until,
    }


_WHAT = (
    Field("tie", fields.choice(__("Relation"), _asked_ties), _tie),
    Field(
        "purposes",
        fields.several(
            __("May be used for"),
            _asked_purposes,
            required=True,
            help=__("It gives nothing for any purpose that is not chosen."),
        ),
        _purposes_text,
    ),
    Field("valid_from", fields.day(__("First day"))),
    Field(
        "valid_until",
        fields.last_day(__("Last day"), required=False, help=__("Empty: until it is ended.")),
        fields.day_before,
    ),
)

THING = Thing(
    name="households",
    group=__("The organisation"),
    label=__("Households"),
    lead=__(
        "Who belongs to the household of somebody who works here, where an inside rule needs it. Reading is noted."
    ),
    icon="users",
    search=__("Name or code"),
    dated=True,
    filters=(Filter("tie", __("Relation"), _ties),),
    columns=(
        Column(__("Who belongs to the household"), lambda row: row.member.name, sort="member"),
        Column(__("Who works here"), lambda row: row.person.name, sort="person"),
        Column(__("Relation"), lambda row: _tie(row.tie.value)),
        Column(__("May be used for"), lambda row: _purposes_text(row.purposes)),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: operations.read_households(
        by=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.code,
    page=_page,
    may=_keeps,
    creates=(
        Act(
            name="declare",
            label=__("New household member"),
            icon="plus",
            lead=__(
                "Only what an inside rule needs is kept: that the person belongs to the household, as what, for what and until when."
            ),
            form=(
                Field(
                    "person",
                    fields.person_by_whole_name(__("Who works here"), help=__("Whole name or code.")),
                    fields.name,
                ),
                Field(
                    "member",
                    fields.person_by_whole_name(
                        __("Who belongs to the household"),
                        help=__(
                            "Whole name or code. Somebody who is not known yet is added by a data administrator first."
                        ),
                    ),
                    fields.name,
                ),
                *_WHAT,
            ),
            initial=lambda looking, _record: {"valid_from": looking.on},
            do=_declare,
            effects=_effects_of_declaring,
            may=_may_keep,
            done=__("The household member is kept."),
        ),
    ),
    acts=(
        Act(
            name="correct",
            label=__("Correct"),
            icon="edit",
            lead=__("It is otherwise than was thought, on all its days. If it only ends, give it a last day instead."),
            form=_WHAT,
            initial=_now,
            do=_correct,
            effects=_effects_of_correcting,
            may=_may_keep,
            done=__("The correction is kept."),
        ),
        ending(
            lead=__("After this day the person no longer belongs to the household."),
            initial=lambda _looking, record: {"valid_until": record.period.until},
            do=_end,
            effects=_effects_of_ending,
            may=_may_end,
        ),
        Act(
            name="take-back",
            label=__("It was never so"),
            icon="trash",
            lead=__("It is believed no more, on any day. What was ordered meanwhile keeps its price."),
            do=_take_back,
            effects=_effects_of_taking_back,
            may=_may_end,
            done=__("It is taken back."),
            danger=True,
        ),
    ),
    events={
        "parties.declare_household": __("Kept"),
        "parties.correct_household": __("Corrected"),
        "parties.end_household": __("Given a last day"),
        "parties.take_back_household": __("Taken back"),
        "parties.read_household": __("Read"),
    },
)
