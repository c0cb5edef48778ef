"""Who somebody is when she acts, and who holds which role. Reads only.

An actor is resolved once at the edge: the user's roles, each spread over the company, unit or everything it was granted
for. Resolved actors are kept in memory while the versions "access" and "parties" stand, for a day at most.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q, QuerySet

from inward.access import entry, policy
from inward.access.models import ApiToken, RoleGrant, SignOnLink, User
from inward.access.vocabulary import EVERYTHING, Role, TokenScope, scopes_for
from inward.core.classification import STRICT_MAJORITY
from inward.core.terms import Period, Reason
from inward.kit import versions
from inward.kit.actor import NOBODY, Actor, Grant
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, Refused, require
from inward.parties import marks, veil
from inward.parties import queries as parties

VERSION = "access"
AT_THE_DOOR = ("access.sign_in", "access.end_session")
"""Acts that say when somebody comes and goes, and change nothing of what is known: whoever looks after her records reads none."""
USERS_KEPT = ListSpec({"username": "username"}, default="username")
GRANTS_KEPT = ListSpec({"username": "user__username", "role": "role"}, {"role": "role"}, default="username")
_KEPT_MAX = 20_000
USER_LIST = ListSpec(
    {"username": "username", "invited": "id"},
    {
        "name": "username__icontains",
        "email": "email__iexact",
        "person": "person__code",
        "machine_of": "machine_of__code",
    },
    default="username",
)
ROLE_LIST = ListSpec(
    {"granted": "id"}, {"user": "user__username__iexact", "role": "role", "party": "party__code"}, default="granted"
)
TOKEN_LIST = ListSpec({"made": "id"}, {"name": "name__icontains"}, default="-made")


class TokenEnded(Refused):
    """The token was ours, but holds no longer; the reason says why."""


class ScopeMissing(Refused):
    """The token holds, but not for this; ``scope`` is the narrowest that would do."""

    def __init__(self, scope: str) -> None:
        super().__init__((Reason.of("token_scope_missing", scope=scope),))
        self.scope = scope


_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A role that a colleague has handed on to the actor: whose it is, over which party, until which day (not counted)."""

    role: str
    party: str
    colleague: str
    until: date | None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor, the time zone she lives in, whom she stands in for, whether she signs in with a second factor,
    and why no token speaks for her, if none does.
    """

    actor: Actor
    time_zone: str
    stands_in: tuple[StandIn, ...] = ()
    second_factor: bool = False
    no_token: Reason | None = None


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
    machine_of: str | None = None


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
class GrantVersion:
    """What was known of a grant: its days, since and until when we knew it so, and on whose word."""

    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str


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
    """A session of a user: from where, with which browser, since when, when last used (to some minutes). ``here`` asks."""

    id: int
    address: str
    browser: str
    since: datetime
    last_used: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class SignOnRow:
    """A link of a user to a provider, by its name; since when, and when she last came in by it."""

    id: int
    provider: str
    made_at: datetime
    last_used_at: datetime | None


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


_ASK_TOKEN = """
    SELECT version.name, version.number, token.user_id, token.scopes
    FROM (SELECT 1) AS ask
    LEFT JOIN access_apitoken token ON token.digest = %s AND token.revoked_at IS NULL AND token.expires_at > %s
    LEFT JOIN kit_version version ON token.user_id IS NOT NULL
"""  # noqa: S105 - a question, not a secret
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
    return _closed(_resolved(user, acting_for, via, at), at)


def _resolved(user: int, acting_for: str | None, via: str, at: datetime) -> Resolved:
    """What does not change within the day while nobody's roles and nothing known of the parties do."""
    here, known = _kept.value().by_key, parties.known()
    key = (user, acting_for, via, known.world.version, at.date())
    found = here.get(key)
    if found is None:
        found = _resolve(user, acting_for, via, at.date())
        if len(here) >= _KEPT_MAX:
            here.clear()
        here[key] = found
    return found


def _closed(found: Resolved, at: datetime) -> Resolved:
    """The same, with who is hidden from her at this very instant: what she has opened closes by itself."""
    closed = marks.closed_to(found.actor, at=at)
    if not closed.hidden and not closed.opened:
        return found
    known = tuple(
        replace(each, colleague=veil.words()) if each.person in closed.hidden else each for each in found.stands_in
    )
    actor = replace(found.actor, hidden=closed.hidden, opened=closed.opened)
    return replace(found, actor=actor, stands_in=known)


def caller(raw: str, *, at: datetime, area: str, writes: bool, acting_for: str | None = None) -> Actor:
    """The actor for whom a token speaks in a call of this area; NOBODY when nobody ever made such a token.

    With ``acting_for`` she acts for that unit or company. Raises TokenEnded when it was made but holds no longer,
    ScopeMissing when it may not do this, Refused when she may not act for that party.
    """
    # By hand, since this stands before every call of the API: the ORM takes three times as long to ask it. The versions
    # of all that is kept in memory come along: one trip less, and what is kept is as new as the token.
    with connection.cursor() as cursor:
        cursor.execute(_ASK_TOKEN, [digest_of(raw), connection.ops.adapt_datetimefield_value(at)])
        rows = cursor.fetchall()
    user_id, scopes = rows[0][2:]
    if user_id is None:
        return _ended(raw)
    versions.note_all({row[0]: row[1] for row in rows if row[0] is not None})
    who = resolved(user_id, via="api", at=at)
    if who.no_token is not None:
        raise TokenEnded((who.no_token,))
    if scopes_for(area, writes=writes).isdisjoint(json.loads(scopes) if isinstance(scopes, str) else scopes):
        raise ScopeMissing(f"{area}:{'write' if writes else 'read'}")
    return who.actor if acting_for is None else acting(who.actor, acting_for, at=at)


def acting(actor: Actor, party: str, *, at: datetime) -> Actor:
    """The same actor for a unit or company, for one call. Raises Refused when she may not act for it."""
    require(policy.may_act_for(actor, party=party, party_name=parties.name_of(party), on=at.date()))
    return _acting(actor, party)


def _ended(raw: str) -> Actor:
    """Why a token does not hold, for whoever has its secret; NOBODY when nobody ever made it."""
    token = ApiToken.objects.filter(digest=digest_of(raw)).first()
    if token is None:
        return NOBODY
    if token.revoked_at is not None:
        raise TokenEnded((Reason.of("token_revoked", on=token.revoked_at.date()),))
    raise TokenEnded((Reason.of("token_expired", on=token.expires_at.date()),))


def digest_of(raw: str) -> str:
    """How a token is kept: its SHA-256. A random secret of 256 bits needs no slow hash."""
    return hashlib.sha256(raw.encode()).hexdigest()


def may_act_for(viewer: Actor, *, at: datetime) -> tuple[Place, ...]:
    """The units and companies this actor may act for today, by name: what she chooses from at the door."""
    open_to = viewer.parties(Role.BUYER.value, on=at.date())
    if open_to is None or viewer.nobody:
        open_to = frozenset() if viewer.nobody else frozenset(parties.world().company)
    return tuple(sorted((Place(code, name) for code, name in parties.names(open_to).items()), key=lambda p: p.name))


def holders(role: Role | str, *, over: str, at: datetime, exactly: bool = False) -> tuple[Holder, ...]:
    """Everybody who holds a role over a company or unit today, by whatever grant reaches it; locked users do not.

    ``exactly`` asks for grants over that very place alone.
    """
    keys, on = parties.keys(), at.date()
    places = [keys[code] for code in parties.unit_path(over, on=on)]
    grants = RoleGrant.objects.filter(policy.who_holds(Role(role), places=places, on=on))
    if exactly:
        grants = grants.filter(party_id=keys[over])
    return tuple(_holder(user) for user in User.objects.filter(grants__in=grants).distinct().order_by("username"))


def mark_keepers(person: str, *, at: datetime) -> tuple[Holder, ...]:
    """Who keeps the confidentiality mark of a person today: by a role at a company of hers, or over everything."""
    keys = parties.keys()
    places = [keys[company] for company in parties.employers(person)]
    grants = RoleGrant.objects.filter(policy.who_holds(Role.MARK_KEEPER, places=places, on=at.date()))
    return tuple(_holder(user) for user in User.objects.filter(grants__in=grants).distinct().order_by("username"))


def holder_of(person: str) -> Holder | None:
    """The user of a person, if she signs in."""
    user = User.objects.filter(person_id=parties.keys().get(person, -1), is_active=True).first()
    return None if user is None else _holder(user)


def holder_of_user(user: int) -> str | None:
    """The code of the person who signs in as this user; None for a user who is nobody in the organisation."""
    return User.objects.filter(pk=user).values_list("person__code", flat=True).first()


def called(subjects: Iterable[str]) -> dict[str, str]:
    """Who stands behind these subject keys: a person by name, another user by the name she signs in by."""
    asked = set(subjects)
    users = dict(User.objects.filter(subject__in=asked).values_list("subject", "username"))
    return users | parties.called(asked)


def user_named(username: str) -> int | None:
    """The key of the user who signs in by this name; for the command line."""
    return User.objects.filter(username__iexact=username).values_list("id", flat=True).first()


def user_addressed(email: str) -> int | None:
    """The key of the user to whom letters to this address go; for the demo, which shows whose letter it is."""
    return User.objects.filter(email=email.lower()).exclude(email="").values_list("id", flat=True).first()


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


def sign_on_links(*, viewer: Actor) -> tuple[SignOnRow, ...]:
    """By whose word the viewer signs in, oldest link first."""
    found = SignOnLink.objects.filter(user_id=-1 if viewer.user is None else viewer.user).order_by("made_at", "id")
    return tuple(SignOnRow(each.id, each.provider, each.made_at, each.last_used_at) for each in found)


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
        SessionRow(each.pk, each.ip, each.user_agent, each.created_at, each.last_seen_at, here=each.session_key == here)
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


def has_password(user: int) -> bool:
    """Whether somebody has chosen a password, by which she is past her invitation. For the command line."""
    return User.objects.get(pk=user).has_usable_password()


def is_free(email: str) -> bool:
    """Whether nobody has this address. For letters alone: no page may tell."""
    return not User.objects.filter(email=email).exists()


def users(*, viewer: Actor, at: datetime) -> tuple[UserRow, ...]:
    """Everybody the viewer may see who signs in, by user name."""
    rows = User.objects.filter(policy.users_visible_to(viewer, on=at.date())).order_by("username")
    return tuple(_user_row(row) for row in rows)


def grants(*, viewer: Actor, at: datetime, user: int | None = None, party: str | None = None) -> tuple[GrantRow, ...]:
    """Roles as they are known now, of one user or over one party, those the viewer may see, oldest first."""
    rows = _grants_seen(viewer, at)
    if user is not None:
        rows = rows.filter(user_id=user)
    if party is not None:
        rows = rows.filter(party_id=parties.keys().get(party, -1))
    return tuple(grant_row(row) for row in rows.order_by("valid_from", "id"))


def user_page(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[UserRow]:
    """A page of everybody the viewer may see who signs in."""
    rows = User.objects.filter(policy.users_visible_to(viewer, on=at.date()))
    return page(rows, USER_LIST, params).map(_user_row)


def grant_page(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[GrantRow]:
    """A page of the roles as they are known now, those the viewer may see."""
    return page(_grants_seen(viewer, at), ROLE_LIST, params).map(grant_row)


def grant(*, viewer: Actor, at: datetime, reference: str) -> GrantRow:
    """One role as it is known now. NotThere for those the viewer may not see."""
    found = _grants_seen(viewer, at).filter(reference=reference).first()
    if found is None:
        raise NotThere
    return grant_row(found)


def token_page(*, viewer: Actor, at: datetime, user: int, params: Mapping[str, str]) -> Page[TokenRow]:
    """A page of the tokens of a user that the viewer may see."""
    seen = ApiToken.objects.filter(policy.tokens_visible_to(viewer, on=at.date()), user_id=user)
    return page(seen, TOKEN_LIST, params).map(_token_row)


def users_kept(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[UserRow]:
    """The users to whom the viewer may have roles to give, a page at a time. ``text`` looks in names and addresses."""
    rows = User.objects.filter(_users_kept(viewer, at))
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(email__icontains=text) | Q(person__name__icontains=text))
    return page(rows, USERS_KEPT, params).map(_user_row)


def user_kept(*, viewer: Actor, at: datetime, key: int) -> UserRow:
    """One of those users. NotThere for any other."""
    found = User.objects.filter(_users_kept(viewer, at), pk=key).first()
    if found is None:
        raise NotThere
    return _user_row(found)


def subject_kept(*, viewer: Actor, at: datetime, key: int) -> str:
    """The key under which the audit knows one of those users. NotThere for any other."""
    found = User.objects.filter(_users_kept(viewer, at), pk=key).values_list("subject", flat=True).first()
    if found is None:
        raise NotThere
    return str(found)


def grants_kept(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[GrantRow]:
    """The roles that hold on a day over what the viewer administers, a page at a time.

    ``text`` looks in the names of users; ``handed_on`` ("yes", "no") asks for those that a colleague handed on.
    """
    rows = RoleGrant.objects.current().on(on).filter(_grants_kept(viewer, at)).select_related("user")
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(user__username__icontains=text) | Q(user__person__name__icontains=text))
    if params.get("handed_on"):
        asked = Q(handed_on_from="")
        rows = rows.filter(asked if params["handed_on"] == "no" else ~asked)
    own = {name: value for name, value in params.items() if name != "handed_on"}
    return page(rows, GRANTS_KEPT, own).map(grant_row)


def grant_versions(*, viewer: Actor, at: datetime, reference: str) -> tuple[tuple[GrantVersion, ...], GrantRow]:
    """Everything that was ever known of a role somebody holds, the latest first, and it as it is now. NotThere elsewhere."""
    now = (
        RoleGrant.objects.current().filter(_grants_kept(viewer, at), reference=reference).select_related("user").first()
    )
    if now is None:
        raise NotThere
    known = RoleGrant.objects.filter(reference=reference).order_by("-known_from", "-id")
    versions = (GrantVersion(each.period, each.known_from, each.known_until, each.source) for each in known)
    return tuple(versions), grant_row(now)


def handed_on(*, viewer: Actor, at: datetime, user: int) -> tuple[GrantRow, ...]:
    """The roles that a user handed on to colleagues and that are not over yet, for those who look after her roles."""
    mine = RoleGrant.objects.current().filter(user_id=user).values("reference")
    rows = RoleGrant.objects.current().filter(_grants_kept(viewer, at), handed_on_from__in=mine)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=at.date())).select_related("user")
    return tuple(grant_row(row) for row in rows.order_by("valid_from", "id"))


def own_grants(*, viewer: Actor, at: datetime) -> tuple[GrantRow, ...]:
    """The viewer's own roles that are not over yet, those that colleagues handed on to her among them, oldest first."""
    mine = RoleGrant.objects.current().filter(user_id=-1 if viewer.user is None else viewer.user)
    going_on = mine.filter(Q(valid_until=None) | Q(valid_until__gt=at.date())).select_related("user")
    return tuple(grant_row(row) for row in going_on.order_by("valid_from", "id"))


def handed_on_by(*, viewer: Actor, at: datetime) -> tuple[GrantRow, ...]:
    """The roles that the viewer has handed on to colleagues and that are not over yet."""
    mine = RoleGrant.objects.current().filter(user_id=-1 if viewer.user is None else viewer.user).values("reference")
    rows = RoleGrant.objects.current().filter(handed_on_from__in=mine).select_related("user")
    return tuple(
        grant_row(row)
        for row in rows.filter(Q(valid_until=None) | Q(valid_until__gt=at.date())).order_by("valid_from", "id")
    )


def tokens(*, viewer: Actor, at: datetime, user: int) -> tuple[TokenRow, ...]:
    """The tokens of a user that the viewer may see, newest first."""
    seen = ApiToken.objects.filter(policy.tokens_visible_to(viewer, on=at.date()), user_id=user).order_by("-made_at")
    return tuple(_token_row(token) for token in seen)


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


def _reach(viewer: Actor, at: datetime) -> list[int] | None:
    """The keys of what the viewer administers; None for everything."""
    over, keys = viewer.parties(Role.DATA_ADMINISTRATOR.value, on=at.date()), parties.keys()
    return None if over is None else [keys[code] for code in over if code in keys]


def _users_kept(viewer: Actor, at: datetime) -> Q:
    """The users whom the viewer looks after, each once."""
    kept = policy.users_kept_by(viewer, reach=_reach(viewer, at), on=at.date())
    return Q(pk__in=User.objects.filter(kept).values("pk"))


def _grants_kept(viewer: Actor, at: datetime) -> Q:
    return policy.grants_kept_by(viewer, reach=_reach(viewer, at), on=at.date())


def _grants_seen(viewer: Actor, at: datetime) -> QuerySet[RoleGrant]:
    seen = policy.grants_visible_to(viewer, reach=_reach(viewer, at), on=at.date())
    return RoleGrant.objects.current().filter(seen).select_related("user")


def _resolve(user_id: int, acting_for: str | None, via: str, on: date) -> Resolved:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return Resolved(NOBODY, "UTC", no_token=Reason.of("token_owner_locked"))
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
    home = None if user.machine_of_id is None else codes[user.machine_of_id]
    no_token = _left(person, on) if home is None else _shut(home, on)
    return Resolved(actor, user.time_zone, _stand_ins(held, codes, on), has_second_factor(user_id), no_token)


def _left(person: str | None, on: date) -> Reason | None:
    """That she has left: she worked for somebody and does not today. Who never worked here (a customer) never leaves."""
    periods = [] if person is None else [work.period for work in parties.world().work.get(person, ())]
    past = [period.until for period in periods if period.until is not None and period.until <= on]
    if not past or any(on in period for period in periods):
        return None
    return Reason.of("token_owner_left", until=max(past))


def _shut(home: str, on: date) -> Reason | None:
    """That the unit of a machine is not there today; a company always is."""
    try:
        parties.company_of(home, on=on)
    except NotThere:
        return Reason.of("token_unit_closed", party_name=parties.name_of(home))
    return None


def _stand_ins(held: Iterable[RoleGrant], codes: Mapping[int, str], on: date) -> tuple[StandIn, ...]:
    """The roles among those held that a colleague has handed on and that hold today."""
    handed = {grant.handed_on_from: grant for grant in held if grant.handed_on_from and on in grant.period}
    origins = RoleGrant.objects.current().filter(reference__in=handed).select_related("user") if handed else ()
    found = []
    for origin in origins:
        grant, colleague = handed[origin.reference], _holder(origin.user)
        name = colleague.username if colleague.person is None else parties.name_of(colleague.person)
        party = EVERYTHING if grant.party_id is None else codes[grant.party_id]
        found.append(StandIn(grant.role, party, name, grant.valid_until, colleague.person))
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
    return replace(actor, acting_for=party)


def _holder(user: User) -> Holder:
    person = None if user.person_id is None else parties.known().codes.get(user.person_id)
    return Holder(user.id, user.username, person, user.language, user.email)


def _user_row(user: User) -> UserRow:
    held, codes = _holder(user), parties.known().codes
    home = None if user.machine_of_id is None else codes.get(user.machine_of_id)
    return UserRow(user.id, user.username, user.email, held.person, user.language, user.time_zone, user.is_active, home)


def _token_row(token: ApiToken) -> TokenRow:
    return TokenRow(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        scopes=frozenset(TokenScope(scope) for scope in token.scopes),
        made_at=token.made_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        last_used_on=token.last_used_on,
    )
