"""Files of registers record by record, in memory that does not grow with the file: XML and JSON, plain, .gz or .zip.

What a file could do to its reader is refused: a document type declaration (entities that grow, entities from elsewhere),
a record larger than ``RECORD_BYTES_MAX``, nesting beyond what the parser bears.
"""

import codecs
import gzip
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any, TypeAlias, cast
from xml.etree import ElementTree as ET
from xml.parsers import expat

from inward.core.terms import Fact, Reason

Record: TypeAlias = dict[str, Any]
"""A record as JSON would have it; elements of XML by their local names, repeated ones as a list."""

RECORD_BYTES_MAX = 16 * 1024 * 1024
_CHUNK = 1 << 16
_PROLOG_MAX = 1 << 20
_WRAPPED = re.compile(r'\s*\{\s*"[A-Za-z]+"\s*:\s*\[')


class Unreadable(ValueError):  # noqa: N818 - it states what the file is
    """The file cannot be read on; ``reason`` is a code of ``vocabulary.REASONS``, ``facts`` what it tells."""

    def __init__(self, reason: str, **facts: Fact) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts: Mapping[str, Fact] = facts

    @property
    def as_reason(self) -> Reason:
        """Why, as a reason that can be worded."""
        return Reason.of(self.reason, **self.facts)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked as they are read. A .zip must hold exactly one file. Raises Unreadable, OSError."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as unpacked:
                yield cast("IO[bytes]", unpacked)
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                files = [info for info in archive.infolist() if not info.is_dir()]
                if len(files) != 1:
                    raise Unreadable("source_zip_not_one", count=len(files))
                with archive.open(files[0]) as packed:
                    yield packed
        else:
            with path.open("rb") as plain:
                yield plain
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        raise Unreadable("source_not_unpackable", why=str(error)) from error


def records(path: Path, names: frozenset[str]) -> Iterator[Record]:
    """The records of a file: elements of these local names, or the objects of a JSON array or of JSON lines.

    XML is told from JSON by its first character. Raises Unreadable where the file cannot be read on; what came before
    has been handed out.
    """
    with opened(path) as raw:
        file = BufferedReader(cast("RawIOBase", raw))  # what is packed reads like what is raw
        head = file.peek(_CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
        yield from elements(file, names) if head.startswith(b"<") else objects(file)


def elements(file: IO[bytes], names: frozenset[str]) -> Iterator[Record]:
    """The elements of an XML document that have one of these local names, each dropped once it was handed out."""
    prolog = _prolog(file)
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    path: list[ET.Element] = []
    inside, size = 0, 0
    try:
        for chunk in _chained(prolog, file):
            parser.feed(chunk)
            size += len(chunk)
            for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
                if event == "start":
                    path.append(element)
                    inside += _local(element.tag) in names
                    continue
                path.pop()
                if _local(element.tag) in names:
                    inside -= 1
                    if not inside:
                        yield _nested(element)
                        size = 0
                if not inside and path:
                    path[-1].remove(element)
            if size > RECORD_BYTES_MAX:
                raise Unreadable("source_record_too_large")
        parser.close()
    except ET.ParseError as error:
        raise Unreadable("source_not_xml", why=str(error)) from error


def _chained(first: bytes, file: IO[bytes]) -> Iterator[bytes]:
    yield first
    while chunk := file.read(_CHUNK):
        yield chunk


def _prolog(file: IO[bytes]) -> bytes:
    """Read up to the first element, refusing a document type declaration before anything of it is acted on."""
    begun = False

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal begun
        begun = True

    def declared(*_: object) -> None:
        raise Unreadable("source_declares_entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = declared
    read = b""
    try:
        while not begun and (chunk := file.read(_CHUNK)):
            read += chunk
            parser.Parse(chunk, False)  # noqa: FBT003 - not the last piece
            if len(read) > _PROLOG_MAX:
                raise Unreadable("source_record_too_large")
    except expat.ExpatError as error:
        raise Unreadable("source_not_xml", why=str(error)) from error
    return read


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _nested(element: ET.Element) -> Record:
    """An element as JSON would have it; attributes are left out, none that is read here has any."""
    found: Record = {}
    for child in element:
        name = _local(child.tag)
        value = _nested(child) if len(child) else (child.text or "").strip()
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def objects(file: IO[bytes]) -> Iterator[Record]:
    """The objects of a JSON array, of an object that wraps one array, or written one after another."""
    decoder = json.JSONDecoder()
    buffer, started = "", False
    for piece in _texts(file):
        buffer += piece
        if not started:
            wrapped = _WRAPPED.match(buffer)
            buffer = buffer[wrapped.end() :] if wrapped else buffer.lstrip("\ufeff \t\r\n").removeprefix("[")
            started = True
        position = _after_blanks(buffer, 0)
        while position < len(buffer) and buffer[position] not in "]}":
            try:
                value, end = decoder.raw_decode(buffer, position)
            except json.JSONDecodeError:
                break  # it may go on in the next piece
            except RecursionError as error:
                raise Unreadable("source_record_too_large") from error
            if not isinstance(value, dict):
                raise Unreadable("source_not_json", why=str(value)[:40])
            yield value
            position = _after_blanks(buffer, end)
        buffer = buffer[position:]
        if len(buffer) > RECORD_BYTES_MAX:
            raise Unreadable("source_record_too_large")
    if buffer.strip(" \t\r\n]}"):
        raise Unreadable("source_not_json", why=buffer[:40])


def _after_blanks(buffer: str, position: int) -> int:
    while position < len(buffer) and buffer[position] in " \t\r\n,":
        position += 1
    return position


def _texts(file: IO[bytes]) -> Iterator[str]:
    """Text in pieces; the first is long enough to tell how the file begins."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Unreadable("source_not_json", why=str(error)) from error


def many(value: object, name: str) -> Iterable[Record]:
    """The repeated part of a record, however it was written: a list, one alone, or wrapped in an element of its own."""
    if isinstance(value, dict) and name in value:
        value = value[name]
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
