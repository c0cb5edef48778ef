"""The examinations of ``inward doctor``: each looks at one thing and says how it is and what mends it. Not a command."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from inward.catalogue import queries as catalogue
from inward.cli.init import inside_program
from inward.cli.ready import begun, behind, unknown, unreachable
from inward.core.terms import Refusal
from inward.desk.letterjobs import LETTERS_MAX
from inward.kit import audit, clock, files, mailbox, oidc, saml, worker
from inward.kit.saml import Partner, Site
from inward.kit.vocabularies import text
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose

POSTGRESQL_LEAST = 15
SQLITE_LEAST = (3, 35)
ROOM_LEAST = 500 * 1024**2
"""Bytes that should be free where the data lie: a day's growth of a large site, and room to act."""
SKEW_MOST = timedelta(seconds=5)
_NAMED_MOST = 5
_OTHERS, _ALL_BUT_OWNER = 0o007, 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: well or not, what was found, and the command or step that mends it."""

    name: str
    well: bool
    found: str
    mend: str = ""


def examined() -> Iterator[Finding]:
    """Every examination; one that fails by itself is a finding too. Where the database is away, or has no tables at all, what
    looks into it is left out: each would wait and fail for the same reason.
    """
    away = unreachable()
    empty = away is None and not begun()
    for name, examine in EXAMINATIONS.items():
        if away is not None and name == "database":
            yield Finding(name, well=False, found=away, mend=_MENDS_BROKEN[name])
        if empty and name == "tables":
            yield Finding(name, well=False, found="none yet", mend="inward init, or inward migrate")
        if (away is not None or empty) and name not in (_WITHOUT_DATABASE if away is not None else _WITHOUT_TABLES):
            continue
        try:
            yield examine()
        except Exception as error:  # noqa: BLE001 - a doctor names what breaks instead of breaking
            said = str(error).splitlines()[0] if str(error) else ""
            yield Finding(
                name, well=False, found=f"{type(error).__name__}: {said}", mend=_MENDS_BROKEN.get(name, _FIRST)
            )


def _settings() -> Finding:
    wrong = [f"{each.id}: {each.msg}" for each in checks.run_checks() if each.level >= checks.WARNING]
    found = f"{len(settings.INWARD_SETTINGS)} known, all of sense" if not wrong else "; ".join(wrong)
    return Finding(
        "settings", well=not wrong, found=found, mend="inward doctor --settings lists them with their meaning"
    )


def _address() -> Finding:
    url = settings.INWARD_BASE_URL
    local = any(host in url for host in ("//localhost", "//127.0.0.1", "//[::1]"))
    if local or url.startswith("https:"):
        return Finding("address", well=not (settings.DEBUG and not local), found=url, mend="unset INWARD_DEBUG")
    found = f"{url}: passwords and cookies travel in the open"
    return Finding("address", well=False, found=found, mend="a proxy with TLS, and INWARD_BASE_URL=https://…")


def _places() -> Finding:
    data = Path(settings.INWARD_DATA)
    named = {f"{name}_FILE": os.environ.get(f"{name}_FILE") for name in settings.INWARD_SETTINGS}
    places = {"INWARD_DATA": data, **{name: Path(value) for name, value in named.items() if value}}
    if connection.vendor == "sqlite":
        places["the database"] = Path(connection.settings_dict["NAME"])
    inside = [name for name, place in places.items() if inside_program(place)]
    found = f"data in {data}" if not inside else f"in the program's own folder: {', '.join(inside)}"
    mend = "stop Inward, move them elsewhere, such as /var/lib/inward, and change the setting"
    return Finding("places", well=not inside, found=found, mend=mend)


def _secrets() -> Finding:
    """Who may read what must not be read: the secret key, files of secrets, the database file."""
    watched = [(Path(settings.INWARD_DATA) / "secret-key", _ALL_BUT_OWNER)]
    watched += [
        (Path(os.environ[f"{name}_FILE"]), _OTHERS)
        for name, setting in settings.INWARD_SETTINGS.items()
        if setting.secret and f"{name}_FILE" in os.environ
    ]
    if connection.vendor == "sqlite":
        watched.append((Path(connection.settings_dict["NAME"]), _OTHERS))
    there = [(place, forbidden) for place, forbidden in watched if place.exists()]
    # A file in a folder that others may not enter is out of their reach, whatever its own mode says.
    wrong = [place for place, forbidden in there if place.stat().st_mode & forbidden and _can_be_reached(place)]
    found = f"{len(there)} files, no stranger reads them"
    if wrong:
        found = f"others may read {', '.join(map(str, wrong))}"
    return Finding("secrets", well=not wrong, found=found, mend=f"chmod go= {' '.join(map(str, wrong))}")


def _can_be_reached(place: Path) -> bool:
    """Whether every folder above lets strangers through."""
    return all(folder.stat().st_mode & _OTHERS for folder in place.resolve().parents)


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = str(cursor.fetchone()[0])
        sound = "ok"
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            sound = str(cursor.fetchone()[0])
    found = f"{connection.display_name} {version} answers"
    if sound != "ok":
        return Finding(
            "database", well=False, found=f"{found}, but is damaged: {sound}", mend="inward restore a backup"
        )
    if connection.vendor == "sqlite":
        well, least = tuple(int(part) for part in version.split(".")[:2]) >= SQLITE_LEAST, "3.35"
    else:
        well, least = int(version.split(".", maxsplit=1)[0]) >= POSTGRESQL_LEAST, str(POSTGRESQL_LEAST)
    return Finding("database", well=well, found=found, mend=f"{connection.display_name} {least} or newer is needed")


def _tables() -> Finding:
    newer = unknown()
    if newer:
        found = f"of a newer version ({newer[0]})"
        return Finding("tables", well=False, found=found, mend="install the version the database belongs to")
    late = behind()
    found = "behind this version" if late else "up to date"
    return Finding("tables", well=not late, found=found, mend="inward backup FILE, then inward migrate")


def _clock() -> Finding:
    if settings.INWARD_TODAY is not None and not settings.INWARD_DEMO:
        return Finding("clock", well=False, found=f"stands at {settings.INWARD_TODAY}", mend="unset INWARD_TODAY")
    found = f"{clock.now():%Y-%m-%d %H:%M} UTC"
    if connection.vendor == "postgresql" and not settings.INWARD_DEMO:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = abs(cursor.fetchone()[0] - clock.now())
        if skew > SKEW_MOST:
            found += f", {skew.total_seconds():.0f} s away from the database's"
            return Finding("clock", well=False, found=found, mend="timedatectl set-ntp true, on both machines")
    return Finding("clock", well=True, found=found)


def _disk() -> Finding:
    free = shutil.disk_usage(_nearest(Path(settings.INWARD_DATA))).free
    found = f"{free / 1024**3:.1f} GB free for {settings.INWARD_DATA}"
    return Finding("disk", well=free >= ROOM_LEAST, found=found, mend="make room; old letters and backups go first")


def _files() -> Finding:
    """Whether the content of every kept file lies in the folder, in its size."""
    gone = files.missing()
    found = "the content of every kept file is there"
    if gone:
        more = f" and {len(gone) - _NAMED_MOST} more" if len(gone) > _NAMED_MOST else ""
        found = f"{len(gone)} kept files have no content or another one: {', '.join(gone[:_NAMED_MOST])}{more}"
    place = Path(settings.INWARD_DATA) / "files"
    mend = f"bring {place} back from a backup; or bring the same file again, then it is whole for all that refer to it"
    return Finding("files", well=not gone, found=found, mend=mend)


def _nearest(place: Path) -> Path:
    """The place, or the closest folder above it that is there."""
    return next(each for each in (place, *place.parents) if each.exists())


def _mail() -> Finding:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        found = f"by {settings.EMAIL_HOST}:{settings.EMAIL_PORT} (try it: inward doctor --mail ADDRESS)"
        return Finding("mail", well=True, found=found)
    local = settings.INWARD_BASE_URL.startswith("http:")
    found = f"letters are kept in {settings.EMAIL_FILE_PATH} and sent to nobody"
    return Finding("mail", well=local or settings.INWARD_DEMO, found=found, mend="set INWARD_MAIL_URL")


def _inbox() -> Finding:
    """Whether the mailbox opens, and how many letters wait in it to be read."""
    inbox = settings.INWARD_INBOX
    if inbox is None:
        return Finding("mailbox", well=True, found="none: letters about requests are not answered by letter")
    try:
        with mailbox.opened(inbox) as box:
            waiting = len(box.unseen(LETTERS_MAX))
    except mailbox.MailboxSilent as silent:
        mend = "see INWARD_INBOX_URL: host, port, user, password, folder"
        return Finding("mailbox", well=False, found=f"{inbox.name}: {silent}", mend=mend)
    return Finding("mailbox", well=True, found=f"{inbox.name} answers, {waiting} to be read")


def _workers() -> Finding:
    alive = worker.alive(clock.now())
    return Finding("worker", well=alive > 0, found=f"{alive} alive", mend="inward serve, or inward work")


def _queue() -> Finding:
    queue = worker.queue(clock.now())
    found = f"{queue.waiting} waiting, {queue.due} due, {queue.stuck} stuck"
    tasks = worker.stuck(limit=10)
    told = "".join(f"\n        {task.id}  {task.name}  {task.error}" for task in tasks)
    mend = "inward doctor --retry ID (or all); inward doctor --discard ID --because REASON"
    return Finding("queue", well=queue.stuck == 0, found=found + told, mend=mend)


def _audit() -> Finding:
    report = audit.verify()
    found = f"{report.sealed} sealed, {report.unsealed} to be sealed, head {report.head[:16]}"
    if report.broken_at is not None:
        found = f"the chain is broken at position {report.broken_at}: {report.problem}"
    mend = "somebody changed the log: inward restore FILE into another database, and compare"
    return Finding("audit", well=report.broken_at is None, found=found, mend=mend)


def _books() -> Finding:
    wrong, apart = ledger.unbalanced(), ledger.totals_apart()
    found = "every entry is balanced" if not wrong else f"{len(wrong)} entries are out of balance: {wrong[:5]}"
    if apart and not wrong:
        found = f"totals of days are not the sums of their lines: {', '.join(apart)}"
    mend = "somebody wrote around the program: inward restore a backup from before"
    return Finding("books", well=not (wrong or apart), found=found, mend=mend)


def _world() -> Finding:
    parties.check_world()
    catalogue.check_price_book()
    world, book = parties.world(purpose=Purpose.PRICE), catalogue.price_book()
    found = f"{len(world.companies)} companies, {len(world.people)} people, {len(book.offerings)} items"
    return Finding("organisation and prices", well=True, found=found)


def _demo() -> Finding:
    if not settings.INWARD_DEMO:
        return Finding("demo", well=True, found="no demo")
    ours = (Path(settings.INWARD_DATA) / "demo").exists()
    found = "demo data, on this machine only" if ours else "INWARD_DEMO is set, but these are no demo data"
    return Finding("demo", well=ours, found=found, mend="unset INWARD_DEMO: anybody could be anybody")


def _providers() -> Finding:
    """Whether every provider of single sign-on answers, and its roles are over parties that there are."""
    wrong = []
    for each in settings.INWARD_PROVIDERS:
        try:
            if isinstance(each.client, Partner):
                saml.check(Site(settings.INWARD_BASE_URL, settings.INWARD_BASE_URL), each.client)
            else:
                oidc.discover(each.client)
        except oidc.ProviderFault as fault:
            wrong.append(f"{each.name}: {fault}")
        strange = sorted(
            {rule.party for rule in each.roles if rule.party != "*" and parties.kind_of(rule.party) is None}
        )
        wrong += [f"{each.name}: a role over {party}, which is not known here" for party in strange]
    if settings.INWARD_LOCAL_SIGN_IN != "all" and not settings.INWARD_PROVIDERS:
        wrong.append("INWARD_LOCAL_SIGN_IN shuts passwords out, and there is no provider")
    wrong += _saml_half_set()
    found = "; ".join(wrong) or ", ".join(each.name for each in settings.INWARD_PROVIDERS) or "none"
    mend = "correct the file of INWARD_SIGN_IN_PROVIDERS, INWARD_SAML_…, or the provider; passwords of administrators go on working"
    return Finding("sign-in providers", well=not wrong, found=found, mend=mend)


def _law() -> Finding:
    """Whether what was loaded and what ships with this version go together, country by country."""
    wrong = []
    for country in ledger.benefit_countries():
        try:
            ledger.benefit_law(country)
        except Refusal as refusal:
            wrong.append(f"{country}: {text(refusal.reason, 'en')}")
    found = "; ".join(wrong) or f"of {', '.join(ledger.benefit_countries())}"
    mend = "correct the file it came from and inward load FILE --as benefit-rules, or --take-back it"
    return Finding("rules on taxable benefit", well=not wrong, found=found, mend=mend)


def _saml_half_set() -> list[str]:
    """What is set for SAML and of no use so: a key without its certificate, two that do not belong together, no provider."""
    named = ("INWARD_SAML_ENTITY_ID", "INWARD_SAML_KEY", "INWARD_SAML_CERTIFICATE")
    given = {name: getattr(settings, name) for name in named}
    speaks = any(isinstance(each.client, Partner) for each in settings.INWARD_PROVIDERS)
    wrong = [f"{name} is set, and no provider speaks SAML" for name, value in given.items() if value and not speaks]
    key, certificate = given["INWARD_SAML_KEY"], given["INWARD_SAML_CERTIFICATE"]
    if bool(key) != bool(certificate):
        there, lacking = ("KEY", "CERTIFICATE") if key else ("CERTIFICATE", "KEY")
        wrong.append(f"INWARD_SAML_{there} is set without INWARD_SAML_{lacking}: neither is used, nothing is signed")
    elif key:
        wrong += [f"INWARD_SAML_KEY, INWARD_SAML_CERTIFICATE: {each}" for each in saml.pair_faults(key, certificate)]
    return wrong


EXAMINATIONS: dict[str, Callable[[], Finding]] = {
    "settings": _settings,
    "address": _address,
    "places": _places,
    "secrets": _secrets,
    "database": _database,
    "tables": _tables,
    "clock": _clock,
    "disk": _disk,
    "files": _files,
    "mail": _mail,
    "mailbox": _inbox,
    "sign-in providers": _providers,
    "worker": _workers,
    "queue": _queue,
    "audit": _audit,
    "books": _books,
    "organisation and prices": _world,
    "rules on taxable benefit": _law,
    "demo": _demo,
}
_WITHOUT_DATABASE = {"settings", "address", "places", "secrets", "disk", "mail", "mailbox", "demo"}
_WITHOUT_TABLES = {*_WITHOUT_DATABASE, "database", "clock"}
_FIRST = "mend what is named above first; then inward migrate"
_MENDS_BROKEN = {
    "database": "start the database, or correct INWARD_DATABASE_URL",
    "disk": "correct INWARD_DATA",
    "organisation and prices": "inward export world FOLDER, correct it, inward load FOLDER",
}
