"""Small rules and purchases for tests of taxable benefit."""

from datetime import date

from inward.core.benefit import (
    Basis,
    By,
    Cap,
    Case,
    Exempts,
    Law,
    Over,
    Per,
    PriceShare,
    Purchase,
    Rule,
    Source,
    Tier,
    statement,
)
from inward.core.terms import Money, Period, Rate

SOURCE = Source("Revenue", "Act", "s. 1", "https://example.org/act", "high")
ON = date(2026, 3, 2)


def money(amount, currency="EUR"):
    return Money.of(str(amount), currency)


def cap(amount=100, *, per=Per.YEAR, over=Over.EXCESS, by=By.PERSON, borrows="", fact=""):
    return Cap(per, over, (Tier(money(amount), fact),), by, borrows)


def share(percent=20):
    return PriceShare(None if percent is None else Rate.percent(percent))


def rule(id_="main", *limits, rank=10, covers=("goods",), **more):
    given = {
        "jurisdiction": "XX",
        "bases": (Basis.PRICE,),
        "exempts": Exempts.WITHIN_LIMITS if limits else Exempts.NOTHING,
        "source": SOURCE,
        "currency": "EUR",
        "period": Period(),
    } | more
    return Rule(id=id_, rank=rank, covers=frozenset(covers), limits=limits, **given)


def law(*rules):
    return Law.of(rules or [rule("main", cap())])


def bought(id_="a", price=60, on=ON, paid=0, **more):
    values = more.pop("values", None) or {Basis.PRICE: money(price)}
    return Purchase(id_, on, values, money(paid), **more)


def case(*purchases, **more):
    return Case(purchases, **more)


def told(law_, *purchases, year=2026, as_of=None, **more):
    """(exempt, taxable) of every line in order of time."""
    found = statement(law=law_, year=year, case=Case(purchases, **more), as_of=as_of)
    return {line.purchase: (line.exempt.amount, line.taxable.amount) for line in found.lines}
