"""Files that wait to be loaded, over HTTP: brought, checked row by row, loaded, taken back while nobody has used them.

What `/imports/world` and `/imports/catalogue` do in one call is done here in steps, as the office does it: the worker checks
and loads, `GET /imports/{reference}` says how far it is, and what was loaded can be taken back.
"""

from pathlib import Path
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Form, Schema, Status
from ninja.files import UploadedFile

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.imports import MAPPING, folder_of
from inward.api.v1.parties import SourceIn
from inward.api.v1.schemas import Asked, ReasonOut, reason
from inward.core.terms import Reason, Refusal
from inward.kit import clock, imports
from inward.kit.imports import ImportView
from inward.kit.intake import Table, read_mapping

area = Area("parties", tag="imports")


class ImportOut(Schema):
    """A file that was brought: what it is loaded as, how far it is (`BROUGHT`, `CHECKING`, `CHECKED`, `LOADING`, `LOADED`,
    `UNDONE`, `FAILED`), how many rows were read, refused, added and changed.
    """

    reference: str
    sort: str
    file: str
    size: int
    source: str
    state: str
    brought_at: str
    loaded_at: str | None = None
    undone_at: str | None = None
    read: int
    refused: int
    added: int
    changed: int


class RefusedRowOut(Schema):
    """A row that was refused: its line, the column (empty: the row as a whole), the reason."""

    line: int
    column: str
    reason: ReasonOut


class ImportDetailOut(ImportOut):
    """The same with the rows that were refused, what the rows bring with them, and why it failed, if it did."""

    rows_refused: list[RefusedRowOut]
    brings: list[ReasonOut]
    failure: ReasonOut | None = None


class BroughtOut(Schema):
    """By which name the file is asked for again."""

    reference: str


class BringIn(Asked):
    """As what it is loaded, and on whose word it is."""

    sort: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
    source: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class LoadIn(Asked):
    """Whether rows that are right may stand without those that are wrong."""

    good_rows: bool = False


class UndoneOut(Schema):
    """How many rows were taken back."""

    rows: int


@area.list("/imports", item=ImportOut, spec=imports.IMPORTS, summary="List files brought in")
def brought(request: HttpRequest) -> Found[ImportView]:
    """One's own, and everybody's of what one looks after; the newest first."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: imports.listed(viewer=viewer, at=at, params=asked), _import)


@area.one("/imports/{reference}", response=ImportDetailOut, summary="One file brought in")
def one(request: HttpRequest, reference: str) -> dict[str, Any]:
    """How far it is, and what is wrong with which row."""
    found = imports.one(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {
        **_import(found),
        "rows_refused": [
            {"line": each.line, "column": each.column, "reason": reason(each.reason)} for each in found.problems
        ],
        "brings": [reason(each) for each in found.told],
        "failure": None if found.failure is None else reason(found.failure),
    }


@area.change("POST", "/imports", response={201: BroughtOut}, summary="Bring a file to be checked")
def bring(request: HttpRequest, files: File[list[UploadedFile]], how: Form[BringIn]) -> Status[dict[str, str]]:
    """One table with our column names, or beside it a `mapping.json` that says how they come about. Nothing is loaded yet."""
    by, at = actor_of(request), clock.now()
    with folder_of(files) as folder:
        tables = [path for path in folder.iterdir() if path.name != MAPPING]
        if not tables:
            raise Refusal(Reason.of("value_too_few", least=1), where="files")
        if len(tables) > 1:
            raise Refusal(Reason.of("value_too_many", most=1), where="files")
        columns = _columns(folder / MAPPING, how.sort)
        with tables[0].open("rb") as content:
            reference = imports.bring(
                by=by, at=at, sort=how.sort, chunks=iter(lambda: content.read(1 << 16), b""), name=tables[0].name, source=how.source
            )  # fmt: skip
        imports.match(by=by, at=at, reference=reference, table=columns)
    return Status(201, {"reference": reference})


@area.change(
    "POST",
    "/imports/{reference}/load",
    response={204: None},
    summary="Load a file that was checked",
    example={"good_rows": False},
    shown=one,
)
def load(request: HttpRequest, reference: str, body: LoadIn) -> Status[None]:
    """The worker loads it; all rows, or those that are right."""
    imports.load(by=actor_of(request), at=clock.now(), reference=reference, good_rows=body.good_rows)
    return Status(204, None)


@area.change(
    "POST",
    "/imports/{reference}/undo",
    response=UndoneOut,
    summary="Take back what a file made",
    example={"source": "the wrong file"},
    shown=one,
)
def undo(request: HttpRequest, reference: str, body: SourceIn) -> dict[str, int]:
    """As long as nobody has used any of it."""
    rows = imports.undo(by=actor_of(request), at=clock.now(), reference=reference, source=body.source)
    return {"rows": rows}


@area.change("DELETE", "/imports/{reference}", response={204: None}, summary="Forget a file that was never loaded")
def throw_away(request: HttpRequest, reference: str) -> Status[None]:
    """Not one that is being checked or loaded."""
    imports.throw_away(by=actor_of(request), at=clock.now(), reference=reference)
    return Status(204, None)


def _columns(mapping: Path, sort: str) -> Table:
    """How its columns come about: as they stand, or as the mapping says. Refusal for a mapping that speaks of other tables."""
    if not mapping.exists():
        return Table()
    said = read_mapping(mapping)
    if sort not in said:
        raise Refusal(Reason.of("mapping_of_unknown_table", name=", ".join(said), allowed=sort), where="files")
    return said[sort]


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _import(found: ImportView) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "sort": found.sort,
        "file": found.file,
        "size": found.size,
        "source": found.source,
        "state": found.state.value,
        "brought_at": found.brought_at.isoformat(),
        "loaded_at": None if found.loaded_at is None else found.loaded_at.isoformat(),
        "undone_at": None if found.undone_at is None else found.undone_at.isoformat(),
        "read": found.read,
        "refused": found.refused,
        "added": found.added,
        "changed": found.changed,
    }
