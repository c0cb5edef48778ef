"""What directories (SCIM) say, over HTTP: whom they speak of and nobody could place yet, and what their words mean here."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.access import provisioned, queries
from inward.access.operations import provisioning
from inward.access.provisioned import Meaning, Parked
from inward.access.vocabulary import DirectoryAttribute
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Code, PartyOut, ReasonOut, reason
from inward.core.classification import WorkKind
from inward.kit import clock
from inward.parties import queries as parties

area = Area("access", tag="directories", room=queries.VERSION)

Key = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
"""A directory or a word by its number, as text: it has more digits than some programs keep."""
Reference = Annotated[str, Path(max_length=64)]


class DirectoryOut(Schema):
    """A directory that has said something, or holds a token that lets it."""

    id: str
    name: str


class WordOut(Schema):
    """What a word of a directory means here: a company or department, a kind of work, or (neither) nothing."""

    id: str
    directory: DirectoryOut
    attribute: str
    text: str
    party: PartyOut | None = None
    work_kind: str | None = None


class WordIn(Asked):
    """What a word means from now on. An empty `text` is what a directory says of whom it says nothing; `work_kind` goes with
    `userType` alone, `party` with the others.
    """

    directory: Key
    attribute: DirectoryAttribute
    text: str = Field(default="", max_length=255)
    party: Code | None = None
    work_kind: WorkKind | None = None


class ParkedOut(Schema):
    """Somebody of whom a directory speaks and whom nobody could place, with the reasons and what was said of her."""

    reference: str
    directory: DirectoryOut
    name: str
    since: str
    reasons: list[ReasonOut]


class WaitingDetailOut(ParkedOut):
    """The same with what the directory says of her, each under the name that it gives it."""

    user_name: str
    email: str
    title: str
    says: dict[str, str]


class TriedAgainOut(Schema):
    """Whether she is placed now; if not, she waits with the reasons of now."""

    placed: bool


@area.get("/directories", response=list[DirectoryOut], summary="Directories that say who works here")
def directories(request: HttpRequest) -> list[dict[str, str]]:
    """By name. What they send goes to `/scim/v2/`."""
    known = provisioned.connections(viewer=actor_of(request), at=clock.now())
    return [_directory(key, name) for key, name in known.items()]


@area.list("/directory-words", item=WordOut, spec=provisioned.MEANING_LIST, summary="What words of directories mean")
def words(request: HttpRequest) -> Found[Meaning]:
    """Every word that means something here, or is said to mean nothing."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: provisioned.mappings_page(viewer=viewer, at=at, params=asked), _word)


@area.one("/directory-words/{id}", response=WordOut, summary="What one word means")
def word(request: HttpRequest, id: Path[Key]) -> dict[str, Any]:
    """As it is said now."""
    return _word(provisioned.mapping(viewer=actor_of(request), at=clock.now(), key=int(id)))


_WORD = {"directory": "471100815", "attribute": "department", "text": "Shops North", "party": "abc-shop"}


@area.change("PUT", "/directory-words", response={204: None}, summary="Say what a word means", example=_WORD)
def say(request: HttpRequest, body: WordIn) -> Status[None]:
    """For what the directory says from now on; everybody who waits because of it is placed at once."""
    provisioning.set_mapping(
        by=actor_of(request),
        at=clock.now(),
        connection=int(body.directory),
        attribute=body.attribute,
        text=body.text,
        party=body.party,
        work_kind=body.work_kind,
    )
    return Status(HTTPStatus.NO_CONTENT.value, None)


@area.list("/directory-waiting", item=ParkedOut, spec=provisioned.PARKED_LIST, summary="People who wait to be placed")
def waiting(request: HttpRequest) -> Found[Parked]:
    """Nothing they had is lost meanwhile."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: provisioned.parked_page(viewer=viewer, at=at, params=asked), _waiting)


@area.one("/directory-waiting/{reference}", response=WaitingDetailOut, summary="Somebody who waits to be placed")
def one_waiting(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """With what her directory says of her."""
    row, told = provisioned.parked_one(viewer=actor_of(request), at=clock.now(), reference=reference)
    days = {"startDate": told.since, "endDate": told.until}
    says = {
        **told.texts,
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        "employingEntity": told.company,
        "orgUnitId": told.unit,
    }
    return {
        **_waiting(row),
        "user_name": told.user_name,
        "email": told.email,
        "title": told.title,
        "says": {name: text for name, text in says.items() if text},
    }


@area.change(
    "POST", "/directory-waiting/{reference}/try-again", response=TriedAgainOut, summary="Try to place somebody again"
)
def try_again(request: HttpRequest, reference: Reference) -> dict[str, bool]:
    """By what the directory said last."""
    return {"placed": provisioning.try_again(by=actor_of(request), at=clock.now(), reference=reference)}


def _directory(key: int, name: str) -> dict[str, str]:
    return {"id": str(key), "name": name}


def _word(row: Meaning) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "directory": _directory(row.connection, row.connection_name),
        "attribute": row.attribute.value,
        "text": row.text,
        "party": None if row.party is None else {"code": row.party, "name": parties.name_of(row.party)},
        "work_kind": None if row.work_kind is None else row.work_kind.value,
    }


def _waiting(row: Parked) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "directory": _directory(row.connection, row.connection_name),
        "name": row.name,
        "since": row.since.isoformat(),
        "reasons": [reason(each) for each in row.reasons],
    }
