"""Files that people bring: kept by what they hold, typed by what is in them, given back only to be saved.

A file's type is read from its content, never from its name; what is not on the list is refused. Contents lie in a folder
by their SHA-256, written whole or not at all, so the same file is kept once. Nothing is ever run or shown inside a page.

A file that nothing refers to is forgotten after a day (``sweep``): it was brought for a form that was never sent. What is
withdrawn loses its content as well; its row stays where facts refer to it. Contents go last and never at once, so that no
act that is just bringing the same content loses it.
"""

import contextlib
import hashlib
import os
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, ManyToOneRel, OuterRef, Q
from django.http import FileResponse

from inward.core.terms import Reason, Refusal
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.models import File
from inward.kit.outbox import job
from inward.kit.transaction import transaction, transaction_required

SIZE_MAX = 25 * 1024 * 1024
NAME_LENGTH_MAX = 120
LETTER_TYPE = "message/rfc822"
GRACE = timedelta(days=1)
"""So long a file may wait to be used, and a content nobody wants stays in the folder."""
_GOING = ".going"
"""Ends the name of a content that is being taken away."""

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
    _write(_place(digest), content, at=at)
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


@transaction_required
def store_letter(*, by: Actor, at: datetime, content: bytes) -> File:
    """Keep a raw message, whatever is in it, in the open transaction: it is evidence, and like every file only given to be saved."""
    digest = hashlib.sha256(content).hexdigest()
    _write(_place(digest), content, at=at)
    return File.objects.create(
        id=new_id(),
        reference=public_reference(),
        sha256=digest,
        name="letter.eml",
        media_type=LETTER_TYPE,
        size=len(content),
        subject=by.subject,
        created_at=at,
    )


def read(file: File) -> bytes:
    """The content of a kept file; Refusal when it was withdrawn, is gone or no longer what it was."""
    if file.withdrawn_at is not None:
        raise Refusal(Reason.of("file_withdrawn", on=file.withdrawn_at.date()))
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


@transaction_required
def withdraw(file: File, *, at: datetime) -> None:
    """Give its content to nobody any more and forget its name; the folder lets go of it within a day or two."""
    File.objects.filter(pk=file.pk, withdrawn_at=None).update(withdrawn_at=at, name="")


def missing() -> tuple[str, ...]:
    """The references of files whose content is not in the folder or has another size; withdrawn ones are not missed."""
    kept = File.objects.filter(withdrawn_at=None).order_by("pk").values_list("reference", "sha256", "size")
    return tuple(reference for reference, sha256, size in kept.iterator() if _size(_place(sha256)) != size)


@job("kit.sweep_files", every=timedelta(hours=1), outside=True)
def sweep(*, at: datetime) -> None:
    """Forget files that nothing has used for a day, then contents that no file wants. Doing it again does no harm."""
    with transaction():
        unused = File.objects.filter(_unused(), created_at__lt=at - GRACE)
        keys = list(unused.values_list("pk", flat=True))
        if keys:
            File.objects.filter(pk__in=keys).delete()
            by = Actor.system("kit.sweep_files")
            audit.record(by=by, at=at, act="kit.forget_files", thing="files", facts={"count": len(keys)})
    wanted = set(File.objects.filter(withdrawn_at=None).values_list("sha256", flat=True))
    for place in sorted((Path(settings.INWARD_DATA) / "files").glob("*/*")):
        with contextlib.suppress(FileNotFoundError):  # another sweep was there first
            _swept(place, wanted, at)


def serve(file: File) -> FileResponse:
    """The file as an answer that a browser saves and never runs."""
    return given(read(file), name=file.name, found=file.media_type)


def given(content: bytes, *, name: str, found: str) -> FileResponse:
    """A content of a type ``found`` in it as an answer to be saved: attachment, no sniffing, an empty sandbox."""
    answer = FileResponse(BytesIO(content), content_type=found)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
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


def _unused() -> Q:
    """The files to which no row of any room refers."""
    found = Q()
    for relation in File._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            column = relation.field.attname
            referring = relation.related_model._default_manager.filter(**{column: OuterRef("pk")})
            found &= ~Q(Exists(referring))
    return found


def _size(place: Path) -> int:
    return place.stat().st_size if place.exists() else -1


def _left_alone(place: Path, at: datetime) -> bool:
    """Whether nobody has brought this content for a day."""
    return place.stat().st_mtime < (at - GRACE).timestamp()


def _swept(place: Path, wanted: Collection[str], at: datetime) -> None:
    """Let go of a content that no file wants. One that a killed sweep had taken and somebody wants by now comes back."""
    if place.suffix == _GOING and place.stem in wanted and not place.with_suffix("").exists():
        place.replace(place.with_suffix(""))
    elif place.name not in wanted and _left_alone(place, at):
        _let_go(place, at)


def _let_go(place: Path, at: datetime) -> None:
    """Take a content away; back with it if somebody brought it again between looking and taking."""
    going = place.with_name(f"{place.name}{_GOING}")
    place.replace(going)
    if _left_alone(going, at):
        going.unlink()
    else:
        going.replace(place)


def _write(place: Path, content: bytes, *, at: datetime | None = None) -> None:
    """Write whole or not at all: a draft beside it takes its place in one step.

    With ``at`` it bears that time, so that whoever sweeps lets it be. It is marked first and looked for then: if it was
    being swept at that moment it is written anew.
    """
    moment = None if at is None else (at.timestamp(), at.timestamp())
    with contextlib.suppress(FileNotFoundError):
        if place.read_bytes() == content:  # a damaged one is mended by bringing it again
            os.utime(place, moment)
            if place.exists():
                return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}.{new_id()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if moment is not None:
        os.utime(draft, moment)
    draft.replace(place)
