"""Taxable benefit over HTTP: one's own statement, what an order would add, and for whoever keeps it those of an employer."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import Field

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import (
    Asked,
    Code,
    Day,
    Line,
    MoneyIn,
    MoneyOut,
    PartyOut,
    ReasonOut,
    money,
    money_in,
    party,
    period,
    reason,
)
from inward.api.v1.trade import LINES_EXAMPLE, QuoteIn, wanted
from inward.core.benefit import Line as Taxed
from inward.core.benefit import Room
from inward.core.terms import Refusal
from inward.kit import clock
from inward.parties import queries as parties
from inward.trade import benefit, operations, queries
from inward.trade.benefit import AccountsView, Aside, FactView, GiftView, PersonRow, Sheet, TaxYear

area = Area("trade", tag="orders", room="trade")


class TaxYearOut(Schema):
    """A tax year under the law of a country, by the calendar year in which it begins; `key` is its name in addresses."""

    key: str
    country: str
    year: int


class TaxedOut(Schema):
    """One line of an order: what it is worth to the law, what was paid, what is taxable of the difference, and why."""

    order: str
    number: int
    name: str
    pieces: int
    on: str
    rule: str
    value: MoneyOut
    paid: MoneyOut
    exempt: MoneyOut
    taxable: MoneyOut
    why: list[ReasonOut]
    given_by: PartyOut | None = Field(
        default=None, description="The company that gave it, of what has no order; its `order` is empty."
    )


class RoomOut(Schema):
    """What is left of a limit in a month or year; nothing once a limit that takes all back was passed."""

    rule: str
    window: str
    amount: MoneyOut
    used: MoneyOut
    left: MoneyOut
    passed: bool


class AsideOut(Schema):
    """An order of the year that is not counted, and why not."""

    order: str
    number: int
    on: str
    why: ReasonOut


class BenefitFactOut(Schema):
    """Something law asks of a person, as an employer was told."""

    company: PartyOut
    fact: str
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class BenefitGiftOut(Schema):
    """A gift or another benefit that no order knows of, as payroll told it."""

    reference: str
    company: PartyOut
    given_by: PartyOut
    on: str
    kind: str
    name: str
    value: MoneyOut
    source: str


class BenefitOut(Schema):
    """A statement; where it cannot be reckoned yet, `refused` says why and there are no sums and no lines."""

    person: PartyOut
    country: str
    year: int
    valid_from: str
    valid_until: str
    benefit: MoneyOut | None = None
    exempt: MoneyOut | None = None
    taxable: MoneyOut | None = None
    lines: list[TaxedOut]
    limits: list[RoomOut]
    not_counted: list[AsideOut]
    facts: list[BenefitFactOut]
    gifts: list[BenefitGiftOut]
    refused: ReasonOut | None = None


class ForeseenOut(Schema):
    """What an order would add. Without a `country` nothing is said: not as staff for oneself, or no rules are kept there."""

    country: str | None = None
    added: MoneyOut | None = None
    taxable: MoneyOut | None = None
    warnings: list[ReasonOut]
    refused: ReasonOut | None = None


class BenefitRowOut(Schema):
    """Somebody who bought below price in a tax year; without sums where it cannot be reckoned yet."""

    person: PartyOut
    company: PartyOut
    country: str
    year: int
    benefit: MoneyOut | None = None
    taxable: MoneyOut | None = None
    refused: ReasonOut | None = None


class FactIn(Asked):
    """Something the law of the employer's country asks of a person is so on these days."""

    company: Code
    fact: str = Field(min_length=1, max_length=60)
    valid_from: Day
    valid_until: Day | None = None
    source: Line = ""


class FactTakenBackIn(Asked):
    """Which fact was never so, by its first day."""

    company: Code
    fact: str = Field(min_length=1, max_length=60)
    valid_from: Day


class BenefitGiftIn(Asked):
    """What was given to a person, by which company; `company` is the employer whose pay it counts as."""

    company: Code
    given_by: Code
    on: Day
    kind: str = Field(min_length=1, max_length=60)
    name: Line
    value: MoneyIn
    cost: MoneyIn | None = None
    source: Line = ""


class BenefitGiftToldOut(Schema):
    """How it is called from now on."""

    reference: str


class BenefitGiftTakenBackIn(Asked):
    """Which gift was none, by its reference."""

    company: Code
    reference: str = Field(min_length=1, max_length=40)


class AccountsOut(Schema):
    """What a company sold in a tax year, and what that cost it."""

    company: PartyOut
    year: int
    sales: MoneyOut
    cost: MoneyOut
    source: str


class AccountsIn(Asked):
    """What a company sold in a tax year, and what that cost it."""

    company: Code
    year: int = Field(ge=1970, le=2200)
    sales: MoneyIn
    cost: MoneyIn
    source: Line = ""


@area.get("/me/benefit", response=list[TaxYearOut], summary="My tax years")
def years(request: HttpRequest) -> list[dict[str, Any]]:
    """Those in which the caller bought something as staff, and the running ones of her employers; the latest first."""
    return [{"key": each.key, **each._asdict()} for each in benefit.own_years(viewer=actor_of(request), at=clock.now())]


@area.one("/me/benefit/{key}", response=BenefitOut, summary="My taxable benefit of a year")
def mine(request: HttpRequest, key: str) -> dict[str, Any]:
    """Reckoned from the caller's orders when it is asked."""
    return _sheet(benefit.own(viewer=actor_of(request), at=clock.now(), of=TaxYear.of_key(key)))


@area.ask(
    "/me/benefit/foreseen",
    response=ForeseenOut,
    summary="What an order would add to my taxable benefit",
    example=LINES_EXAMPLE,
)
def foreseen(request: HttpRequest, body: QuoteIn) -> dict[str, Any]:
    """Before it is ordered, were it paid by oneself; nothing is written."""
    viewer, at = actor_of(request), clock.now()
    lines = wanted(body.lines)
    view = queries.quote_for(viewer=viewer, at=at, lines=lines, customer=body.customer, beneficiary=body.beneficiary)
    found = benefit.coming(view, viewer=viewer, at=at)
    if found is None:
        return {"warnings": []}
    if found.foreseen is None:
        return {"country": found.country, "warnings": [], "refused": reason(found.refused) if found.refused else None}
    return {
        "country": found.country,
        "added": money(found.foreseen.added),
        "taxable": money(found.foreseen.after.taxable),
        "warnings": [reason(why) for why in found.foreseen.warnings],
    }


@area.list("/benefit", item=BenefitRowOut, spec=benefit.PEOPLE, summary="List taxable benefit", own=[
    listing.parameter("text", {"type": "string"}, "Name or code.")
])  # fmt: skip
def kept(request: HttpRequest) -> Found[PersonRow]:
    """Who bought below price as staff of the companies for which the caller keeps it. That they were read is noted."""
    by, at = actor_of(request), clock.now()
    return Found(lambda asked: operations.read_benefits(by=by, at=at, params=asked), _row)


@area.get("/people/{code}/benefit", response=BenefitOut, summary="Taxable benefit of a person")
def one(
    request: HttpRequest, code: str, company: Code, year: Annotated[int, Field(ge=1970, le=2200)]
) -> dict[str, Any]:
    """As far as purchases by that employer go, for whoever keeps it there; the reading is noted."""
    return _sheet(
        operations.read_benefit(by=actor_of(request), at=clock.now(), person=code, company=company, year=year)
    )


_FACT = {"company": "bellavista", "fact": "dependent_children", "valid_from": "2026-01-01", "source": "told by herself"}


@area.change(
    "POST",
    "/people/{code}/benefit-facts",
    response={204: None},
    summary="Note what law asks of a person",
    example=_FACT,
)
def note_fact(request: HttpRequest, code: str, body: FactIn) -> Status[None]:
    """It moves a limit of her statement on these days."""
    operations.note_benefit_fact(by=actor_of(request), at=clock.now(), person=code, **body.model_dump())
    return Status(204, None)


@area.change(
    "POST",
    "/people/{code}/benefit-facts/take-back",
    response={204: None},
    summary="Take back what law asks of a person",
    example={name: value for name, value in _FACT.items() if name != "source"},
)
def take_back_fact(request: HttpRequest, code: str, body: FactTakenBackIn) -> Status[None]:
    """It was never so, on any day."""
    operations.take_back_benefit_fact(by=actor_of(request), at=clock.now(), person=code, **body.model_dump())
    return Status(204, None)


@area.change(
    "POST",
    "/people/{code}/benefit-gifts",
    response={201: BenefitGiftToldOut},
    summary="Tell what was given to a person",
    example={
        "company": "bellavista",
        "given_by": "jkl",
        "on": "2026-11-20",
        "kind": "gift",
        "name": "Hamper",
        "value": {"amount": "80.00", "currency": "EUR"},
    },
)
def tell_gift(request: HttpRequest, code: str, body: BenefitGiftIn) -> Status[dict[str, str]]:
    """It counts in the statement with what was bought, from its day on."""
    reference = operations.tell_gift(
        by=actor_of(request),
        at=clock.now(),
        person=code,
        company=body.company,
        given_by=body.given_by,
        on=body.on,
        kind=body.kind,
        name=body.name,
        value=money_in(body.value, "value"),
        cost=None if body.cost is None else money_in(body.cost, "cost"),
        source=body.source,
    )
    return Status(201, {"reference": reference})


@area.change(
    "POST",
    "/people/{code}/benefit-gifts/take-back",
    response={204: None},
    summary="Take back what was given to a person",
    example={"company": "bellavista", "reference": "MBOxDW1ifO0kVd5v3GKuIg"},
)
def take_back_gift(request: HttpRequest, code: str, body: BenefitGiftTakenBackIn) -> Status[None]:
    """It was not given; the next pay run tells the difference."""
    operations.take_back_gift(by=actor_of(request), at=clock.now(), person=code, **body.model_dump())
    return Status(204, None)


@area.list("/benefit-accounts", item=AccountsOut, spec=benefit.ACCOUNTS, summary="List accounts for taxable benefit")
def accounts(request: HttpRequest) -> Found[AccountsView]:
    """Those of the companies whose controllers the caller is one of."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: benefit.accounts(viewer=viewer, at=at, params=asked), _accounts)


@area.change(
    "POST",
    "/benefit-accounts",
    response={204: None},
    summary="Say the accounts of a year",
    example={
        "company": "abc",
        "year": 2025,
        "sales": {"amount": "800000.00", "currency": "EUR"},
        "cost": {"amount": "600000.00", "currency": "EUR"},
    },
)
def say_accounts(request: HttpRequest, body: AccountsIn) -> Status[None]:
    """Said again it corrects; statements are reckoned by the new figures from then on."""
    operations.say_accounts(
        by=actor_of(request),
        at=clock.now(),
        company=body.company,
        year=body.year,
        sales=money_in(body.sales, "sales"),
        cost=money_in(body.cost, "cost"),
        source=body.source,
    )
    return Status(204, None)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    told = sheet.statement
    return {
        "person": _party(sheet.person),
        "country": sheet.of.country,
        "year": sheet.of.year,
        **period(sheet.days),
        "benefit": None if told is None else money(told.benefit),
        "exempt": None if told is None else money(told.exempt),
        "taxable": None if told is None else money(told.taxable),
        "lines": [] if told is None else [_line(line, sheet) for line in told.lines],
        "limits": [] if told is None else [_room(room) for room in told.rooms],
        "not_counted": [_aside(each) for each in sheet.aside],
        "facts": [_fact(each) for each in sheet.facts],
        "gifts": [_gift(each) for each in sheet.gifts],
        "refused": _refused(sheet.refused),
    }


def _line(line: Taxed, sheet: Sheet) -> dict[str, Any]:
    of = sheet.bought[line.purchase]
    return {
        "order": of.reference,
        "number": of.number,
        "name": of.name,
        "pieces": of.pieces,
        "on": line.on.isoformat(),
        "rule": line.rule.id,
        "value": money(line.value),
        "paid": money(line.paid),
        "exempt": money(line.exempt),
        "taxable": money(line.taxable),
        "why": [reason(why) for why in line.why],
        "given_by": _party(of.given_by) if of.given_by else None,
    }


def _gift(each: GiftView) -> dict[str, Any]:
    return {
        "reference": each.reference,
        "company": _party(each.company),
        "given_by": _party(each.given_by),
        "on": each.on.isoformat(),
        "kind": each.kind,
        "name": each.name,
        "value": money(each.value),
        "source": each.source,
    }


def _room(room: Room) -> dict[str, Any]:
    return {
        "rule": room.rule,
        "window": room.window,
        "amount": money(room.amount),
        "used": money(room.used),
        "left": money(room.left),
        "passed": room.passed,
    }


def _aside(each: Aside) -> dict[str, Any]:
    return {"order": each.reference, "number": each.number, "on": each.on.isoformat(), "why": reason(each.why)}


def _fact(each: FactView) -> dict[str, Any]:
    return {"company": _party(each.company), "fact": each.fact, **period(each.period), "source": each.source}


def _row(row: PersonRow) -> dict[str, Any]:
    told = None if row.sheet is None else row.sheet.statement
    return {
        "person": _party(row.person),
        "company": _party(row.company),
        "country": row.of.country,
        "year": row.of.year,
        "benefit": None if told is None else money(told.benefit),
        "taxable": None if told is None else money(told.taxable),
        "refused": None if row.sheet is None else _refused(row.sheet.refused),
    }


def _accounts(view: AccountsView) -> dict[str, Any]:
    return {
        "company": _party(view.company),
        "year": view.year,
        "sales": money(view.sales),
        "cost": money(view.cost),
        "source": view.source,
    }


def _refused(refusal: Refusal | None) -> dict[str, Any] | None:
    return None if refusal is None else reason(refusal.reason)


def _party(code: str) -> dict[str, str] | None:
    return party(parties.told(code, parties.name_of(code)))
