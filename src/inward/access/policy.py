"""Who may invite, grant, hand on, act for another and hold tokens; and who may act on what the parties room keeps.

The rules about an actor read only her grants. The third question ("who may …") needs the grants of everybody, so those
filters speak of this room's tables. No actor is a refusal.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from inward.access.vocabulary import ANSWERABLE, DELEGABLE, EVERYTHING, GRANTABLE, LOCAL, Role
from inward.core.terms import Period, Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that is to be granted, ended or handed on: over which party (None: everything) and to which user."""

    role: Role
    party: str | None
    party_name: str
    user: int


def may_invite(actor: Actor, *, on: date) -> Answer:
    """Invite, lock and unlock users: operators and data administrators, of everything."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if _over_everything(actor, Role.OPERATOR, on) or _over_everything(actor, Role.DATA_ADMINISTRATOR, on):
        return ALLOWED
    return refusal(Reason.of("not_inviter"))


def may_grant(actor: Actor, *, asked: Asked, on: date) -> Answer:
    """Grant or end a role: data administrators of the party for its daily work, of everything for all other roles.

    Nobody for herself, so that no one person opens a door alone.
    """
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if asked.role not in GRANTABLE:
        return refusal(Reason.of("role_not_granted", role=asked.role.value))
    if actor.user is not None and actor.user == asked.user:
        return refusal(Reason.of("no_role_for_oneself"))
    if _over_everything(actor, Role.DATA_ADMINISTRATOR, on):
        return ALLOWED
    if asked.role in LOCAL and asked.party and actor.holds(Role.DATA_ADMINISTRATOR.value, over=asked.party, on=on):
        return ALLOWED
    return refusal(Reason.of("not_granter_of", role=asked.role.value, party_name=asked.party_name))


def may_hand_on(actor: Actor, *, asked: Asked, period: Period, on: date) -> Answer:
    """Hand a role on to a colleague for a while: its holder, over what she holds herself and no longer than she does."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if asked.role not in DELEGABLE:
        return refusal(Reason.of("role_not_delegable", role=asked.role.value))
    if actor.user is not None and actor.user == asked.user:
        return refusal(Reason.of("no_role_for_oneself"))
    if (
        asked.party is not None
        and actor.holds(asked.role.value, over=asked.party, on=on)
        and any(
            grant.role == asked.role.value and grant.reaches(asked.party, on) and grant.period.covers(period)
            for grant in actor.grants
        )
    ):
        return ALLOWED
    return refusal(Reason.of("role_not_held", role=asked.role.value, party_name=asked.party_name))


def may_act_for(actor: Actor, *, party: str | None, party_name: str, on: date) -> Answer:
    """Act for a unit or company: its buyers of that day. For oneself (None): everybody."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if party is None or actor.holds(Role.BUYER.value, over=party, on=on):
        return ALLOWED
    return refusal(Reason.of("not_acting_for", party_name=party_name))


def may_make_token(actor: Actor) -> Answer:
    """Make a token: a signed-in user for herself, in the browser or at the command line; a token makes no tokens."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.user is not None and actor.via != "api" else refusal(Reason.of("not_signed_in"))


def may_make_machine_token(actor: Actor, *, on: date) -> Answer:
    """Make a token for a machine: those who invite users, but not by a token; a token makes no tokens."""
    if not actor.nobody and actor.via == "api":
        return refusal(Reason.of("not_signed_in"))
    return may_invite(actor, on=on)


def may_revoke_token(actor: Actor, *, owner: int, on: date) -> Answer:
    """End a token: its user, and whoever may lock her."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.user == owner or may_invite(actor, on=on):
        return ALLOWED
    return refusal(Reason.of("not_own_token"))


def may_change_own_sign_in(actor: Actor) -> Answer:
    """Change one's own password, address, second factor or sessions: a person signed in at the pages, never a token."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.user is not None and actor.via == "web" else refusal(Reason.of("not_own_sign_in"))


def may_reset_second_factor(actor: Actor, *, user: int, on: date) -> Answer:
    """Take somebody's lost second factor away, and end her sessions: those who lock users, never for themselves."""
    if actor.user is not None and actor.user == user:
        return refusal(Reason.of("no_reset_for_oneself"))
    return may_invite(actor, on=on)


def may_end_sessions(actor: Actor, *, user: int, on: date) -> Answer:
    """End all sessions of somebody: herself at the pages, and those who lock users."""
    if actor.user is not None and actor.user == user:
        return may_change_own_sign_in(actor)
    return may_invite(actor, on=on)


def may_keep_directories(actor: Actor, *, on: date) -> Answer:
    """Say who works here for a directory, and what its texts mean: data administrators of everything."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if _over_everything(actor, Role.DATA_ADMINISTRATOR, on):
        return ALLOWED
    return refusal(Reason.of("not_directory_keeper"))


def may_sign_in_here(actor: Actor, *, kept_for: str, on: date) -> Answer:
    """Come in by password or passkey: everybody, or where providers do it (``kept_for`` administrators), those who look
    after everything and must get in when no provider answers.
    """
    if kept_for == "all" or any(_over_everything(actor, each, on) for each in (Role.OPERATOR, Role.DATA_ADMINISTRATOR)):
        return ALLOWED
    return refusal(Reason.of("signs_in_by_provider"))


def may_tidy_up(actor: Actor) -> Answer:
    """Forget what is over: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("no_actor"))


def owes_second_factor(actor: Actor, *, demanded: str, on: date) -> bool:
    """Whether the house wants a second factor of this user (``demanded``: off, roles or all); the house itself has none."""
    if actor.user is None or demanded == "off":
        return False
    return demanded == "all" or any(actor.holds(role.value, over=None, on=on) for role in ANSWERABLE)


def users_visible_to(actor: Actor, *, on: date) -> Q:
    """The users this actor sees: those who invite see all, everybody else herself."""
    if may_invite(actor, on=on):
        return Q(pk__isnull=False) & _but_hidden(actor, "")
    return Q(pk=-1 if actor.user is None else actor.user)


def users_kept_by(actor: Actor, *, reach: Collection[int] | None, on: date) -> Q:
    """The users to whom this actor may have roles to give: those who invite see all, data administrators of a company
    those who work or worked for it (its key in ``reach``), everybody else nobody.
    """
    if may_invite(actor, on=on):
        return Q(pk__isnull=False) & _but_hidden(actor, "")
    if actor.nobody or not reach:
        return Q(pk__in=())
    hers = Q(person__work_relationships__company_id__in=sorted(reach), person__work_relationships__known_until=None)
    return hers & _but_hidden(actor, "")


def tokens_visible_to(actor: Actor, *, on: date) -> Q:
    """The tokens this actor sees: those who lock users see all, everybody else her own."""
    if may_invite(actor, on=on):
        return Q(pk__isnull=False) & _but_hidden(actor, "user__")
    return Q(user_id=-1 if actor.user is None else actor.user)


def grants_visible_to(actor: Actor, *, reach: Collection[int] | None, on: date) -> Q:
    """The roles this actor sees: her own, and those over parties she administers (their keys in ``reach``; None: all)."""
    if actor.nobody:
        return Q(pk__in=())
    if reach is None or may_invite(actor, on=on):
        return Q(pk__isnull=False) & _but_hidden(actor, "user__")
    seen = Q(user_id=-1 if actor.user is None else actor.user) | Q(party_id__in=sorted(reach))
    return seen & _but_hidden(actor, "user__")


def grants_kept_by(actor: Actor, *, reach: Collection[int] | None, on: date) -> Q:
    """The roles this actor looks after: those over parties she administers (their keys in ``reach``; None: all)."""
    if actor.nobody:
        return Q(pk__in=())
    if reach is None or may_invite(actor, on=on):
        return Q(pk__isnull=False) & _but_hidden(actor, "user__")
    return Q(party_id__in=sorted(reach)) & _but_hidden(actor, "user__")


def who_holds(role: Role, *, places: Collection[int], on: date) -> Q:
    """The grants by which somebody holds the role on the day over a party; those over everything count as well.

    ``places`` are the keys of the party and of what it stands in: unit, units above, company.
    """
    valid = (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_until=None) | Q(valid_until__gt=on))
    over = Q(party_id__in=sorted(places)) | Q(party_id=None)
    return Q(known_until=None, role=role.value, user__is_active=True) & valid & over


def who_may_administer(*, places: Collection[int], on: date) -> Q:
    """The grants of those who may change what the parties room keeps of a company or unit."""
    return who_holds(Role.DATA_ADMINISTRATOR, places=places, on=on)


def who_may_invite(*, on: date) -> Q:
    """The grants of those who may invite and lock users."""
    return who_holds(Role.OPERATOR, places=(), on=on) | who_holds(Role.DATA_ADMINISTRATOR, places=(), on=on)


def who_may_grant(role: Role, *, places: Collection[int], on: date) -> Q:
    """The grants of those who may grant this role over a party (for themselves they may not)."""
    return who_holds(Role.DATA_ADMINISTRATOR, places=places if role in LOCAL else (), on=on)


def _but_hidden(actor: Actor, user: str) -> Q:
    """All but the rows of users who are people confidential to this actor; ``user`` leads from the row to its user."""
    return ~Q(**{f"{user}person__code__in": sorted(actor.hidden)}) if actor.hidden else Q()


def _over_everything(actor: Actor, role: Role, on: date) -> bool:
    return actor.parties(role.value, on=on) is None


def scope_of(party: str | None) -> str:
    """How a grant's scope is written in an actor: the party's code, "*" for everything."""
    return EVERYTHING if party is None else party
