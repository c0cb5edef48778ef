"""Reading the mailbox: each minute, a bounded part of what nobody has seen; a letter is marked as seen when it is kept and taken."""

import logging
import time
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from inward.desk import operations
from inward.kit import files, mailbox
from inward.kit.actor import Actor
from inward.kit.outbox import job

log = logging.getLogger("inward.desk")
LETTERS_MAX: Final = 50
"""So many letters are read at once."""
SECONDS_MAX: Final = 120
"""After so many seconds the rest is left to the next run; the worker's lease is longer."""


@job("desk.read_mailbox", every=timedelta(minutes=1), outside=True)
def read_mailbox(*, at: datetime) -> None:
    """Outside a transaction: each letter is kept in one and taken in another, and it may run again. A silent mailbox waits a minute."""
    if settings.INWARD_INBOX is None:
        return
    by = Actor.system("desk.read_mailbox")
    operations.take_rest(by=by, at=at)
    try:
        _read(by, at, settings.INWARD_INBOX)
    except mailbox.MailboxSilent as silent:
        log.warning("the mailbox cannot be read: %s", silent)


def _read(by: Actor, at: datetime, inbox: mailbox.Inbox) -> None:
    ends = time.monotonic() + SECONDS_MAX
    with mailbox.opened(inbox) as box:
        for key in box.unseen(LETTERS_MAX):
            if time.monotonic() > ends:
                return
            whole = box.size(key) <= files.SIZE_MAX
            raw = box.raw(key, heading=not whole)
            letter = operations.receive(by=by, at=at, mailbox=inbox.name, raw=raw, whole=whole)
            operations.take_letter(by=by, at=at, letter=letter)
            box.mark_seen(key)
