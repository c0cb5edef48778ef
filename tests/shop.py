"""A small shop in the house of the cast: few prices, all round, so that every expected figure can be reckoned by head.

``given_the_house`` makes the group, its people, the shop and the books. The day is ``builders.AT``.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.test import Client

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind
from inward.core.pricing import (
    Cost,
    CostPlus,
    Fixed,
    Floor,
    Free,
    Level,
    Offering,
    OfferingKind,
    OutsidePrice,
    PercentOff,
    PriceRule,
    Scheme,
    Scope,
    Target,
    TargetKind,
    TaxRate,
    Wanted,
)
from inward.core.terms import Money, Period, Rate, UnitPrice
from inward.ledger import operations as ledger
from inward.trade import operations as trade
from inward.trade import queries
from tests.builders import AT, HOUSE, LONG_AGO, ON, PASSWORD
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, NORA, RATNA, SITI, TOR, acting, given_the_cast

EVER = Period(LONG_AGO, None)
STAFF_ALLOWANCE = Money.of("600.00", "EUR")


def eur(amount):
    return UnitPrice.of(amount, "EUR")


@dataclass(frozen=True)
class House:
    """The users of the cast, and how to come in as one of them."""

    users: dict

    def browser(self, part, **headers):
        """A client in which this part is signed in."""
        client = Client(headers=headers)
        assert client.login(username=part.code, password=PASSWORD)
        return client

    def actor(self, part, **more):
        return acting(self.users, part, **more)

    def order(self, part, *lines, customer=None, key="first", **more):
        """An order placed as this part; lines are (offering, pieces)."""
        by = self.actor(part, acting_for=customer)
        wanted = [Wanted(code, pieces) for code, pieces in lines]
        total = queries.quote_for(viewer=by, at=AT, lines=wanted).quote.total
        return trade.place_order(by=by, at=AT, lines=wanted, expected=total, key=key, **more)


def given_the_house():
    users = given_the_cast(MAYA, JONAS, TOR, INES, HENK, RATNA, LUCA, SITI, NORA)
    given_the_shop()
    for company in ("abc", "xyz", "jkl"):
        ledger.open_books(by=HOUSE, at=AT, company=company, currency="EUR")
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=Money.of("5000.00", "EUR"))
    return House(users)


def given_the_shop():
    """A coffee machine at 120.00 (staff 90.00, tax inside), widgets at 5.00 (sister 3.60), help that is free."""
    for code, name in (("coffee", "Coffee and tea"), ("widgets", "Widgets")):
        catalogue.place_category(by=HOUSE, at=AT, code=code, name=name)
    given_item("coffee-machine", "abc", "Coffee machine", "121.00", cost="60.00", category="coffee", includes_tax=True,
               outside=OutsidePrice(eur("124.00"), "Another shop", ON))  # fmt: skip
    given_item("widget-a", "xyz", "Widget A", "5.00", cost="3.00", category="widgets")
    given_item("help-hour", "abc-it", "An hour of help", "65.00", cost="42.00", tax_code="", kind=OfferingKind.SERVICE)
    catalogue.set_up_scheme(
        by=HOUSE, at=AT,
        scheme=Scheme("abc-staff", "abc", "ABC staff purchase", EVER, employers=frozenset({"abc"}), allowance_money=STAFF_ALLOWANCE),
    )  # fmt: skip
    for rule in (
        PriceRule(
            "staff-abc",
            Level.SCHEME,
            "abc",
            PercentOff(Rate(Fraction(1, 4))),
            period=EVER,
            floor=Floor(at_cost=True),
            scheme="abc-staff",
        ),
        PriceRule(
            "transfer-xyz",
            Level.RATE,
            "xyz",
            CostPlus(Rate(Fraction(1, 5))),
            scope=Scope(frozenset({Kind.AFFILIATE})),
            period=EVER,
        ),
        PriceRule("help-free", Level.RATE, "abc-it", Free(), scope=Scope(frozenset({Kind.DEPARTMENT})), period=EVER),
    ):
        catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    for company in ("abc", "xyz"):
        catalogue.set_tax_rate(by=HOUSE, at=AT, rate=TaxRate(company, "STANDARD", Rate(Fraction(21, 100)), EVER))


def given_item(
    code,
    supplier,
    name,
    price,
    *,
    cost,
    category="",
    tax_code="STANDARD",
    includes_tax=False,
    kind=OfferingKind.GOOD,
    outside=None,
):
    """An offering with its cost and its list price."""
    catalogue.offer_item(by=HOUSE, at=AT, offering=Offering(code, supplier, category, kind, tax_code, name, outside))
    catalogue.record_cost(by=HOUSE, at=AT, offering=code, price=Cost(code, eur(cost)).price, valid_from=LONG_AGO)
    given_list_price(code, supplier, price, includes_tax=includes_tax)


def given_list_price(code, supplier, price, *, includes_tax=False, key=""):
    rule = PriceRule(
        key or f"list-{code}",
        Level.LIST,
        supplier,
        Fixed(eur(price), includes_tax),
        Target(TargetKind.ITEM, code),
        period=EVER,
    )
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)


def change_price(code, supplier, price, *, includes_tax=False):
    """From today the list price is another one."""
    rule = PriceRule(
        f"list-{code}-2",
        Level.LIST,
        supplier,
        Fixed(eur(price), includes_tax),
        Target(TargetKind.ITEM, code),
        period=EVER,
    )
    catalogue.change_price(by=HOUSE, at=AT, price=f"list-{code}", rule=rule, valid_from=ON)
