"""What a letter claims to answer, best first: the address made for its reader, then the ids of messages, the nearest first.

A claim is only what stands there. Whether it is true, and whether whoever wrote may speak, is asked of each in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from inward.core.letters.reading import Letter


class Way(Enum):
    """Where a claim stands."""

    ADDRESS = "ADDRESS"
    """In the address the letter went to, which was made for one reader of one request."""
    MESSAGE = "MESSAGE"
    """In the id of a message it answers, or sends back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A token, and where it stood."""

    way: Way
    token: str


def claims_of(letter: Letter, *, inbox: str) -> tuple[Claim, ...]:
    """The claims in order, each once: the address; In-Reply-To; References from right to left; what a returned message was.

    ``inbox`` is the address of the mailbox, ``local@domain``; tokens stand behind its plus sign, and before the first point
    of the ids made for that domain.
    """
    return tuple(dict.fromkeys(_claims(letter, inbox)))


def own_token(letter: Letter, *, inbox: str) -> str:
    """The token in the letter's own id, if it may be one of ours that has come back; empty for none. Whether it is true is asked."""
    name, _at, host = letter.message_id.lower().partition("@")
    return name.partition(".")[0] if host == inbox.partition("@")[2] and "." in name else ""


def _claims(letter: Letter, inbox: str) -> Iterator[Claim]:
    local, _at, domain = inbox.partition("@")
    for address in letter.receivers:
        name, _at, host = address.partition("@")
        if host == domain and name.startswith(f"{local}+"):
            yield Claim(Way.ADDRESS, name.removeprefix(f"{local}+"))
    for each in (*letter.in_reply_to, *reversed(letter.references), *letter.returned.ids):
        name, _at, host = each.lower().partition("@")
        if host == domain and "." in name:
            yield Claim(Way.MESSAGE, name.partition(".")[0])
