"""Invite people to sign in, give roles, set a password, make tokens, lock and unlock, help who lost her second factor.

For operators at the machine itself: it asks for no password, and notes every act in the audit.
"""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from inward.cli.ready import prepare_with_tables
from inward.cli.setup import say

if TYPE_CHECKING:
    from datetime import datetime

    from inward.access.vocabulary import TokenScope
    from inward.kit.actor import Actor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward user``."""
    acts = parser.add_subparsers(dest="act", required=True)
    invite = acts.add_parser("invite", help="let somebody sign in")
    invite.add_argument("username")
    invite.add_argument("--email", default="")
    invite.add_argument("--person", help="code of the person in the world")
    invite.add_argument("--language", default="en")
    invite.add_argument("--password-stdin", action="store_true", help="read a first password from standard input")
    grant = acts.add_parser("grant", help="give a role over a company or department, or over everything")
    grant.add_argument("username")
    grant.add_argument("role")
    grant.add_argument("--over", help="code of a company or department (default: everything)")
    password = acts.add_parser("password", help="set a new password")
    password.add_argument("username")
    password.add_argument("--password-stdin", action="store_true")
    token = acts.add_parser("token", help="make a token with which a program acts as somebody; printed once")
    token.add_argument("username")
    token.add_argument("--name", default="token", help="what it is for")
    token.add_argument("--days", type=int, default=90, help="how long it holds (default: 90)")
    token.add_argument("--write", action="store_true", help="let it change things as well as read")
    token.add_argument("--scope", action="append", help="one area instead, such as orders:write; may be repeated")
    machine = acts.add_parser(
        "machine", help="make a user for a program of a company or department; it has no password"
    )
    machine.add_argument("username")
    machine.add_argument("--of", required=True, help="code of the company or department it belongs to")
    for act, help_ in (
        ("link", "print a new link by which somebody chooses her password"),
        ("lock", "let somebody sign in no more; her sessions and tokens end"),
        ("unlock", "let somebody sign in again"),
        ("reset-second-factor", "take away a second factor that is lost; her sessions end"),
        ("end-sessions", "end every session of somebody"),
    ):
        acts.add_parser(act, help=help_).add_argument("username")
    acts.add_parser("list", help="who can sign in")


def run(args: argparse.Namespace) -> int:
    """Do one act; refusals are said in words."""
    prepare_with_tables()
    from inward.cli.refusals import refusals_in_words  # needs Django

    with refusals_in_words() as outcome:
        _ACTS[args.act](args)
    return outcome.status


def _invite(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    at = clock.now()
    key = operations.invite_user(
        by=_operator(),
        at=at,
        username=args.username,
        email=args.email,
        person=args.person,
        password=_read_password() if args.password_stdin else None,
        language=args.language,
    )
    print(invited(args.username, key, at))


def invited(username: str, key: int, at: "datetime") -> str:
    """What to tell of somebody who may sign in: the link by which she chooses a password, until she has one."""
    from django.conf import settings
    from django.urls import reverse

    from inward.access import entry, queries

    if queries.has_password(key):
        return f"{username} can sign in at {settings.INWARD_BASE_URL}"
    link = settings.INWARD_BASE_URL + reverse("invitation", args=[queries.link(entry.INVITATION, key, at=at)])
    return f"{username} chooses a password here, once, within {entry.LASTS[entry.INVITATION].days} days:\n{link}"


def post_letters() -> None:
    """Send what waits now, so that a first letter does not wait for the first worker; failing, it waits for that."""
    from inward.kit import worker

    worker.drain(limit=100)


def _link(args: argparse.Namespace) -> None:
    from django.conf import settings
    from django.urls import reverse

    from inward.access import entry, queries
    from inward.kit import clock

    key, at = _user(args.username), clock.now()
    if not queries.has_password(key):
        print(invited(args.username, key, at))
        return
    link = settings.INWARD_BASE_URL + reverse("new_password", args=[queries.link(entry.PASSWORD, key, at=at)])
    hours = entry.LASTS[entry.PASSWORD].total_seconds() / 3600
    print(f"{args.username} chooses a new password here, once, within {hours:g} hours:\n{link}")


def _reset_second_factor(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    operations.reset_second_factor(by=_operator(), at=clock.now(), user=_user(args.username))
    say(f"{args.username} signs in by password alone until she sets up another second factor; she is told by letter.")


def _end_sessions(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    operations.end_sessions(by=_operator(), at=clock.now(), user=_user(args.username))
    say(f"Every session of {args.username} has ended.")


def _grant(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.access.vocabulary import Role
    from inward.kit import clock

    role = args.role.upper().replace("-", "_")
    if role not in Role.__members__:
        say(f"There is no role {args.role!r}; there are {', '.join(sorted(Role.__members__))}.")
        raise SystemExit(2)
    operations.grant_role(by=_operator(), at=clock.now(), user=_user(args.username), role=Role(role), party=args.over)
    say(f"{args.username} is {role} over {args.over or 'everything'}.")


def _password(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    chosen = _read_password() if args.password_stdin else _ask_password()
    operations.set_password(by=_operator(), at=clock.now(), user=_user(args.username), password=chosen)
    say(f"{args.username} has a new password; her sessions have ended.")


def _lock(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    act = operations.lock_user if args.act == "lock" else operations.unlock_user
    act(by=_operator(), at=clock.now(), user=_user(args.username))
    say(f"{args.username} is {args.act}ed.")


def _token(args: argparse.Namespace) -> None:
    from datetime import timedelta

    from inward.access import operations, queries
    from inward.kit import clock

    at, key = clock.now(), _user(args.username)
    by, machine = queries.actor_for(key, via="cli", at=at), None
    if queries.user(viewer=_operator(), key=key, at=at).machine_of is not None:
        by, machine = _operator(), key
    made = operations.make_token(
        by=by,
        at=at,
        name=args.name,
        scopes=_scopes(args),
        expires_at=at + timedelta(days=args.days),
        machine=machine,
    )
    print(made.raw)
    say(f"It acts as {args.username} for {args.days} days and is shown only now.")


def _scopes(args: argparse.Namespace) -> "list[TokenScope]":
    from inward.access.vocabulary import TokenScope

    known = {scope.value: scope for scope in TokenScope}
    unknown = next((scope for scope in args.scope or () if scope not in known), None)
    if unknown is not None:
        say(f"There is no scope {unknown!r}; there are {', '.join(known)}.")
        raise SystemExit(2)
    if args.scope:
        return [known[scope] for scope in args.scope]
    return [TokenScope.WRITE if args.write else TokenScope.READ]


def _machine(args: argparse.Namespace) -> None:
    from inward.access import operations
    from inward.kit import clock

    operations.make_machine(by=_operator(), at=clock.now(), username=args.username, party=args.of)
    say(f"{args.username} is a machine of {args.of}; give it roles and a token: inward user grant, inward user token.")


def _list(_args: argparse.Namespace) -> None:
    from inward.access import queries
    from inward.kit import clock

    by, at = _operator(), clock.now()
    roles: dict[int, list[str]] = {}
    for grant in queries.grants(viewer=by, at=at):
        if at.date() in grant.period:
            roles.setdefault(grant.user, []).append(f"{grant.role.value}:{grant.party}")
    for row in queries.users(viewer=by, at=at):
        state = "" if row.active else "locked"
        print(f"{row.username:<30} {state:<8} {' '.join(roles.get(row.id, []))}".rstrip())


def _operator() -> "Actor":
    from inward.kit.actor import Actor

    return Actor.system("operator", via="cli")


def _user(username: str) -> int:
    from inward.access import queries

    found = queries.user_named(username)
    if found is None:
        say(f"Nobody signs in as {username}.")
        raise SystemExit(1)
    return found


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\n")


def _ask_password() -> str:
    first = getpass.getpass("New password: ")
    if first != getpass.getpass("Once more: "):
        say("The two are not the same; nothing was changed.")
        raise SystemExit(1)
    return first


_ACTS = {
    "invite": _invite,
    "grant": _grant,
    "password": _password,
    "token": _token,
    "machine": _machine,
    "link": _link,
    "reset-second-factor": _reset_second_factor,
    "end-sessions": _end_sessions,
    "lock": _lock,
    "unlock": _lock,
    "list": _list,
}
