"""quote(): the price of each line of a dealing, why this one and not the others, and what is left of the allowance."""

from collections.abc import Sequence
from datetime import date

from inward.core.classification import Household, World, classify
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import Customer
from inward.core.pricing.lines import LinePricer
from inward.core.pricing.quoted import NetPay, Quote, Used, Wanted
from inward.core.pricing.rules import Offering
from inward.core.pricing.taxing import TaxScope, tax_group
from inward.core.terms import Money, Reason, Refusal


def quote(
    *,
    world: World,
    book: PriceBook,
    supplier: str,
    customer: str,
    on: date,
    lines: Sequence[Wanted],
    used: Sequence[Used] = (),
    with_trace: bool = True,
    home: Household | None = None,
    net_pay: NetPay | None = None,
) -> Quote:
    """Price the lines for that customer on that day, or for somebody of her household (``home``, as ``home_of`` finds it);
    ``with_trace`` False leaves the traces empty, ``net_pay`` None limits by a share of pay aside. Refusal: unknown offering, an offering of another supplier, a
    quantity below one, no list price on that day, no lines.
    """
    if not lines:
        raise Refusal(Reason.of("lines_missing"))
    rule = world.definition_on(on)
    standing = classify(supplier=supplier, customer=customer, world=world, on=on, definition=rule)
    who = Customer.of(world=world, party=customer, standing=standing, on=on, home=home)
    allowances = Allowances.of(book, used, on=on, customer=who, net_pay=net_pay)
    pricer = LinePricer(book, who, allowances, with_trace=with_trace)
    priced = tuple(
        pricer.line(_offered(book, supplier, line, place), line.quantity, line.agreed)
        for place, line in enumerate(lines, 1)
    )
    currencies = sorted({line.gross.currency for line in priced})
    if len(currencies) > 1:
        raise Refusal(Reason.of("currencies_meet", currencies=", ".join(currencies)))
    currency = currencies[0]
    return Quote(
        standing=standing,
        lines=priced,
        net=Money(sum(line.net.minor for line in priced), currency),
        tax=Money(sum(line.tax.minor for line in priced), currency),
        total=Money(sum(line.gross.minor for line in priced), currency),
        allowances=allowances.drawn(),
        world_version=world.version,
        book_version=book.version,
        tax_scope=who.tax,
        tax_group=tax_group(world, standing, on) if who.tax is TaxScope.TAX_GROUP else None,
    )


def _offered(book: PriceBook, supplier: str, line: Wanted, place: int) -> Offering:
    """The offering that a line asks for. Refusal when it cannot be asked for so."""
    where = f"line {place}"
    offering = book.offerings.get(line.offering)
    if offering is None:
        raise Refusal(Reason.of("unknown_offering", id=line.offering), where=where)
    if offering.supplier != supplier:
        facts = {"offering": offering.name or offering.id, "supplier": offering.supplier}
        raise Refusal(Reason.of("offering_of_another_supplier", **facts), where=where)
    if line.quantity < 1:
        raise Refusal(Reason.of("quantity_below_one", quantity=line.quantity), where=where)
    return offering
