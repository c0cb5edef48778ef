"""Work relationships in the office: begun, changed from a day on, ended, each with what becomes inside or outside."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import WorkKind, WorkState
from inward.core.terms import Period
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import operations, policy, queries, register, states, supposing
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.register import WorkRecord
from inward.parties.states import StateRecord
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending, evidence
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things.words import work_kinds, work_states, work_words


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.work_relationship(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: WorkRecord = sheet.record
    return Detail(
        title=_("%(person)s at %(company)s") % {"person": record.person.name, "company": record.company.name},
        record=record,
        facts=(
            Fact(__("Person"), record.person.name, reverse("office_page", args=["people", record.person.code])),
            Fact(__("Company"), record.company.name),
            Fact(__("Department or team"), "" if record.unit is None else record.unit.name, spoken=True),
            Fact(__("Job title"), record.job_title, spoken=True),
            Fact(__("Kind"), vocabularies.label("work_kind", record.kind.value, formats.language())),
            Fact(__("Cost centre"), "" if record.cost_centre is None else record.cost_centre.name),
            Fact(__("Line of business"), record.line_of_business),
            Fact(__("Days"), showing.days(record.period)),
            *(
                Fact(
                    __("State"),
                    _("%(state)s, %(days)s") % {"state": state_word(each.state), "days": showing.days(each.period)},
                )
                for each in _states(looking, record)
            ),
            Fact(__("Code"), record.code),
        ),
        versions=(
            *(
                Version(
                    each.period, work_words(each.says), each.known_from, each.known_until, each.source, each.evidence
                )
                for each in sheet.versions
            ),
            *_state_versions(looking, record),
        ),
        links=(Link(reverse("office_page", args=["people", record.person.code]), record.person.name, "user"),),
        audited=sheet.audited,
    )


def state_word(state: WorkState) -> str:
    """What people call a state of work."""
    return vocabularies.label("work_state", state.value, formats.language())


def _states(looking: Looking, record: WorkRecord) -> Sequence[StateRecord]:
    """The states from the day on, of her work for this company."""
    found = states.states(viewer=looking.viewer, at=looking.at, on=looking.on, person=record.person.code)
    return [each for each in found if each.company.code == record.company.code]


def _state_versions(looking: Looking, record: WorkRecord) -> Iterable[Version]:
    for each in states.versions(viewer=looking.viewer, at=looking.at, person=record.person.code):
        said = each.record
        if said.company.code == record.company.code:
            yield Version(said.period, state_word(said.state), each.known_from, each.known_until, said.source)


def _start(doing: Doing) -> str:
    values = doing.values
    return operations.start_work(
        by=doing.by,
        at=doing.at,
        person=values["person"],
        company=values["company"],
        kind=WorkKind(values["kind"]),
        unit=values["unit"] or None,
        job_title=values["job_title"],
        cost_centre=values["cost_centre"] or None,
        line_of_business=values["line_of_business"],
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )


def _move(doing: Doing) -> str:
    values = doing.values
    return operations.move_work(
        by=doing.by,
        at=doing.at,
        work=doing.key,
        kind=WorkKind(values["kind"]),
        unit=values["unit"] or None,
        job_title=values["job_title"],
        cost_centre=values["cost_centre"] or None,
        line_of_business=values["line_of_business"],
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )


def _end(doing: Doing) -> str:
    operations.end_work(
        by=doing.by,
        at=doing.at,
        work=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _note_state(doing: Doing) -> str:
    values, record = doing.values, doing.record
    operations.note_work_state(
        by=doing.by,
        at=doing.at,
        person=record.person.code,
        company=record.company.code,
        state=WorkState(values["state"]),
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source),
    )
    return doing.key


def _end_state(doing: Doing) -> str:
    values, record = doing.values, doing.record
    operations.end_work_state(
        by=doing.by,
        at=doing.at,
        person=record.person.code,
        company=record.company.code,
        state=WorkState(values["state"]),
        valid_until=values["valid_until"],
        source=Source(doing.source),
    )
    return doing.key


def _withdraw_state(doing: Doing) -> str:
    record = doing.record
    state, _sep, since = doing.values["noted"].partition(" ")
    operations.take_back_work_state(
        by=doing.by,
        at=doing.at,
        person=record.person.code,
        company=record.company.code,
        state=WorkState(state),
        valid_from=date.fromisoformat(since),
        source=Source(doing.source),
    )
    return doing.key


def _noted(looking: Looking, record: WorkRecord) -> Iterable[tuple[str, str]]:
    """What is noted from the day on, each by its state and first day."""
    return [
        (
            f"{each.state.value} {each.period.start}",
            _("%(state)s, %(days)s") % {"state": state_word(each.state), "days": showing.days(each.period)},
        )
        for each in _states(looking, record)
    ]


def _noted_word(code: str) -> str:
    state, _sep, since = code.partition(" ")
    return _("%(state)s from %(day)s") % {
        "state": state_word(WorkState(state)),
        "day": formats.short_day(date.fromisoformat(since)),
    }


def _in_a_state(looking: Looking, record: WorkRecord) -> bool:
    return bool(_states(looking, record))


def _states_now(looking: Looking, record: WorkRecord) -> Iterable[tuple[str, str]]:
    named = {each.state: state_word(each.state) for each in _states(looking, record)}
    return [(state.value, word) for state, word in named.items()]


def _effects_of_state(doing: Doing) -> Sequence[Effect]:
    values, record = doing.values, doing.record
    supposed = supposing.state_noted(
        queries.world(),
        person=record.person.code,
        company=record.company.code,
        state=WorkState(values["state"]),
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _effects_of_state_ended(doing: Doing) -> Sequence[Effect]:
    values, record = doing.values, doing.record
    supposed = supposing.state_ended(
        queries.world(),
        person=record.person.code,
        company=record.company.code,
        state=WorkState(values["state"]),
        valid_until=values["valid_until"],
    )
    return effects(supposed, at=doing.at)


def _effects_of_start(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.work_started(
        person=values["person"],
        company=values["company"],
        kind=WorkKind(values["kind"]),
        unit=values["unit"] or None,
        line_of_business=values["line_of_business"],
        period=Period(values["valid_from"], values["valid_until"]),
    )
    return effects(supposed, at=doing.at)


def _effects_of_move(doing: Doing) -> Sequence[Effect]:
    values = doing.values
    supposed = supposing.work_moved(
        queries.world(),
        work=doing.key,
        kind=WorkKind(values["kind"]),
        unit=values["unit"] or None,
        line_of_business=values["line_of_business"],
        valid_from=values["valid_from"],
    )
    return effects(supposed, at=doing.at)


def _effects_of_end(doing: Doing) -> Sequence[Effect]:
    until = doing.values["valid_until"]
    return effects(supposing.work_ended(queries.world(), work=doing.key, valid_until=until), at=doing.at)


def _may(looking: Looking, record: WorkRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    return policy.may_administer(looking.viewer, companies=[record.company.code], on=on)


def _now(_looking: Looking, record: WorkRecord) -> Mapping[str, Any]:
    return {
        "kind": record.kind.value,
        "unit": "" if record.unit is None else record.unit.code,
        "job_title": record.job_title,
        "cost_centre": "" if record.cost_centre is None else record.cost_centre.code,
        "line_of_business": record.line_of_business,
        "valid_until": record.period.until,
    }


_HOW = (
    Field(
        "unit",
        fields.party(
            __("Department or team"),
            PartyKind.UNIT,
            required=False,
            help=__("Name or code. It may be another company's."),
        ),
        fields.name,
    ),
    Field("job_title", fields.text(__("Job title"), most=120, required=False), spoken=True),
    Field("kind", fields.choice(__("Kind"), work_kinds)),
    Field(
        "cost_centre",
        fields.party(
            __("Cost centre"), PartyKind.UNIT, required=False, help=__("A department. Empty: the one she works in.")
        ),
        fields.name,
    ),
    Field(
        "line_of_business",
        fields.text(
            __("Line of business"), most=60, required=False, help=__("A code of your own, such as retail or freight.")
        ),
    ),
)

THING = Thing(
    name="work",
    group=__("The organisation"),
    label=__("Work relationships"),
    lead=__("Who works for which company, how, where, and from when until when."),
    icon="user",
    search=__("Name or job title"),
    dated=True,
    filters=(
        Filter("company", __("Company"), fields.companies),
        Filter("kind", __("Kind"), work_kinds),
    ),
    columns=(
        Column(__("Person"), lambda row: row.person.name, sort="person"),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Department or team"), lambda row: "" if row.unit is None else row.unit.name, spoken=True),
        Column(__("Job title"), lambda row: row.job_title, sort="job", spoken=True),
        Column(__("Kind"), lambda row: vocabularies.label("work_kind", row.kind.value, formats.language())),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: register.work(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="start",
            label=__("New work relationship"),
            icon="plus",
            form=(
                Field(
                    "person",
                    fields.party(__("Person"), PartyKind.PERSON, help=__("Name or code of a person who is known.")),
                    fields.name,
                ),
                Field("company", fields.company(__("Company")), fields.name),
                *_HOW,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                    fields.day_before,
                ),
            ),
            initial=lambda _looking, _record: {"kind": WorkKind.FULL_TIME.value},
            do=_start,
            keeps_evidence=True,
            effects=_effects_of_start,
            may=_may,
            done=__("The work relationship is recorded."),
        ),
    ),
    acts=(
        Act(
            name="move",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("Another department, job or kind of work for the same company, from a day on."),
            form=(Field("valid_from", fields.day(__("From"))), *_HOW),
            initial=_now,
            do=_move,
            keeps_evidence=True,
            effects=_effects_of_move,
            may=_may,
            done=__("The change is kept."),
        ),
        ending(
            lead=__("Give her work for this company its last day."),
            initial=_now,
            do=_end,
            keeps_evidence=True,
            effects=_effects_of_end,
            may=_may,
        ),
        Act(
            name="state",
            label=__("Note probation, unpaid leave or notice"),
            icon="clock",
            lead=__("Work goes on meanwhile. A staff scheme may be closed in it; why is read by that person alone."),
            form=(
                Field("state", fields.choice(__("State"), work_states), lambda code: state_word(WorkState(code))),
                Field("valid_from", fields.day(__("First day"))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: it is not known yet.")),
                    fields.day_before,
                ),
            ),
            do=_note_state,
            effects=_effects_of_state,
            may=_may,
            done=__("It is noted."),
        ),
        Act(
            name="state-over",
            label=__("End probation, leave or notice"),
            icon="check",
            lead=__("From this day on it is over; what was noted for later is taken back."),
            form=(
                Field("state", fields.choice(__("State"), _states_now), lambda code: state_word(WorkState(code))),
                Field("valid_until", fields.day(__("First day after"))),
            ),
            do=_end_state,
            effects=_effects_of_state_ended,
            may=_may,
            fits=_in_a_state,
            done=__("It ends on that day."),
        ),
        Act(
            name="state-never",
            label=__("Take back what was noted"),
            icon="x",
            lead=__("It was never so. What was known of it stays in the history."),
            form=(Field("noted", fields.choice(__("What was noted"), _noted), _noted_word),),
            do=_withdraw_state,
            may=_may,
            fits=_in_a_state,
            done=__("It is taken back."),
            danger=True,
        ),
        evidence(shows=Shows.WORK, may=_may, fits=lambda *_: True),
    ),
    events={
        "parties.attach_evidence": __("File added"),
        "parties.start_work": __("Began to work"),
        "parties.move_work": __("Works otherwise"),
        "parties.end_work": __("Given a last day"),
        "parties.note_work_state": __("State of work noted"),
        "parties.end_work_state": __("State of work ended"),
        "parties.take_back_work_state": __("State of work taken back"),
    },
)
