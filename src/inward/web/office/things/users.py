"""Users in the office: invited, locked and unlocked, given roles. Those who look after one company see its staff alone."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.access import operations, policy, queries
from inward.access.queries import UserRow
from inward.access.vocabulary import EVERYTHING, GRANTABLE, LOCAL, Role
from inward.kit.policy import Answer, NotThere
from inward.parties import policy as records
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing
from inward.web.office.things.words import role_name


def _key(key: str) -> int:
    if not (key.isascii() and key.isdigit()) or len(key) > 18:  # noqa: PLR2004 - the digits of a key
        raise NotThere
    return int(key)


def _name(row: UserRow) -> str:
    return row.username if row.person is None else parties.name_of(row.person)


def _page(looking: Looking, key: str) -> Detail:
    record = queries.user_kept(viewer=looking.viewer, at=looking.at, key=_key(key))
    held = queries.grants(viewer=looking.viewer, at=looking.at, user=record.id)
    on = looking.at.date()
    subject = queries.subject_kept(viewer=looking.viewer, at=looking.at, key=record.id)
    return Detail(
        title=_name(record),
        record=record,
        facts=(
            Fact(__("Signs in as"), record.username),
            Fact(__("E-mail"), record.email),
            Fact(__("Person"), "" if record.person is None else parties.name_of(record.person)),
            Fact(__("Language"), dict(settings.LANGUAGES).get(record.language, record.language)),
            Fact(__("Time zone"), record.time_zone),
            Fact(__("May sign in"), record.active),
            *(
                Fact(
                    role_name(each.role),
                    f"{_over(each.party)} ({showing.days(each.period)})",
                    reverse("office_page", args=["roles", each.reference]),
                )
                for each in held
                if each.period.until is None or each.period.until > on
            ),
            *(
                Fact(
                    _("Handed on to %(name)s") % {"name": each.username},
                    f"{role_name(each.role)}, {_over(each.party)} ({showing.days(each.period)})",
                    reverse("office_page", args=["roles", each.reference]),
                )
                for each in queries.handed_on(viewer=looking.viewer, at=looking.at, user=record.id)
            ),
        ),
        links=(Link(f"{reverse('office_list', args=['roles'])}?text={record.username}", _("All her roles"), "users"),),
        audited=(subject,),
    )


def _over(party: str) -> str:
    return _("everything") if party == EVERYTHING else parties.name_of(party)


def _invite(doing: Doing) -> str:
    values = doing.values
    made = operations.invite_user(
        by=doing.by,
        at=doing.at,
        username=values["username"],
        email=values["email"],
        person=values["person"] or None,
        language=values["language"],
        time_zone=values["time_zone"],
        source=doing.source,
    )
    return str(made)


def _lock(doing: Doing) -> str:
    operations.lock_user(by=doing.by, at=doing.at, user=doing.record.id, source=doing.source)
    return doing.key


def _unlock(doing: Doing) -> str:
    operations.unlock_user(by=doing.by, at=doing.at, user=doing.record.id, source=doing.source)
    return doing.key


def _grant(doing: Doing) -> str:
    values = doing.values
    operations.grant_role(
        by=doing.by,
        at=doing.at,
        user=doing.record.id,
        role=Role(values["role"]),
        party=values["party"] or None,
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=doing.source,
    )
    return doing.key


def _may_invite(looking: Looking, _record: Any) -> Answer:
    return policy.may_invite(looking.viewer, on=looking.at.date())


def _may_grant(looking: Looking, _record: Any) -> Answer:
    return records.may_keep_records(looking.viewer, on=looking.at.date())


def _roles(looking: Looking, _record: Any) -> list[tuple[str, str]]:
    """The roles that the viewer may give: data administrators of everything all, of a company those of its daily work."""
    everything = looking.viewer.parties(Role.DATA_ADMINISTRATOR.value, on=looking.at.date()) is None
    return [(role.value, role_name(role)) for role in Role if role in (GRANTABLE if everything else LOCAL)]


def _languages(_looking: Looking, _record: Any) -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def _new(_looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"language": settings.LANGUAGE_CODE, "time_zone": "UTC"}


THING = Thing(
    name="users",
    group=__("Who may do what"),
    label=__("Users"),
    lead=__("Who may sign in. A role says what somebody may do, over a company, a department or everything."),
    icon="login",
    search=__("Name or e-mail"),
    columns=(
        Column(__("Name"), _name),
        Column(__("Signs in as"), lambda row: row.username, sort="username"),
        Column(__("E-mail"), lambda row: row.email),
        Column(__("May sign in"), lambda row: row.active),
    ),
    rows=lambda looking, params: queries.users_kept(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.id),
    page=_page,
    creates=(
        Act(
            name="invite",
            label=__("Invite somebody"),
            icon="plus",
            lead=__(
                "Let somebody sign in. She chooses her password by the link in the letter that goes to her address."
            ),
            form=(
                Field("username", fields.text(__("Signs in as"), most=150)),
                Field("email", fields.email(__("E-mail"))),
                Field(
                    "person",
                    fields.party(
                        __("Person"),
                        PartyKind.PERSON,
                        required=False,
                        help=__("Name or code. Empty for somebody from outside."),
                    ),
                    fields.name,
                ),
                Field("language", fields.choice(__("Language"), _languages)),
                Field("time_zone", fields.text(__("Time zone"), most=60, help=__("Such as Europe/Oslo."))),
            ),
            initial=_new,
            do=_invite,
            may=_may_invite,
            done=__("The invitation goes out. Give her the roles she needs."),
        ),
    ),
    acts=(
        Act(
            name="grant",
            label=__("Give a role"),
            icon="plus",
            lead=__("Nobody gives a role to herself. Being an employee follows from a work relationship."),
            form=(
                Field("role", fields.choice(__("Role"), _roles)),
                Field(
                    "party",
                    fields.party(
                        __("Over"),
                        PartyKind.COMPANY,
                        PartyKind.UNIT,
                        required=False,
                        help=__("Name or code of a company or department, with all below it. Empty: everything."),
                    ),
                    fields.name,
                ),
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                    fields.day_before,
                ),
            ),
            do=_grant,
            may=_may_grant,
            done=__("The role is given."),
        ),
        Act(
            name="lock",
            label=__("Lock"),
            icon="lock",
            lead=__(
                "She can sign in no more; her open sessions and tokens end at once. Her roles stay, for when she comes back."
            ),
            do=_lock,
            may=_may_invite,
            fits=lambda _looking, record: record.active,
            done=__("She can no longer sign in."),
            danger=True,
        ),
        Act(
            name="unlock",
            label=__("Unlock"),
            icon="login",
            do=_unlock,
            may=_may_invite,
            fits=lambda _looking, record: not record.active,
            done=__("She can sign in again."),
        ),
    ),
    events={
        "access.invite_user": __("Invited to sign in"),
        "access.lock_user": __("Locked"),
        "access.unlock_user": __("Unlocked"),
        "access.grant_role": __("Given a role"),
        "access.end_role": __("Role given a last day"),
        "access.set_password": __("Given a new password"),
        "access.change_profile": __("Changed her profile"),
        "access.forget_user": __("Sign-in forgotten"),
        "parties.add_person": __("Made known"),
        "parties.rename_party": __("Renamed"),
    },
)
