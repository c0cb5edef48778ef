"""A mailbox read by IMAP: what nobody has seen yet, one message at a time, marked as seen only when its taker says so.

Nothing is ever deleted. Every step has a time limit, so that a mail server that hangs stops nobody.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

TIMEOUT_SECONDS: Final = 20
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxSilent(OSError):  # noqa: N818 - it states a fact
    """The mailbox cannot be reached, refuses its user, or does not understand; nothing of it was changed."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where a mailbox is, who reads it, and to which address its letters are sent."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    folder: str
    address: str

    @property
    def name(self) -> str:
        """What it is called where its letters are kept: no secret."""
        return f"{self.user}@{self.host}/{self.folder}"

    @property
    def local(self) -> str:
        """What stands before the at sign of its address."""
        return self.address.partition("@")[0]

    @property
    def domain(self) -> str:
        """What stands behind it."""
        return self.address.partition("@")[2]


class Reading:
    """An open mailbox. Every step raises MailboxSilent where the server fails."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unseen(self, most: int) -> tuple[str, ...]:
        """The keys of messages that nobody has marked as seen, the oldest first, at most so many."""
        keys = b" ".join(_bytes(self._ask("SEARCH", "UNSEEN"))).split()
        return tuple(key.decode("ascii") for key in keys[:most])

    def size(self, key: str) -> int:
        """How many bytes a message has; 0 where the server does not say."""
        found = _SIZE.search(b" ".join(_bytes(self._ask("FETCH", key, "(RFC822.SIZE)"))))
        return 0 if found is None else int(found.group(1))

    def raw(self, key: str, *, heading: bool = False) -> bytes:
        """A message as it is, or its headers alone; that it was looked at is not noted there."""
        answer = self._ask("FETCH", key, "(BODY.PEEK[HEADER])" if heading else "(BODY.PEEK[])")
        return next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")

    def mark_seen(self, key: str) -> None:
        """Note there that it was taken."""
        self._ask("STORE", key, "+FLAGS", r"(\Seen)")

    def _ask(self, command: str, *words: str) -> list[Any]:
        with _heard_out():
            return _said(self._server.uid(command, *words))


@contextmanager
def opened(inbox: Inbox) -> Iterator[Reading]:
    """The mailbox, open for the block. MailboxSilent when it cannot be opened."""
    with _heard_out():
        server = _connected(inbox)
    try:
        with _heard_out():
            server.login(inbox.user, inbox.password)
            _said(server.select(_quoted(inbox.folder)))
        yield Reading(server)
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def _connected(inbox: Inbox) -> imaplib.IMAP4:
    if not inbox.tls:
        return imaplib.IMAP4(inbox.host, inbox.port, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(inbox.host, inbox.port, ssl_context=context, timeout=TIMEOUT_SECONDS)


@contextmanager
def _heard_out() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:  # imaplib writes ASCII alone
        raise MailboxSilent("the mailbox's user, password and folder must be written in ASCII letters") from error
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxSilent(str(error)) from error


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, said = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(_bytes(said)).decode("utf-8", "replace"))
    return said


def _bytes(said: list[Any]) -> Iterator[bytes]:
    for each in said:
        yield b"" if each is None else each if isinstance(each, bytes) else bytes(each[0])


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
