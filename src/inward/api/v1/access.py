"""Who may do what, over HTTP: oneself, users, machines, roles and tokens.

A token makes no tokens: they are made by people in the browser or at the command line, so that a stolen one cannot grow.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.access import operations, queries
from inward.access.queries import GrantRow, TokenRow, UserRow
from inward.access.vocabulary import EVERYTHING, Role, TokenScope
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.once import KEY
from inward.api.v1.schemas import Asked, Code, Day, EndIn, Name, PartyOut, party, period
from inward.kit import clock
from inward.parties import queries as parties

area = Area("access", tag="users and roles", room=queries.VERSION)

Key = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
"""A user or token by its number, as text: it has more digits than some programs keep."""


class RoleOut(Schema):
    """A role somebody holds, held or will hold; no party: over everything."""

    reference: str
    user: str
    username: str
    role: str
    party: PartyOut | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    handed_on: bool


class MeOut(Schema):
    """Who calls, and for whom."""

    user: str
    username: str
    person: PartyOut | None = None
    machine_of: PartyOut | None = None
    acting_for: PartyOut | None = None
    may_act_for: list[PartyOut]
    language: str
    time_zone: str
    via: str


class ProfileIn(Asked):
    """The language and time zone one reads in."""

    language: str = Field(max_length=8)
    time_zone: str = Field(max_length=60)


class UserOut(Schema):
    """Somebody who signs in, or a machine."""

    id: str
    username: str
    email: str
    person: PartyOut | None = None
    machine_of: PartyOut | None = None
    language: str
    time_zone: str
    active: bool


class UserIn(Asked):
    """Somebody who is to sign in; she chooses a password by the link that she is sent."""

    username: str = Field(min_length=1, max_length=150)
    email: str = Field(default="", max_length=254)
    person: Code | None = None
    language: str = Field(default="en", max_length=8)
    time_zone: str = Field(default="UTC", max_length=60)


class MachineIn(Asked):
    """A program of a company or department."""

    username: str = Field(min_length=1, max_length=150)
    party: Code


class IdOut(Schema):
    """The number of what was made."""

    id: str


class ReferenceOut(Schema):
    """By what a role is named from now on."""

    reference: str


class GrantIn(Asked):
    """A role for a user over a party; no party: over everything."""

    user: Key
    role: Role
    party: Code | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class HandOnIn(Asked):
    """One's own role for a colleague, for a while."""

    user: Key
    role: Role
    party: Code
    valid_from: Day
    valid_until: Day


class TokenOut(Schema):
    """A token as its owner sees it: never the secret."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    made_at: str
    expires_at: str
    revoked_at: str | None = None
    last_used_on: str | None = None


class TokenIn(Asked):
    """What the token is for, what it may do, and until when (366 days at most)."""

    name: Annotated[Name, Field(max_length=100)]
    scopes: list[TokenScope] = Field(min_length=1, max_length=len(TokenScope))
    expires_at: datetime


class NewTokenOut(Schema):
    """The secret, shown once and kept nowhere."""

    id: str
    token: str
    expires_at: str


# --- oneself -----------------------------------------------------------------------------------------------------------


@area.one("/me", response=MeOut, summary="Who I am")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who calls, for whom she acts in this call, and for whom she could (header `Acting-For`)."""
    actor, at = actor_of(request), clock.now()
    row = queries.user(viewer=actor, key=actor.user or -1, at=at)
    return {
        **_user(row),
        "user": str(row.id),
        "acting_for": _party(actor.acting_for),
        "may_act_for": [party(place) for place in queries.may_act_for(actor, at=at)],
        "via": actor.via,
    }


@area.change(
    "PATCH",
    "/me",
    response={204: None},
    summary="Choose my language and time zone",
    example={"language": "nb", "time_zone": "Europe/Oslo"},
    shown=me,
)
def change_me(request: HttpRequest, body: ProfileIn) -> Status[None]:
    """For pages, letters and, where a call asks for none, reasons."""
    operations.change_profile(by=actor_of(request), at=clock.now(), language=body.language, time_zone=body.time_zone)
    return Status(204, None)


# --- users -------------------------------------------------------------------------------------------------------------


@area.list("/users", item=UserOut, spec=queries.USER_LIST, summary="List users")
def users(request: HttpRequest) -> Found[UserRow]:
    """Those who invite see all, everybody else herself."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: queries.user_page(viewer=viewer, at=at, params=asked), _user)


@area.one("/users/{id}", response=UserOut, summary="One user")
def user(request: HttpRequest, id: Path[Key]) -> dict[str, Any]:
    """One user, or a machine."""
    return _user(queries.user(viewer=actor_of(request), key=int(id), at=clock.now()))


_USER = {"username": "lena.berg", "email": "lena.berg@example.org", "person": "lena-berg", "language": "nb"}


@area.change("POST", "/users", response={201: IdOut}, summary="Invite somebody", example=_USER)
def invite(request: HttpRequest, body: UserIn) -> Status[dict[str, str]]:
    """She is sent a link by which she chooses a password."""
    key = operations.invite_user(
        by=actor_of(request),
        at=clock.now(),
        username=body.username,
        email=body.email,
        person=body.person,
        language=body.language,
        time_zone=body.time_zone,
    )
    return Status(HTTPStatus.CREATED.value, {"id": str(key)})


_MACHINE = {"username": "till-7", "party": "abc-shop-centre"}


@area.change("POST", "/machines", response={201: IdOut}, summary="Make a machine", example=_MACHINE)
def make_machine(request: HttpRequest, body: MachineIn) -> Status[dict[str, str]]:
    """A user for a program: no password, no role until one is granted, in by token alone."""
    key = operations.make_machine(by=actor_of(request), at=clock.now(), username=body.username, party=body.party)
    return Status(HTTPStatus.CREATED.value, {"id": str(key)})


@area.change("POST", "/users/{id}/lock", response={204: None}, summary="Lock a user", shown=user)
def lock(request: HttpRequest, id: Path[Key]) -> Status[None]:
    """Her sessions and tokens end with the next call. Locking again changes nothing."""
    operations.lock_user(by=actor_of(request), at=clock.now(), user=int(id))
    return Status(204, None)


@area.change("POST", "/users/{id}/unlock", response={204: None}, summary="Unlock a user", shown=user)
def unlock(request: HttpRequest, id: Path[Key]) -> Status[None]:
    """She may sign in again. Unlocking again changes nothing."""
    operations.unlock_user(by=actor_of(request), at=clock.now(), user=int(id))
    return Status(204, None)


# --- roles -------------------------------------------------------------------------------------------------------------


@area.list("/roles", item=RoleOut, spec=queries.ROLE_LIST, summary="List roles")
def roles(request: HttpRequest) -> Found[GrantRow]:
    """One's own, and those over parties that one administers; `user` is a user name."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: queries.grant_page(viewer=viewer, at=at, params=asked), _role)


# before any role by its reference, for that would take the address for one
_HAND_ON = {
    "user": "471100815",
    "role": "BUDGET_HOLDER",
    "party": "abc-purchasing",
    "valid_from": "2026-12-20",
    "valid_until": "2027-01-05",
}


@area.change("POST", "/roles/hand-on", response={201: ReferenceOut}, summary="Hand on a role of mine", example=_HAND_ON)
def hand_on(request: HttpRequest, body: HandOnIn) -> Status[dict[str, str]]:
    """To a colleague for a while, over no more and for no longer than one holds it."""
    reference = operations.hand_on_role(
        by=actor_of(request),
        at=clock.now(),
        user=int(body.user),
        role=body.role,
        party=body.party,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return Status(HTTPStatus.CREATED.value, {"reference": reference})


@area.one("/roles/{reference}", response=RoleOut, summary="One role")
def role(request: HttpRequest, reference: Annotated[str, Path(max_length=32)]) -> dict[str, Any]:
    """A role as it is known now."""
    return _role(queries.grant(viewer=actor_of(request), at=clock.now(), reference=reference))


_ROLE = {"user": "471100815", "role": "BUYER", "party": "abc-purchasing", "valid_from": "2026-12-01"}


@area.change("POST", "/roles", response={201: ReferenceOut}, summary="Grant a role", example=_ROLE)
def grant(request: HttpRequest, body: GrantIn) -> Status[dict[str, str]]:
    """Nobody grants one to herself."""
    reference = operations.grant_role(
        by=actor_of(request),
        at=clock.now(),
        user=int(body.user),
        role=body.role,
        party=body.party,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return Status(HTTPStatus.CREATED.value, {"reference": reference})


@area.change(
    "POST",
    "/roles/{reference}/end",
    response={204: None},
    summary="End a role",
    example={"valid_until": "2026-12-31"},
    shown=role,
)
def end_role(request: HttpRequest, reference: Annotated[str, Path(max_length=32)], body: EndIn) -> Status[None]:
    """What was handed on from it ends no later. Whoever handed it on may take it back."""
    operations.end_role(by=actor_of(request), at=clock.now(), grant=reference, valid_until=body.valid_until)
    return Status(204, None)


# --- tokens ------------------------------------------------------------------------------------------------------------


@area.list("/tokens", item=TokenOut, spec=queries.TOKEN_LIST, summary="List my tokens")
def tokens(request: HttpRequest) -> Found[TokenRow]:
    """One's own, newest first, with the day of their last use."""
    viewer, at = actor_of(request), clock.now()
    mine = viewer.user or -1
    return Found(lambda asked: queries.token_page(viewer=viewer, at=at, user=mine, params=asked), _token)


@area.list("/users/{id}/tokens", item=TokenOut, spec=queries.TOKEN_LIST, summary="List the tokens of a user")
def tokens_of(request: HttpRequest, id: Path[Key]) -> Found[TokenRow]:
    """Of a machine or a user, for those who lock users; of oneself, for everybody."""
    viewer, at = actor_of(request), clock.now()
    queries.user(viewer=viewer, key=int(id), at=at)
    return Found(lambda asked: queries.token_page(viewer=viewer, at=at, user=int(id), params=asked), _token)


_TOKEN = {
    "name": "Monthly export of the journal",
    "scopes": ["books:read"],
    "expires_at": "2027-06-30T22:00:00+00:00",
}


@area.change("POST", "/tokens", response={201: NewTokenOut}, summary="Make a token", example=_TOKEN, kept=False)
def make_token(request: HttpRequest, body: TokenIn) -> Status[dict[str, str]]:
    """With a session only: a token makes no tokens.

    The secret is in the answer and kept nowhere, so the same Idempotency-Key again revokes the first and makes another.
    """
    return _new_token(request, body, machine=None)


@area.change(
    "POST",
    "/machines/{id}/tokens",
    response={201: NewTokenOut},
    summary="Make a token for a machine",
    example={**_TOKEN, "scopes": ["orders:write"]},
    kept=False,
)
def make_machine_token(request: HttpRequest, id: Path[Key], body: TokenIn) -> Status[dict[str, str]]:
    """For those who make machines, with a session only; otherwise as one's own."""
    return _new_token(request, body, machine=int(id))


@area.change("DELETE", "/tokens/{id}", response={204: None}, summary="Revoke a token")
def revoke(request: HttpRequest, id: Path[Key]) -> Status[None]:
    """It ends at once. Revoking again changes nothing."""
    operations.revoke_token(by=actor_of(request), at=clock.now(), token=int(id))
    return Status(204, None)


def _new_token(request: HttpRequest, body: TokenIn, *, machine: int | None) -> Status[dict[str, str]]:
    until = body.expires_at if body.expires_at.tzinfo is not None else body.expires_at.replace(tzinfo=UTC)
    made = operations.make_token(
        by=actor_of(request),
        at=clock.now(),
        name=body.name,
        scopes=body.scopes,
        expires_at=until,
        machine=machine,
        submission=request.headers.get(KEY, "")[:200],
    )
    answer = {"id": str(made.id), "token": made.raw, "expires_at": made.expires_at.isoformat()}
    return Status(HTTPStatus.CREATED.value, answer)


def _user(row: UserRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "username": row.username,
        "email": row.email,
        "person": _party(row.person),
        "machine_of": _party(row.machine_of),
        "language": row.language,
        "time_zone": row.time_zone,
        "active": row.active,
    }


def _role(row: GrantRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "user": str(row.user),
        "username": row.username,
        "role": row.role.value,
        "party": None if row.party == EVERYTHING else {"code": row.party, "name": row.party_name},
        "handed_on": row.handed_on,
        **period(row.period),
    }


def _token(row: TokenRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "prefix": row.prefix,
        "scopes": sorted(scope.value for scope in row.scopes),
        "made_at": row.made_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "revoked_at": None if row.revoked_at is None else row.revoked_at.isoformat(),
        "last_used_on": None if row.last_used_on is None else row.last_used_on.isoformat(),
    }


def _party(code: str | None) -> dict[str, str] | None:
    return None if code is None else {"code": code, "name": parties.name_of(code)}
