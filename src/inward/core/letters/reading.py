"""A raw message, read: who wrote, to which address, what, and what it answers. Nothing raises; what cannot be read is empty."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.parser import BytesParser
from typing import TYPE_CHECKING, Final

from inward.core.letters import headers, kinds, parts
from inward.core.letters.kinds import LetterKind
from inward.core.letters.parts import Attachment

if TYPE_CHECKING:
    from email.message import Message

SUBJECT_LENGTH_MAX: Final = 200
TEXT_LENGTH_MAX: Final = 500_000
"""So many letters of a text are read; the raw message holds all of it."""
_STATUS: Final = re.compile(r"^status:\s*([245])\.\d+\.\d+", re.IGNORECASE | re.MULTILINE)
_RETURNED_MAX: Final = 100_000
"""So many letters of a part are looked through for ids of returned messages."""
_TO: Final = ("X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True, slots=True)
class Returned:
    """What a message that says "it did not arrive" sends back: ids of messages, and whether it is for good (None: not said)."""

    ids: tuple[str, ...] = ()
    for_good: bool | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, read. ``sender`` is empty unless exactly one address wrote it; ``text`` is plain, with all that is quoted; ``html`` is what
    it says as HTML, as it was sent.
    """

    kind: LetterKind
    may_answer: bool
    sender: str
    receivers: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    returned: Returned = field(default_factory=Returned)


def read_letter(raw: bytes) -> Letter:
    """What the raw message says."""
    message = _parsed(raw)
    sender = headers.sender(message)
    found = parts.words_of(message)
    kind = kinds.kind_of(message, sender=sender, types=found.types)
    return Letter(
        kind=kind,
        may_answer=kinds.may_answer(message, sender=sender, kind=kind),
        sender=sender,
        receivers=headers.receivers(message, *_TO),
        subject=headers.words(headers.first(message, "Subject"))[:SUBJECT_LENGTH_MAX],
        text=_text(found),
        html="\n".join(found.html)[:TEXT_LENGTH_MAX],
        attachments=tuple(found.attachments),
        message_id=next(iter(headers.ids(message, "Message-ID")), ""),
        in_reply_to=headers.ids(message, "In-Reply-To"),
        references=headers.ids(message, "References"),
        returned=_returned(message) if kind is LetterKind.BOUNCE else Returned(),
    )


def _parsed(raw: bytes) -> "Message[str, str]":
    """The message with its parts; only its headers where parts stand within parts deeper than anybody reads."""
    try:
        return message_from_bytes(raw)
    except RecursionError:
        return BytesParser().parsebytes(raw, headersonly=True)


def _text(found: parts.Words) -> str:
    """The plain words."""
    plain = "\n".join(each.strip() for each in found.plain if each.strip())
    return plain.replace("\0", "")[:TEXT_LENGTH_MAX].strip()


def _returned(message: "Message[str, str]") -> Returned:
    """Whichever of our ids the message sends back, wherever: reports, messages sent along, or quoted in its words."""
    ids: list[str] = []
    states: list[str] = []
    for part in parts.walked(message):
        for name in ("Message-ID", "References", "In-Reply-To"):
            if part is not message or name != "Message-ID":
                ids += headers.ids(part, name)
        states += [headers.first(part, "Status")[:1]]
        if not part.is_multipart():
            words = headers.decoded(parts.content_of(part)[:_RETURNED_MAX], None)
            ids += headers.ids_in(words)
            states += _STATUS.findall(words)
    said = {each for each in states if each in ("4", "5")}
    return Returned(tuple(dict.fromkeys(ids)), None if not said else "5" in said)
