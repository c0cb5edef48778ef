"""Set up a new installation: settings, database, tables, and the first people who may let others in.

Run it again at any time: what is there is left as it is. It asks for what it is not told, unless --yes or no terminal.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inward.cli.ready import behind, prepare_with_database
from inward.cli.setup import say

if TYPE_CHECKING:
    from inward.access.vocabulary import Role


class Asked(NamedTuple):
    """A setting that is asked for: its flag, its variable, the question, and what it is without an answer."""

    flag: str
    name: str
    question: str
    default: str


QUESTIONS = (
    Asked("base_url", "INWARD_BASE_URL", "Address that people type", "http://localhost:8000"),
    Asked("data", "INWARD_DATA", "Folder for the data", ""),
    Asked("database", "INWARD_DATABASE_URL", "Database (empty: SQLite in that folder)", ""),
    Asked("mail", "INWARD_MAIL_URL", "Mail server (empty: letters into a folder)", ""),
    Asked("mail_from", "INWARD_MAIL_FROM", "Sender of letters", "Inward <inward@localhost>"),
    Asked("language", "INWARD_LANGUAGE", "Language: en, nb, it or id", "en"),
    Asked("time_zone", "INWARD_TIME_ZONE", "Time zone", "UTC"),
    Asked("proxies", "INWARD_PROXIES", "Reverse proxies in front", "0"),
)
RECIPES = ("inward-serve.service", "inward-work.service", "nginx.conf", "Caddyfile")
PACKAGE = Path(__file__).resolve().parent.parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward init``."""
    for asked in QUESTIONS:
        parser.add_argument(
            f"--{asked.flag.replace('_', '-')}", metavar="VALUE", help=f"{asked.question.lower()} ({asked.name})"
        )
    parser.add_argument("--admin", metavar="NAME", help="user name of the first data administrator")
    parser.add_argument("--admin-email", metavar="ADDRESS", default="")
    parser.add_argument("--operator", metavar="NAME", help="user name of the first operator (default: the same person)")
    parser.add_argument("--operator-email", metavar="ADDRESS", default="")
    parser.add_argument(
        "--settings-file", type=Path, metavar="FILE", help="write the settings there, for service units"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing: flags, environment, defaults")
    parser.add_argument("--print", choices=RECIPES, help="print a service unit or a proxy's configuration, and end")


def run(args: argparse.Namespace) -> int:
    """Set up what is missing; 1 when something was refused, and then what was done before stands."""
    if args.print:
        print(resources.files("inward.cli").joinpath("recipes", args.print).read_text(encoding="utf-8"), end="")
        return 0
    chosen = _chosen(args)
    problem = _problem(args, chosen)
    if problem:
        say(problem)
        return 1
    os.environ.update(chosen)
    prepare_with_database()  # what makes no sense or does not answer ends here, before anything is written
    if not _keep_settings(args.settings_file, chosen):
        return 1
    return _set_up(args)


def _chosen(args: argparse.Namespace) -> dict[str, str]:
    """The settings by flag, environment, settings file or answer; those left at their defaults are not named."""
    asking = not args.yes and sys.stdin.isatty()
    kept = from_file(args.settings_file)
    chosen = {name: value for name, value in kept.items() if name not in {asked.name for asked in QUESTIONS}}
    for asked in QUESTIONS:
        given = getattr(args, asked.flag)
        if given is None and f"{asked.name}_FILE" in os.environ:
            continue  # a secret that stays in its own file
        value = next(
            (said for said in (given, os.environ.get(asked.name), kept.get(asked.name)) if said is not None), None
        )
        if value is None and asking:
            value = input(f"{asked.question}{f' [{asked.default}]' if asked.default else ''}: ").strip()
        if value and (value != asked.default or asked.name in kept):
            chosen[asked.name] = value
    if args.admin is None and asking:
        args.admin = input("User name of the first data administrator (empty: nobody now): ").strip() or None
        if args.admin and not args.admin_email:
            args.admin_email = input("Her e-mail address (empty: none): ").strip()
    return chosen


def _problem(args: argparse.Namespace, chosen: Mapping[str, str]) -> str:
    """What speaks against it before anything is touched; empty when nothing does."""
    data = chosen.get("INWARD_DATA") or os.environ.get("INWARD_DATA") or ""
    if data and inside_program(Path(data).expanduser()):
        return f"{data} is in the program's own folder: data live elsewhere, such as /var/lib/inward."
    for name, value in chosen.items():
        if not value.isprintable():
            return f"{name} holds a character that cannot be printed."
    file = args.settings_file
    if file is not None and inside_program(file):
        return f"{file} is in the program's own folder: settings live elsewhere, such as /etc/inward/inward.env."
    if file is not None and file.exists() and from_file(file) != dict(chosen):
        other = sorted(name for name in chosen if from_file(file).get(name) != chosen[name])
        return f"{file} is there already and says otherwise of {', '.join(other)}. It is never overwritten: change it by hand."
    return ""


def inside_program(path: Path) -> bool:
    """Whether a place lies in the folder of the program: its package, or the checkout around it."""
    homes = [PACKAGE]
    checkout = PACKAGE.parent.parent
    if (checkout / "pyproject.toml").exists():
        homes.append(checkout)
    place = path.expanduser().resolve()
    return any(home == place or home in place.parents for home in homes)


def as_file(chosen: Mapping[str, str]) -> str:
    """The settings as lines that systemd and a shell read alike."""
    lines = [
        "# Settings of Inward: docs/reference/settings.md. Readable by its own user alone, for secrets may be in it."
    ]
    lines += [f"{name}={shlex.quote(value)}" for name, value in chosen.items()]
    return "\n".join(lines) + "\n"


def from_file(file: Path | None) -> dict[str, str]:
    """What a settings file says, as a shell would read it; nothing when there is none."""
    if file is None or not file.exists():
        return {}
    words = shlex.split(file.read_text(encoding="utf-8"), comments=True)
    return dict(word.split("=", 1) for word in words if "=" in word)


def _keep_settings(file: Path | None, chosen: Mapping[str, str]) -> bool:
    """Write the settings file, never over another; it is known by now that one that is there says the same."""
    if file is None or file.exists():
        return True
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as settings:
            settings.write(as_file(chosen))
    except OSError as error:
        say(f"{file} cannot be written: {error.strerror}.")
        return False
    say(f"Settings written to {file}.")
    return True


def _set_up(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import DatabaseError, connection

    from inward.cli.migrate import migrate  # needs Django
    from inward.cli.refusals import refusals_in_words

    Path(settings.INWARD_DATA).mkdir(parents=True, exist_ok=True)
    try:
        if behind():
            migrate()
            say(f"Tables made in {connection.display_name}.")
    except DatabaseError as error:
        say(f"The database cannot be used: {str(error).splitlines()[0]}. See INWARD_DATABASE_URL.")
        return 1
    with refusals_in_words() as outcome:
        _let_in(args)
        say("Ready. Start: inward serve, or the service units of inward init --print. Then: inward doctor.")
    return outcome.status


def _let_in(args: argparse.Namespace) -> None:
    """The first data administrator and operator, unless there are such; each gets a link that holds once."""
    from inward.access.vocabulary import Role

    people = [(args.admin, args.admin_email, {Role.DATA_ADMINISTRATOR, Role.OPERATOR})]
    if args.operator and args.operator != args.admin:
        people = [
            (args.admin, args.admin_email, {Role.DATA_ADMINISTRATOR}),
            (args.operator, args.operator_email, {Role.OPERATOR}),
        ]
    for username, email, roles in people:
        if username:
            _person(username, email, roles)
    if not args.admin:
        say("Nobody was let in. Say who: inward init --admin NAME --admin-email ADDRESS.")


def _person(username: str, email: str, roles: "set[Role]") -> None:
    from inward.access import operations, queries
    from inward.access.vocabulary import EVERYTHING
    from inward.cli.user import invited, post_letters
    from inward.kit import clock
    from inward.kit.actor import Actor

    by, at = Actor.system("operator", via="cli"), clock.now()
    key = queries.user_named(username)
    if key is None:
        key = operations.invite_user(by=by, at=at, username=username, email=email)
    held = {grant.role for grant in queries.grants(viewer=by, at=at, user=key) if grant.party == EVERYTHING}
    for role in sorted(roles - held, key=lambda each: each.value):
        operations.grant_role(by=by, at=at, user=key, role=role, party=None)
    print(invited(username, key, at))
    if email:
        post_letters()
