"""The address to which the reader of a letter about a case answers, and the id of that letter: signed, for her, for that case.

Both carry case, person and last day, and a signature, in letters and digits of one case only: mail servers fold case. Whoever
writes there must still be who it was made for, and may write as much as on the page
(docs/decisions/0198-an-answer-to-a-letter-is-hers-to-give.md).
"""

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from inward.core.letters import Way
from inward.core.terms import Reason, Refusal
from inward.kit.mailbox import Inbox

HOLDS: Final = timedelta(days=180)
"""So long a letter may be answered by letter."""
_FACTS: Final = struct.Struct(">QQH")
"""Key of the case, key of the person, last day, counted from the beginning of 1970."""
_SIGNED: Final = 12
"""Bytes of the signature: nobody guesses 96 bits by letter."""
_SALTS: Final = {Way.ADDRESS: "inward.desk.reply", Way.MESSAGE: "inward.desk.letter"}
_DAY: Final = timedelta(days=1)
_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a true token says: the keys of the case and of the person it was made for."""

    case: int
    person: int


def reply_address(inbox: Inbox, *, case: int, person: int, at: datetime) -> str:
    """The address at which this person answers about this case, at most 64 characters before the at sign."""
    return f"{inbox.local}+{_token(Way.ADDRESS, case, person, at)}@{inbox.domain}"


def letter_id(inbox: Inbox, *, case: int, person: int, letter: int, at: datetime) -> str:
    """The Message-ID of a letter (``letter`` tells it from others) to this person about this case."""
    return f"<{_token(Way.MESSAGE, case, person, at)}.{letter}@{inbox.domain}>"


def read_token(way: Way, token: str, *, at: datetime) -> Answered:
    """What the token says. Refusal ``link_not_valid`` where it was not made here for this use, ``link_over`` late."""
    try:
        content = base64.b32decode(token.upper(), casefold=False)
        facts, signature = content[: _FACTS.size], content[_FACTS.size :]
        case, person, day = _FACTS.unpack(facts)
    except (binascii.Error, ValueError, struct.error):
        raise Refusal(Reason.of("link_not_valid")) from None
    if not any(hmac.compare_digest(signature, _signature(way, facts, key)) for key in _keys()):
        raise Refusal(Reason.of("link_not_valid"))
    until = _BEGIN + _DAY * (day + 1)
    if at >= until:
        raise Refusal(Reason.of("link_over", at=until))
    return Answered(case, person)


def _token(way: Way, case: int, person: int, at: datetime) -> str:
    facts = _FACTS.pack(case, person, (at + HOLDS - _BEGIN) // _DAY)
    signed = facts + _signature(way, facts, settings.SECRET_KEY)
    return base64.b32encode(signed).decode("ascii").lower()


def _signature(way: Way, facts: bytes, key: str) -> bytes:
    made = salted_hmac(_SALTS[way], facts, secret=key, algorithm="sha256").digest()
    return made[:_SIGNED]


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
