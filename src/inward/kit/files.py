"""Files that people bring: kept by what they hold, typed by what is in them, given back only to be saved.

A file's type is read from its content, never from its name; what is not on the list is refused. Contents lie in a folder
by their SHA-256, written whole or not at all, so the same file is kept once. Nothing is ever run or shown inside a page.
"""

import hashlib
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse

from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.models import File
from inward.kit.transaction import transaction_required

SIZE_MAX = 25 * 1024 * 1024
NAME_LENGTH_MAX = 120
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OFFICE = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PAGE = re.compile(r"\ufeff?\s*<\s*(!doctype|!--|\?xml|html|head|script|svg|body|iframe)", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject\.bin$|\.exe$|\.js$", re.IGNORECASE)


@transaction_required
def store(*, by: Actor, at: datetime, chunks: Iterable[bytes], name: str, limit: int = SIZE_MAX) -> File:
    """Keep a file in the open transaction and return its row.

    Refusal for one that is empty, larger than ``limit`` bytes, or of a type that is not taken. Nothing is kept then.
    """
    content = _whole(chunks, limit)
    found = media_type(content)
    digest = hashlib.sha256(content).hexdigest()
    _write(_place(digest), content)
    return File.objects.create(
        id=new_id(),
        reference=public_reference(),
        sha256=digest,
        name=clean_name(name),
        media_type=found,
        size=len(content),
        subject=by.subject,
        created_at=at,
    )


def read(file: File) -> bytes:
    """The content of a kept file; Refusal when it is gone or no longer what it was."""
    place = _place(file.sha256)
    content = place.read_bytes() if place.exists() else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refusal(Reason.of("file_damaged", name=file.name))
    return content


def path_of(file: File) -> Path:
    """Where its content lies, for those who read it piece by piece. It is there under its hash, not under its name."""
    return _place(file.sha256)


def held(sha256: str) -> bytes | None:
    """The content with this digest as it lies in the folder; None when it is gone or no longer what it was."""
    place = _place(sha256)
    content = place.read_bytes() if place.exists() else b""
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def hold(content: bytes) -> str:
    """Lay a content down without a row, for a backup that is brought back; its digest. Doing it again does no harm."""
    digest = hashlib.sha256(content).hexdigest()
    _write(_place(digest), content)
    return digest


def serve(file: File) -> FileResponse:
    """The file as an answer that a browser saves and never runs: attachment, no sniffing, an empty sandbox."""
    answer = FileResponse(BytesIO(read(file)), content_type=file.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=0"
    return answer


def media_type(content: bytes) -> str:
    """The type that the content shows; Refusal for any that is not taken."""
    for signature, found in _SIGNATURES:
        if content.startswith(signature):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:4] == b"PK\x03\x04":
        return _office(content)
    return _text(content)


def clean_name(name: str) -> str:
    """The name without folders, control characters or tricks of writing direction; "file" when nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = plain.strip(" .").rpartition(".")
    if not dot:
        return plain.strip(" .")[:NAME_LENGTH_MAX] or "file"
    return f"{stem[: NAME_LENGTH_MAX - len(ending[:10]) - 1]}.{ending[:10]}"


def _whole(chunks: Iterable[bytes], limit: int) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > limit:
            raise Refusal(Reason.of("file_over_limit", megabytes=limit // 1024**2))
    if not content:
        raise Refusal(Reason.of("file_without_content"))
    return bytes(content)


def _office(content: bytes) -> str:
    """A workbook or a document without macros; any other archive is refused unread."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        names = []
    if not any(_MACROS.search(name) for name in names):
        for inner, found in _OFFICE.items():
            if inner in names:
                return found
    raise Refusal(Reason.of("file_type_not_taken"))


def _text(content: bytes) -> str:
    """Text in UTF-8 without zero bytes, unless it begins as a page does.

    Marks of a page further in are text: a cell of a table may hold them, and whoever shows it escapes them. ``serve`` gives
    every file to be saved, unsniffed and in a sandbox, so that nothing in it runs.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(Reason.of("file_type_not_taken")) from None
    if "\0" in text or _PAGE.match(text):
        raise Refusal(Reason.of("file_type_not_taken"))
    return "text/plain"


def _place(digest: str) -> Path:
    return Path(settings.INWARD_DATA) / "files" / digest[:2] / digest


def _write(place: Path, content: bytes) -> None:
    """Write whole or not at all: a draft beside it takes its place in one step."""
    if place.exists() and place.read_bytes() == content:  # a damaged one is mended by bringing it again
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}.{new_id()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
