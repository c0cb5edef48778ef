"""A company goes up in a sister: from that day the sister sells what it sold, at the prices it asked, in its own books."""

from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import INES
from tests.shop import EVER

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind, causes, classify, history
from inward.core.pricing import TaxRate, Wanted
from inward.core.terms import Money, Rate, Refusal
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind
from inward.trade import operations as trade
from inward.trade import queries

LATER = AT + timedelta(hours=1)
WANTED = [Wanted("widget-a", 10)]


def merged(source, target, day=ON, at=LATER):
    asked = Reorganisation(EventKind.MERGER, day, source=source, target=target)
    return parties.reorganise(by=HOUSE, at=at, asked=asked)


def stood(supplier, customer, day=ON, world=None):
    found = classify(supplier=supplier, customer=customer, world=world or known.world(), on=day)
    return found.kind, found.supplier_company, found.customer_company, [ground.code for ground in found.grounds]


def sold_by(reference):
    return [entry.company.code for entry in books.entries_of(viewer=HOUSE, at=LATER, reference=reference)]


def test_the_sister_pays_the_price_she_paid_and_buys_from_whoever_took_over(house):
    before = house.order(INES, ("widget-a", 10), customer="abc")
    ledger.open_books(by=HOUSE, at=AT, company="harbour", currency="EUR")
    event = merged("xyz", "harbour")
    assert stood("xyz", "abc", ON - timedelta(days=1))[:3] == (Kind.AFFILIATE, "xyz", "abc")
    assert stood("xyz", "abc") == (Kind.AFFILIATE, "harbour", "abc", ["succeeded", "holds", "holds"])
    assert stood("abc", "xyz") == (Kind.AFFILIATE, "abc", "harbour", ["succeeded", "holds", "holds"])
    assert stood("xyz", "harbour")[:3] == (Kind.DEPARTMENT, "harbour", "harbour")
    assert stood("xyz", "nora-quistgaard")[0] is Kind.OUTSIDE

    by = house.actor(INES, acting_for="abc", at=LATER)
    with pytest.raises(Refusal) as refused:
        queries.quote_for(viewer=by, at=LATER, lines=WANTED)
    assert refused.value.reason.code == "tax_rate_missing", "tax is owed by whoever sells, by rates of her own"
    rate = TaxRate("harbour", "STANDARD", Rate(Fraction(21, 100)), EVER)
    catalogue.set_tax_rate(by=HOUSE, at=LATER, rate=rate)
    quoted = queries.quote_for(viewer=by, at=LATER, lines=WANTED).quote
    after = trade.place_order(by=by, at=LATER, lines=WANTED, expected=quoted.total, key="after")
    old, new = (queries.order(viewer=HOUSE, at=LATER, reference=each.reference) for each in (before, after))
    assert (new.supplier_company.code, old.supplier_company.code) == ("harbour", "xyz")
    assert new.row.total == old.row.total == Money.of("43.56", "EUR")
    assert (sold_by(before.reference), sold_by(after.reference)) == (["xyz", "abc"], ["harbour", "abc"])

    parties.undo_reorganisation(by=HOUSE, at=LATER + timedelta(hours=1), event=event)
    assert stood("xyz", "abc")[:3] == (Kind.AFFILIATE, "xyz", "abc")
    then = known.world(known_at=LATER + timedelta(minutes=1))
    assert stood("xyz", "abc", world=then)[1] == "harbour", "what was believed then stands as it was believed"


def test_who_took_over_may_go_up_in_another_and_nothing_goes_round(house):
    merged("xyz", "harbour", ON)
    merged("harbour", "abc", ON + timedelta(days=10))
    steps = [stood("xyz", "fjord", ON + timedelta(days=days))[1] for days in (-1, 0, 9, 10)]
    assert steps == ["xyz", "harbour", "harbour", "abc"]
    merged("abc", "xyz", ON + timedelta(days=20), at=LATER + timedelta(hours=1))
    assert stood("xyz", "fjord", ON + timedelta(days=20))[1] == "abc"


def test_what_changed_on_the_day_is_told(house):
    merged("solberg", "abc")
    (why,) = [
        each
        for each in causes(supplier="solberg", customer="xyz", world=known.world(), on=ON)
        if each.code == "succeeded"
    ]
    assert (why.facts["company_name"], why.facts["into_name"], why.facts["since"]) == (
        "Solberg Foods",
        "ABC Retail",
        ON,
    )
    stretches = history(supplier="solberg", customer="xyz", world=known.world()).stretches
    assert [(each.kind, each.period.start) for each in stretches[-1:]] == [(Kind.AFFILIATE, ON)]
    assert stretches[-2].kind is Kind.OUTSIDE
