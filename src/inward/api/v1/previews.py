"""What a change would do, before it is made: the same body as the change, to the same path below ``/previews``, by POST.

The change is rehearsed and undone, so that it is refused here as it would be there; then what it brings with it is reckoned
in memory, as the office shows it before saving. Nothing is written, and a token that only reads is enough.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from inward.api.auth import actor_of
from inward.api.calls import Area, View, bounded_as
from inward.api.v1 import catalogue, comparables, definitions, events, households, ownership, parties, states
from inward.api.v1.catalogue import PriceIn, SchemeIn
from inward.api.v1.schemas import Asked as Closed
from inward.api.v1.schemas import Code, MoneyOut, PartyOut, ReasonOut, money, number_in, party, period, reason
from inward.catalogue import queries as known_catalogue
from inward.core.classification import (
    STRICT_MAJORITY,
    Definition,
    PersonTurned,
    Supposed,
    Turned,
    World,
    definition_from,
    redefined,
)
from inward.core.pricing import Cost, PriceRule, Scheme, reading
from inward.core.pricing.revising import (
    Change,
    ComparableEnds,
    CostFrom,
    ItemChanged,
    NewComparable,
    NewPrice,
    NewScheme,
    PriceEnds,
    PriceFrom,
    PricesRaised,
    SchemeEnds,
    SchemeFrom,
    TaxFrom,
)
from inward.core.terms import Money, Period
from inward.kit import clock
from inward.kit.rehearsing import rehearsed
from inward.parties import definitions as known_definitions
from inward.parties import households as known_households
from inward.parties import queries as known_parties
from inward.parties import reorganising, supposing, veil
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade.previews import OrdersTried, price_preview
from inward.trade.programmes import GroupBeside, GroupTried, ProgrammeTried, beside
from inward.trade.supposed import Consequences, Tried, consequences
from inward.trade.trying import Asked, Compared

parties_area = Area("parties", tag="previews")
catalogue_area = Area("catalogue", tag="previews")


class CompaniesTurnOut(Schema):
    """Pairs of companies that become outside or inside for some days: how many, and the first of them by code."""

    valid_from: str | None = None
    valid_until: str | None = None
    outside: int
    inside: int
    pairs_outside: list[list[PartyOut]]
    pairs_inside: list[list[PartyOut]]


class PersonTurnsOut(Schema):
    """A person who is another kind of customer to these companies for some days."""

    person: PartyOut
    companies: list[PartyOut]
    valid_from: str | None = None
    valid_until: str | None = None
    before: str
    after: str


class OrdersAskedOut(Schema):
    """Orders of the last 90 days asked again: how many, how many would have another verdict, how many another price.

    `few`: fewer than three people placed some of them for themselves; those are not counted.
    """

    asked: int
    other_verdict: int
    other_price: int
    more: bool
    few: bool


class PurposeTurnOut(CompaniesTurnOut):
    """Pairs of companies that turn for a purpose that has a rule of its own."""

    purpose: str


class ConsequencesOut(Schema):
    """Who would become inside or outside, and what orders of late would have been; `orders` is null where nobody does.

    `cut` where not every day or person could be looked at.
    """

    companies: list[CompaniesTurnOut]
    people: list[PersonTurnsOut]
    orders: OrdersAskedOut | None = None
    also: list[PurposeTurnOut] = Field(
        default=[], description="Who turns by the rules of books and tax, where they have one."
    )
    cut: bool


class AskedPriceOut(Schema):
    """A price and the rule that gives it, or why there is none."""

    price: MoneyOut | None = None
    includes_tax: bool | None = None
    rule: str
    why_not: ReasonOut | None = None


class TriedPriceOut(Schema):
    """An offering for a typical customer: today, and on the first day of the change."""

    offering: PartyOut
    buyer: str
    customer: PartyOut
    quantity: int
    today: AskedPriceOut
    then: AskedPriceOut
    difference: MoneyOut | None = None
    changes: bool


class TriedOrdersOut(Schema):
    """Order lines of late of one kind of customer, priced anew, with tax; `unpriced` are in no sum."""

    kind: str
    lines: int
    unpriced: int
    today: MoneyOut | None = None
    then: MoneyOut | None = None


class GroupTriedOut(Schema):
    """What people of one kind of work paid, and would have; null for kinds of few people together."""

    work_kind: str | None = None
    people: int
    orders: int
    paid: MoneyOut
    would: MoneyOut
    difference: MoneyOut
    saving: MoneyOut
    below_cost: MoneyOut


class ProgrammeTriedOut(Schema):
    """A scheme as if it had held for a year. Orders that could not be placed any more, or of too few people, are in no sum.

    `by_scheme` is null where the scheme had priced for too few people to tell.
    """

    since: str
    orders: int
    by_scheme: int | None = None
    unpriced: int
    kept_back: int
    more_orders: bool
    groups: list[GroupTriedOut]


class SchemesBesideIn(Closed):
    """Two schemes of one supplier, by id."""

    one: Code
    other: Code


class SideSumsOut(Schema):
    """What a group would have paid under one scheme, and what it would have cost the company."""

    would: MoneyOut
    saving: MoneyOut
    below_cost: MoneyOut


class GroupBesideOut(Schema):
    """People of one kind of work under each of the two, in the order asked; null for kinds of few people, or all, together."""

    work_kind: str | None = None
    people: int
    orders: int
    paid: MoneyOut
    sides: list[SideSumsOut]


class SchemesBesideOut(Schema):
    """Two schemes tried on the orders of a year; `together` sums the groups of a currency. The rest as for one scheme."""

    since: str
    schemes: list[str]
    orders: int
    by_scheme: list[int | None]
    unpriced: int
    kept_back: int
    more_orders: bool
    groups: list[GroupBesideOut]
    together: list[GroupBesideOut]


class PricePreviewOut(Schema):
    """What a change would do to prices. `offerings` are touched, `shown` of them tried; `more_orders`: only the newest were."""

    on: str
    then: str
    offerings: int
    shown: int
    prices: list[TriedPriceOut]
    orders: list[TriedOrdersOut]
    more_orders: bool
    programme: ProgrammeTriedOut | None = None


def _preview(
    area: Area, path: str, *, of: View, response: type[Schema], summary: str, example: Any, told: Callable[..., Any]
) -> None:
    """Offer the preview of a change. ``told`` is called as the view of the change is, and says what it would do."""

    @wraps(of)
    def asked(request: HttpRequest, **values: Any) -> Any:
        rehearsed(partial(of, request, **values))
        return told(request, **values)

    asked.__module__ = __name__
    area.ask(f"/previews{path}", response=response, summary=summary, example=example)(bounded_as(of, asked))


# --- the organisation --------------------------------------------------------------------------------------------------


def _record_holding(body: parties.HoldingIn) -> Supposed:
    return supposing.holding_recorded(
        owner=body.owner,
        owned=body.owned,
        **parties.shares(body),
        period=Period(body.valid_from, body.valid_until),
    )


def _change_holding(body: parties.HoldingChangeIn, code: str) -> Supposed:
    return supposing.holding_changed(
        known_parties.world(),
        holding=code,
        **parties.shares(body),
        valid_from=body.valid_from,
    )


def _end_holding(body: parties.DatedEndIn, code: str) -> Supposed:
    return supposing.holding_ended(known_parties.world(), holding=code, valid_until=body.valid_until)


def _record_right(body: ownership.RightIn) -> Supposed:
    return supposing.right_recorded(
        target=body.target,
        kind=body.kind,
        holder=body.holder,
        agreement=body.agreement,
        over=body.over,
        period=Period(body.valid_from, body.valid_until),
    )


def _end_right(body: parties.EvidencedEndIn, code: str) -> Supposed:
    return supposing.right_ended(known_parties.world(), right=code, valid_until=body.valid_until)


def _record_class(body: ownership.ShareClassIn) -> Supposed:
    period = Period(body.valid_from, body.valid_until)
    return supposing.share_class_recorded(company=body.company, period=period, **ownership.amounts(body))


def _correct_class(body: ownership.ShareClassCorrectionIn, code: str) -> Supposed:
    return supposing.share_class_corrected(
        known_parties.world(), share_class=code, valid_until=body.valid_until, **ownership.amounts(body)
    )


def _change_class(body: ownership.ShareClassChangeIn, code: str) -> Supposed:
    return supposing.share_class_changed(
        known_parties.world(), share_class=code, valid_from=body.valid_from, **ownership.amounts(body)
    )


def _record_shares(body: ownership.ShareholdingIn) -> Supposed:
    return supposing.shareholding_recorded(
        owner=body.owner,
        share_class=body.share_class,
        shares=number_in(body.shares),
        period=Period(body.valid_from, body.valid_until),
    )


def _change_shares(body: ownership.ShareholdingChangeIn, code: str) -> Supposed:
    return supposing.shareholding_changed(
        known_parties.world(), shareholding=code, shares=number_in(body.shares), valid_from=body.valid_from
    )


def _end_shares(body: parties.EvidencedEndIn, code: str) -> Supposed:
    return supposing.shareholding_ended(known_parties.world(), shareholding=code, valid_until=body.valid_until)


def _start_work(body: parties.WorkIn) -> Supposed:
    return supposing.work_started(
        person=body.person,
        company=body.company,
        kind=body.kind,
        unit=body.unit,
        line_of_business=body.line_of_business,
        period=Period(body.valid_from, body.valid_until),
    )


def _move_work(body: parties.WorkMoveIn, code: str) -> Supposed:
    return supposing.work_moved(
        known_parties.world(),
        work=code,
        kind=body.kind,
        unit=body.unit,
        line_of_business=body.line_of_business,
        valid_from=body.valid_from,
    )


def _end_work(body: parties.DatedEndIn, code: str) -> Supposed:
    return supposing.work_ended(known_parties.world(), work=code, valid_until=body.valid_until)


def _note_state(body: states.WorkStateIn, code: str) -> Supposed:
    days = Period(body.valid_from, body.valid_until)
    here = known_parties.world()
    return supposing.state_noted(here, person=code, company=body.company, state=body.state, period=days)


def _end_state(body: states.WorkStateEndIn, code: str) -> Supposed:
    here = known_parties.world()
    return supposing.state_ended(
        here, person=code, company=body.company, state=body.state, valid_until=body.valid_until
    )


def _standing(suppose: Callable[..., Supposed]) -> Callable[..., dict[str, Any]]:
    def told(_request: HttpRequest, **values: Any) -> dict[str, Any]:
        return _consequences(consequences(suppose(**values), at=clock.now()))

    return told


_SHARE: dict[str, Any] = {"owner": "jkl", "owned": "fjord", "votes": "75", "valid_from": "2026-01-01"}
_LESS = {"votes": "40", "valid_from": "2026-07-01"}
_LAST = {"valid_until": "2026-12-01"}
_JOB = {"person": "lena-berg", "company": "abc", "kind": "FULL_TIME", "valid_from": "2026-09-01"}
_LEAVE = {"company": "abc", "state": "UNPAID_LEAVE", "valid_from": "2027-03-01"}
_BACK = {"company": "abc", "state": "UNPAID_LEAVE", "valid_until": "2027-05-01"}
_MOVE = {"kind": "PART_TIME", "valid_from": "2027-02-01"}
_CLASS = {"code": "fjord-a", "company": "fjord", "name": "A", "issued": "1000", "votes_each": "10"}
_ISSUE = {"issued": "1200", "votes_each": "1", "dividend_each": "1", "valid_from": "2026-07-01"}
_FEWER = {"issued": "900", "votes_each": "10", "dividend_each": "1"}
_HELD = {"owner": "jkl", "share_class": "fjord-a", "shares": "600", "valid_from": "2026-01-01"}
_SOLD = {"shares": "500", "valid_from": "2026-07-01"}
_POWER = {"target": "fjord", "kind": "CONTRACT", "holder": "jkl", "valid_from": "2026-01-01"}
for _path, _of, _suppose, _what, _example in (
    ("/holdings", parties.record_holding, _record_holding, "recording an ownership share", _SHARE),
    ("/holdings/{code}", parties.change_holding, _change_holding, "changing an ownership share", _LESS),
    ("/holdings/{code}/end", parties.end_holding, _end_holding, "ending an ownership share", _LAST),
    ("/share-classes", ownership.record_share_class, _record_class, "recording a share class", _CLASS),
    ("/share-classes/{code}", ownership.correct_share_class, _correct_class, "correcting a share class", _FEWER),
    ("/share-classes/{code}/change", ownership.change_share_class, _change_class, "changing a share class", _ISSUE),
    ("/shareholdings", ownership.record_shareholding, _record_shares, "recording shares of a class", _HELD),
    (
        "/shareholdings/{code}",
        ownership.change_shareholding,
        _change_shares,
        "changing how many shares are held",
        _SOLD,
    ),
    ("/shareholdings/{code}/end", ownership.end_shareholding, _end_shares, "ending shares that are held", _LAST),
    ("/control-rights", ownership.record_right, _record_right, "recording a power", _POWER),
    ("/control-rights/{code}/end", ownership.end_right, _end_right, "ending a power", _LAST),
    ("/work-relationships", parties.start_work, _start_work, "recording that somebody works", _JOB),
    ("/work-relationships/{code}", parties.move_work, _move_work, "changing how somebody works", _MOVE),
    ("/work-relationships/{code}/end", parties.end_work, _end_work, "the end of somebody's work", _LAST),
    ("/people/{code}/work-states", states.note_work_state, _note_state, "a state of somebody's work", _LEAVE),
    ("/people/{code}/work-states/end", states.end_work_state, _end_state, "the end of a state", _BACK),
):
    _preview(
        parties_area,
        _path,
        of=_of,
        response=ConsequencesOut,
        summary=f"What {_what} would do",
        example=_example,
        told=_standing(_suppose),
    )


def _reorganised(body: events.EventIn) -> Supposed:
    """A new name makes nobody stand elsewhere."""
    asked, world = events.asked_for(body), known_parties.world()
    plan = reorganising.planned(world, asked, others=known_parties.told_by_others(asked.source))
    return reorganising.supposed(world, asked, plan)


_preview(
    parties_area,
    "/reorganisations",
    of=events.reorganise,
    response=ConsequencesOut,
    summary="What a merger or reorganisation would do",
    example={"kind": "MERGER", "day": "2027-01-01", "party": "abc-shop-harbour", "into": "abc-shop-centre"},
    told=_standing(_reorganised),
)


# --- inside rules ------------------------------------------------------------------------------------------------------


class RedefinedOut(Schema):
    """Two companies that get another verdict."""

    one: PartyOut
    other: PartyOut
    before: str
    after: str


class RedefinitionOut(Schema):
    """Which companies get another verdict on the day, of how many pairs; `more`: there were too many companies to ask all."""

    on: date
    pairs: list[RedefinedOut]
    asked: int
    more: bool


def _written(body: definitions.DefinitionIn, **path: str) -> dict[str, Any]:
    """Beside what the rule says on that day; a new one beside the usual rule that ships."""
    on = body.valid_from or clock.today()
    known = known_definitions.known()
    before = known_definitions.found(path["code"], on=on) if path.get("code") in known.names else STRICT_MAJORITY
    return _redefined(before, definition_from({**body.body, "id": path.get("code", "preview")}), on)


def _chosen(body: definitions.ChoiceIn, code: str) -> dict[str, Any]:
    on = body.valid_from or clock.today()
    return _redefined(known_definitions.deciding(body.purpose, on=on), known_definitions.found(code, on=on), on)


def _unchosen(body: definitions.ChoiceEndIn, **_path: str) -> dict[str, Any]:
    on = body.valid_until
    after = None if body.purpose is Purpose.TAX else STRICT_MAJORITY
    return _redefined(known_definitions.deciding(body.purpose, on=on), after, on)


def _redefined(before: Definition | None, after: Definition | None, on: date) -> dict[str, Any]:
    world = known_parties.world()
    found = redefined(world, before=before, after=after, on=on)
    return {
        "on": on,
        "asked": found.asked,
        "more": found.cut,
        "pairs": [
            {
                "one": _named(each.one, world),
                "other": _named(each.other, world),
                "before": each.before.value,
                "after": each.after.value,
            }
            for each in found.changes
        ],
    }


def _rules(tell: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def told(_request: HttpRequest, **values: Any) -> dict[str, Any]:
        return tell(**values)

    return told


_QUARTER: dict[str, Any] = {
    "name": "A quarter of the votes",
    "body": {"basis": "votes", "threshold": "25", "operator": ">="},
}
for _path, _of, _tell, _what, _sample in (
    ("/definitions", definitions.write_definition, _written, "an inside rule", {"code": "quarter", **_QUARTER}),
    ("/definitions/{code}", definitions.change_definition, _written, "changing an inside rule", _QUARTER),
    (
        "/definitions/{code}/choose",
        definitions.choose_definition,
        _chosen,
        "choosing an inside rule",
        {"purpose": "TAX", "valid_from": "2027-01-01"},
    ),
    (
        "/definitions/{code}/end",
        definitions.end_choice,
        _unchosen,
        "ending a choice of an inside rule",
        {"purpose": "TAX", "valid_until": "2028-01-01"},
    ),
):
    _preview(
        parties_area,
        _path,
        of=_of,
        response=RedefinitionOut,
        summary=f"What {_what} would change between companies",
        example=_sample,
        told=_rules(_tell),
    )


# --- households --------------------------------------------------------------------------------------------------------


def _declare_household(body: households.HouseholdIn, _request: HttpRequest) -> Supposed:
    return _declared(body, body.person, body.member)


def _correct_household(body: households.HouseholdSaidIn, request: HttpRequest, code: str) -> Supposed:
    world = known_parties.world(purpose=Purpose.PRICE)
    serves, served = Purpose.PRICE in body.purposes, any(home.id == code for home in world.households)
    if serves and not served:
        record = known_households.sheet(viewer=actor_of(request), at=clock.now(), code=code).record
        return _declared(body, record.person.code, record.member.code)
    tie, days = body.tie if serves else None, Period(body.valid_from, body.valid_until)
    return supposing.household_corrected(world, household=code, tie=tie, period=days)


def _end_household(body: parties.DatedEndIn, _request: HttpRequest, code: str) -> Supposed:
    world = known_parties.world(purpose=Purpose.PRICE)
    return supposing.household_ended(world, household=code, valid_until=body.valid_until)


def _take_back_household(body: parties.SourceIn, _request: HttpRequest, code: str) -> Supposed:
    return supposing.household_taken_back(known_parties.world(purpose=Purpose.PRICE), household=code)


def _declared(body: households.HouseholdSaidIn, person: str, member: str) -> Supposed:
    """What it gives for prices; nothing where it is not declared for them."""
    if Purpose.PRICE not in body.purposes:
        return Supposed()
    days = Period(body.valid_from, body.valid_until)
    return supposing.household_declared(person=person, member=member, tie=body.tie, period=days)


def _at_home(suppose: Callable[..., Supposed]) -> Callable[..., dict[str, Any]]:
    def told(request: HttpRequest, body: Any, **path: str) -> dict[str, Any]:
        return _consequences(consequences(suppose(body, request, **path), at=clock.now()))

    return told


_HOME = {
    "person": "maya-lund",
    "member": "erik-lund",
    "tie": "SPOUSE",
    "purposes": ["PRICE"],
    "valid_from": "2026-01-01",
}
_TIED = {"tie": "PARTNER", "purposes": ["PRICE"], "valid_from": "2026-01-01"}
for _path, _of, _change_home, _what, _home in (
    ("/households", households.declare, _declare_household, "recording a household member", _HOME),
    ("/households/{code}", households.correct, _correct_household, "correcting a household", _TIED),
    ("/households/{code}/end", households.end, _end_household, "ending a household", {"valid_until": "2027-06-01"}),
    (
        "/households/{code}/take-back",
        households.take_back,
        _take_back_household,
        "taking a household back",
        {"source": ""},
    ),
):
    _preview(
        parties_area,
        _path,
        of=_of,
        response=ConsequencesOut,
        summary=f"What {_what} would do to prices",
        example=_home,
        told=_at_home(_change_home),
    )


# --- prices ------------------------------------------------------------------------------------------------------------


def _describe(body: catalogue.OfferingChangeIn, code: str) -> Change:
    known = known_catalogue.price_book().offerings[code]
    return ItemChanged(replace(known, name=body.name, category=body.category or "", tax_code=body.tax_code))


def _cost(body: catalogue.CostIn, code: str) -> Change:
    return CostFrom(Cost(code, catalogue.unit_price_in(body.cost), Period(body.valid_from, None)))


def _rule(body: PriceIn) -> PriceRule:
    return reading.rule(catalogue.fields(body))


def _scheme(body: SchemeIn) -> Scheme:
    return reading.scheme(catalogue.fields(body))


def _scheme_from(body: catalogue.SchemeChangeIn, scheme: str) -> Change:
    return SchemeFrom(_scheme(body.model_copy(update={"id": scheme})), body.valid_from)


def _prices(change: Callable[..., Change]) -> Callable[..., dict[str, Any]]:
    def told(request: HttpRequest, body: Any, **path: str) -> dict[str, Any]:
        return _price_preview(request, change(body, *path.values()))

    return told


_ITEM: dict[str, Any] = {
    "name": "Tea pot, 1 l",
    "description": "Cast iron.",
    "category": "coffee",
    "tax_code": "STANDARD",
}
_COST: dict[str, Any] = {"cost": {"amount": "12.40", "currency": "EUR"}, "valid_from": "2026-12-01"}
_PRICE: dict[str, Any] = {
    "id": "list-tea-pot",
    "level": "LIST",
    "supplier": "abc",
    "target_kind": "ITEM",
    "target": "tea-pot",
    "method": "FIXED",
    "value": "19.90",
    "currency": "EUR",
    "valid_from": "2026-12-01",
}
_SCHEME: dict[str, Any] = {
    "id": "abc-staff-2027",
    "supplier": "abc",
    "name": "ABC staff purchase 2027",
    "employers": ["abc"],
    "allowance_money": "600",
    "allowance_currency": "EUR",
    "valid_from": "2027-01-01",
}
_TAX: dict[str, Any] = {"company": "abc", "tax_code": "REDUCED", "percent": "9", "valid_from": "2027-01-01"}
for _path, _of, _change, _what, _example in (
    ("/catalogue/offerings/{code}", catalogue.change_offering, _describe, "saying anew what is offered", _ITEM),
    ("/catalogue/offerings/{code}/cost", catalogue.record_cost, _cost, "another cost", _COST),
    ("/prices", catalogue.set_price, lambda body: NewPrice(_rule(body)), "a new price", _PRICE),
    (
        "/prices/{id}",
        catalogue.change_price,
        lambda body, price: PriceFrom(price, _rule(body), body.valid_from),
        "changing a price",
        _PRICE,
    ),
    (
        "/prices/{id}/end",
        catalogue.end_price,
        lambda body, price: PriceEnds(price, body.valid_until),
        "ending a price",
        _LAST,
    ),
    (
        "/price-raises",
        catalogue.raise_prices,
        lambda body: PricesRaised(catalogue.raise_in(body)),
        "raising prices",
        {"supplier": "abc", "percent": "3.5", "rounded_to": "0.10", "valid_from": "2027-01-01"},
    ),
    (
        "/comparables",
        comparables.note_comparable,
        lambda body: NewComparable(comparables.comparable_in(body)),
        "noting a comparable sale",
        comparables.EXAMPLE,
    ),
    (
        "/comparables/{id}/end",
        comparables.end_comparable,
        lambda body, code: ComparableEnds(code, body.valid_until),
        "ending a comparable sale",
        _LAST,
    ),
    ("/schemes", catalogue.set_up_scheme, lambda body: NewScheme(_scheme(body)), "a new staff scheme", _SCHEME),
    ("/schemes/{id}", catalogue.change_scheme, _scheme_from, "changing a staff scheme", _SCHEME),
    (
        "/schemes/{id}/end",
        catalogue.end_scheme,
        lambda body, scheme: SchemeEnds(scheme, body.valid_until),
        "ending a staff scheme",
        _LAST,
    ),
    (
        "/tax-rates",
        catalogue.set_tax_rate,
        lambda body: TaxFrom(reading.tax_rate(catalogue.fields(body))),
        "setting a tax rate",
        _TAX,
    ),
):
    _preview(
        catalogue_area,
        _path,
        of=_of,
        response=PricePreviewOut,
        summary=f"What {_what} would do",
        example=_example,
        told=_prices(_change),
    )


@catalogue_area.ask(
    "/scheme-comparisons",
    response=SchemesBesideOut,
    summary="Try two schemes side by side",
    example={"one": "abc-staff", "other": "jkl-family"},
)
def schemes_beside(request: HttpRequest, body: SchemesBesideIn) -> dict[str, Any]:
    """On what people bought for themselves in the last year, as if each alone of the two had held; nobody is named."""
    found = beside(viewer=actor_of(request), at=clock.now(), one=body.one, other=body.other)
    return {
        "since": found.since.isoformat(),
        "schemes": list(found.schemes),
        "orders": found.orders,
        "by_scheme": list(found.by_scheme),
        "unpriced": found.unpriced,
        "kept_back": found.kept_back,
        "more_orders": found.cut,
        "groups": [_group_beside(each) for each in found.groups],
        "together": [_group_beside(each) for each in found.together],
    }


# --- as JSON -----------------------------------------------------------------------------------------------------------


def _consequences(found: Consequences) -> dict[str, Any]:
    return {
        "companies": [_companies(turned, found.before) for turned in found.turned.companies],
        "people": [
            _person(turned, found.before) for turned in found.turned.people if turned.person not in veil.closed()
        ],
        "orders": None if found.orders is None else _asked_again(found.orders),
        "also": [{"purpose": purpose.value, **_companies(turned, found.before)} for purpose, turned in found.also],
        "cut": found.turned.cut,
    }


def _companies(turned: Turned, world: World) -> dict[str, Any]:
    return {
        **period(turned.period),
        "outside": turned.outside,
        "inside": turned.inside,
        "pairs_outside": [[_named(code, world) for code in pair] for pair in turned.named_outside],
        "pairs_inside": [[_named(code, world) for code in pair] for pair in turned.named_inside],
    }


def _person(turned: PersonTurned, world: World) -> dict[str, Any]:
    return {
        "person": _named(turned.person, world),
        "companies": [_named(code, world) for code in turned.companies],
        **period(turned.period),
        "before": turned.before.value,
        "after": turned.after.value,
    }


def _asked_again(orders: Tried) -> dict[str, Any]:
    return {
        "asked": orders.orders,
        "other_verdict": orders.verdicts,
        "other_price": orders.prices,
        "more": orders.cut,
        "few": orders.few,
    }


def _named(code: str, world: World) -> dict[str, str] | None:
    return party(Named(veil.code(code), veil.name(code, world.names.get(code, code))))


def _price_preview(request: HttpRequest, change: Change) -> dict[str, Any]:
    found = price_preview(viewer=actor_of(request), at=clock.now(), change=change)
    names = {code: offering.name or code for code, offering in found.after.offerings.items()}
    return {
        "on": found.on.isoformat(),
        "then": found.then.isoformat(),
        "offerings": found.offerings,
        "shown": found.shown,
        "prices": [_tried_price(each, names[each.offering]) for each in found.rows],
        "orders": [_tried_orders(each) for each in found.orders],
        "more_orders": found.orders_cut,
        "programme": _programme(found.programme),
    }


def _tried_price(each: Compared, name: str) -> dict[str, Any]:
    return {
        "offering": {"code": each.offering, "name": name},
        "buyer": each.buyer.value,
        "customer": {"code": veil.code(each.customer), "name": known_parties.name_of(each.customer)},
        "quantity": each.quantity,
        "today": _asked_price(each.before),
        "then": _asked_price(each.after),
        "difference": _money(each.difference),
        "changes": each.changes,
    }


def _asked_price(asked: Asked) -> dict[str, Any]:
    return {
        "price": _money(asked.price),
        "includes_tax": None if asked.line is None else asked.line.includes_tax,
        "rule": asked.rule,
        "why_not": None if asked.why_not is None else reason(asked.why_not),
    }


def _programme(tried: ProgrammeTried | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    return {
        "since": tried.since.isoformat(),
        "orders": tried.orders,
        "by_scheme": tried.by_scheme,
        "unpriced": tried.unpriced,
        "kept_back": tried.kept_back,
        "more_orders": tried.cut,
        "groups": [_group(each) for each in tried.groups],
    }


def _group_beside(each: GroupBeside) -> dict[str, Any]:
    return {
        "work_kind": None if each.kind is None else each.kind.value,
        "people": each.people,
        "orders": each.orders,
        "paid": money(each.paid),
        "sides": [
            {"would": money(side.would), "saving": money(side.saving), "below_cost": money(side.below_cost)}
            for side in each.sides
        ],
    }


def _group(each: GroupTried) -> dict[str, Any]:
    return {
        "work_kind": None if each.kind is None else each.kind.value,
        "people": each.people,
        "orders": each.orders,
        "paid": money(each.paid),
        "would": money(each.would),
        "difference": money(each.difference),
        "saving": money(each.saving),
        "below_cost": money(each.below_cost),
    }


def _tried_orders(each: OrdersTried) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "lines": each.lines,
        "unpriced": each.unpriced,
        "today": _money(each.today),
        "then": _money(each.then),
    }


def _money(amount: Money | None) -> dict[str, str] | None:
    return None if amount is None else money(amount)
