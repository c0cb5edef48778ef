"""The parts of a raw message: its words, as text, and what came with it. Walked with a bound, never recursively."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final

from inward.core.letters import headers

PARTS_MAX: Final = 300


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a letter: as it is called there, empty where it is not, and what it holds."""

    name: str
    content: bytes


@dataclass
class Words:
    """What is found of the words of a message."""

    plain: list[str]
    html: list[str]
    attachments: list[Attachment]
    types: set[str]


def walked(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """The message and its parts in the order in which they stand, as many as are looked at; the insides of a message that is sent
    along as well.
    """
    waiting, seen = [message], 0
    while waiting and seen < PARTS_MAX:
        part = waiting.pop()
        seen += 1
        yield part
        waiting.extend(reversed(inside_of(part)))


def words_of(message: "Message[str, str]") -> Words:
    """The words of the message itself, and what came with it; a message that is sent along is one attachment."""
    found = Words([], [], [], set())
    waiting, seen = [message], 0
    while waiting and seen < PARTS_MAX:
        part = waiting.pop()
        seen += 1
        kind = part.get_content_type()
        found.types.add(kind)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting.extend(reversed(inside_of(part)))
        else:
            _take(part, kind, found)
    return found


def _take(part: "Message[str, str]", kind: str, found: Words) -> None:
    """One part that has no parts, or is a whole message: words, or something that came along."""
    name = headers.words(part.get_filename() or "")
    content = content_of(part)
    apart = _disposition(part) == "attachment" or bool(name)
    if kind == "text/plain" and not apart:
        found.plain.append(headers.decoded(content, part.get_content_charset()))
    elif kind == "text/html" and not apart:
        found.html.append(headers.decoded(content, part.get_content_charset()))
    elif content:
        found.attachments.append(Attachment(name, content))


def content_of(part: "Message[str, str]") -> bytes:
    """What a part holds, decoded as far as it can be; a message that is sent along as it is, or empty where it cannot be written out."""
    if part.is_multipart():
        try:
            return b"".join(each.as_bytes() for each in inside_of(part))
        except (UnicodeError, RecursionError):
            return b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def inside_of(part: "Message[str, str]") -> "list[Message[str, str]]":
    """The parts a part is made of; none for words and files. Never asks for text: that trusts the charset a stranger names."""
    inside: Any = part.get_payload() if part.is_multipart() else ()
    return [each for each in inside if isinstance(each, Message)]


def _disposition(part: "Message[str, str]") -> str:
    return headers.first(part, "Content-Disposition").partition(";")[0].strip().lower()
