"""Ownership beside plain shares over HTTP: classes of shares, who holds them, power without shares, sources that differ."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.parties import ON, EvidencedEndIn, EvidencedIn, all_of, said, shown_by
from inward.api.v1.schemas import (
    Code,
    Day,
    EvidenceOut,
    FactCode,
    Line,
    MadeOut,
    Number,
    PartyOut,
    VersionOut,
    number_in,
    paper,
    party,
    period,
    share,
    version,
)
from inward.core.classification import Band, RightKind
from inward.core.terms import Rate, exact_text
from inward.kit import clock
from inward.parties import operations, owning
from inward.parties.owning import DifferingCompany, RightRecord, Said, ShareClassRecord, ShareholdingRecord
from inward.parties.register import VERSIONS, Version
from inward.parties.vocabulary import SourceRank

area = Area("parties", tag="organisation", room="parties")


class RightOut(Schema):
    """Power over a company, or what is known of its parents."""

    code: str
    target: PartyOut
    kind: str
    holder: PartyOut | None = None
    agreement: str
    over: PartyOut | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    told_by: str
    rank: str


class ShareClassOut(Schema):
    """A class of shares; numbers are exact text."""

    code: str
    company: PartyOut
    name: str
    issued: str
    votes_each: str
    dividend_each: str
    version_of: str = Field(description="code of the class that this is from a later day on; empty for its first days")
    valid_from: str | None = None
    valid_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    told_by: str
    rank: str


class ShareholdingOut(Schema):
    """How many shares of a class somebody holds."""

    code: str
    owner: PartyOut
    company: PartyOut
    share_class: str
    shares: str
    valid_from: str | None = None
    valid_until: str | None = None
    source: str
    evidence: EvidenceOut | None = None
    told_by: str
    rank: str


class RightSaidOut(Schema):
    """What a version says of a power."""

    kind: str


class ShareClassSaidOut(Schema):
    """What a version says of a class of shares."""

    issued: str
    votes_each: str
    dividend_each: str


class SharesSaidOut(Schema):
    """What a version says of shares that somebody holds."""

    shares: str


class SaidOut(Schema):
    """What one source says: a share in percent (`low` and `high` for a band), a number of shares, or a kind of power."""

    code: str
    holder: PartyOut | None = None
    percent: str | None = None
    low: str | None = None
    high: str | None = None
    shares: str | None = None
    kind: str | None = None
    source: str
    told_by: str
    rank: str


class SaidDifferentlyOut(Schema):
    """What decides and what gives way: about a `SHARE`, the `WHOLE`, the `CLASSES` or a `RIGHT`."""

    about: str
    decides: list[SaidOut]
    gives_way: list[SaidOut]
    valid_from: str | None = None
    valid_until: str | None = None


class DifferingOut(Schema):
    """A company of which sources say different things."""

    company: PartyOut
    differences: list[SaidDifferentlyOut]


class RightIn(EvidencedIn):
    """Somebody has power over a company; `holder` is left out where the kind names nobody."""

    target: Code
    kind: RightKind
    holder: Code | None = None
    agreement: Line = ""
    over: Code | None = None
    rank: SourceRank = SourceRank.OWN_REGISTER
    valid_from: Day | None = None
    valid_until: Day | None = None
    code: FactCode | None = None


class ShareClassIn(EvidencedIn):
    """A class of shares of a company."""

    code: FactCode
    company: Code
    name: Line = ""
    issued: Number
    votes_each: Number = "1"
    dividend_each: Number = "1"
    valid_from: Day | None = None
    valid_until: Day | None = None


class ShareClassCorrectionIn(EvidencedIn):
    """The class is otherwise than was thought, on all its days."""

    name: Line = ""
    issued: Number
    votes_each: Number
    dividend_each: Number
    valid_until: Day | None = None


class ShareClassChangeIn(EvidencedIn):
    """The class is otherwise from this day on."""

    name: Line = ""
    issued: Number
    votes_each: Number
    dividend_each: Number
    valid_from: Day | None = None


class ShareholdingIn(EvidencedIn):
    """Somebody holds so many shares of a class."""

    owner: Code
    share_class: FactCode
    shares: Number
    valid_from: Day | None = None
    valid_until: Day | None = None
    code: FactCode | None = None


class ShareholdingChangeIn(EvidencedIn):
    """It is another number from this day on."""

    shares: Number
    valid_from: Day | None = None


# --- power without shares ----------------------------------------------------------------------------------------------


@area.list("/control-rights", item=RightOut, spec=owning.RIGHTS, summary="List powers without shares", own=[ON])
def rights(request: HttpRequest) -> Found[RightRecord]:
    """The powers of a day over and of companies whose records the caller looks after."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: owning.rights(viewer=viewer, at=at, on=on, params=asked), _right)


@area.one("/control-rights/{code}", response=RightOut, summary="One power without shares")
def right(request: HttpRequest, code: str) -> dict[str, Any]:
    """One power as it is known now."""
    return _right(owning.right(viewer=actor_of(request), at=clock.now(), code=code).record)


@area.list(
    "/control-rights/{code}/versions", item=VersionOut[RightSaidOut], spec=VERSIONS, summary="All versions of a power"
)
def right_versions(request: HttpRequest, code: str) -> Found[Version]:
    """Everything that was ever known under its code, the latest knowledge first. For those who look after it."""
    return all_of(owning.right_versions, _exactly_said, request, code)


_RIGHT = {"target": "fjord", "kind": "CONTRACT", "holder": "jkl", "valid_from": "2026-01-01", "source": "agreement"}


@area.change("POST", "/control-rights", response={201: MadeOut}, summary="Record a power", example=_RIGHT)
def record_right(request: HttpRequest, body: RightIn) -> Status[dict[str, str]]:
    """Power over oneself is refused, and a holder where the kind names nobody."""
    code = operations.record_right(
        by=actor_of(request),
        at=clock.now(),
        target=body.target,
        kind=body.kind,
        holder=body.holder,
        agreement=body.agreement,
        over=body.over,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        code=body.code or "",
        source=shown_by(request, body, rank=body.rank),
    )
    return Status(201, {"code": code})


@area.change(
    "POST",
    "/control-rights/{code}/end",
    response={204: None},
    summary="End a power",
    example={"valid_until": "2026-12-01"},
    shown=right,
)
def end_right(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """Give it a last day, or another one than it has. What an outside source says is not ended here."""
    operations.end_right(
        by=actor_of(request), at=clock.now(), right=code, valid_until=body.valid_until, source=shown_by(request, body)
    )
    return Status(204, None)


# --- shares by class ---------------------------------------------------------------------------------------------------


@area.list("/share-classes", item=ShareClassOut, spec=owning.SHARE_CLASSES, summary="List share classes", own=[ON])
def share_classes(request: HttpRequest) -> Found[ShareClassRecord]:
    """The classes of a day of companies whose records the caller looks after."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: owning.share_classes(viewer=viewer, at=at, on=on, params=asked), _share_class)


@area.one("/share-classes/{code}", response=ShareClassOut, summary="One share class")
def share_class(request: HttpRequest, code: str) -> dict[str, Any]:
    """One class as it is known now."""
    return _share_class(owning.share_class(viewer=actor_of(request), at=clock.now(), code=code).record)


@area.list(
    "/share-classes/{code}/versions",
    item=VersionOut[ShareClassSaidOut],
    spec=VERSIONS,
    summary="All versions of a share class",
)
def share_class_versions(request: HttpRequest, code: str) -> Found[Version]:
    """Everything that was ever known under its code, the latest knowledge first. For those who look after it."""
    return all_of(owning.share_class_versions, _exactly_said, request, code)


_CLASS = {"code": "fjord-a", "company": "fjord", "name": "A", "issued": "1000", "votes_each": "10"}


@area.change("POST", "/share-classes", response={201: MadeOut}, summary="Record a share class", example=_CLASS)
def record_share_class(request: HttpRequest, body: ShareClassIn) -> Status[dict[str, str]]:
    """How many shares there are, what each votes and what part of dividends it gets."""
    code = operations.record_share_class(
        by=actor_of(request),
        at=clock.now(),
        code=body.code,
        company=body.company,
        name=body.name,
        **amounts(body),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return Status(201, {"code": code})


@area.change(
    "PATCH",
    "/share-classes/{code}",
    response={204: None},
    summary="Correct a share class",
    example={"issued": "900", "votes_each": "10", "dividend_each": "1"},
    shown=share_class,
)
def correct_share_class(request: HttpRequest, code: str, body: ShareClassCorrectionIn) -> Status[None]:
    """On all its days. Fewer shares than are held are refused."""
    operations.correct_share_class(
        by=actor_of(request),
        at=clock.now(),
        share_class=code,
        name=body.name,
        **amounts(body),
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return Status(204, None)


@area.change(
    "POST",
    "/share-classes/{code}/change",
    response=MadeOut,
    summary="Change a share class from a day on",
    example={"issued": "1200", "votes_each": "1", "dividend_each": "1", "valid_from": "2026-07-01"},
    shown=share_class,
)
def change_share_class(request: HttpRequest, code: str, body: ShareClassChangeIn) -> dict[str, str]:
    """On its first day it is corrected; later, a version of it begins, whose code is answered. Shares stay held of the class."""
    changed = operations.change_share_class(
        by=actor_of(request),
        at=clock.now(),
        share_class=code,
        name=body.name,
        **amounts(body),
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return {"code": changed}


@area.list("/shareholdings", item=ShareholdingOut, spec=owning.SHAREHOLDINGS, summary="List shares by class", own=[ON])
def shareholdings(request: HttpRequest) -> Found[ShareholdingRecord]:
    """The shares of a day of and by companies whose records the caller looks after."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: owning.shareholdings(viewer=viewer, at=at, on=on, params=asked), _shareholding)


@area.one("/shareholdings/{code}", response=ShareholdingOut, summary="Shares that somebody holds")
def shareholding(request: HttpRequest, code: str) -> dict[str, Any]:
    """Them as they are known now."""
    return _shareholding(owning.shareholding(viewer=actor_of(request), at=clock.now(), code=code).record)


@area.list(
    "/shareholdings/{code}/versions",
    item=VersionOut[SharesSaidOut],
    spec=VERSIONS,
    summary="All versions of shares that somebody holds",
)
def shareholding_versions(request: HttpRequest, code: str) -> Found[Version]:
    """Everything that was ever known under its code, the latest knowledge first. For those who look after it."""
    return all_of(owning.shareholding_versions, _exactly_said, request, code)


_SHARES = {"owner": "jkl", "share_class": "fjord-a", "shares": "600", "valid_from": "2026-01-01"}


@area.change("POST", "/shareholdings", response={201: MadeOut}, summary="Record shares of a class", example=_SHARES)
def record_shareholding(request: HttpRequest, body: ShareholdingIn) -> Status[dict[str, str]]:
    """More than are issued are refused, and days on which there is no such class."""
    code = operations.record_shareholding(
        by=actor_of(request),
        at=clock.now(),
        owner=body.owner,
        share_class=body.share_class,
        shares=number_in(body.shares),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        code=body.code or "",
        source=shown_by(request, body),
    )
    return Status(201, {"code": code})


@area.change(
    "PATCH",
    "/shareholdings/{code}",
    response=MadeOut,
    summary="Change how many shares somebody holds",
    example={"shares": "500", "valid_from": "2026-07-01"},
    shown=shareholding,
)
def change_shareholding(request: HttpRequest, code: str, body: ShareholdingChangeIn) -> dict[str, str]:
    """On their first day they are corrected; later, they end there and others begin, whose code is answered."""
    changed = operations.change_shareholding(
        by=actor_of(request),
        at=clock.now(),
        shareholding=code,
        shares=number_in(body.shares),
        valid_from=body.valid_from,
        source=shown_by(request, body),
    )
    return {"code": changed}


@area.change(
    "POST",
    "/shareholdings/{code}/end",
    response={204: None},
    summary="End shares that somebody holds",
    example={"valid_until": "2026-12-01"},
    shown=shareholding,
)
def end_shareholding(request: HttpRequest, code: str, body: EvidencedEndIn) -> Status[None]:
    """Give them a last day, or another one than they have."""
    operations.end_shareholding(
        by=actor_of(request),
        at=clock.now(),
        shareholding=code,
        valid_until=body.valid_until,
        source=shown_by(request, body),
    )
    return Status(204, None)


# --- sources that differ -----------------------------------------------------------------------------------------------


@area.list("/differences", item=DifferingOut, spec=owning.DIFFERENCES, summary="List where sources differ", own=[ON])
def differences(request: HttpRequest) -> Found[DifferingCompany]:
    """The companies of which sources say different things on a day, with what decides and what gives way."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: owning.differences(viewer=viewer, at=at, on=on, params=asked), _differing)


def amounts(body: ShareClassIn | ShareClassCorrectionIn | ShareClassChangeIn) -> dict[str, Fraction]:
    """How many shares there are, and what each carries, as acts and suppositions take it."""
    return {name: number_in(getattr(body, name)) for name in ("issued", "votes_each", "dividend_each")}


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _exactly_said(found: Version) -> dict[str, Any]:
    """A version with what it says: numbers exactly, kinds by their code."""
    says = {
        name: value.value if isinstance(value, RightKind) else exact_text(value) for name, value in found.says.items()
    }
    return version(found, says, evidence=found.evidence)


def _right(row: RightRecord) -> dict[str, Any]:
    return {
        "code": row.code,
        "target": party(row.target),
        "kind": row.kind.value,
        "holder": party(row.holder),
        "agreement": row.agreement,
        "over": party(row.over),
        "source": row.source,
        "evidence": paper(row.evidence),
        **said(row.speaker),
        **period(row.period),
    }


def _share_class(row: ShareClassRecord) -> dict[str, Any]:
    return {
        "code": row.code,
        "company": party(row.company),
        "name": row.name,
        "issued": exact_text(row.issued),
        "votes_each": exact_text(row.votes_each),
        "dividend_each": exact_text(row.dividend_each),
        "version_of": row.version_of,
        "source": row.source,
        "evidence": paper(row.evidence),
        **said(row.speaker),
        **period(row.period),
    }


def _shareholding(row: ShareholdingRecord) -> dict[str, Any]:
    return {
        "code": row.code,
        "owner": party(row.owner),
        "company": party(row.company),
        "share_class": row.share_class,
        "shares": exact_text(row.shares),
        "source": row.source,
        "evidence": paper(row.evidence),
        **said(row.speaker),
        **period(row.period),
    }


def _differing(row: DifferingCompany) -> dict[str, Any]:
    return {
        "company": party(row.company),
        "differences": [
            {
                "about": each.about.value,
                "decides": [_said(one) for one in each.decides],
                "gives_way": [_said(one) for one in each.gives_way],
                **period(each.period),
            }
            for each in row.differences
        ],
    }


def _said(one: Said) -> dict[str, Any]:
    return {
        "code": one.code,
        "holder": party(one.holder),
        **_what(one.what),
        "source": one.source,
        **said(one.speaker),
    }


def _what(what: Rate | Band | Fraction | RightKind) -> dict[str, str | None]:
    match what:
        case Rate():
            return {"percent": share(what.fraction)}
        case Band():
            return {"low": share(what.low), "high": share(what.high)}
        case RightKind():
            return {"kind": what.value}
    return {"shares": exact_text(what)}
