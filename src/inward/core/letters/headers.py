"""The headers of a raw message as plain text, whatever stands in them: folded, coded, broken or missing."""

import re
from email.header import decode_header
from email.utils import getaddresses
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from email.message import Message

_ADDRESS: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_ANY_ADDRESS: Final = re.compile(r"(?<![^\s@<>()\[\]\\,;:\"'])[^\s@<>()\[\]\\,;:\"']+@[A-Za-z0-9.-]+")
"""Tried only where a word begins: a long word without an at sign is passed over once."""
_TWICE: Final = re.compile(r"\s*([^\s<>,;\"]+@[^\s<>,;\"]+)\s*<\1>\s*")
"""An address that stands for the name too, without quotes: whether Python takes it differs from one patch of 3.11 to the next."""
_ID: Final = re.compile(r"<\s*([^\s<>@]+@[^\s<>@]+)\s*>")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
ADDRESS_LENGTH_MAX: Final = 254
IDS_MAX: Final = 100
LINE_MAX: Final = 20_000
"""So many letters of a header are looked at: what is longer was made to keep somebody busy."""
_NO_CHARSETS: Final = frozenset(
    {"punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "undefined"}
)
"""What Python decodes and no letter is written in; some take for ever."""


def raw(message: "Message[str, str]", name: str) -> tuple[str, ...]:
    """Every header of this name, on one line each, its coded words not decoded."""
    wanted = name.lower()
    lines = (str(value) for each, value in message.raw_items() if each.lower() == wanted)
    return tuple(_CONTROL.sub(" ", _unescaped(line[:LINE_MAX])).strip() for line in lines)


def _unescaped(line: str) -> str:
    """A line in which bytes that are no ASCII were carried along, as text."""
    return line if line.isascii() else decoded(line.encode("utf-8", "surrogateescape"), None)


def first(message: "Message[str, str]", name: str) -> str:
    """The first header of this name; empty where there is none."""
    return next(iter(raw(message, name)), "")


def words(text: str) -> str:
    """A header with its coded words decoded; what cannot be decoded stays as it is."""
    try:
        pieces = decode_header(text)
    except Exception:  # noqa: BLE001 - whatever a stranger wrote: as it stands is better than not at all
        return text
    found = "".join(piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
    return " ".join(_CONTROL.sub(" ", found).split())


def decoded(content: bytes, charset: str | None) -> str:
    """Bytes as text in the charset they claim; in UTF-8, else in Western European, where the claim does not hold."""
    for name in (charset, "utf-8"):
        if name in _NO_CHARSETS:
            continue
        try:
            # Some charsets can spell halves of letters, which nothing can keep.
            return content.decode(name or "utf-8").encode("utf-8", "replace").decode("utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")


def sender(message: "Message[str, str]") -> str:
    """The address of who wrote, in small letters; empty unless exactly one is named, and plainly."""
    lines = raw(message, "From")
    plain = [_TWICE.sub(r"\1", line) if _TWICE.fullmatch(line) else line for line in lines]
    found = {address.lower() for _name, address in getaddresses(plain) if address}
    address = found.pop() if len(lines) == len(found) == 1 else ""
    return address if len(address) <= ADDRESS_LENGTH_MAX and _ADDRESS.fullmatch(address) else ""


def receivers(message: "Message[str, str]", *names: str) -> tuple[str, ...]:
    """The addresses in headers of these names, in small letters, in order."""
    lines = " ".join(line for name in names for line in raw(message, name))
    return tuple(found.lower() for found in _ANY_ADDRESS.findall(lines[:LINE_MAX])[:IDS_MAX])


def ids(message: "Message[str, str]", name: str) -> tuple[str, ...]:
    """The message ids in headers of this name, without angle brackets, in order."""
    return ids_in(" ".join(raw(message, name)))


def ids_in(text: str) -> tuple[str, ...]:
    """The message ids in a text, the last so many of them."""
    return tuple(_ID.findall(text)[-IDS_MAX:])
