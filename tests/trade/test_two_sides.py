"""One dealing has two sides: whatever is handed over, called off or taken back, in whatever order, both books say the same to the cent."""

import random
from collections import Counter

import pytest
from tests.builders import AT, HOUSE
from tests.cast import INES, RATNA
from tests.shop import eur
from tests.trade import looking

from inward.catalogue import operations as catalogue
from inward.core.pricing import Fixed, FixedFee, Level, PriceRule, Scope, Target, TargetKind
from inward.ledger.models import EntryLine
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.vocabulary import OrderState

PAIRS = (
    ("INTERCOMPANY_RECEIVABLE", "INTERCOMPANY_PAYABLE"),
    ("INTERCOMPANY_REVENUE", "INTERCOMPANY_PURCHASE"),
    ("OUTPUT_TAX", "INPUT_TAX"),
)
METHODS = {"a third of a cent a piece": Fixed(eur("10/3")), "a fee for the line": FixedFee(eur("99.97"))}


def sides(reference):
    """What each role comes to in the books of both companies; every entry must be nought by itself."""
    sums, entries = Counter(), Counter()
    for line in EntryLine.objects.filter(entry__reference=reference).select_related("entry__company"):
        entries[line.entry_id] += line.amount_minor
        sums[line.role] += line.amount_minor
        assert line.entry.company.code == ("xyz" if line.role in {pair[0] for pair in PAIRS} else "abc")
    assert set(entries.values()) <= {0}
    return sums


def check(reference):
    sums = sides(reference)
    for seller, buyer in PAIRS:
        assert sums[seller] + sums[buyer] == 0, (seller, buyer)
    return sums["INTERCOMPANY_RECEIVABLE"]


def acts_of(house, reference, dice):
    """One act after the other, as long as any is left; yields after each."""
    ines, ratna = house.actor(INES, acting_for="abc"), house.actor(RATNA)
    for turn in range(12):
        found = queries.order(viewer=ratna, at=AT, reference=reference)
        line = found.lines[0]
        left, kept = line.quoted.quantity - line.delivered - line.cancelled, line.delivered - line.returned
        if looking.state(reference) == OrderState.CANCELLED.value:
            return
        ways = ["deliver"] * 2 * bool(left) + ["return"] * 2 * bool(kept) + ["cancel"] * (bool(left) and not turn % 4)
        if not ways:
            return
        way = dice.choice(ways)
        if way == "deliver":
            trade.confirm_delivery(by=ratna, at=AT, reference=reference, pieces={1: dice.randint(1, left)})
        elif way == "return":
            pieces = {1: dice.randint(1, kept)}
            trade.return_items(by=ratna, at=AT, reference=reference, pieces=pieces, reason="Broken.")
        else:
            trade.cancel_order(by=ines, at=AT, reference=reference, reason="Enough.")
        yield way


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(6))
def test_both_sides_stay_equal_through_every_sequence_of_acts(house, method, seed):
    dice = random.Random(seed)
    target = Target(TargetKind.ITEM, "widget-a")
    rule = PriceRule("agreed", Level.AGREEMENT, "xyz", METHODS[method], target, Scope(party="abc"))
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    reference = house.order(INES, ("widget-a", 7), customer="abc").reference
    sold = check(reference)
    assert sold > 0
    before = sold
    for _ in acts_of(house, reference, dice):
        owed = check(reference)
        assert 0 <= owed <= before
        before = owed
    found = queries.order(viewer=house.actor(RATNA), at=AT, reference=reference)
    line = found.lines[0]
    called_off = looking.state(reference) == OrderState.CANCELLED.value
    gone = line.returned + (line.quoted.quantity if called_off else line.cancelled)
    assert (before == 0) is (gone == line.quoted.quantity)
    assert (before == sold) is (gone == 0)
