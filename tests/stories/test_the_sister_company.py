"""S1: ABC Retail buys widgets from its sister XYZ Widgets; the group sells XYZ, and the next order is an outsider's.

3.60 a piece inside (cost 3.00 plus a fifth), 5.00 outside; 21 % tax on top.
"""

from datetime import timedelta
from fractions import Fraction

from tests.builders import AT, HOUSE, ON
from tests.cast import INES, LUCA, RATNA, SITI

from inward.core.classification import Kind, Verdict
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.insight import queries as insight
from inward.insight.suppositions import SupposedShare
from inward.ledger import queries as books
from inward.parties import operations as parties
from inward.parties.models import Holding
from inward.trade import operations as trade
from inward.trade import queries

LATER = AT + timedelta(minutes=5)
WIDGETS = [Wanted("widget-a", 100)]


def eur(amount):
    return Money.of(amount, "EUR")


def asked(house, at):
    return queries.quote_for(viewer=house.actor(INES, acting_for="abc"), at=at, lines=WIDGETS).quote


def ordered(house, at, key):
    buyer = house.actor(INES, acting_for="abc")
    done = trade.place_order(by=buyer, at=at, lines=WIDGETS, expected=asked(house, at).total, key=key)
    return queries.order(viewer=buyer, at=at, reference=done.reference)


def the_group_sells_xyz():
    held = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    parties.end_holding(by=HOUSE, at=AT + timedelta(minutes=1), holding=held.code, valid_until=ON)


def said(reasons):
    return [(reason.code, dict(reason.facts)) for reason in reasons]


def test_sisters_are_inside_on_two_named_holdings_and_nothing_else(house):
    standing = ordered(house, AT, "first").standing
    assert (standing.verdict, standing.kind) == (Verdict.INTERNAL, Kind.AFFILIATE)
    holdings = [facts for code, facts in said(standing.grounds) if "percent" in facts or "owned" in facts]
    assert {(facts["owner"], facts["owned"]) for facts in holdings} == {("jkl", "abc"), ("jkl", "xyz")}
    assert standing.nearest_miss is None


def test_the_next_order_is_outside_at_the_list_price_and_says_what_is_missing(house):
    before = ordered(house, AT, "first")
    the_group_sells_xyz()
    after = ordered(house, LATER, "second")
    assert (before.net, before.tax, before.row.total) == (eur("360.00"), eur("75.60"), eur("435.60"))
    assert (after.net, after.tax, after.row.total) == (eur("500.00"), eur("105.00"), eur("605.00"))
    assert (after.standing.verdict, after.standing.kind) == (Verdict.EXTERNAL, Kind.OUTSIDE)
    assert after.standing.nearest_miss is not None
    assert "xyz" in after.standing.nearest_miss.facts.values()


def test_the_past_keeps_its_verdict_its_price_and_its_postings(house):
    before = ordered(house, AT, "first")
    the_group_sells_xyz()
    ordered(house, LATER, "second")
    buyer = house.actor(INES, acting_for="abc")
    kept = queries.order(viewer=buyer, at=LATER, reference=before.row.reference)
    assert kept.standing == before.standing
    assert (kept.lines, kept.net, kept.tax) == (before.lines, before.net, before.tax)
    controller = house.actor(LUCA)
    first = books.entries_of(viewer=controller, at=LATER, reference=before.row.reference)
    assert {entry.company.code for entry in first} == {"abc", "xyz"}


def test_inside_both_sides_are_posted_and_outside_the_seller_s_alone(house):
    ordered(house, AT, "first")
    the_group_sells_xyz()
    last = ordered(house, LATER, "second")
    controller = house.actor(LUCA)
    for company in ("abc", "xyz"):
        rows = books.trial_balance(viewer=controller, at=LATER, company=company)
        assert sum(row.debit.minor for row in rows) == sum(row.credit.minor for row in rows) > 0
    outside = books.entries_of(viewer=controller, at=LATER, reference=last.row.reference)
    assert {entry.company.code for entry in outside} == {"xyz"}


def test_a_return_after_the_sale_goes_back_at_the_price_and_accounts_of_then(house):
    before = ordered(house, AT, "first")
    the_group_sells_xyz()
    seller, reference = house.actor(RATNA), before.row.reference
    trade.confirm_delivery(by=seller, at=LATER, reference=reference)
    back = trade.return_items(by=seller, at=LATER, reference=reference, pieces={1: 100}, reason="All of them bent.")
    assert back == eur("435.60")
    controller = house.actor(LUCA)
    for company in ("abc", "xyz"):
        entries = [
            entry
            for entry in books.entries_of(viewer=controller, at=LATER, reference=before.row.reference)
            if entry.company.code == company
        ]
        sums = {}
        for entry in entries:
            for line in entry.lines:
                sums[line.account] = sums.get(line.account, 0) + line.amount.minor
        assert sums
        assert set(sums.values()) == {0}


def test_before_the_sale_the_group_sees_what_it_would_change_and_nothing_has_changed(house):
    """What counsel asks before signing: which dealings of the year would have been with an outsider, at what price."""
    before = ordered(house, AT, "first")
    last_spring = ON - timedelta(days=200)
    question = SupposedShare("jkl", "xyz", Fraction(0), last_spring)
    answer = insight.what_if(viewer=house.actor(SITI), at=LATER, suppositions=[question])
    (row,) = answer.rows
    assert row.dealt.reference == before.row.reference
    assert (row.before.kind, row.before.total) == (Kind.AFFILIATE, eur("435.60"))
    assert (row.after.kind, row.after.total) == (Kind.OUTSIDE, eur("605.00"))
    buyer = house.actor(INES, acting_for="abc")
    assert queries.order(viewer=buyer, at=LATER, reference=before.row.reference) == before
    assert Holding.objects.get(owner__code="jkl", owned__code="xyz").valid_until is None
