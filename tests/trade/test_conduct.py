"""What was bought at staff price is kept, or the saving is repaid everywhere it counts; what came back cools off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor, given_role, nothing_written
from tests.cast import INES, MAYA, NORA, TOR
from tests.shop import given_the_house
from tests.trade.test_benefit import euro, ordered, own

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import Wanted
from inward.core.terms import Period, Refusal
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.ledger.models import Entry
from inward.trade import operations, payroll, queries
from inward.trade.models import AllowanceUse, OrderLine
from inward.trade.vocabulary import Disposal, PayKind, StepKind

DAY = timedelta(days=1)
STAFF, ORDINARY = euro("90.75"), euro("121.00")


def conduct(**more):
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), **more)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))


@pytest.fixture
def house(db):
    found = given_the_house()
    conduct(keep_days=180, repays_early=True, cooling_days=30)
    return found


def delivered(house, count=1, part=MAYA, key="k"):
    order = ordered(house, part, count, key=key)
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=order.reference)
    return order.reference


def disposed(house, reference, pieces=1, part=MAYA, at=AT, how=Disposal.GIVEN, key=""):
    return operations.tell_disposal(
        by=house.actor(part), at=at, reference=reference, pieces={1: pieces}, how=how, key=key
    )


def price(house, at=AT):
    return queries.quote_for(viewer=house.actor(MAYA), at=at, lines=[Wanted("coffee-machine", 1)]).quote.total


def test_before_the_order_she_reads_how_long_it_is_kept_and_the_order_keeps_it(house):
    reference = delivered(house)
    conduct(keep_days=0)
    (line,) = queries.order(viewer=house.actor(MAYA), at=AT, reference=reference).lines
    assert (line.kept.until, line.kept.repay) == (ON + 180 * DAY, euro("30.25"))


def test_who_gives_it_away_repays_the_saving_by_the_next_pay_and_has_no_benefit_of_it(house):
    officer = given_actor("officer", ("PAYROLL_OFFICER", "abc"))
    reference = delivered(house, 2)
    first = operations.make_pay_run(by=officer, at=AT, company="abc", month=ON, cut_off=ON)
    before = own(house).statement.taxable
    assert disposed(house, reference, at=AT + 10 * DAY) == euro("30.25")
    at = AT + 11 * DAY
    key = operations.make_pay_run(by=officer, at=at, company="abc", month=at.date(), cut_off=at.date())
    assert first != key
    lines = payroll.lines(viewer=officer, at=at, params={"run": key}).rows
    assert [(line.kind, line.amount) for line in lines] == [
        (PayKind.BENEFIT, euro("-6.05")),
        (PayKind.DEDUCTION, euro("30.25")),
    ]
    assert own(house, at=at).statement.taxable == before - euro("6.05")
    (line,) = queries.order(viewer=house.actor(MAYA), at=at, reference=reference).lines
    assert (line.disposed, line.repaid, line.to_return) == (1, euro("30.25"), 1)


def test_the_books_post_what_is_repaid_to_the_same_dealing(house):
    reference = delivered(house)
    before = Entry.objects.count()
    disposed(house, reference)
    assert Entry.objects.count() > before
    step = queries.order(viewer=house.actor(MAYA), at=AT, reference=reference).steps[-1]
    assert (step.kind, step.facts) == (
        StepKind.DISPOSED,
        {"pieces": {"1": 1}, "repaid": {"1": [[0, 1]]}, "how": "GIVEN", "amount": "30.25 EUR"},
    )
    assert AuditRow.objects.filter(act="trade.disposed", thing=reference).count() == 1


def test_after_the_day_it_is_only_noted(house):
    reference = delivered(house)
    entries = Entry.objects.count()
    assert disposed(house, reference, at=AT + 181 * DAY, how=Disposal.SOLD) == euro("0")
    assert Entry.objects.count() == entries
    assert OrderLine.objects.get(order__reference=reference).disposed == 1


def test_said_twice_it_counts_once_and_more_than_there_is_cannot_be_said(house):
    reference = delivered(house, 2)
    assert disposed(house, reference, key="form") == euro("30.25")
    with nothing_written():
        assert disposed(house, reference, key="form") == euro("30.25")
    with nothing_written(), pytest.raises(Refusal) as refused:
        disposed(house, reference, 2)
    assert refused.value.reason.code == "more_than_there"
    with nothing_written(), pytest.raises(Refusal) as back:
        operations.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 2}, reason="Both")
    assert back.value.reason.code == "more_than_delivered"
    operations.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="One")
    with nothing_written(), pytest.raises(Refusal):
        disposed(house, reference)


def test_only_she_says_so_and_only_of_what_was_handed_over(house):
    reference = delivered(house)
    with nothing_written(), pytest.raises(Refused) as refused:
        disposed(house, reference, part=TOR)
    assert refused.value.reasons[0].code == "disposal_not_yours"
    with nothing_written(), pytest.raises(NotThere):
        disposed(house, reference, part=NORA)
    placed = ordered(house, key="placed").reference
    with nothing_written(), pytest.raises(Refusal) as early:
        disposed(house, placed)
    assert early.value.reason.code == "order_not_disposable"


def test_what_came_back_has_no_staff_price_until_it_has_cooled_off(house):
    reference = delivered(house)
    assert price(house) == STAFF
    operations.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="Too loud")
    assert (price(house), price(house, AT + 29 * DAY), price(house, AT + 30 * DAY)) == (ORDINARY, ORDINARY, STAFF)
    placed = house.order(MAYA, ("coffee-machine", 1), key="again").reference
    mine, served = (queries.order(viewer=house.actor(part), at=AT, reference=placed) for part in (MAYA, TOR))
    codes = [{each.why.code for line in order.lines for each in line.quoted.trace} for order in (mine, served)]
    assert ("scheme_cooling_off" in codes[0], "scheme_cooling_off" in codes[1]) == (True, False)
    assert [view.used_units for view in queries.allowances(viewer=house.actor(MAYA), at=AT)] == [0]
    assert queries.quote_for(viewer=house.actor(INES), at=AT, lines=[Wanted("coffee-machine", 1)]).quote.total == STAFF


def test_a_part_of_a_line_that_comes_back_at_the_ordinary_price_does_not_cool(house):
    conduct(keep_days=0, cooling_days=30, allowance_units=1)
    reference = delivered(house, 2, key="two")
    operations.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="One too many")
    assert not AllowanceUse.objects.filter(counted__startswith=".back").exists()
    operations.return_items(by=house.actor(TOR), at=AT, reference=reference, pieces={1: 1}, reason="Both too many")
    assert AllowanceUse.objects.get(counted__startswith=".back").counted == ".back:coffee-machine"


def test_nobody_hands_over_or_takes_back_what_she_ordered_herself_for_whomever(house):
    given_role(house.users[INES.code], "SELLER", "xyz")
    reference = house.order(INES, ("widget-a", 10), customer="abc").reference
    for act in (
        lambda: operations.confirm_delivery(by=house.actor(INES), at=AT, reference=reference),
        lambda: operations.return_items(by=house.actor(INES), at=AT, reference=reference, pieces={1: 1}, reason="No"),
    ):
        with nothing_written(), pytest.raises(Refused) as refused:
            act()
        assert refused.value.reasons[0].code == "never_to_oneself"
    assert queries.waiting(viewer=house.actor(INES), at=AT).to_deliver == 0
