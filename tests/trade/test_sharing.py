"""One order shared over cost centres: budgets, approvals, books, returns and disputes follow the same shares to the cent."""

from datetime import date
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, SITI, TOR
from tests.trade.test_budgets import given_budget, office, taken
from tests.trade.test_frames import agree, draw, seen

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.core.running import Plan, RunningKind
from inward.core.terms import Money, Refusal
from inward.kit.policy import NotThere, Refused
from inward.ledger.models import EntryLine
from inward.trade import budgets, queries, statements
from inward.trade import operations as trade
from inward.trade.models import BudgetUse, Order, OrderShare
from inward.trade.receiving import Came
from inward.trade.sharing import Share
from inward.trade.vocabulary import BudgetRule, DisputeReason, Fault, OrderState

__all__ = ["office"]
IT, HR, LAW = "abc-it", "abc-marketing", "abc-shops"


def eur(amount):
    return Money.of(amount, "EUR")


def percent(**parts):
    return [Share(f"abc-{name}", percent=Fraction(part)) for name, part in parts.items()]


THIRDS = percent(it="33.3333", marketing="33.3333", shops="33.3334")


def buy(house, pieces, shares, *, by=INES, customer=IT, key="first", item="chair", **more):
    return house.order(by, (item, pieces), customer=customer, key=key, shares=shares, **more).reference


def borne(reference):
    """What each cost centre bears by the books, in cents."""
    found = {}
    roles = ("COST_CENTRE_CHARGE", "INTERCOMPANY_PURCHASE")
    for line in EntryLine.objects.filter(entry__reference=reference, role__in=roles).select_related("cost_centre"):
        found[line.cost_centre.code] = found.get(line.cost_centre.code, 0) + line.amount_minor
    return {centre: minor for centre, minor in sorted(found.items()) if minor}


def kept(reference):
    rows = OrderShare.objects.filter(order__reference=reference).select_related("centre")
    return {row.centre.code: row.bears_minor for row in rows if row.bears_minor}


def refused(act, *args, **more):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(*args, **more)
    return caught.value.reason.code


def recounted(centre):
    """What is taken of a budget, which must not move when everything is counted anew."""
    before = taken(centre)
    found = budgets.one(viewer=HOUSE, at=AT, key=f"{centre}:2026-01-01").allotted
    given_budget(str(found.amount.amount), centre=centre, rule=found.rule)
    assert taken(centre) == before
    return before


class TestPlacing:
    def test_each_centre_is_charged_its_part_and_takes_it_of_its_own_budget(self, office):
        for centre in (IT, HR):
            given_budget("900.00", centre=centre)
        reference = buy(office, 10, percent(it=60, marketing=40))
        assert borne(reference) == kept(reference) == {HR: 40_000, IT: 60_000}
        assert recounted(IT) == (eur("600.00"), eur("0.00"))
        assert recounted(HR) == (eur("400.00"), eur("0.00"))
        assert Order.objects.get().cost_centre.code == IT

    def test_in_amounts_each_bears_what_was_said(self, office):
        reference = buy(office, 1, [Share(IT, amount=eur("99.99")), Share(HR, amount=eur("0.01"))])
        assert borne(reference) == {HR: 1, IT: 9_999}

    def test_cents_that_do_not_divide_go_to_the_largest_remainder(self, office):
        assert borne(buy(office, 1, THIRDS)) == {LAW: 3_334, HR: 3_333, IT: 3_333}

    def test_between_companies_the_purchase_is_shared_and_tax_is_not(self, office):
        reference = buy(office, 10, percent(it=50, marketing=50), item="widget-a")
        assert borne(reference) == {HR: 1_800, IT: 1_800}
        (owed,) = EntryLine.objects.filter(entry__reference=reference, role="INTERCOMPANY_PAYABLE")
        assert owed.amount_minor == -4_356

    def test_one_centre_whose_budget_stops_stops_all_of_it(self, office):
        buy(office, 1, ())
        given_budget("900.00", centre=IT)
        given_budget("399.99", centre=HR)
        assert refused(buy, office, 10, percent(it=60, marketing=40), key="second") == "budget_spent"
        assert BudgetUse.objects.get(centre__code=IT).used_minor == 10_000

    @pytest.mark.parametrize(
        ("shares", "code"),
        [
            (percent(it=100), "shares_unfit"),
            (percent(it=50) + percent(it=50), "shares_unfit"),
            (percent(it=100, marketing=0), "shares_unfit"),
            (percent(it="33.33333", marketing="66.66667"), "shares_unfit"),
            ([Share(IT, percent=Fraction(50)), Share(HR, amount=eur("50.00"))], "shares_unfit"),
            ([Share(IT), Share(HR)], "shares_unfit"),
            ([Share(IT, amount=eur("150.00")), Share(HR, amount=eur("-50.00"))], "shares_unfit"),
            ([Share(IT, amount=Money.of("50", "NOK")), Share(HR, amount=eur("50.00"))], "shares_unfit"),
            (percent(it=50, marketing=49), "shares_not_whole"),
            ([Share(IT, amount=eur("50.00")), Share(HR, amount=eur("49.99"))], "shares_not_amount"),
            ([*percent(it=50), Share("xyz-sales", percent=Fraction(50))], "cost_centre_elsewhere"),
        ],
    )
    def test_shares_that_cannot_be_are_refused(self, office, shares, code):
        buy(office, 1, ())
        assert refused(buy, office, 1, shares, key="second") == code

    def test_what_people_buy_for_themselves_and_what_runs_is_not_shared(self, office):
        by = office.actor(MAYA)
        total = queries.quote_for(viewer=by, at=AT, lines=[Wanted("coffee-machine", 1)]).quote.total
        asked = {"by": by, "at": AT, "lines": [Wanted("coffee-machine", 1)], "expected": total, "key": "k"}
        assert refused(trade.place_order, **asked, shares=percent(it=50, marketing=50)) == "shares_not_open"
        catalogue.set_plan(by=HOUSE, at=AT, offering="chair", plan=Plan(RunningKind.SUBSCRIPTION))
        assert refused(buy, office, 1, percent(it=50, marketing=50)) == "shares_not_open"

    def test_sent_twice_it_is_one_order_and_with_other_shares_another_body(self, office):
        shares = percent(it=60, marketing=40)
        assert buy(office, 1, shares) == buy(office, 1, shares)
        with pytest.raises(Refused):
            buy(office, 1, percent(it=61, marketing=39))
        assert OrderShare.objects.count() == 2


class TestApproval:
    def test_a_centre_for_which_the_requester_does_not_buy_is_always_asked(self, office):
        given_role(office.users[JONAS.code], "BUYER", IT)
        given_role(office.users[TOR.code], "BUDGET_HOLDER", HR)
        for centre in (IT, HR):
            given_budget("900.00", centre=centre)
        reference = buy(office, 10, percent(it=60, marketing=40), by=JONAS)
        assert Order.objects.get().state == "AWAITING_APPROVAL"
        assert Order.objects.get().approval["units"] == [HR]
        assert recounted(HR) == (eur("0.00"), eur("400.00"))
        assert [row.reference for row in queries.orders(viewer=office.actor(TOR), at=AT, which="to_decide").rows] == [
            reference
        ]
        assert not borne(reference)
        assert trade.approve_order(by=office.actor(TOR), at=AT, reference=reference) is OrderState.PLACED
        assert borne(reference) == {HR: 40_000, IT: 60_000}
        assert recounted(HR) == (eur("400.00"), eur("0.00"))
        assert recounted(IT) == (eur("600.00"), eur("0.00"))

    def test_the_customer_above_its_limit_and_each_centre_above_its_own_are_asked_one_after_the_other(self, office):
        trade.set_approval_limit(by=HOUSE, at=AT, party=HR, limit=eur("100.00"))
        given_role(office.users[TOR.code], "BUDGET_HOLDER", HR)
        given_role(office.users[JONAS.code], "BUDGET_HOLDER", IT)
        reference = buy(office, 60, percent(it=60, marketing=30, shops=10))  # the shops are below the limit of ABC
        assert Order.objects.get().approval["units"] == [IT, HR]
        assert trade.approve_order(by=office.actor(JONAS), at=AT, reference=reference) is OrderState.AWAITING_APPROVAL
        with pytest.raises(Refused):
            trade.approve_order(by=office.actor(JONAS), at=AT, reference=reference)
        assert trade.approve_order(by=office.actor(TOR), at=AT, reference=reference) is OrderState.PLACED

    def test_one_no_ends_it_and_frees_every_budget(self, office):
        for centre in (IT, HR):
            given_budget("9000.00", centre=centre)
        reference = buy(office, 60, percent(it=60, marketing=40))
        trade.decline_order(by=office.actor(HENK), at=AT, reference=reference, reason="No.")
        assert recounted(IT) == recounted(HR) == (eur("0.00"), eur("0.00"))
        assert kept(reference) == {}


class TestAfterwards:
    def test_returns_in_steps_leave_no_cent_on_any_centre_nor_on_any_budget(self, office):
        for centre in (IT, HR, LAW):
            given_budget("900.00", centre=centre)
        reference, seller = buy(office, 3, THIRDS), office.actor(TOR)
        trade.confirm_delivery(by=seller, at=AT, reference=reference)
        for step in range(1, 4):
            trade.return_items(by=seller, at=AT, reference=reference, pieces={1: 1}, reason="Broken.", key=str(step))
            assert sum(borne(reference).values()) == 30_000 - step * 10_000
            assert borne(reference) == kept(reference)
            assert recounted(HR)[0].minor == kept(reference).get(HR, 0)
        assert borne(reference) == {}

    def test_what_is_refused_on_receipt_and_what_is_called_off_is_given_back_by_the_same_shares(self, office):
        given_budget("900.00", centre=HR)
        reference, seller, buyer = buy(office, 10, percent(it=60, marketing=40)), office.actor(TOR), office.actor(INES)
        trade.confirm_delivery(by=seller, at=AT, reference=reference, pieces={1: 6})
        came = {1: Came(taken=4, refused=2, missing=0, fault=Fault.QUALITY, again=False)}
        trade.confirm_receipt(by=buyer, at=AT, reference=reference, came=came)
        assert borne(reference) == kept(reference) == {HR: 32_000, IT: 48_000}
        trade.cancel_order(by=buyer, at=AT, reference=reference, reason="Enough.")
        assert borne(reference) == kept(reference) == {HR: 16_000, IT: 24_000}
        assert recounted(HR) == (eur("160.00"), eur("0.00"))

    def test_called_off_before_anything_came_it_is_reversed_whole(self, office):
        reference = buy(office, 1, THIRDS)
        trade.cancel_order(by=office.actor(INES), at=AT, reference=reference, reason="No.")
        assert borne(reference) == kept(reference) == {}

    def test_each_centre_reads_its_part_on_its_statement_and_disputes_it(self, office):
        reference = buy(office, 10, percent(it=60, marketing=40))
        by = office.actor(INES)
        for centre, amount in ((IT, "600.00"), (HR, "400.00")):
            found = statements.statement(viewer=by, at=AT, centre=centre, month=AT.date())
            assert (found.charged, [line.reference for line in found.lines]) == (eur(amount), [reference])
            trade.dispute_charge(
                by=by, at=AT, order=reference, centre=centre, reason=DisputeReason.PRICE, words="Why?", due=AT.date()
            )
        assert refused(
            trade.dispute_charge,
            by=by, at=AT, order=reference, centre=LAW, reason=DisputeReason.PRICE, words="Why?", due=AT.date(),
        ) == "not_charged"  # fmt: skip


class TestSeeing:
    def test_whoever_buys_for_a_centre_that_shares_or_holds_its_budget_sees_the_order_once(self, office):
        given_role(office.users[JONAS.code], "BUDGET_HOLDER", HR)
        given_role(office.users[MAYA.code], "BUYER", HR)
        reference = buy(office, 10, percent(it=60, marketing=40))
        for part in (INES, JONAS, MAYA, HENK, TOR):
            rows = queries.orders(viewer=office.actor(part), at=AT).rows
            assert [row.reference for row in rows] == [reference], part.code
            view = queries.order(viewer=office.actor(part), at=AT, reference=reference)
            assert [(share.centre.code, share.percent, share.bears) for share in view.shares] == [
                (IT, Fraction(3, 5), eur("600.00")),
                (HR, Fraction(2, 5), eur("400.00")),
            ]
        with pytest.raises(NotThere):
            queries.order(viewer=office.actor(SITI), at=AT, reference=reference)
        with pytest.raises(NotThere):
            queries.order(viewer=office.actor(LUCA), at=AT, reference=reference)

    def test_whoever_buys_for_everything_sees_it_once(self, office):
        given_role(office.users[SITI.code], "BUYER", None)
        reference = buy(office, 10, percent(it=60, marketing=40))
        assert [row.reference for row in queries.orders(viewer=office.actor(SITI), at=AT).rows] == [reference]

    def test_an_order_that_is_not_shared_has_no_shares(self, office):
        reference = buy(office, 1, ())
        assert queries.order(viewer=office.actor(INES), at=AT, reference=reference).shares == ()


class TestStandingOrders:
    """Forty chairs at 100.00 for IT and marketing, 60 to 40: agreed once, ordered in parts."""

    SHARES = percent(it=60, marketing=40)

    def agreed(self, office, shares=None, **more):
        for centre in (IT, HR):
            given_budget("9000.00", centre=centre)
        return agree(office, shares=shares or self.SHARES, **more)

    def taken_of(self):
        return {centre: recounted(centre) for centre in (IT, HR)}

    def test_all_of_it_is_committed_by_the_shares_and_each_part_moves_its_own(self, office):
        reference = self.agreed(office)
        assert self.taken_of() == {IT: (eur("0.00"), eur("2400.00")), HR: (eur("0.00"), eur("1600.00"))}
        assert not borne(reference)
        part = draw(office, reference, 10).reference
        assert borne(part) == {IT: 60_000, HR: 40_000}
        assert self.taken_of() == {IT: (eur("600.00"), eur("1800.00")), HR: (eur("400.00"), eur("1200.00"))}
        view = seen(office, reference)
        assert [(each.centre.code, each.percent, each.bears) for each in view.shares] == [
            (IT, Fraction(3, 5), eur("1800.00")),
            (HR, Fraction(2, 5), eur("1200.00")),
        ]
        assert view.committed == eur("3000.00")
        trade.end_frame(by=office.actor(INES), at=AT, reference=reference)
        assert self.taken_of() == {IT: (eur("600.00"), eur("0.00")), HR: (eur("400.00"), eur("0.00"))}
        assert kept(reference) == {}

    def test_what_comes_back_of_a_part_comes_back_to_each_centre_in_equal_shares(self, office):
        reference = self.agreed(office, THIRDS)
        part = draw(office, reference, 3).reference
        assert sum(borne(part).values()) == 30_000
        trade.confirm_delivery(by=office.actor(TOR), at=AT, reference=part)
        for _ in range(3):
            trade.return_items(by=office.actor(TOR), at=AT, reference=part, pieces={1: 1}, reason="faulty")
        assert (borne(part), kept(part)) == ({}, {})
        assert sum(kept(reference).values()) == 370_000  # what came back does not come back to the standing order

    def test_the_centres_are_asked_once_and_for_no_part_again(self, office):
        given_role(office.users[JONAS.code], "BUYER", IT)
        given_role(office.users[TOR.code], "BUDGET_HOLDER", HR)
        reference = self.agreed(office, by=JONAS)
        assert Order.objects.get(reference=reference).approval["units"] == [HR]
        assert trade.approve_order(by=office.actor(TOR), at=AT, reference=reference) is OrderState.AGREED
        assert draw(office, reference, 10, by=JONAS).state is OrderState.PLACED

    def test_shares_in_amounts_hold_for_each_part_and_one_that_stops_holds_the_part(self, office):
        amounts = [Share(IT, amount=eur("1000.00")), Share(HR, amount=eur("3000.00"))]
        reference = self.agreed(office, amounts)
        assert borne(draw(office, reference, 1).reference) == {IT: 2_500, HR: 7_500}
        trade.set_budget(
            by=HOUSE, at=AT, centre=HR, starts=date(2026, 1, 1), last_day=date(2026, 12, 31), amount=eur("3000.00"),
            rule=BudgetRule.STOP,
        )  # fmt: skip
        assert draw(office, reference, 39, key="rest").state is OrderState.PLACED
        assert recounted(HR) == (eur("3000.00"), eur("0.00"))

    def test_what_waits_and_is_declined_takes_nothing(self, office):
        reference = self.agreed(office, pieces=60)
        assert self.taken_of()[HR] == (eur("0.00"), eur("2400.00"))
        trade.decline_order(by=office.actor(HENK), at=AT, reference=reference, reason="no")
        assert self.taken_of() == {IT: (eur("0.00"), eur("0.00")), HR: (eur("0.00"), eur("0.00"))}
