"""The file of a backup: a ZIP with one text of rows for each table, the uploaded files, and a manifest that sums them up.

It appears under its name only when it is whole, and is read only after every part has been held against the manifest.
What goes into it is the business of ``backup``, what comes out of it that of ``restore``.
"""

import contextlib
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from inward.core.terms import Reason, Refusal

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError, TypeError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class TablePart:
    """What the manifest says of a table. ``last_number`` is the highest key its database ever gave, None where it gives none."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str
    last_number: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, of which version, made when (ISO 8601) from which database."""

    version: str
    made_at: str
    database: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[TablePart, ...] = ()
    files: tuple[str, ...] = ()
    files_missing: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)


class Writer:
    """A backup that is being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    @contextmanager
    def rows(self, table: str) -> Iterator[Callable[[bytes], object]]:
        """Write the lines of a table by the function given."""
        with self._file.open(_rows_name(table), "w", force_zip64=True) as part:
            yield part.write

    def content(self, sha256: str, content: bytes) -> None:
        """Add an uploaded file."""
        self._file.writestr(_content_name(sha256), content)

    def close_with(self, manifest: Manifest) -> None:
        """Add the manifest, last: a file without one is no backup."""
        self._file.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))


class Reader:
    """A backup that is there."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
        self._file, self.manifest, self._name = file, manifest, name

    def rows(self, table: str) -> Iterator[bytes]:
        """The lines of a table."""
        with self._file.open(_rows_name(table)) as part:
            yield from part

    def content(self, sha256: str) -> bytes:
        """An uploaded file."""
        return self._file.read(_content_name(sha256))

    def check(self) -> None:
        """Hold every part against the manifest. Refusal (backup_damaged) for the first that differs."""
        for table in self.manifest.tables:
            self._check(_rows_name(table.name), table.sha256)
        for digest in self.manifest.files:
            self._check(_content_name(digest), digest)

    def _check(self, part: str, sha256: str) -> None:
        with _damage_named(self._name, part):
            digest = hashlib.sha256()
            with self._file.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
            if digest.hexdigest() != sha256:
                raise ValueError(part)


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Write a backup that appears whole or not at all, readable by its owner alone. Refusal when the name is taken."""
    if path.exists():
        raise Refusal(Reason.of("backup_file_there", file=str(path)))
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as file:
                yield Writer(file)
            raw.flush()
            os.fsync(raw.fileno())
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup for reading. Refusal when it is none, is damaged, or is of a later form than this program knows."""
    with contextlib.ExitStack() as stack:
        with _damage_named(path.name, _MANIFEST):
            raw: IO[bytes] = stack.enter_context(path.open("rb"))
            file = stack.enter_context(zipfile.ZipFile(raw))
            said = json.loads(file.read(_MANIFEST))
            manifest = _manifest(said) if said["format"] == FORMAT else None
        if manifest is None:
            raise Refusal(Reason.of("backup_of_newer", file=path.name, version=str(said.get("version", "?"))))
        yield Reader(file, manifest, path.name)


def _manifest(said: Mapping[str, Any]) -> Manifest:
    tables = tuple(TablePart(**{**table, "columns": tuple(table["columns"])}) for table in said["tables"])
    files = tuple(said["files"])
    if not all(_DIGEST.fullmatch(digest) for digest in files):
        raise ValueError("files")
    migrations = tuple((str(app), str(name)) for app, name in said["migrations"])
    missing = tuple(said["files_missing"])
    return Manifest(**{**said, "tables": tables, "files": files, "migrations": migrations, "files_missing": missing})


@contextmanager
def _damage_named(name: str, part: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Refusal(Reason.of("backup_damaged", file=name, part=part)) from error


def _name(draft: Path, path: Path) -> None:
    """Give the finished draft its name, unless somebody took it meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise Refusal(Reason.of("backup_file_there", file=str(path))) from None
    except OSError:  # a file system without hard links
        draft.rename(path)


def _rows_name(table: str) -> str:
    return f"tables/{table}.jsonl"


def _content_name(sha256: str) -> str:
    return f"files/{sha256}"
