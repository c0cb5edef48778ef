"""Who somebody is when she acts, and who holds which role. Reads only.

An actor is resolved once at the edge: the user's roles, each spread over the company, unit or everything it was granted
for. Resolved actors are kept in memory while the versions "access" and "parties" stand, for a day at most.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection

from inward.access import entry, policy
from inward.access.models import ApiToken, RoleGrant, User
from inward.access.vocabulary import EVERYTHING, Role, TokenScope
from inward.core.classification import STRICT_MAJORITY
from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant
from inward.kit.kept import Kept
from inward.kit.policy import NotThere
from inward.parties import queries as parties

VERSION = "access"
_KEPT_MAX = 20_000
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A role that a colleague has handed on to the actor: whose it is, over which party, until which day (not counted)."""

    role: str
    party: str
    colleague: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor, the time zone she lives in, whom she stands in for, and whether she signs in with a second factor."""

    actor: Actor
    time_zone: str
    stands_in: tuple[StandIn, ...] = ()
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A party somebody may act for, by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role: her user, her person if she has one, and how to reach her."""

    user: int
    username: str
    person: str | None
    language: str
    email: str


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user in a list or on her page."""

    id: int
    username: str
    email: str
    person: str | None
    language: str
    time_zone: str
    active: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role somebody holds, held or will hold; ``party`` is "*" for everything."""

    reference: str
    user: int
    username: str
    role: Role
    party: str
    party_name: str
    period: Period
    handed_on: bool


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its user sees it: never the secret."""

    id: int
    name: str
    prefix: str
    scopes: frozenset[TokenScope]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey or security key as its owner sees it; ``alone`` when it signs her in without a password."""

    id: int
    name: str
    alone: bool
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What a user can show besides her password; ``codes`` are the recovery codes that are left, of those made then."""

    totp_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes: int
    codes_since: datetime | None

    @property
    def there(self) -> bool:
        """Whether there is one: recovery codes alone are none."""
        return self.totp_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of a user: from where, with which browser, since when. ``here`` is the one that asks."""

    id: int
    address: str
    browser: str
    since: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What a user sees of herself."""

    username: str
    email: str
    email_wanted: str
    language: str
    time_zone: str
    has_password: bool


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter about signing in goes to, what she is called, and what she reads."""

    username: str
    name: str
    email: str
    email_wanted: str
    language: str
    has_password: bool


@dataclass(slots=True)
class _Actors:
    """What was resolved while the version stood."""

    by_key: dict[tuple[int, str | None, str, int, date], Resolved] = field(default_factory=dict)


_ASK_TOKEN = "SELECT user_id, scopes FROM access_apitoken WHERE digest = %s AND revoked_at IS NULL AND expires_at > %s"  # noqa: S105 - a question, not a secret
_kept: Kept[_Actors] = Kept(VERSION, lambda _: _Actors())


def actor_for(user: int | None, *, acting_for: str | None = None, via: str, at: datetime) -> Actor:
    """The actor that a user is on that day. NOBODY for no user, an unknown or a locked one.

    ``acting_for`` is dropped, not refused, when she may not act for that party: a delegation can end in mid-session.
    """
    return resolved(user, acting_for=acting_for, via=via, at=at).actor


def resolved(user: int | None, *, acting_for: str | None = None, via: str, at: datetime) -> Resolved:
    """The same, with what the edge needs besides."""
    if user is None:
        return Resolved(NOBODY, "UTC")
    here, known = _kept.value().by_key, parties.known()
    key = (user, acting_for, via, known.world.version, at.date())
    found = here.get(key)
    if found is None:
        found = _resolve(user, acting_for, via, at.date())
        if len(here) >= _KEPT_MAX:
            here.clear()
        here[key] = found
    return found


def actor_for_token(raw: str, *, at: datetime, writes: bool) -> Actor:
    """The actor for whom a token speaks; NOBODY when it is unknown, expired, revoked, or may not write and would."""
    # By hand, since this stands before every call of the API: the ORM takes three times as long to ask it.
    with connection.cursor() as cursor:
        cursor.execute(_ASK_TOKEN, [digest_of(raw), connection.ops.adapt_datetimefield_value(at)])
        found = cursor.fetchone()
    if found is None:
        return NOBODY
    user_id, scopes = found
    if (TokenScope.WRITE if writes else TokenScope.READ).value not in (
        json.loads(scopes) if isinstance(scopes, str) else scopes
    ):
        return NOBODY
    return actor_for(user_id, via="api", at=at)


def digest_of(raw: str) -> str:
    """How a token is kept: its SHA-256. A random secret of 256 bits needs no slow hash."""
    return hashlib.sha256(raw.encode()).hexdigest()


def may_act_for(viewer: Actor, *, at: datetime) -> tuple[Place, ...]:
    """The units and companies this actor may act for today, by name: what she chooses from at the door."""
    open_to = viewer.parties(Role.BUYER.value, on=at.date())
    if open_to is None or viewer.nobody:
        open_to = frozenset() if viewer.nobody else frozenset(parties.world().company)
    return tuple(sorted((Place(code, name) for code, name in parties.names(open_to).items()), key=lambda p: p.name))


def holders(role: Role | str, *, over: str, at: datetime) -> tuple[Holder, ...]:
    """Everybody who holds a role over a company or unit today, by whatever grant reaches it; locked users do not."""
    keys, on = parties.keys(), at.date()
    places = [keys[code] for code in parties.unit_path(over, on=on)]
    grants = RoleGrant.objects.filter(policy.who_holds(Role(role), places=places, on=on))
    return tuple(_holder(user) for user in User.objects.filter(grants__in=grants).distinct().order_by("username"))


def holder_of(person: str) -> Holder | None:
    """The user of a person, if she signs in."""
    user = User.objects.filter(person_id=parties.keys().get(person, -1), is_active=True).first()
    return None if user is None else _holder(user)


def user_named(username: str) -> int | None:
    """The key of the user who signs in by this name; for the command line."""
    return User.objects.filter(username__iexact=username).values_list("id", flat=True).first()


def user(*, viewer: Actor, key: int, at: datetime) -> UserRow:
    """One user. NotThere for those the viewer may not see."""
    found = User.objects.filter(policy.users_visible_to(viewer, on=at.date()), pk=key).first()
    if found is None:
        raise NotThere
    return _user_row(found)


def profile(*, viewer: Actor) -> Profile:
    """What the viewer sees of herself. NotThere for who is no user."""
    found = User.objects.filter(pk=-1 if viewer.user is None else viewer.user).first()
    if found is None:
        raise NotThere
    return Profile(
        username=found.username,
        email=found.email,
        email_wanted=found.email_wanted,
        language=found.language,
        time_zone=found.time_zone,
        has_password=found.has_usable_password(),
    )


def second_factor(*, viewer: Actor) -> SecondFactor:
    """What the viewer can show besides her password."""
    totp_since, passkeys, codes, codes_since = None, [], 0, None
    held = Authenticator.objects.filter(user_id=-1 if viewer.user is None else viewer.user)
    for each in held.order_by("created_at", "id"):
        match each.type:
            case Authenticator.Type.TOTP:
                totp_since = each.created_at
            case Authenticator.Type.WEBAUTHN:
                key = each.wrap()
                alone = bool(key.is_passwordless)
                passkeys.append(Passkey(each.pk, key.name, alone, each.created_at, each.last_used_at))
            case _:
                codes, codes_since = len(each.wrap().get_unused_codes()), each.created_at
    return SecondFactor(totp_since, tuple(passkeys), codes, codes_since)


def has_second_factor(user: int) -> bool:
    """Whether a user signs in with a second factor."""
    return bool(Authenticator.objects.filter(user_id=user, type__in=_FACTORS).exists())


def sessions(*, viewer: Actor, here: str | None) -> tuple[SessionRow, ...]:
    """The sessions of the viewer that are still open, newest first; ``here`` is the key of the one that asks."""
    own = UserSession.objects.filter(user_id=-1 if viewer.user is None else viewer.user)
    open_ones = set(
        Session.objects.filter(session_key__in=own.values("session_key")).values_list("session_key", flat=True)
    )
    return tuple(
        SessionRow(each.pk, each.ip, each.user_agent, each.created_at, here=each.session_key == here)
        for each in own.order_by("-created_at", "-id")
        if each.session_key in open_ones
    )


def addressee(user: int) -> Addressee | None:
    """Whom letters about the sign-in of this user go to; None for nobody (0), a locked user, or one without an address."""
    found = User.objects.filter(pk=user, is_active=True).exclude(email="", email_wanted="").first()
    if found is None:
        return None
    person = _holder(found).person
    return Addressee(
        username=found.username,
        name=found.username if person is None else parties.name_of(person),
        email=found.email,
        email_wanted=found.email_wanted,
        language=found.language,
        has_password=found.has_usable_password(),
    )


def link(purpose: str, user: int, *, at: datetime) -> str:
    """The token of a link for this user (``entry``): for letters, and for the command line that shows the first one."""
    return entry.make(purpose, User.objects.get(pk=user), at=at)


def is_free(email: str) -> bool:
    """Whether nobody has this address. For letters alone: no page may tell."""
    return not User.objects.filter(email=email).exists()


def users(*, viewer: Actor, at: datetime) -> tuple[UserRow, ...]:
    """Everybody the viewer may see who signs in, by user name."""
    rows = User.objects.filter(policy.users_visible_to(viewer, on=at.date())).order_by("username")
    return tuple(_user_row(row) for row in rows)


def grants(*, viewer: Actor, at: datetime, user: int | None = None, party: str | None = None) -> tuple[GrantRow, ...]:
    """Roles as they are known now, of one user or over one party, those the viewer may see, oldest first."""
    on, keys = at.date(), parties.keys()
    over = viewer.parties(Role.DATA_ADMINISTRATOR.value, on=on)
    reach = None if over is None else [keys[code] for code in over if code in keys]
    rows = RoleGrant.objects.current().filter(policy.grants_visible_to(viewer, reach=reach, on=on))
    if user is not None:
        rows = rows.filter(user_id=user)
    if party is not None:
        rows = rows.filter(party_id=keys.get(party, -1))
    return tuple(grant_row(row) for row in rows.select_related("user").order_by("valid_from", "id"))


def tokens(*, viewer: Actor, at: datetime, user: int) -> tuple[TokenRow, ...]:
    """The tokens of a user that the viewer may see, newest first."""
    seen = ApiToken.objects.filter(policy.tokens_visible_to(viewer, on=at.date()), user_id=user).order_by("-made_at")
    return tuple(
        TokenRow(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            scopes=frozenset(TokenScope(scope) for scope in token.scopes),
            made_at=token.made_at,
            expires_at=token.expires_at,
            revoked_at=token.revoked_at,
            last_used_on=token.last_used_on,
        )
        for token in seen
    )


def grant_row(grant: RoleGrant) -> GrantRow:
    """A grant as it is shown."""
    party = EVERYTHING if grant.party_id is None else parties.known().codes[grant.party_id]
    return GrantRow(
        reference=grant.reference,
        user=grant.user_id,
        username=grant.user.username,
        role=Role(grant.role),
        party=party,
        party_name=EVERYTHING if party == EVERYTHING else parties.name_of(party),
        period=grant.period,
        handed_on=bool(grant.handed_on_from),
    )


def _resolve(user_id: int, acting_for: str | None, via: str, on: date) -> Resolved:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return Resolved(NOBODY, "UTC")
    codes = parties.known().codes
    person = None if user.person_id is None else codes.get(user.person_id)
    held = RoleGrant.objects.current().filter(user_id=user_id).order_by("valid_from", "id")
    granted = [_spread(grant, codes, on) for grant in held]
    actor = Actor(
        user=user_id,
        person=person,
        acting_for=None,
        grants=(*granted, *_employments(person, on)),
        language=user.language,
        via=via,
        subject=user.subject,
    )
    if acting_for is not None and actor.holds(Role.BUYER.value, over=acting_for, on=on):
        actor = _acting(actor, acting_for)
    return Resolved(actor, user.time_zone, _stand_ins(held, codes, on), has_second_factor(user_id))


def _stand_ins(held: Iterable[RoleGrant], codes: Mapping[int, str], on: date) -> tuple[StandIn, ...]:
    """The roles among those held that a colleague has handed on and that hold today."""
    handed = {grant.handed_on_from: grant for grant in held if grant.handed_on_from and on in grant.period}
    origins = RoleGrant.objects.current().filter(reference__in=handed).select_related("user") if handed else ()
    found = []
    for origin in origins:
        grant, colleague = handed[origin.reference], _holder(origin.user)
        name = colleague.username if colleague.person is None else parties.name_of(colleague.person)
        party = EVERYTHING if grant.party_id is None else codes[grant.party_id]
        found.append(StandIn(grant.role, party, name, grant.valid_until))
    return tuple(sorted(found, key=lambda each: (each.colleague, each.party, each.role)))


def _spread(grant: RoleGrant, codes: Mapping[int, str], on: date) -> Grant:
    """A granted role over everything it reaches on that day."""
    period = grant.period
    if grant.party_id is None:
        return Grant(grant.role, EVERYTHING, None, period)
    scope = codes[grant.party_id]
    return Grant(grant.role, scope, parties.reach(scope, on=on), period)


def _employments(person: str | None, on: date) -> Iterable[Grant]:
    """Staff are employees of their company and its units, without anybody granting it."""
    if person is None:
        return
    for work in parties.work_of(person, on=on):
        if work.kind in STRICT_MAJORITY.staff_kinds:
            yield Grant(Role.EMPLOYEE.value, work.company, parties.reach(work.company, on=on), work.period)


def _acting(actor: Actor, party: str) -> Actor:
    return Actor(actor.user, actor.person, party, actor.grants, actor.language, actor.via, actor.subject)


def _holder(user: User) -> Holder:
    person = None if user.person_id is None else parties.known().codes.get(user.person_id)
    return Holder(user.id, user.username, person, user.language, user.email)


def _user_row(user: User) -> UserRow:
    held = _holder(user)
    return UserRow(user.id, user.username, user.email, held.person, user.language, user.time_zone, user.is_active)
