"""Terms of staff schemes and of deduction from pay over HTTP: read, accepted and withdrawn by oneself; published by their keepers."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import Asked, Day, Line, MadeOut
from inward.api.v1.trade import TermsKey
from inward.kit import clock
from inward.trade import operations, terms
from inward.trade.terms import Own, TermsRecord, TermsVersion

area = Area("trade", tag="orders", room="trade")


class TermsOut(Schema):
    """One version as the caller reads it: the text by language, since when she accepts it, and when she withdrew."""

    key: str
    name: str
    kind: str
    number: int
    valid_from: date
    texts: dict[str, str]
    in_force: bool
    accepted_at: str | None = None
    withdrawn_at: str | None = None


class TermsVersionOut(Schema):
    """One version as it was published; without texts, nothing needs to be accepted from its day on."""

    key: str
    number: int
    valid_from: date
    texts: dict[str, str]
    source: str


class TermsRecordOut(Schema):
    """The terms of one scheme or company with all versions; ``accepted`` tells how many accept that of today, if not few."""

    key: str
    name: str
    kind: str
    versions: list[TermsVersionOut]
    accepted: int | None = None


class TextsIn(Asked):
    """The text by language; a language that is missing reads the English one."""

    en: str = Field(default="", max_length=operations.TERMS_LENGTH_MAX)
    nb: str = Field(default="", max_length=operations.TERMS_LENGTH_MAX)
    it: str = Field(default="", max_length=operations.TERMS_LENGTH_MAX)
    id: str = Field(default="", max_length=operations.TERMS_LENGTH_MAX)


class TermsIn(Asked):
    """The next version: what it is about (`scheme:CODE`, `payroll:COMPANY`), from which day, in which languages."""

    about: str = Field(min_length=1, max_length=160, pattern=r"^(scheme|payroll):[!-~]{1,120}$")
    valid_from: Day
    texts: TextsIn = TextsIn()
    source: Line = ""


class KeyIn(Asked):
    """Which version."""

    key: TermsKey


@area.get("/me/terms", response=list[TermsOut], summary="My terms")
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    """What the caller accepts, may be asked for, and accepted once."""
    return [_own(each) for each in terms.own(viewer=actor_of(request), at=clock.now())]


@area.change(
    "POST",
    "/me/terms/accept",
    response={204: None},
    summary="Accept terms",
    example={"key": "scheme:abc-staff:1"},
)
def accept(request: HttpRequest, body: KeyIn) -> Status[None]:
    """For oneself. An order can carry it too, as `accepts`."""
    operations.accept_terms(by=actor_of(request), at=clock.now(), keys=[body.key])
    return Status(204, None)


@area.change(
    "POST",
    "/me/terms/withdraw",
    response={204: None},
    summary="Withdraw from terms",
    example={"key": "scheme:abc-staff:1"},
)
def withdraw(request: HttpRequest, body: KeyIn) -> Status[None]:
    """What is ordered from now on asks anew; what was ordered stays as it was."""
    operations.withdraw_terms(by=actor_of(request), at=clock.now(), key=body.key)
    return Status(204, None)


@area.list("/terms", item=TermsRecordOut, spec=terms.TERMS_LIST, summary="List terms")
def every(request: HttpRequest) -> Found[TermsRecord]:
    """Those that the caller keeps."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: terms.records(viewer=viewer, at=at, params=asked), _record)


@area.change(
    "POST",
    "/terms",
    response={201: MadeOut},
    summary="Publish terms",
    example={"about": "scheme:abc-staff", "valid_from": "2027-01-01", "texts": {"en": "For your own use only."}},
)
def publish(request: HttpRequest, body: TermsIn) -> Status[dict[str, str]]:
    """The next version. Without a text in any language nothing needs to be accepted from that day on."""
    code = operations.publish_terms(
        by=actor_of(request),
        at=clock.now(),
        about=terms.about_of(body.about),
        texts=body.texts.model_dump(),
        valid_from=body.valid_from,
        source=body.source,
    )
    return Status(201, {"code": code})


def _own(own: Own) -> dict[str, Any]:
    version = own.version
    return {
        "key": version.key,
        "name": terms.name_of(version.about, on=clock.today()),
        "kind": version.about.kind.value,
        "number": version.number,
        "valid_from": version.valid_from,
        "texts": dict(version.texts),
        "in_force": own.in_force,
        "accepted_at": None if own.accepted_at is None else own.accepted_at.isoformat(),
        "withdrawn_at": None if own.withdrawn_at is None else own.withdrawn_at.isoformat(),
    }


def _record(record: TermsRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "name": terms.name_of(record.about, on=clock.today()),
        "kind": record.about.kind.value,
        "versions": [_version(each) for each in record.versions],
        "accepted": record.accepted,
    }


def _version(version: TermsVersion) -> dict[str, Any]:
    return {
        "key": version.key,
        "number": version.number,
        "valid_from": version.valid_from,
        "texts": dict(version.texts),
        "source": version.source,
    }
