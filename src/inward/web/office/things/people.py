"""People in the office: made known, renamed, and where they work. What they are to a company is under work relationships."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import operations, policy, queries, register
from inward.parties.operations import Source
from inward.parties.register import PersonRecord, WorkRecord
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import confidential, leaders
from inward.web.office.things.words import work_words


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.person(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record: PersonRecord = sheet.record
    start = f"{reverse('office_new', args=['work', 'start'])}?person={key}"
    return Detail(
        title=record.name,
        record=record,
        facts=(
            Fact(__("Code"), record.code),
            Fact(__("E-mail"), record.email),
            *(
                Fact(each.company.name, _job(each), reverse("office_page", args=["work", each.code]))
                for each in record.work
            ),
            *leaders.about(looking, key),
            *confidential.about(looking, key),
        ),
        versions=tuple(
            Version(each.period, work_words(each.says), each.known_from, each.known_until, each.source, each.evidence)
            for each in sheet.versions
        ),
        links=(Link(start, _("New work relationship"), "plus"),),
        audited=sheet.audited,
    )


def _job(work: WorkRecord) -> str:
    kind = vocabularies.label("work_kind", work.kind.value, formats.language())
    unit = "" if work.unit is None else work.unit.name
    return ", ".join(part for part in (work.job_title, unit, kind) if part)


def _works(record: PersonRecord) -> str:
    return "; ".join(f"{each.company.name} ({_job(each)})" for each in record.work)


def _add(doing: Doing) -> str:
    values = doing.values
    return operations.add_person(
        by=doing.by,
        at=doing.at,
        code=values["code"],
        name=values["name"],
        email=values["email"],
        source=Source(doing.source),
    )


def _rename(doing: Doing) -> str:
    operations.rename_party(
        by=doing.by, at=doing.at, party=doing.key, name=doing.values["name"], source=Source(doing.source)
    )
    return doing.key


def _erase(doing: Doing) -> str:
    return operations.erase_person(by=doing.by, at=doing.at, person=doing.key, reason=doing.values["reason"])


def _away(doing: Doing) -> str:
    values = doing.values
    operations.note_absence(
        by=doing.by, at=doing.at, person=doing.key, valid_from=values["valid_from"], valid_until=values["valid_until"]
    )
    return doing.key


def _back(doing: Doing) -> str:
    operations.end_absence(by=doing.by, at=doing.at, person=doing.key, valid_until=doing.values["valid_until"])
    return doing.key


def _may_note_absence(looking: Looking, record: PersonRecord) -> Answer:
    on = looking.at.date()
    return policy.may_note_absence(looking.viewer, person=record.code, employers=queries.employers(record.code), on=on)


def _may_add(looking: Looking, _record: Any) -> Answer:
    return policy.may_add_person(looking.viewer, on=looking.at.date())


def _may_rename(looking: Looking, record: PersonRecord) -> Answer:
    employers = [each.company.code for each in record.work]
    return policy.may_rename_person(looking.viewer, employers=employers, on=looking.at.date())


def _may_erase(looking: Looking, _record: Any) -> Answer:
    return policy.may_administer_everything(looking.viewer, on=looking.at.date())


def _now(_looking: Looking, record: PersonRecord) -> Mapping[str, Any]:
    return {"name": record.name}


THING = Thing(
    name="people",
    group=__("The organisation"),
    label=__("People"),
    lead=__("Everybody who works for a company you look after, has worked or will."),
    icon="users",
    search=__("Name, code or e-mail"),
    dated=True,
    filters=(Filter("company", __("Works for"), fields.companies),),
    columns=(
        Column(__("Person"), lambda row: row.name, sort="name"),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("E-mail"), lambda row: row.email),
        Column(__("Works for"), _works),
    ),
    rows=lambda looking, params: register.people(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="add",
            label=__("New person"),
            icon="plus",
            lead=__("Make a person known. Where she works is recorded next, as a work relationship."),
            form=(
                Field(
                    "code", fields.text(__("Code"), most=120, help=__("Stays for good: files and addresses use it."))
                ),
                Field("name", fields.text(__("Name"))),
                Field("email", fields.email(__("E-mail"))),
            ),
            do=_add,
            may=_may_add,
            done=__("The person is known now. Record where she works next."),
        ),
    ),
    acts=(
        Act(
            name="rename",
            label=__("Rename"),
            icon="edit",
            form=(Field("name", fields.text(__("Name"))),),
            initial=_now,
            do=_rename,
            may=_may_rename,
            done=__("The new name is kept."),
        ),
        Act(
            name="away",
            label=__("Note an absence"),
            icon="calendar",
            lead=__(
                "So that somebody acts where this person heads a department or stands in. Why is nobody's business."
            ),
            form=(
                Field("valid_from", fields.day(__("First day"))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: it is not known yet.")),
                    fields.day_before,
                ),
            ),
            do=_away,
            may=_may_note_absence,
            fits=lambda _looking, record: bool(record.work),
            done=__("The absence is kept."),
            keeps_source=False,
        ),
        Act(
            name="back",
            label=__("End an absence"),
            icon="check",
            lead=__("From this day on the absence is over; those noted for later are taken back."),
            form=(Field("valid_until", fields.day(__("First day back"))),),
            do=_back,
            may=_may_note_absence,
            fits=lambda looking, record: leaders.is_away(looking, record.code),
            done=__("The absence ends on that day."),
            keeps_source=False,
        ),
        *confidential.OF_A_PERSON,
        Act(
            name="erase",
            label=__("Forget her name"),
            icon="trash",
            lead=__(
                "Her name, address and code are replaced for good, also where she signs in. Figures and past orders stay, under a key that says nobody's name. This cannot be undone."
            ),
            form=(Field("reason", fields.text(__("Why"), help=__("Stays in the log for good: name nobody in it."))),),
            do=_erase,
            may=_may_erase,
            fits=lambda _looking, record: not record.work,
            done=__("Her name is forgotten."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={
        "parties.note_absence": __("Away"),
        "parties.end_absence": __("Back"),
        "parties.add_person": __("Made known"),
        "parties.rename_party": __("Renamed"),
        "parties.erase_person": __("Name forgotten"),
        "parties.start_work": __("Began to work"),
        "parties.move_work": __("Works otherwise"),
        "parties.end_work": __("Work given a last day"),
        "parties.note_work_state": __("State of work noted"),
        "parties.end_work_state": __("State of work ended"),
        "parties.take_back_work_state": __("State of work taken back"),
        "access.invite_user": __("Invited to sign in"),
        "access.lock_user": __("Locked"),
        "access.unlock_user": __("Unlocked"),
        "access.grant_role": __("Given a role"),
        "access.end_role": __("Role given a last day"),
        "access.set_password": __("Given a new password"),
        "access.change_profile": __("Changed her profile"),
        "access.forget_user": __("Sign-in forgotten"),
    },
)
