"""The letters that the demo has sent: each a file in its folder, read from there. Nothing is ever mailed out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import filebased

from inward.kit import clock
from inward.kit.ids import new_id

_BETWEEN = b"-" * 79 + b"\n"
"""What Django's file backend writes after each letter."""
_READ_AT_ONCE = 200
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""What this machine calls itself; the demo answers to no other name."""
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as its reader would see it. ``key`` names it in an address."""

    key: str
    to: str
    subject: str
    at: datetime
    language: str
    text: str

    @property
    def parts(self) -> tuple["Part", ...]:
        """Its text, cut where links into the demo stand."""
        return tuple(_parts(self.text))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a letter: text as it stands, or (``page`` is not empty) a link to that page of the demo."""

    text: str
    page: str = ""


class OneFileEach(filebased.EmailBackend):
    """Django's backend that writes letters to files, with a file for each, so that files can be counted, dated by the
    demo's clock.
    """

    _fname: str | None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Date the letters, then write them."""
        for message in email_messages:
            message.extra_headers.setdefault("Date", format_datetime(clock.now()))
        return int(super().send_messages(email_messages) or 0)

    def _get_filename(self) -> str:
        if self._fname is None:
            self._fname = str(Path(self.file_path) / f"{new_id()}.log")
        return self._fname


def count() -> int:
    """How many letters there are; what the strip shows. Costs one look into the folder."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sum(1 for _ in folder.glob("*.log")) if folder.exists() else 0


def sent(*, limit: int = _READ_AT_ONCE) -> tuple[SentLetter, ...]:
    """The letters, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.exists():
        return ()
    files = sorted(folder.glob("*.log"), reverse=True)[:limit]
    found = [letter for file in files for letter in _letters(file)]
    return tuple(sorted(found, key=lambda letter: letter.at, reverse=True)[:limit])


def letter(key: str) -> SentLetter | None:
    """One of them."""
    return next((found for found in sent() if found.key == key), None)


def _letters(file: Path) -> Iterator[SentLetter]:
    parts = (part for part in file.read_bytes().split(_BETWEEN) if part.strip())
    return (letter for part in parts if (letter := _parsed(part)) is not None)


@lru_cache(maxsize=_READ_AT_ONCE)
def _parsed(raw: bytes) -> SentLetter | None:
    """The letter of these bytes. Reading one takes half a millisecond, and a list shows all of them each time."""
    message = message_from_bytes(raw.lstrip(), policy=policy.default)
    if not isinstance(message, Parsed):
        return None
    body = message.get_body(("plain",))
    return SentLetter(
        key=sha256(raw).hexdigest()[:16],
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(str(message["Date"]).replace("-0000", "+0000")),  # "no zone told": Django writes UTC
        language=str(message["Content-Language"] or ""),
        text="" if body is None else str(body.get_content()),
    )


def _parts(text: str) -> Iterator[Part]:
    """A link into the demo is given the address it has now: it may answer on another port than when that was written."""
    read = 0
    for link in _LINK.finditer(text):
        try:
            to = urlsplit(link.group())
        except ValueError:  # somebody wrote in a note what only looks like an address
            continue
        if to.hostname not in LOOPBACK:
            continue
        yield Part(text[read : link.start()])
        page = urlunsplit(("", "", to.path or "/", to.query, to.fragment))
        yield Part(settings.INWARD_BASE_URL + page, page)
        read = link.end()
    yield Part(text[read:])
