"""Roles in the office: who holds which over what, what was handed on to colleagues, and giving a role its last day."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.access import operations, policy, queries
from inward.access.policy import Asked
from inward.access.queries import GrantRow
from inward.access.vocabulary import EVERYTHING, GRANTABLE, Role
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.web.components.records import Link
from inward.web.office import showing
from inward.web.office.acts import ending
from inward.web.office.declaring import Column, Detail, Doing, Fact, Filter, Looking, Thing, Version
from inward.web.office.things.words import role_name


def _over(row: GrantRow) -> str:
    return _("everything") if row.party == EVERYTHING else parties.name_of(row.party)


def _page(looking: Looking, key: str) -> Detail:
    versions, record = queries.grant_versions(viewer=looking.viewer, at=looking.at, reference=key)
    return Detail(
        title=_("%(role)s: %(name)s") % {"role": role_name(record.role), "name": record.username},
        record=record,
        facts=(
            Fact(__("Role"), role_name(record.role)),
            Fact(__("Over"), _over(record)),
            Fact(__("User"), record.username, reverse("office_page", args=["users", str(record.user)])),
            Fact(__("Days"), showing.days(record.period)),
            Fact(__("Handed on by a colleague"), record.handed_on),
        ),
        versions=tuple(
            Version(each.period, role_name(record.role), each.known_from, each.known_until, each.source)
            for each in versions
        ),
        links=(Link(reverse("office_page", args=["users", str(record.user)]), record.username, "user"),),
    )


def _end(doing: Doing) -> str:
    operations.end_role(
        by=doing.by,
        at=doing.at,
        grant=doing.key,
        valid_until=doing.values["valid_until"],
        source=doing.source,
    )
    return doing.key


def _may_end(looking: Looking, record: GrantRow) -> Answer:
    party = None if record.party == EVERYTHING else record.party
    asked = Asked(record.role, party, record.party_name, record.user)
    return policy.may_grant(looking.viewer, asked=asked, on=looking.at.date())


def _now(_looking: Looking, record: GrantRow) -> Mapping[str, Any]:
    return {"valid_until": record.period.until}


def _roles(_looking: Looking) -> Iterable[tuple[str, str]]:
    return [(role.value, role_name(role)) for role in Role if role in GRANTABLE]


def _handed(_looking: Looking) -> Iterable[tuple[str, str]]:
    return [("yes", _("Handed on by a colleague")), ("no", _("Given by a data administrator"))]


THING = Thing(
    name="roles",
    group=__("Who may do what"),
    label=__("Roles"),
    lead=__("Who may do what over which company or department, and what colleagues have handed on to each other."),
    icon="checks",
    search=__("Name"),
    dated=True,
    filters=(Filter("role", __("Role"), _roles), Filter("handed_on", __("How it came"), _handed)),
    columns=(
        Column(__("Role"), lambda row: role_name(row.role), sort="role"),
        Column(__("User"), lambda row: row.username, sort="username"),
        Column(__("Over"), _over),
        Column(__("Days"), lambda row: showing.days(row.period)),
        Column(__("Handed on by a colleague"), lambda row: row.handed_on),
    ),
    rows=lambda looking, params: queries.grants_kept(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.reference,
    page=_page,
    acts=(
        ending(
            lead=__("Give the role its last day. What was handed on from it ends no later."),
            initial=_now,
            do=_end,
            may=_may_end,
        ),
    ),
)
