"""What is offered and at which prices, over HTTP: the shop for everybody, prices and schemes for who looks after them.

Prices, schemes and tax rates have the fields of the catalogue files (docs/reference/catalogue-files.md), typed.
"""

from fractions import Fraction
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status
from pydantic import BaseModel

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.v1.schemas import (
    Asked,
    Code,
    Currency,
    Day,
    EndIn,
    Line,
    MadeOut,
    MoneyOut,
    Name,
    Number,
    PartyOut,
    PlanOut,
    ReasonOut,
    VersionOut,
    Words,
    number_in,
    party,
    period,
    plan,
    reason,
    share,
    unit_price,
    version,
)
from inward.catalogue import operations, queries, register
from inward.catalogue.families import FamilyView
from inward.catalogue.queries import OfferingCard, OfferingView
from inward.catalogue.register import (
    Move,
    OfferingRecord,
    PriceRecord,
    RaiseRecord,
    SchemeRecord,
    TaxRecord,
    Version,
)
from inward.core.classification import Kind, Tie, WorkKind, WorkState
from inward.core.pricing import (
    AllowanceMeasure,
    GivenTo,
    Level,
    Limit,
    OfferingKind,
    Scheme,
    Span,
    Target,
    TargetKind,
    TaxMinimum,
    reading,
)
from inward.core.pricing.methods import AMOUNTS, Fixed, MethodName, Plain, plain
from inward.core.pricing.raising import Raise
from inward.core.running import PLAN_FIELDS, Afterwards, Every, RunningKind, plan_from, plan_plain
from inward.core.running.plan import NOTICE_DAYS_MAX, TERM_MONTHS_MAX
from inward.core.terms import Rate, UnitPrice, decimal_text, exact_text
from inward.core.terms.money import as_currency
from inward.core.terms.number import exact
from inward.core.terms.reading import Fields
from inward.kit import clock
from inward.kit.lists import ListSpec

area = Area("catalogue", room=queries.VERSION)
ON = listing.parameter("on", {"type": "string", "format": "date"}, "As it is on this day; today when it is left out.")
TEXT = listing.parameter("text", {"type": "string"}, "Words to look for.")
_SHOP = ListSpec(
    queries.SHOP_LIST.sortable,
    {"category": "category", **queries.SHOP_LIST.filters, "text": "text"},
    queries.SHOP_LIST.default,
    queries.SHOP_LIST.size,
)
_OF_TAX = [
    listing.parameter("company", {"type": "string"}, "The company whose rate it is."),
    listing.parameter("tax_code", {"type": "string"}, "The code under which it is taxed."),
]
_BENEFIT_KIND = "What tax law calls it, such as `on_premises_athletic_facility`; empty: goods or services."
PriceCode = Annotated[str, Field(min_length=1, max_length=160)]


class OfferingOut(Schema):
    """An offering in the shop; of a family of variants the first that fits what was asked stands for all of it."""

    code: str
    name: str
    kind: str
    supplier: PartyOut
    category: PartyOut | None = None
    family: PartyOut | None = None


class OutsidePriceOut(Schema):
    """What the same thing costs outside, where that was seen and when."""

    price: MoneyOut
    source: str
    seen_on: str


class OfferingDetailOut(Schema):
    """An offering with its categories from the top down."""

    code: str
    name: str
    description: str
    kind: str
    supplier: PartyOut
    categories: list[PartyOut]
    outside: OutsidePriceOut | None = None
    offered: bool
    plan: PlanOut | None = None
    family: "OfferedFamilyOut | None" = None


class VariantOut(Schema):
    """One offering of a family, and its value for each of the family's features, in their order."""

    code: str
    name: str
    choice: list[str]
    offered: bool


class OfferedFamilyOut(Schema):
    """What else there is to choose: the features in which the variants differ, and every variant that is offered."""

    code: str
    name: str
    features: list[str]
    variants: list[VariantOut]


class CategoryOut(Schema):
    """A category, and the one it stands in."""

    code: str
    name: str
    parent: str | None = None


class ManagedOfferingOut(Schema):
    """An offering as those see it who look after its supplier."""

    code: str
    name: str
    description: str
    supplier: PartyOut
    category: PartyOut | None = None
    kind: str
    tax_code: str
    offered: bool
    cost: MoneyOut | None = None
    plan: PlanOut | None = None
    benefit_kind: str


class PriceOut(Schema):
    """A price, as catalogue files say it; amounts in major units, rates in percent."""

    id: str
    level: str
    supplier: PartyOut
    target_kind: str
    target: PartyOut | None = None
    customer: PartyOut | None = None
    customer_kinds: list[str]
    method: str
    value: str | None = None
    currency: str | None = None
    includes_tax: bool
    base_price: MoneyOut | None = None
    price_min: MoneyOut | None = None
    price_max: MoneyOut | None = None
    credit_method: str | None = Field(
        default=None, description="By which the supplying department is credited, where that is otherwise than charged."
    )
    credit_value: str | None = None
    credit_base: MoneyOut | None = None
    quantity_min: int
    floor_at_cost: bool
    floor_minimum: MoneyOut | None = None
    saving_max: MoneyOut | None = None
    scheme: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class TargetOut(Schema):
    """One offering, one category, or everything."""

    kind: str
    id: str


class SchemeLimitOut(Schema):
    """A further limit of a scheme: how much, of what, in which span."""

    id: str
    span: str
    money: MoneyOut | None = None
    units: int | None = None
    target: TargetOut | None = None
    each_item: bool
    days: int | None = None
    carry_over: bool
    pay_percent: str | None = None


class SchemeOut(Schema):
    """A staff purchase scheme: for whom, of what, and how much in a calendar year."""

    id: str
    name: str
    supplier: PartyOut
    work_kinds: list[str]
    employers: list[str]
    tenure_months: int
    included: list[TargetOut]
    excluded: list[TargetOut]
    allowance_money: MoneyOut | None = None
    allowance_units: int | None = None
    allowance_measure: str
    limits: list[SchemeLimitOut]
    lines_of_business: list[str]
    leaving_days: int
    closed_in: list[str]
    keep_days: int
    repays_early: bool
    cooling_days: int
    given_to: list[str]
    household: list[str]
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class TaxRateOut(Schema):
    """The rate of a tax code in a company's sales, in percent."""

    company: PartyOut
    tax_code: str
    percent: str
    staff_minimum: str
    valid_from: str | None = None
    valid_until: str | None = None
    source: str


class CategoryIn(Asked):
    """What the category is called, and in which it stands; at the top without one."""

    name: Name
    parent: Code | None = None


class OfferingIn(Asked):
    """An item or service that is to be offered. Prices are entered apart."""

    id: Code
    supplier: Code
    name: Name
    description: Words = ""
    category: Code | None = None
    kind: OfferingKind = OfferingKind.GOOD
    tax_code: str = Field(default="", max_length=40)
    benefit_kind: str = Field(default="", max_length=40, description=_BENEFIT_KIND)


class PlanIn(Asked):
    """By which plan an offering runs on; without `plan` it is sold once, as other things are."""

    plan: RunningKind | None = None
    plan_every: Every = Every.MONTH
    plan_term_months: int = Field(default=0, ge=0, le=TERM_MONTHS_MAX)
    plan_notice_days: int = Field(default=0, ge=0, le=NOTICE_DAYS_MAX)
    plan_renews: bool = True
    plan_afterwards: Afterwards = Afterwards.CONTINUE
    plan_insurer: Code | None = None
    plan_commission: Number = "0"
    source: Line = ""


class OfferingChangeIn(Asked):
    """What it is called, what it is, where it stands, how it is taxed and what tax law calls it, all of it anew."""

    name: Name
    description: Words = ""
    category: Code | None = None
    tax_code: str = Field(default="", max_length=40)
    benefit_kind: str = Field(default="", max_length=40, description=_BENEFIT_KIND)
    source: Line = ""


class AmountIn(Asked):
    """An exact amount in major units; fractions of the smallest unit are allowed."""

    amount: Number
    currency: Currency


class CostIn(Asked):
    """What a piece costs its supplier from this day on, without tax."""

    cost: AmountIn
    valid_from: Day | None = None
    source: Line = ""


class OutsideIn(Asked):
    """What the same costs outside, where and when that was seen; no price forgets it."""

    price: AmountIn | None = None
    source: Line = ""
    seen_on: Day | None = None


class PriceIn(Asked):
    """A price, as catalogue files say it."""

    id: Code
    level: Level
    supplier: Code
    target_kind: TargetKind = TargetKind.ALL
    target: Code | None = None
    customer: Code | None = None
    customer_kinds: list[Kind] = Field(default=[], max_length=len(Kind))
    method: MethodName
    value: Number | None = None
    currency: Currency | None = None
    includes_tax: bool = False
    base_price: Number | None = None
    price_min: Number | None = None
    price_max: Number | None = None
    credit_method: MethodName | None = None
    credit_value: Number | None = None
    credit_base: Number | None = None
    quantity_min: int = Field(default=1, ge=1, le=1_000_000_000)
    floor_at_cost: bool = False
    floor_minimum: Number | None = None
    saving_max: Number | None = None
    scheme: Code | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: Line = ""


class PriceChangeIn(PriceIn):
    """Another price in the place of the one that holds from this day on; under its own id it is its next version."""

    valid_from: Day


class PriceRaiseIn(Asked):
    """Every fixed price of a supplier on one level, raised by a percent (below zero: lowered) from a day on.

    `category` takes what is below it along. `rounded_to` and `less` are amounts of each price's currency: to the nearest multiple of
    `rounded_to` (left out: its smallest unit), `less` taken off, so that 1 and 0.10 give 12.90.
    """

    supplier: Code
    percent: Number
    valid_from: Day
    level: Level = Level.LIST
    category: Code | None = None
    rounded_to: Number | None = None
    less: Number | None = None
    source: Line = ""


class RaisedOut(Schema):
    """By which name the raise is taken back, and the ids of the prices that hold from that day on."""

    reference: str
    codes: list[str]


class RaiseOut(Schema):
    """A price list raised in one act; no category: everything. `taken_back_at` is null while it stands."""

    reference: str
    supplier: PartyOut
    level: str
    category: PartyOut | None = None
    percent: str
    valid_from: str
    prices: int
    made_at: str
    source: str
    taken_back_at: str | None = None


class MoveOut(Schema):
    """A price that a raise made another: the ids of the two versions, and what a piece cost and costs.

    ``stays`` says why it does not go back with the raise: somebody has said otherwise since.
    """

    before: str
    after: str
    was: MoneyOut
    becomes: MoneyOut
    stays: ReasonOut | None = None


class WholeRaiseOut(RaiseOut):
    """A raise with every price that it made another."""

    moves: list[MoveOut]


class RaiseBackIn(Asked):
    """Why the raise is taken back; ``changed_stay``: without the prices that were changed or taken back since."""

    source: Line = ""
    changed_stay: bool = False


class TargetIn(Asked):
    """One offering or one category."""

    kind: TargetKind
    id: Code


class SchemeLimitIn(Asked):
    """A further limit of a scheme. ``days`` only where the span is ROLLING; ``carry_over`` not there, nor for one order.

    What was drawn counts by ``id``, so it stays when the limit is changed. Nothing named by ``target``: everything counts.
    """

    id: Annotated[str, Field(min_length=1, max_length=40)]
    span: Span
    money: Number | None = None
    currency: Currency | None = None
    units: int | None = Field(default=None, ge=0, le=1_000_000_000)
    target_kind: TargetKind | None = None
    target: Code | None = None
    each_item: bool = False
    days: int | None = Field(default=None, ge=1, le=3_660)
    carry_over: bool = False
    pay_percent: Number | None = Field(default=None, description="Instead of money: so much of the net pay of a month.")


class SchemeIn(Asked):
    """A staff purchase scheme; its prices are entered apart."""

    id: Code
    supplier: Code
    name: Name
    work_kinds: list[WorkKind] = Field(default=[], max_length=len(WorkKind))
    employers: list[Code] = Field(default=[], max_length=1000)
    tenure_months: int = Field(default=0, ge=0, le=1200)
    included: list[TargetIn] = Field(default=[], max_length=500)
    excluded: list[TargetIn] = Field(default=[], max_length=500)
    allowance_money: Number | None = None
    allowance_currency: Currency | None = None
    allowance_units: int | None = Field(default=None, ge=0, le=1_000_000_000)
    allowance_measure: AllowanceMeasure = AllowanceMeasure.PRICE
    limits: list[SchemeLimitIn] = Field(default=[], max_length=50)
    lines_of_business: list[Code] = Field(default=[], max_length=100)
    leaving_days: int = Field(default=0, ge=0, le=3_660)
    closed_in: list[WorkState] = Field(default=[], max_length=len(WorkState))
    keep_days: int = Field(default=0, ge=0, le=3_660)
    repays_early: bool = False
    cooling_days: int = Field(default=0, ge=0, le=3_660)
    given_to: list[GivenTo] = Field(default=[], max_length=len(GivenTo))
    household: list[Tie] = Field(
        default=[],
        max_length=len(Tie),
        description="For whom of her household somebody may buy under it; none: nobody.",
    )
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: Line = ""


class SchemeChangeIn(SchemeIn):
    """What the scheme says from this day on, all of it anew."""

    valid_from: Day


class TaxRateIn(Asked):
    """The rate of a tax code in a company's sales from a day on, in percent."""

    company: Code
    tax_code: Annotated[str, Field(min_length=1, max_length=40)]
    percent: Number
    staff_minimum: TaxMinimum = TaxMinimum.NONE
    valid_from: Day | None = None
    source: Line = ""


class TaxEndIn(EndIn):
    """The first day on which nothing is taxed under this code."""

    company: Code
    tax_code: Annotated[str, Field(min_length=1, max_length=40)]
    source: Line = ""


class SourcedEndIn(EndIn):
    """The first day on which it no longer holds, and how that was learned."""

    source: Line = ""


class TakeBackIn(Asked):
    """The day on which it would have begun."""

    valid_from: Day


# --- the shop ----------------------------------------------------------------------------------------------------------


@area.list("/offerings", item=OfferingOut, spec=_SHOP, summary="Search and list what is offered")
def offerings(request: HttpRequest) -> Found[OfferingCard]:
    """Everything that is offered today; `text` searches, `category` takes what is below it along."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: queries.shop(viewer=viewer, at=at, params=asked), _card)


@area.one("/offerings/{code}", response=OfferingDetailOut, summary="One offering")
def offering(request: HttpRequest, code: str) -> dict[str, Any]:
    """One offering; ask its price with a quote."""
    return _detail(queries.offering(viewer=actor_of(request), at=clock.now(), code=code))


@area.get("/categories", response=list[CategoryOut], summary="All categories")
def categories(request: HttpRequest) -> list[dict[str, Any]]:
    """The whole tree, by name."""
    found = queries.categories(viewer=actor_of(request))
    return [{"code": each.code, "name": each.name, "parent": each.parent} for each in found]


# --- what is offered ---------------------------------------------------------------------------------------------------


@area.list(
    "/catalogue/offerings",
    item=ManagedOfferingOut,
    spec=register.OFFERINGS,
    summary="List the offerings I look after",
    own=[],
)
def managed_offerings(request: HttpRequest) -> Found[OfferingRecord]:
    """Those of suppliers that one administers, withdrawn ones too."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: register.offerings(viewer=viewer, at=at, params=asked), _managed)


@area.one(
    "/catalogue/offerings/{code}", response=ManagedOfferingOut, summary="One offering I look after", parameters=[ON]
)
def managed_offering(request: HttpRequest, code: str) -> dict[str, Any]:
    """With what a piece costs its supplier on the day."""
    on = listing.day(request, "on", default=clock.today())
    return _managed(register.offering(viewer=actor_of(request), at=clock.now(), on=on, code=code).record)


@area.list(
    "/catalogue/offerings/{code}/costs",
    item=VersionOut[MoneyOut],
    spec=register.VERSIONS,
    summary="All versions of a cost",
)
def cost_versions(request: HttpRequest, code: str) -> Found[Version]:
    """What a piece was ever said to cost its supplier, the latest knowledge first."""
    viewer, at = actor_of(request), clock.now()
    return Found(
        lambda asked: register.cost_versions(viewer=viewer, at=at, code=code, params=asked),
        lambda found: version(found, unit_price(found.says)),
    )


_OFFERING = {"id": "tea-pot", "supplier": "abc", "name": "Tea pot", "category": "coffee", "tax_code": "STANDARD"}


@area.change("POST", "/catalogue/offerings", response={201: MadeOut}, summary="Offer something", example=_OFFERING)
def offer(request: HttpRequest, body: OfferingIn) -> Status[dict[str, str]]:
    """A new item or service; it can be bought once it has a price."""
    operations.offer_item(
        by=actor_of(request), at=clock.now(), offering=reading.offering(fields(body)), description=body.description
    )
    return Status(HTTPStatus.CREATED.value, {"code": body.id})


@area.change(
    "PATCH",
    "/catalogue/offerings/{code}",
    response={204: None},
    summary="Say anew what is offered",
    example={"name": "Tea pot, 1 l", "description": "Cast iron.", "category": "coffee", "tax_code": "STANDARD"},
    shown=managed_offering,
)
def change_offering(request: HttpRequest, code: str, body: OfferingChangeIn) -> Status[None]:
    """All of it anew; its supplier never changes."""
    operations.change_item(
        by=actor_of(request),
        at=clock.now(),
        offering=code,
        name=body.name,
        description=body.description,
        category=body.category,
        tax_code=body.tax_code,
        benefit_kind=body.benefit_kind,
        source=body.source,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/catalogue/offerings/{code}/cost",
    response={204: None},
    summary="Record what a piece costs",
    example={"cost": {"amount": "12.40", "currency": "EUR"}, "valid_from": "2026-12-01", "source": "supplier invoice"},
    shown=managed_offering,
)
def record_cost(request: HttpRequest, code: str, body: CostIn) -> Status[None]:
    """From a day on; the cost before ends the day before."""
    operations.record_cost(
        by=actor_of(request),
        at=clock.now(),
        offering=code,
        price=unit_price_in(body.cost),
        valid_from=body.valid_from,
        source=body.source,
    )
    return Status(204, None)


@area.change(
    "PUT",
    "/catalogue/offerings/{code}/outside-price",
    response={204: None},
    summary="Record what it costs outside",
    example={"price": {"amount": "24.90", "currency": "EUR"}, "source": "Another shop", "seen_on": "2026-11-20"},
    shown=managed_offering,
)
def record_outside_price(request: HttpRequest, code: str, body: OutsideIn) -> Status[None]:
    """Where and when it was seen; without a price, it is forgotten."""
    operations.record_outside_price(
        by=actor_of(request),
        at=clock.now(),
        offering=code,
        price=None if body.price is None else unit_price_in(body.price),
        source=body.source,
        seen_on=body.seen_on,
    )
    return Status(204, None)


@area.change(
    "PUT",
    "/catalogue/offerings/{code}/plan",
    response={204: None},
    summary="Say by which plan it runs on",
    example={"plan": "SUBSCRIPTION", "plan_every": "MONTH", "plan_notice_days": 14, "source": "price sheet"},
    shown=managed_offering,
)
def set_plan(request: HttpRequest, code: str, body: PlanIn) -> Status[None]:
    """What runs already keeps the plan it was ordered by; without a plan, it is sold once."""
    given = None
    if body.plan is not None:
        said = fields(body).values
        given = plan_from(Fields({name: value for name, value in said.items() if name in PLAN_FIELDS}))
    operations.set_plan(by=actor_of(request), at=clock.now(), offering=code, plan=given, source=body.source)
    return Status(204, None)


@area.change(
    "POST",
    "/catalogue/offerings/{code}/withdraw",
    response={204: None},
    summary="Offer it no longer",
    shown=managed_offering,
)
def withdraw(request: HttpRequest, code: str) -> Status[None]:
    """Orders of it stay as they are."""
    operations.withdraw_item(by=actor_of(request), at=clock.now(), offering=code)
    return Status(204, None)


@area.change(
    "POST",
    "/catalogue/offerings/{code}/offer-again",
    response={204: None},
    summary="Offer it again",
    shown=managed_offering,
)
def offer_again(request: HttpRequest, code: str) -> Status[None]:
    """At the prices that hold."""
    operations.offer_item_again(by=actor_of(request), at=clock.now(), offering=code)
    return Status(204, None)


@area.change(
    "PUT",
    "/categories/{code}",
    response={204: None},
    summary="Add, rename or move a category",
    example={"name": "Coffee and tea", "parent": "kitchen"},
)
def place_category(request: HttpRequest, code: Path[Code], body: CategoryIn) -> Status[None]:
    """For those who administer everything; a circle is refused."""
    operations.place_category(by=actor_of(request), at=clock.now(), code=code, name=body.name, parent=body.parent)
    return Status(204, None)


@area.change("DELETE", "/categories/{code}", response={204: None}, summary="Remove a category")
def remove_category(request: HttpRequest, code: Path[Code]) -> Status[None]:
    """Refused while anything stands in it or speaks of it."""
    operations.remove_category(by=actor_of(request), at=clock.now(), code=code)
    return Status(204, None)


# --- prices ------------------------------------------------------------------------------------------------------------


@area.list("/prices", item=PriceOut, spec=register.PRICES, summary="List prices", own=[ON])
def prices(request: HttpRequest) -> Found[PriceRecord]:
    """The prices of a day of suppliers that one administers."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: register.prices(viewer=viewer, at=at, on=on, params=asked), _price_out)


@area.one("/prices/{id}", response=PriceOut, summary="One price", parameters=[ON])
def price(request: HttpRequest, id: Path[PriceCode]) -> dict[str, Any]:
    """The version of the day, by the id of any of its versions."""
    on = listing.day(request, "on", default=clock.today())
    return _price_out(register.price(viewer=actor_of(request), at=clock.now(), on=on, code=id).record)


@area.list(
    "/prices/{id}/versions", item=VersionOut[PriceOut], spec=register.VERSIONS, summary="All versions of a price"
)
def price_versions(request: HttpRequest, id: Path[PriceCode]) -> Found[Version]:
    """By the id of any of them, the latest knowledge first."""
    viewer, at = actor_of(request), clock.now()
    return Found(
        lambda asked: register.price_versions(viewer=viewer, at=at, code=id, params=asked),
        lambda found: version(found, _price_out(found.says)),
    )


_PRICE = {
    "id": "list-tea-pot",
    "level": "LIST",
    "supplier": "abc",
    "target_kind": "ITEM",
    "target": "tea-pot",
    "method": "FIXED",
    "value": "19.90",
    "currency": "EUR",
    "includes_tax": True,
    "valid_from": "2026-12-01",
}


@area.change("POST", "/prices", response={201: MadeOut}, summary="Enter a price", example=_PRICE)
def set_price(request: HttpRequest, body: PriceIn) -> Status[dict[str, str]]:
    """Of any level. One that would compete with another on equal terms is refused, naming both."""
    operations.set_price(by=actor_of(request), at=clock.now(), rule=reading.rule(fields(body)), source=body.source)
    return Status(HTTPStatus.CREATED.value, {"code": body.id})


@area.change(
    "PUT",
    "/prices/{id}",
    response=MadeOut,
    summary="Change a price",
    example={**_PRICE, "value": "21.90", "valid_from": "2027-01-01"},
    shown=price,
)
def change_price(request: HttpRequest, id: Path[PriceCode], body: PriceChangeIn) -> dict[str, str]:
    """From a day on; answers the id of what holds then."""
    by, at = actor_of(request), clock.now()
    rule = reading.rule(fields(body))
    changed = operations.change_price(by=by, at=at, price=id, rule=rule, valid_from=body.valid_from, source=body.source)
    return {"code": changed}


@area.change(
    "POST",
    "/prices/{id}/end",
    response={204: None},
    summary="End a price",
    example={"valid_until": "2027-07-01"},
    shown=price,
)
def end_price(request: HttpRequest, id: Path[PriceCode], body: SourcedEndIn) -> Status[None]:
    """Its last day is the day before."""
    operations.end_price(
        by=actor_of(request), at=clock.now(), price=id, valid_until=body.valid_until, source=body.source
    )
    return Status(204, None)


@area.change(
    "POST",
    "/prices/{id}/take-back",
    response={204: None},
    summary="Take back a price that has not begun",
    example={"valid_from": "2027-01-01"},
    shown=price,
)
def take_back_price(request: HttpRequest, id: Path[PriceCode], body: TakeBackIn) -> Status[None]:
    """What it would have ended goes on."""
    operations.take_back_price(by=actor_of(request), at=clock.now(), price=id, valid_from=body.valid_from)
    return Status(204, None)


def raise_in(body: PriceRaiseIn) -> Raise:
    """The raise that a body asks for."""
    return Raise(
        supplier=body.supplier,
        rate=Rate.percent(body.percent),
        since=body.valid_from,
        level=body.level,
        category=body.category or "",
        rounded_to=None if body.rounded_to is None else exact(body.rounded_to),
        less=exact(body.less or "0"),
    )


@area.change(
    "POST",
    "/price-raises",
    response={201: RaisedOut},
    summary="Raise prices by a percent",
    example={"supplier": "abc", "percent": "3.5", "rounded_to": "0.10", "valid_from": "2027-01-01"},
)
def raise_prices(request: HttpRequest, body: PriceRaiseIn) -> Status[dict[str, Any]]:
    """All of them or none. What was planned to begin later stays."""
    by, at = actor_of(request), clock.now()
    made = operations.raise_prices(by=by, at=at, how=raise_in(body), source=body.source)
    return Status(HTTPStatus.CREATED.value, {"reference": made.reference, "codes": list(made.codes)})


@area.list("/price-raises", item=RaiseOut, spec=register.RAISES, summary="List raises of prices")
def raises(request: HttpRequest) -> Found[RaiseRecord]:
    """Of suppliers that one administers; also those that were taken back."""
    viewer, at = actor_of(request), clock.now()
    return Found(lambda asked: register.raises(viewer=viewer, at=at, params=asked), _raise_out)


@area.one("/price-raises/{reference}", response=WholeRaiseOut, summary="One raise of prices")
def one_raise(request: HttpRequest, reference: Annotated[str, Path(max_length=32)]) -> dict[str, Any]:
    """With every price that it made another."""
    record, moves = register.raise_of(viewer=actor_of(request), at=clock.now(), reference=reference)
    return {**_raise_out(record), "moves": [_move_out(each) for each in moves]}


@area.change(
    "POST",
    "/price-raises/{reference}/take-back",
    response={204: None},
    summary="Take a whole raise back",
    example={"source": "The board decided against it"},
    shown=one_raise,
)
def take_back_raise(
    request: HttpRequest, reference: Annotated[str, Path(max_length=32)], body: RaiseBackIn
) -> Status[None]:
    """All of its prices or none, until it begins; what they would have ended goes on.

    With `changed_stay`, all but those that `moves` says stay.
    """
    operations.take_back_raise(
        by=actor_of(request),
        at=clock.now(),
        reference=reference,
        source=body.source,
        changed_stay=body.changed_stay,
    )
    return Status(HTTPStatus.NO_CONTENT.value, None)


# --- schemes -----------------------------------------------------------------------------------------------------------


@area.list("/schemes", item=SchemeOut, spec=register.SCHEMES, summary="List staff schemes", own=[ON])
def schemes(request: HttpRequest) -> Found[SchemeRecord]:
    """The staff schemes of a day of suppliers that one administers."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: register.schemes(viewer=viewer, at=at, on=on, params=asked), _scheme_out)


@area.one("/schemes/{id}", response=SchemeOut, summary="One staff scheme", parameters=[ON])
def scheme(request: HttpRequest, id: Path[Code]) -> dict[str, Any]:
    """As it is on the day."""
    on = listing.day(request, "on", default=clock.today())
    return _scheme_out(register.scheme(viewer=actor_of(request), at=clock.now(), on=on, code=id).record)


@area.list(
    "/schemes/{id}/versions",
    item=VersionOut[SchemeOut],
    spec=register.VERSIONS,
    summary="All versions of a staff scheme",
)
def scheme_versions(request: HttpRequest, id: Path[Code]) -> Found[Version]:
    """The latest knowledge first."""
    viewer, at = actor_of(request), clock.now()
    return Found(
        lambda asked: register.scheme_versions(viewer=viewer, at=at, code=id, params=asked),
        lambda found: version(found, _scheme_out(found.says)),
    )


_SCHEME = {
    "id": "abc-staff-2027",
    "supplier": "abc",
    "name": "ABC staff purchase 2027",
    "employers": ["abc"],
    "tenure_months": 3,
    "allowance_money": "600",
    "allowance_currency": "EUR",
    "valid_from": "2027-01-01",
}


@area.change("POST", "/schemes", response={201: MadeOut}, summary="Set up a staff scheme", example=_SCHEME)
def set_up_scheme(request: HttpRequest, body: SchemeIn) -> Status[dict[str, str]]:
    """No kind of work named: all; no employer: every company of the inside."""
    operations.set_up_scheme(
        by=actor_of(request), at=clock.now(), scheme=reading.scheme(fields(body)), source=body.source
    )
    return Status(HTTPStatus.CREATED.value, {"code": body.id})


@area.change(
    "PUT",
    "/schemes/{id}",
    response={204: None},
    summary="Change a staff scheme",
    example={**_SCHEME, "tenure_months": 6, "valid_from": "2027-07-01"},
    shown=scheme,
)
def change_scheme(request: HttpRequest, id: Path[Code], body: SchemeChangeIn) -> Status[None]:
    """From a day on, all of it anew. What was drawn counts on."""
    named = body.model_copy(update={"id": id})
    operations.change_scheme(
        by=actor_of(request),
        at=clock.now(),
        scheme=reading.scheme(fields(named)),
        valid_from=body.valid_from,
        source=body.source,
    )
    return Status(204, None)


@area.change(
    "POST",
    "/schemes/{id}/end",
    response={204: None},
    summary="End a staff scheme",
    example={"valid_until": "2028-01-01"},
    shown=scheme,
)
def end_scheme(request: HttpRequest, id: Path[Code], body: SourcedEndIn) -> Status[None]:
    """What was bought under it stays as it is."""
    operations.end_scheme(
        by=actor_of(request), at=clock.now(), scheme=id, valid_until=body.valid_until, source=body.source
    )
    return Status(204, None)


# --- tax rates ---------------------------------------------------------------------------------------------------------


@area.list("/tax-rates", item=TaxRateOut, spec=register.TAX_RATES, summary="List tax rates", own=[ON])
def tax_rates(request: HttpRequest) -> Found[TaxRecord]:
    """The rates of a day in sales of companies that one administers."""
    viewer, at, on = actor_of(request), clock.now(), listing.day(request, "on", default=clock.today())
    return Found(lambda asked: register.tax_rates(viewer=viewer, at=at, on=on, params=asked), _tax_out)


@area.list(
    "/tax-rates/versions",
    item=VersionOut[TaxRateOut],
    spec=register.VERSIONS,
    summary="All versions of a tax rate",
    own=_OF_TAX,
)
def tax_versions(request: HttpRequest) -> Found[Version]:
    """Of the `company` and `tax_code` that are asked for, the latest knowledge first."""
    viewer, at = actor_of(request), clock.now()
    key = ":".join(request.GET.get(name, "").replace("\0", "") for name in ("company", "tax_code"))
    return Found(
        lambda asked: register.tax_versions(viewer=viewer, at=at, key=key, params=asked),
        lambda found: version(found, _tax_out(found.says)),
    )


_TAX = {"company": "abc", "tax_code": "REDUCED", "percent": "9", "valid_from": "2027-01-01"}


@area.change("PUT", "/tax-rates", response={204: None}, summary="Set a tax rate", example=_TAX)
def set_tax_rate(request: HttpRequest, body: TaxRateIn) -> Status[None]:
    """From a day on; the rate before ends the day before."""
    operations.set_tax_rate(
        by=actor_of(request), at=clock.now(), rate=reading.tax_rate(fields(body)), source=body.source
    )
    return Status(204, None)


_TAX_END = {"company": "abc", "tax_code": "REDUCED", "valid_until": "2028-01-01"}


@area.change("POST", "/tax-rates/end", response={204: None}, summary="End a tax code", example=_TAX_END)
def end_tax_rate(request: HttpRequest, body: TaxEndIn) -> Status[None]:
    """From then on nothing of that code can be sold outside the company."""
    operations.end_tax_rate(
        by=actor_of(request),
        at=clock.now(),
        company=body.company,
        tax_code=body.tax_code,
        valid_until=body.valid_until,
        source=body.source,
    )
    return Status(204, None)


# --- as JSON -----------------------------------------------------------------------------------------------------------


def fields(body: BaseModel) -> Fields:
    """A body as the core reads rows of catalogue files."""
    return Fields(body.model_dump(mode="json"))


def unit_price_in(amount: AmountIn) -> UnitPrice:
    """An exact amount as it was sent."""
    return UnitPrice.of(number_in(amount.amount), amount.currency)


def _card(card: OfferingCard) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": card.name,
        "kind": card.kind.value,
        "supplier": party(card.supplier),
        "category": party(card.category),
        "family": party(card.family),
    }


def family_plain(found: FamilyView) -> dict[str, Any]:
    """A family with its variants, as the API says it."""
    return {
        "code": found.code,
        "name": found.name,
        "features": list(found.features),
        "variants": [
            {"code": each.code, "name": each.name, "choice": list(each.choice), "offered": each.offered}
            for each in found.variants
        ],
    }


def _detail(found: OfferingView) -> dict[str, Any]:
    outside = found.outside
    return {
        "code": found.code,
        "name": found.name,
        "description": found.description,
        "kind": found.kind.value,
        "supplier": party(found.supplier),
        "categories": [party(category) for category in found.categories],
        "outside": None
        if outside is None
        else {"price": unit_price(outside.price), "source": outside.source, "seen_on": outside.seen_on.isoformat()},
        "offered": found.offered,
        "plan": None if found.plan is None else plan(found.plan),
        "family": None if found.family is None else family_plain(found.family),
    }


def _managed(found: OfferingRecord) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "description": found.description,
        "supplier": party(found.supplier),
        "category": party(found.category),
        "kind": found.kind.value,
        "tax_code": found.tax_code,
        "offered": found.offered,
        "cost": None if found.cost is None else unit_price(found.cost),
        "plan": None if found.plan is None else plan_plain(found.plan),
        "benefit_kind": found.benefit_kind,
    }


def _value(method: Plain) -> str | None:
    """An amount in major units, or a percentage."""
    if method.value is None:
        return None
    if method.name in AMOUNTS:
        return str(unit_price(UnitPrice(method.value, as_currency(method.currency)))["amount"])
    return exact_text(method.value * 100)


def _of(minor: Fraction | None, currency: str) -> Any:
    return None if minor is None else unit_price(UnitPrice(minor, as_currency(currency)))


def _price_out(found: PriceRecord) -> dict[str, Any]:
    rule = found.rule
    floor = None if rule.floor is None else rule.floor.minimum
    method = plain(rule.method)
    credit = None if rule.credit is None else plain(rule.credit)
    return {
        "id": found.code,
        "level": rule.level.value,
        "supplier": party(found.supplier),
        "target_kind": rule.target.kind.value,
        "target": party(found.target),
        "customer": party(found.customer),
        "customer_kinds": sorted(kind.value for kind in rule.scope.kinds),
        "method": method.name.value,
        "value": _value(method),
        "currency": method.currency or None,
        "includes_tax": method.includes_tax,
        "base_price": _of(method.base, method.currency),
        "price_min": _of(method.low, method.currency),
        "price_max": _of(method.high, method.currency),
        "credit_method": None if credit is None else credit.name.value,
        "credit_value": None if credit is None else _value(credit),
        "credit_base": None if credit is None else _of(credit.base, credit.currency),
        "quantity_min": rule.quantity_min,
        "floor_at_cost": rule.floor is not None and rule.floor.at_cost,
        "floor_minimum": None if floor is None else unit_price(floor),
        "saving_max": None if rule.saving_max is None else unit_price(rule.saving_max),
        "scheme": rule.scheme,
        "source": found.source,
        **period(rule.period),
    }


def _raise_out(found: RaiseRecord) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "supplier": party(found.supplier),
        "level": found.level.value,
        "category": party(found.category),
        "percent": share(found.rate.fraction),
        "valid_from": found.since.isoformat(),
        "prices": found.prices,
        "made_at": found.made_at.isoformat(),
        "source": found.source,
        "taken_back_at": None if found.taken_back_at is None else found.taken_back_at.isoformat(),
    }


def _move_out(move: Move) -> dict[str, Any]:
    was, becomes = move.before.method, move.after.method
    assert isinstance(was, Fixed)  # no other is raised
    assert isinstance(becomes, Fixed)
    return {
        "before": move.before.id,
        "after": move.after.id,
        "was": unit_price(was.price),
        "becomes": unit_price(becomes.price),
        "stays": None if move.stays is None else reason(move.stays),
    }


def _scheme_out(found: SchemeRecord) -> dict[str, Any]:
    scheme: Scheme = found.scheme
    money = scheme.allowance_money
    return {
        "id": scheme.id,
        "name": scheme.name,
        "supplier": party(found.supplier),
        "work_kinds": sorted(kind.value for kind in scheme.work_kinds),
        "employers": sorted(scheme.employers),
        "tenure_months": scheme.tenure_months,
        "included": [_target(target) for target in scheme.included],
        "excluded": [_target(target) for target in scheme.excluded],
        "allowance_money": None if money is None else {"amount": money.amount, "currency": money.currency},
        "allowance_units": scheme.allowance_units,
        "allowance_measure": scheme.allowance_measure.value,
        "limits": [_limit(limit) for limit in scheme.limits],
        "lines_of_business": sorted(scheme.lines_of_business),
        "leaving_days": scheme.leaving_days,
        "closed_in": sorted(state.value for state in scheme.closed_in),
        "keep_days": scheme.keep_days,
        "repays_early": scheme.repays_early,
        "cooling_days": scheme.cooling_days,
        "given_to": sorted(each.value for each in scheme.given_to),
        "household": sorted(each.value for each in scheme.household),
        "source": found.source,
        **period(scheme.period),
    }


def _limit(limit: Limit) -> dict[str, Any]:
    money = limit.money
    return {
        "id": limit.id,
        "span": limit.span.value,
        "money": None if money is None else {"amount": money.amount, "currency": money.currency},
        "units": limit.units,
        "target": None if limit.target.kind is TargetKind.ALL else _target(limit.target),
        "each_item": limit.each_item,
        "days": limit.days or None,
        "carry_over": limit.carry_over,
        "pay_percent": None if limit.pay_share is None else decimal_text(limit.pay_share.percentage),
    }


def _target(target: Target) -> dict[str, str]:
    return {"kind": target.kind.value, "id": target.id}


def _tax_out(found: TaxRecord) -> dict[str, Any]:
    return {
        "company": party(found.company),
        "tax_code": found.tax_code,
        "percent": share(found.rate.fraction),
        "staff_minimum": found.staff_minimum.value,
        "source": found.source,
        **period(found.period),
    }
