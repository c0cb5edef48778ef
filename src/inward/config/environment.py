"""Settings out of the environment: typed readers that refuse nonsense with a sentence, and a list for docs and doctor.

Each reader notes the name, default and meaning, so that docs/reference/settings.md and ``inward doctor`` cannot forget
one. ``NAME_FILE`` names a file that holds the value, for secrets.
"""

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from inward.kit.mailbox import Inbox


class SettingRefused(SystemExit):
    """A setting makes no sense: the program ends with a sentence that says which and why (exit status 1)."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"inward: {name} {why}")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as documented. Secrets are never shown."""

    name: str
    default: str
    meaning: str
    secret: bool = False


_INBOX = re.compile(r"[a-z0-9][a-z0-9._-]{0,14}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
KNOWN: dict[str, Setting] = {}


def text(name: str, default: str, meaning: str, *, secret: bool = False) -> str:
    """A text; from the file named by NAME_FILE when that is set."""
    KNOWN[name] = Setting(name, default, meaning, secret)
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingRefused(f"{name}_FILE", f"names a file that cannot be read: {error.strerror}") from error


def flag(name: str, *, default: bool, meaning: str) -> bool:
    """Yes or no."""
    value = text(name, "yes" if default else "no", meaning).lower()
    if value in ("yes", "true", "on", "1"):
        return True
    if value in ("no", "false", "off", "0", ""):
        return False
    raise SettingRefused(name, f"must be yes or no, not {value!r}")


def whole(name: str, default: int, meaning: str, *, most: int) -> int:
    """A whole number from 0 to ``most``."""
    value = text(name, str(default), meaning)
    if not (value.isascii() and value.isdigit()) or int(value[:18]) > most:
        raise SettingRefused(name, f"must be a whole number from 0 to {most:,}, not {value!r}")
    return int(value)


def choice(name: str, default: str, options: tuple[str, ...], meaning: str) -> str:
    """One of a few."""
    value = text(name, default, meaning)
    if value not in options:
        raise SettingRefused(name, f"must be one of {', '.join(options)}, not {value!r}")
    return value


def spoken(name: str, meaning: str) -> str:
    """A language by its tag (BCP 47), such as ``en`` or ``nb-NO``; nothing where none is said."""
    value = text(name, "", meaning)
    if value and not _LANGUAGE.fullmatch(value):
        raise SettingRefused(name, f"must be the tag of a language, such as en or nb-NO, not {value!r}")
    return value


def existing_file(name: str, meaning: str) -> Path | None:
    """A file that is there and can be read; None where the setting is empty."""
    value = text(name, "", meaning)
    if not value:
        return None
    file = Path(value).expanduser()
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise SettingRefused(name, f"names a file that cannot be read: {error.strerror}") from error


def zone(name: str, default: str, meaning: str) -> str:
    """A time zone by its name."""
    value = text(name, default, meaning)
    if value not in available_timezones():
        raise SettingRefused(name, f"must be a time zone such as Europe/Oslo, not {value!r}")
    return value


def base_url(name: str, default: str, meaning: str) -> str:
    """The address people type: http or https, a host, no path."""
    value = text(name, default, meaning).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise SettingRefused(name, f"must look like https://inward.example.org, not {value!r}")
    return value


def entity_id(name: str, meaning: str) -> str:
    """The name of a party to SAML: an absolute address or URN without blanks and signs that XML would read; may be empty."""
    value = text(name, "", meaning)
    if value and (not urlsplit(value).scheme or any(sign in " \t\n<>&\"'" for sign in value)):
        raise SettingRefused(
            name, f"must be an address or urn: name such as https://inward.example.org/, not {value!r}"
        )
    return value


def directory(name: str, default: Path, meaning: str) -> Path:
    """A folder, made when it is first used."""
    return Path(text(name, str(default), meaning)).expanduser()


def database(name: str, default: str, meaning: str) -> dict[str, object]:
    """A database by URL: sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME (host may be a socket folder)."""
    value = text(name, default, meaning, secret=True)
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and parts.path not in ("", "/"):
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
        asked = dict(parse_qsl(parts.query))
        host = asked.pop("host", None) or unquote(parts.hostname or "")
        return postgresql(
            parts.path.strip("/"),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=host,
            port=str(parts.port or asked.pop("port", "")),
        )
    raise SettingRefused(name, "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME")


def sqlite(file: Path) -> dict[str, object]:
    """SQLite for one machine: write-ahead log, immediate transactions, a generous wait (measured in docs/decisions).

    What is deleted or overwritten is overwritten in the file as well, whatever the library was built with: an erased name
    must not be left in the room that became free.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
                "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=27103364; "
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def postgresql(name: str, *, user: str, password: str, host: str, port: str) -> dict[str, object]:
    """PostgreSQL by a connection that each answering thread keeps: what the database has prepared and looked up for it stays
    warm, while a pool hands connections round. Statements are prepared at first use, since the hot path plans longer than
    it runs.
    """
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 1,
        },
    }


def long_secret() -> str:
    """A secret for machines: 384 bits."""
    return secrets.token_urlsafe(48)


def typed_secret() -> str:
    """A password to be read off a screen and typed: four times four digits, 53 bits.

    It has no letters on purpose: a draw of letters is, once in some thousand draws, too like somebody's name to be taken.
    """
    return "-".join(f"{secrets.randbelow(10_000):04d}" for _group in range(4))


def kept_secret(file: Path, make: Callable[[], str] = long_secret) -> str:
    """A secret made once and kept in a file beside the data that only its owner reads; two processes at once agree on one.

    A data folder that is none, or that belongs to another user, is refused like any other setting that makes no sense.
    """
    try:
        return _kept(file, make)
    except OSError as error:
        why = (
            f"is {file.parent}, which cannot be used: {error.strerror}. Name a folder of this user, or run as its owner"
        )
        raise SettingRefused("INWARD_DATA", why) from error


def _kept(file: Path, make: Callable[[], str]) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="utf-8")
        with suppress(FileExistsError):  # another process was first; its secret holds
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="utf-8").strip()


def mail_backend(_folder: Path) -> str:
    """Letters go out by SMTP when INWARD_MAIL_URL is set, else into a folder where they can be read."""
    kind = "smtp" if _mail_url() else "filebased"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def mail() -> tuple[str, int, str, str, bool, bool]:
    """Host, port, user, password, STARTTLS, TLS of the mail server; harmless defaults without one."""
    parts = urlsplit(_mail_url() or "smtp://localhost:25")
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise SettingRefused("INWARD_MAIL_URL", "must look like smtp+tls://USER:PASSWORD@HOST:587")
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    starts, tls = parts.scheme == "smtp+tls", parts.scheme == "smtps"
    return parts.hostname, parts.port or ports[parts.scheme], user, password, starts, tls


def _mail_url() -> str:
    return text(
        "INWARD_MAIL_URL",
        "",
        "Mail server: smtp://, smtp+tls:// or smtps://USER:PASSWORD@HOST:PORT. Without it, letters are written into the folder `letters` beside the data.",
        secret=True,
    )


def inbox() -> Inbox | None:
    """The mailbox from which answers to letters are read; None where none is set."""
    url = text(
        "INWARD_INBOX_URL",
        "",
        "Mailbox from which answers to letters about requests are read: imaps://USER:PASSWORD@HOST:993/INBOX; imap:// on this machine alone. It is read by Inward alone. Without it, letters are not answered by letter.",
        secret=True,
    )
    address = text(
        "INWARD_INBOX_ADDRESS",
        "",
        "Address of that mailbox, such as inbox@example.org; at most 15 characters before the at sign. Its server must deliver inbox+ANYTHING@example.org there as well.",
    ).lower()
    if not url and not address:
        return None
    parts = urlsplit(url)
    local = parts.hostname in _LOOPBACK
    if parts.scheme not in ("imaps", "imap") or not parts.hostname or not parts.username:
        raise SettingRefused("INWARD_INBOX_URL", "must look like imaps://USER:PASSWORD@HOST:993/INBOX")
    if parts.scheme == "imap" and not local:
        raise SettingRefused("INWARD_INBOX_URL", "must begin with imaps:// unless the server is on this machine")
    if not _INBOX.fullmatch(address):
        raise SettingRefused("INWARD_INBOX_ADDRESS", f"must look like inbox@example.org, not {address!r}")
    tls = parts.scheme == "imaps"
    folder = unquote(parts.path.strip("/")) or "INBOX"
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Inbox(parts.hostname, parts.port or (993 if tls else 143), tls, user, password, folder, address)
