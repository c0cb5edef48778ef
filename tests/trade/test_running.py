"""What runs on: begun by an order, charged period by period exactly once, repriced or ended on the day its ground ends."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON, given_unit
from tests.cast import INES, JONAS, MAYA, NORA, TOR
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.pricing import Wanted
from inward.core.running import Afterwards, Every, Plan, RunningKind, plan_plain
from inward.core.terms import Money, Rate, Refusal
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.models import Task
from inward.kit.policy import NotThere, Refused
from inward.kit.writing import GateClosed
from inward.ledger.models import Entry, EntryLine
from inward.parties import operations as parties
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind
from inward.trade import exports, payroll, queries, running, runs
from inward.trade import operations as trade
from inward.trade.models import AllowanceUse, Order, PayLine, Running, RunningChange, RunningCharge
from inward.trade.operations import PriceChanged
from inward.trade.vocabulary import OrderState

pytestmark = pytest.mark.django_db

DSL = Plan(RunningKind.SUBSCRIPTION, notice_days=14)
COVER = Plan(RunningKind.COVER, Every.MONTH, term_months=12, notice_days=30, afterwards=Afterwards.END)


def at(month, day, year=2026):
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


@pytest.fixture
def shop(house):
    """DSL at 40.00 a month, 30.00 for staff of ABC, a faster one at 60.00 and 45.00; a cover at 20.00 that ends with the work."""
    for code, price, plan in (("dsl", "40.00", DSL), ("dsl-fast", "60.00", DSL), ("cover", "20.00", COVER)):
        given_item(code, "abc", code.upper(), price, cost="5.00", includes_tax=True)
        catalogue.set_plan(by=HOUSE, at=AT, offering=code, plan=plan)
    return house


def taken(house, part, offering="dsl", key="first", **more):
    return house.order(part, (offering, 1), key=key, **more).reference


def bill(when):
    return trade.bill_running(by=HOUSE, at=when)


def charges(reference):
    rows = RunningCharge.objects.filter(running__reference=reference).order_by("since", "turn")
    return [(str(row.since), str(row.until), row.gross_minor) for row in rows]


def work_of(part):
    from inward.parties.models import WorkRelationship

    return WorkRelationship.objects.current().get(person__code=part.code).code


def leaves(part, until, when=AT):
    parties.end_work(by=HOUSE, at=when, work=work_of(part), valid_until=until)
    trade.note_news(by=HOUSE, at=when, people=[part.code])


def books():
    return sum(EntryLine.objects.values_list("amount_minor", flat=True))


def test_who_is_charged_the_same_stands_in_the_books_under_her_own_key_and_reference(shop):
    whose = {taken(shop, part): shop.actor(part).subject for part in (MAYA, JONAS)}
    before = set(Entry.objects.values_list("id", flat=True))

    assert bill(at(12, 24)).charges == 2

    lines = EntryLine.objects.exclude(entry__in=before)
    said = {
        (line.entry.reference, line.role, line.amount_minor, line.counterparty)
        for line in lines.select_related("entry")
    }
    assert {(reference, role, minor) for reference, role, minor, _ in said} == {
        (reference, role, minor)
        for reference in whose
        for role, minor in (("EMPLOYEE_RECEIVABLE", 3000), ("STAFF_REVENUE", -2479), ("OUTPUT_TAX", -521))
    }
    owed = {(reference, whom) for reference, role, _, whom in said if role == "EMPLOYEE_RECEIVABLE"}
    assert owed == set(whose.items())
    assert books() == 0


def test_an_order_begins_what_runs_and_charges_its_first_period(shop):
    reference = taken(shop, MAYA)

    row, order = Running.objects.get(), Order.objects.get()
    assert (row.reference, row.starts_on, row.ends_on, row.billed_until) == (reference, ON, None, date(2026, 12, 24))
    assert (order.state, order.total_minor) == (OrderState.DELIVERED.value, 3000)
    assert charges(reference) == [("2026-11-24", "2026-12-24", 3000)]
    assert Entry.objects.count() == 1  # by the order, and not again by the charge


def test_what_runs_is_ordered_by_itself(shop):
    by = shop.actor(MAYA)

    with pytest.raises(Refusal) as refused:
        trade.place_order(
            by=by, at=AT, lines=[Wanted("dsl", 1), Wanted("coffee-machine", 1)], expected=Money.of("1", "EUR"), key="k"
        )

    assert refused.value.reason.code == "running_ordered_alone"
    assert not Order.objects.exists()


def test_each_period_is_charged_once_however_often_it_is_asked(shop):
    reference = taken(shop, MAYA)

    assert bill(at(12, 23)) == trade.Billed()
    assert bill(at(12, 24)) == trade.Billed(charges=1)
    assert bill(at(12, 24)) == trade.Billed()
    assert bill(at(2, 25, 2027)) == trade.Billed(charges=2)

    assert charges(reference) == [
        ("2026-11-24", "2026-12-24", 3000),
        ("2026-12-24", "2027-01-24", 3000),
        ("2027-01-24", "2027-02-24", 3000),
        ("2027-02-24", "2027-03-24", 3000),
    ]
    assert Entry.objects.filter(reference=reference).count() == 4
    assert books() == 0


def test_a_period_draws_on_the_allowance_as_an_order_does_and_costs_the_list_price_when_it_is_spent(shop):
    shop.order(MAYA, ("coffee-machine", 6), key="machines")  # 544.50 of 600.00
    reference = taken(shop, MAYA, key="line")  # 30.00: 25.50 are left

    bill(at(12, 24))

    assert [each[2] for each in charges(reference)] == [3000, 4000]
    assert AllowanceUse.objects.get().used_minor == 57450


FIRST, SECOND = ("2026-11-24", "2026-12-24", 3000), ("2026-12-24", "2027-01-24", 3000)
BACK, ANEW = ("2027-01-01", "2027-01-24", -2226), ("2027-01-01", "2027-01-24", 2968)
"""23 of 31 days: what the days up to the 24th cost, less what the 8 before cost, at 30.00 and at 40.00."""


def test_whoever_is_known_to_leave_pays_the_list_price_from_that_very_day(shop):
    reference = taken(shop, MAYA)
    leaves(MAYA, date(2027, 1, 1))

    assert bill(at(12, 24)) == trade.Billed(charges=2)

    assert charges(reference) == [FIRST, ("2026-12-24", "2027-01-01", 774), ANEW]
    change = RunningChange.objects.get()
    assert (change.on, change.before_minor, change.after_minor) == (date(2027, 1, 1), 3000, 4000)
    assert (change.kind, change.before_standing, change.after_standing) == ("REPRICED", "staff", "outside")
    assert books() == 0


def test_news_that_comes_late_is_charged_as_the_difference_and_what_was_charged_stays(shop):
    reference = taken(shop, MAYA)
    bill(at(12, 24))
    before = list(RunningCharge.objects.order_by("id").values_list("id", "gross_minor", "since", "until"))

    leaves(MAYA, date(2027, 1, 1), when=at(2, 1, 2027))
    assert bill(at(2, 1, 2027)) == trade.Billed(charges=1, corrections=2)

    assert charges(reference) == [FIRST, SECOND, BACK, ANEW, ("2027-01-24", "2027-02-24", 4000)]
    assert [
        row for row in before if row not in RunningCharge.objects.values_list("id", "gross_minor", "since", "until")
    ] == []
    posted = Entry.objects.filter(reference=reference).order_by("id").values_list("kind", "posted_on", "correction_of")
    assert list(posted)[2:] == [
        ("STAFF_SALE", date(2027, 2, 1), reference), ("OUTSIDE_SALE", date(2027, 2, 1), ""), ("OUTSIDE_SALE", date(2027, 2, 1), ""),
    ]  # fmt: skip
    assert bill(at(2, 1, 2027)) == trade.Billed()


def test_news_that_was_wrong_is_undone_the_same_way(shop):
    reference = taken(shop, MAYA)
    bill(at(12, 24))
    leaves(MAYA, date(2027, 1, 1))
    bill(at(12, 25))

    leaves(MAYA, date(2028, 1, 1), when=at(12, 26))
    assert bill(at(12, 26)) == trade.Billed(corrections=2)

    assert [each[2] for each in charges(reference)] == [3000, 3000, -2226, 2968, -2968, 2226]
    assert sum(each[2] for each in charges(reference)) == 6000
    assert [(str(each.on), each.taken_back_at is None) for each in RunningChange.objects.order_by("id")] == [
        ("2027-01-01", False), ("2028-01-01", True),
    ]  # fmt: skip
    assert books() == 0


def test_what_ends_with_the_work_ends_on_that_day_and_the_rest_is_given_back(shop):
    reference = taken(shop, MAYA, "cover")
    bill(at(12, 24))
    leaves(MAYA, date(2027, 1, 1))

    bill(at(12, 26))

    row = Running.objects.get()
    assert (row.ends_on, row.ended_how) == (date(2027, 1, 1), "GROUND")
    assert [each[2] for each in charges(reference)] == [1500, 1500, -1113]
    assert bill(at(3, 1, 2027)) == trade.Billed()
    change = RunningChange.objects.get()
    assert (change.kind, change.before_minor, change.after_minor) == ("ENDED", 1500, None)

    leaves(MAYA, date(2030, 1, 1), when=at(12, 27))
    bill(at(12, 27))
    row.refresh_from_db()
    assert (row.ends_on, row.ended_how) == (date(2030, 1, 1), "GROUND")
    assert [each[2] for each in charges(reference)] == [1500, 1500, -1113, 1113]
    assert books() == 0


def test_what_is_given_back_at_the_rate_of_its_own_sale_is_posted_for_that_order_alone(shop, monkeypatch):
    monkeypatch.setattr("inward.ledger.entryrows.Stencil.of_one", property(lambda _stencil: True))
    references = [taken(shop, MAYA, "cover"), taken(shop, JONAS, "cover")]
    bill(at(12, 24))
    for who in (MAYA, JONAS):
        leaves(who, date(2027, 1, 1))
    bill(at(12, 26))
    corrected = Entry.objects.exclude(correction_of="").values_list("reference", "correction_of").distinct()
    assert sorted(corrected) == sorted((reference, reference) for reference in references)
    assert books() == 0


def test_whoever_took_the_supplier_over_charges_what_runs_and_gives_it_back_out_of_her_own_books(shop):
    reference = taken(shop, NORA, customer="kestrel")
    merger = Reorganisation(EventKind.MERGER, date(2026, 12, 10), source="abc", target="xyz")
    parties.reorganise(by=HOUSE, at=at(12, 1), asked=merger)
    bill(at(12, 24))
    trade.end_running(by=shop.actor(NORA, acting_for="kestrel", at=at(12, 26)), at=at(12, 26), reference=reference)
    bill(at(12, 27))
    entries = Entry.objects.filter(reference=reference).order_by("id").values_list("company__code", flat=True)
    assert list(entries) == ["abc", "xyz", "xyz"]
    assert [each[2] > 0 for each in charges(reference)] == [True, True, False]
    assert books() == 0


def test_who_has_it_ends_it_after_the_notice_and_nobody_pays_for_the_days_after(shop):
    reference, by = taken(shop, MAYA), shop.actor(MAYA)

    with pytest.raises(Refusal) as refused:
        trade.end_running(by=by, at=AT, reference=reference, on=date(2026, 12, 7))
    assert (refused.value.reason.code, refused.value.reason.facts["earliest"]) == (
        "running_ends_earliest",
        date(2026, 12, 8),
    )
    assert trade.end_running(by=by, at=AT, reference=reference) == date(2026, 12, 8)

    assert charges(reference) == [FIRST, ("2026-12-08", "2026-12-24", -1600)]
    assert bill(at(12, 24)) == trade.Billed()
    with pytest.raises(Refusal) as refused:
        trade.end_running(by=by, at=AT, reference=reference)
    assert refused.value.reason.code == "running_ended_already"


def test_an_end_is_taken_back_before_its_day(shop):
    reference, by = taken(shop, MAYA), shop.actor(MAYA)
    trade.end_running(by=by, at=AT, reference=reference)

    trade.keep_running(by=by, at=AT, reference=reference)
    bill(at(12, 24))

    assert [each[2] for each in charges(reference)] == [3000, -1600, 1600, 3000]
    with pytest.raises(Refusal) as refused:
        trade.keep_running(by=by, at=AT, reference=reference)
    assert refused.value.reason.code == "running_not_ending"


def test_whoever_is_to_pay_more_may_end_it_from_that_day_whatever_the_term(shop):
    catalogue.set_plan(
        by=HOUSE, at=AT, offering="dsl", plan=Plan(RunningKind.SUBSCRIPTION, term_months=24, notice_days=30)
    )
    reference = taken(shop, MAYA)
    leaves(MAYA, date(2026, 12, 10))
    bill(AT)

    assert trade.end_running(by=shop.actor(MAYA), at=AT, reference=reference) == date(2026, 12, 10)


def test_what_does_not_renew_ends_by_itself_when_its_term_is_over(shop):
    catalogue.set_plan(
        by=HOUSE, at=AT, offering="dsl", plan=Plan(RunningKind.SUBSCRIPTION, term_months=2, renews=False)
    )
    reference = taken(shop, MAYA)

    assert bill(at(6, 1, 2027)) == trade.Billed(charges=1)
    assert Running.objects.get(reference=reference).ends_on == date(2027, 1, 24)


def test_another_plan_takes_its_place_today_at_the_price_that_was_shown(shop):
    reference, by = taken(shop, MAYA), shop.actor(MAYA)
    later = at(12, 9)
    asked = {"by": by, "at": later, "reference": reference, "offering": "dsl-fast"}

    with pytest.raises(PriceChanged):
        trade.change_running(**asked, expected=Money.of("1.00", "EUR"), key="change")
    assert Running.objects.get().ends_on is None
    receipt = trade.change_running(**asked, expected=Money.of("45.00", "EUR"), key="change")
    again = trade.change_running(**asked, expected=Money.of("45.00", "EUR"), key="change")

    assert (receipt.reference, again.reference, again.again) == (again.reference, receipt.reference, True)
    old, new = Running.objects.order_by("id")
    assert (old.ends_on, old.ended_how, new.follows_id, new.starts_on) == (
        later.date(),
        "CHANGED",
        old.pk,
        later.date(),
    )
    assert charges(reference) == [FIRST, ("2026-12-09", "2026-12-24", -1500)]
    assert charges(receipt.reference) == [("2026-12-09", "2027-01-09", 4500)]

    with pytest.raises(Refusal) as refused:  # another window, which knows nothing of the first
        trade.change_running(**asked, expected=Money.of("45.00", "EUR"), key="another")
    assert refused.value.reason.code == "running_ended_already"
    assert (Running.objects.count(), Order.objects.count()) == (2, 2)


@pytest.mark.parametrize("offering", ["dsl", "coffee-machine", "widget-a", "nothing"])
def test_what_is_no_other_plan_of_the_supplier_takes_nobodys_place(shop, offering):
    reference = taken(shop, MAYA)

    with pytest.raises(Refusal) as refused:
        trade.change_running(
            by=shop.actor(MAYA), at=AT, reference=reference, offering=offering, expected=Money.of("1", "EUR"), key="k"
        )

    assert (refused.value.reason.code, refused.value.where) == ("running_change_unfit", "offering")
    assert Running.objects.get().ends_on is None


def test_what_has_ended_is_not_changed(shop):
    reference = taken(shop, MAYA)
    trade.end_running(by=shop.actor(MAYA), at=AT, reference=reference)

    with pytest.raises(Refusal) as refused:
        trade.change_running(
            by=shop.actor(MAYA),
            at=at(12, 9),
            reference=reference,
            offering="dsl-fast",
            expected=Money.of("45", "EUR"),
            key="k",
        )

    assert refused.value.reason.code == "running_ended_already"


def test_who_serves_for_its_supplier_ends_it_sooner_and_is_not_told_that_it_ends_with_her_work(shop):
    reference = taken(shop, MAYA, "cover")
    leaves(MAYA, date(2027, 6, 1))
    bill(at(11, 25))
    assert (Running.objects.get().ends_on, Running.objects.get().ended_how) == (date(2027, 6, 1), "GROUND")
    maya, tor = shop.actor(MAYA), shop.actor(TOR)

    with pytest.raises(Refusal) as refused:
        trade.end_running(by=maya, at=at(11, 25), reference=reference)
    assert refused.value.reason.facts["day"] == date(2027, 6, 1)
    seen = runs.run(viewer=tor, at=at(11, 25), reference=reference)
    assert (seen.row.ends_on, seen.earliest_end, seen.changes) == (None, date(2027, 11, 24), ())  # her term of a year
    assert trade.end_running(by=tor, at=at(11, 25), reference=reference) == date(2027, 11, 24)
    assert (Running.objects.get().ends_on, Running.objects.get().ended_how) == (date(2027, 6, 1), "GROUND")

    Running.objects.update(plan=plan_plain(Plan(RunningKind.COVER, afterwards=Afterwards.END)))
    assert trade.end_running(by=tor, at=at(11, 25), reference=reference) == date(2026, 11, 25)
    assert (Running.objects.get().ends_on, Running.objects.get().ended_how) == (date(2026, 11, 25), "ASKED")


def test_only_who_has_it_and_who_serves_for_its_supplier_end_it(shop):
    reference = taken(shop, MAYA)

    for part in (JONAS, INES):
        with pytest.raises(NotThere):
            trade.end_running(by=shop.actor(part), at=AT, reference=reference)
    assert trade.end_running(by=shop.actor(TOR), at=AT, reference=reference) == date(2026, 12, 8)


def test_an_order_of_something_that_runs_is_neither_cancelled_nor_returned(shop):
    reference = taken(shop, MAYA)

    with pytest.raises(Refusal) as refused:
        trade.return_items(by=shop.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="no")
    assert refused.value.reason.code == "running_not_returned"
    with pytest.raises(Refusal) as refused:
        trade.cancel_order(by=shop.actor(MAYA), at=AT, reference=reference, reason="no")
    assert refused.value.reason.code == "order_not_cancellable"


def test_only_the_house_and_the_controllers_of_a_company_charge(shop):
    with pytest.raises(Refused):
        trade.bill_running(by=shop.actor(MAYA), at=AT)
    with pytest.raises(Refused):
        trade.bill_running(by=shop.actor(MAYA), at=AT, company="abc")
    taken(shop, MAYA)

    assert trade.bill_running(by=HOUSE, at=at(12, 24), company="xyz") == trade.Billed()
    assert trade.bill_running(by=HOUSE, at=at(12, 24), company="abc") == trade.Billed(charges=1)


def test_what_cannot_be_charged_is_held_with_the_reason_and_charged_by_the_next_run(shop):
    from inward.ledger import operations as ledger

    reference = taken(shop, MAYA)
    ledger.close_period(by=HOUSE, at=AT, company="abc", month=date(2026, 12, 1))

    assert bill(at(12, 24)) == trade.Billed(held=1)
    assert Running.objects.get().held["code"] == "period_closed"
    assert charges(reference) == [FIRST]
    assert bill(at(1, 3, 2027)) == trade.Billed(charges=1)
    assert Running.objects.get().held is None


def test_what_leaves_her_pay_is_told_to_payroll_once_with_what_is_given_back(shop):
    taken(shop, MAYA)

    def told(when):
        day = when.date()
        found = payroll.proposed("abc", cut_off=day, on=day, month=day)
        return [(line.person, line.amount.minor) for line in found.lines if line.order is not None]

    assert told(AT) == [("maya-lund", 3000)]
    bill(at(12, 24))
    assert told(at(12, 23)) == [("maya-lund", 3000)]
    trade.make_pay_run(by=HOUSE, at=at(12, 24), company="abc", month=date(2026, 12, 1), cut_off=date(2026, 12, 24))
    assert PayLine.objects.get(kind="DEDUCTION").amount_minor == 6000
    assert told(at(12, 24)) == []

    leaves(MAYA, date(2027, 1, 1))
    bill(at(12, 26))  # what she owes from January on is invoiced, and what left her pay for it is given back
    assert told(at(12, 26)) == [("maya-lund", -2226)]


def test_what_a_department_orders_begins_when_it_is_approved(shop):
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=Money.of("10.00", "EUR"))
    by = shop.actor(INES, acting_for="abc-purchasing")
    total = queries.quote_for(viewer=by, at=AT, lines=[Wanted("dsl", 1)]).quote.total
    receipt = trade.place_order(by=by, at=AT, lines=[Wanted("dsl", 1)], expected=total, key="d")
    assert not Running.objects.exists()

    from tests.cast import HENK

    trade.approve_order(by=shop.actor(HENK), at=at(11, 30), reference=receipt.reference)

    row = Running.objects.get()
    assert (row.starts_on, row.billed_until, Order.objects.get().state) == (
        date(2026, 11, 30),
        date(2026, 12, 30),
        "DELIVERED",
    )
    assert bill(at(12, 30)) == trade.Billed(charges=1)
    assert books() == 0


def test_what_somebody_must_approve_first_takes_nothings_place(shop):
    by = shop.actor(INES, acting_for="abc-purchasing")
    total = queries.quote_for(viewer=by, at=AT, lines=[Wanted("dsl", 1)]).quote.total
    reference = trade.place_order(by=by, at=AT, lines=[Wanted("dsl", 1)], expected=total, key="d").reference
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=Money.of("10.00", "EUR"))
    dearer = queries.quote_for(viewer=by, at=AT, lines=[Wanted("dsl-fast", 1)]).quote.total

    with pytest.raises(Refusal) as refused:
        trade.change_running(
            by=by, at=at(11, 30), reference=reference, offering="dsl-fast", expected=dearer, key="change"
        )

    assert (refused.value.reason.code, refused.value.where) == ("running_change_waits", "offering")
    assert (Running.objects.get().ends_on, Order.objects.count()) == (None, 1)


def test_a_plan_given_up_meanwhile_leaves_what_waits_for_approval_an_order_like_any_other(shop):
    trade.set_approval_limit(by=HOUSE, at=AT, party="abc", limit=Money.of("10.00", "EUR"))
    by = shop.actor(INES, acting_for="abc-purchasing")
    total = queries.quote_for(viewer=by, at=AT, lines=[Wanted("dsl", 1)]).quote.total
    receipt = trade.place_order(by=by, at=AT, lines=[Wanted("dsl", 1)], expected=total, key="d")
    catalogue.set_plan(by=HOUSE, at=AT, offering="dsl", plan=None)

    from tests.cast import HENK

    trade.approve_order(by=shop.actor(HENK), at=at(11, 30), reference=receipt.reference)

    assert (Running.objects.count(), Order.objects.get().state) == (0, "PLACED")


@pytest.mark.parametrize(("insurer", "inside"), [("xyz", True), ("nordlys", False)])
def test_a_cover_sold_for_an_insurer_is_the_insurers_premium_and_the_agents_commission(shop, insurer, inside):
    from tests.builders import given_company

    if not inside:
        given_company("nordlys")
    plan = Plan(RunningKind.COVER, insurer=insurer, commission=Rate(Fraction(1, 10)))
    catalogue.set_plan(by=HOUSE, at=AT, offering="cover", plan=plan)
    reference = taken(shop, MAYA, "cover")
    bill(at(12, 24))

    kinds = list(Entry.objects.filter(reference=reference).order_by("id").values_list("company__code", "kind"))
    assert kinds == 2 * ([("abc", "AGENCY_SALE"), ("xyz", "INSURED")] if inside else [("abc", "AGENCY_SALE")])
    lines = EntryLine.objects.filter(entry__company__code="abc", entry__reference=reference).order_by("id")
    owed = "INTERCOMPANY_PAYABLE" if inside else "PREMIUM_PAYABLE"
    assert [(line.role, line.amount_minor) for line in lines][:3] == [
        ("EMPLOYEE_RECEIVABLE", 1500), (owed, -1376), ("COMMISSION_EARNED", -124),
    ]  # fmt: skip
    assert books() == 0


def test_the_insurer_of_a_plan_must_be_known(shop):
    with pytest.raises(Refusal) as refused:
        catalogue.set_plan(by=HOUSE, at=AT, offering="cover", plan=Plan(RunningKind.COVER, insurer="nobody"))

    assert (refused.value.reason.code, refused.value.where) == ("unknown_party", "plan_insurer")


def test_what_was_ordered_outside_stays_as_it_is_when_nothing_changes(shop):
    reference = taken(shop, NORA, key="n")

    bill(at(12, 24))

    assert [each[2] for each in charges(reference)] == [4000, 4000]
    assert not RunningChange.objects.exists()


def test_a_department_that_is_closed_has_nothing_that_runs_from_that_day(shop):
    given_unit("abc-popup", "abc")
    by = Actor.system("tests", via="cli")
    asked = {"lines": [Wanted("dsl", 1)], "customer": "abc-popup"}
    total = queries.quote_for(viewer=by, at=AT, **asked).quote.total
    receipt = trade.place_order(by=by, at=AT, expected=total, key="d", **asked)
    bill(AT)

    parties.close_unit(by=HOUSE, at=AT, unit="abc-popup", valid_until=date(2026, 12, 9))
    trade.note_news(by=HOUSE, at=AT, people=None)
    bill(at(12, 24))

    row = Running.objects.get(reference=receipt.reference)
    assert (row.ends_on, row.ended_how, row.held) == (date(2026, 12, 9), "GROUND", None)
    whole, back = charges(receipt.reference)
    assert (back[0], back[2]) == ("2026-12-09", -(whole[2] - round(whole[2] / 2)))


def test_what_has_no_price_any_more_is_held_and_says_so(shop):
    reference = taken(shop, MAYA)
    bill(AT)
    catalogue.end_price(by=HOUSE, at=AT, price="list-dsl", valid_until=date(2026, 12, 20))

    assert bill(at(12, 24)) == trade.Billed(held=1)

    assert charges(reference) == [FIRST]
    assert Running.objects.get().held["code"]


def test_what_is_looked_at_again_and_has_no_price_waits_with_the_reason(shop):
    reference = taken(shop, MAYA)
    catalogue.end_price(by=HOUSE, at=AT, price="list-dsl", valid_until=date(2026, 12, 1))
    leaves(MAYA, date(2026, 12, 5))

    assert trade.review_running(by=HOUSE, at=AT) == trade.Billed(held=1)

    row = Running.objects.get()
    assert (row.review, row.held is not None, charges(reference)) == (True, True, [FIRST])


def test_a_day_of_change_that_moves_is_told_anew(shop):
    taken(shop, MAYA)
    leaves(MAYA, date(2027, 1, 1))
    bill(AT)
    leaves(MAYA, date(2027, 2, 1))
    bill(AT)

    told = [(str(each.on), each.taken_back_at is None) for each in RunningChange.objects.order_by("id")]
    assert told == [("2027-01-01", False), ("2027-02-01", True)]


def test_progress_is_told_part_by_part(shop):
    taken(shop, MAYA)
    seen = []

    trade.bill_running(by=HOUSE, at=at(12, 24), progress=seen.append)

    assert seen == [1]


def test_an_end_on_a_later_day_takes_nothing_back_and_its_last_period_costs_its_days_alone(shop):
    reference = taken(shop, MAYA)

    assert trade.end_running(by=shop.actor(MAYA), at=AT, reference=reference, on=date(2027, 1, 1)) == date(2027, 1, 1)
    assert charges(reference) == [FIRST]
    assert bill(at(3, 1, 2027)) == trade.Billed(charges=1)

    assert charges(reference) == [FIRST, ("2026-12-24", "2027-01-01", 774)]
    assert books() == 0


def test_an_order_that_begins_nothing_has_nothing_to_end(shop):
    reference = shop.order(MAYA, ("coffee-machine", 1), key="machine").reference

    for act in (trade.end_running, trade.keep_running):
        with pytest.raises(NotThere):
            act(by=shop.actor(MAYA), at=AT, reference=reference)
    assert Order.objects.get().state == OrderState.PLACED.value


def told_of(name):
    return Task.objects.filter(name=name, kind="ANNOUNCEMENT").count()


def test_a_day_of_change_that_is_still_known_is_not_told_again(shop):
    taken(shop, MAYA)
    leaves(MAYA, date(2027, 1, 1))
    bill(AT)
    before, told = RunningChange.objects.get(), told_of("trade.RunningRepriced")

    trade.note_news(by=HOUSE, at=at(11, 25), people=[MAYA.code])
    bill(at(11, 25))

    after = RunningChange.objects.get()
    assert (after.pk, after.noted_at, after.taken_back_at) == (before.pk, before.noted_at, None)
    assert (told, told_of("trade.RunningRepriced")) == (1, 1)


def test_a_day_of_change_with_another_price_than_was_told_is_told_anew(shop):
    from inward.core.pricing import Fixed, Level, PriceRule, Target, TargetKind
    from inward.core.terms import Period, UnitPrice

    taken(shop, MAYA)
    leaves(MAYA, date(2027, 1, 1))
    bill(AT)
    dearer = PriceRule(
        "list-dsl-2027",
        Level.LIST,
        "abc",
        Fixed(UnitPrice.of("44.00", "EUR"), includes_tax=True),
        Target(TargetKind.ITEM, "dsl"),
        period=Period(date(2027, 1, 1), None),
    )
    catalogue.change_price(by=HOUSE, at=AT, price="list-dsl", rule=dearer, valid_from=date(2027, 1, 1))
    trade.note_news(by=HOUSE, at=at(11, 25), people=[MAYA.code])

    bill(at(11, 25))

    first, second = RunningChange.objects.order_by("id")
    assert (first.on, first.after_minor, first.taken_back_at) == (date(2027, 1, 1), 4000, at(11, 25))
    assert (second.on, second.after_minor, second.taken_back_at) == (date(2027, 1, 1), 4400, None)


def test_an_end_is_told_with_the_price_last_charged_where_there_is_none_on_its_eve(shop):
    taken(shop, MAYA, "cover")
    catalogue.end_price(by=HOUSE, at=AT, price="list-cover", valid_until=date(2026, 12, 20))
    leaves(MAYA, date(2027, 1, 1))

    assert trade.review_running(by=HOUSE, at=AT) == trade.Billed()

    change = RunningChange.objects.get()
    assert (change.kind, change.on, change.before_minor, change.after_minor) == ("ENDED", date(2027, 1, 1), 1500, None)
    assert told_of("trade.RunningEnds") == 1
    assert Running.objects.get().ends_on == date(2027, 1, 1)


def moved_under(monkeypatch, *, times):
    """Somebody sets a price while a run decides, so many times; returns how often a part of a run was decided."""
    asked, world = [], running.world

    def moving():
        asked.append(None)
        if len(asked) <= times:
            versions.bump("catalogue")
        return world()

    monkeypatch.setattr(running, "world", moving)
    return asked


def test_what_moves_under_a_run_is_decided_anew_and_charged_once(shop, monkeypatch):
    reference = taken(shop, MAYA)
    bill(AT)
    asked = moved_under(monkeypatch, times=2)

    assert bill(at(12, 24)) == trade.Billed(charges=1)

    assert len(asked) == 3
    assert charges(reference) == [FIRST, SECOND]
    assert books() == 0


def test_a_run_under_which_everything_keeps_moving_gives_up_and_charges_nothing(shop, monkeypatch):
    reference = taken(shop, MAYA)
    bill(AT)
    asked = moved_under(monkeypatch, times=99)

    with pytest.raises(GateClosed):
        bill(at(12, 24))

    assert len(asked) == 3
    assert charges(reference) == [FIRST]
    assert Running.objects.get().billed_until == date(2026, 12, 24)


def test_news_that_moves_under_a_review_is_looked_at_again(shop, monkeypatch):
    reference = taken(shop, MAYA)
    leaves(MAYA, date(2026, 12, 9))
    asked = moved_under(monkeypatch, times=1)

    assert trade.review_running(by=HOUSE, at=AT) == trade.Billed(corrections=2)

    assert len(asked) == 2
    assert [each[2] for each in charges(reference)] == [3000, -1500, 2000]
    assert Running.objects.get().review is False


def exported(name):
    (export,) = [each for each in exports.EXPORTS if each.name == name]
    columns = [column.name for column in export.columns]
    return [dict(zip(columns, row, strict=True)) for row in export.rows()]


def test_charges_leave_for_analysis_with_what_was_taken_back_and_without_who_has_it(shop):
    reference = taken(shop, MAYA)
    bill(at(12, 24))
    leaves(MAYA, date(2027, 1, 1))
    bill(at(12, 25))

    (one,), charged = exported("running"), exported("running_charges")

    order = Order.objects.get(reference=reference)
    assert (one["order_id"], one["plan"], one["every"], one["insurer"]) == (order.pk, "SUBSCRIPTION", "MONTH", "")
    told = [(row["since"], row["gross_minor"], row["reverses"], row["by_order"]) for row in charged]
    assert sorted(told) == [
        (date(2026, 11, 24), 3000, False, True),
        (date(2026, 12, 24), 3000, False, False),
        (date(2027, 1, 1), -2226, True, False),
        (date(2027, 1, 1), 2968, False, False),
    ]
    assert {row["running_id"] for row in charged} == {one["id"]}
    assert not {"subject", "person_id", "customer_id", "why"} & {*one, *charged[0]}
