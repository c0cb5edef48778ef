"""Somebody orders for her household: her price, her allowance, her pay, her terms and her tax; for whom, she alone reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_household, given_household_rule, given_person, nothing_written
from tests.cast import INES, MAYA, NORA, SITI, TOR
from tests.shop import given_item
from tests.trade.test_benefit import euro, keeper
from tests.trade.test_payroll import made as pay_run
from tests.trade.test_running import COVER, DSL, leaves
from tests.trade.test_terms import PAYROLL, published

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.benefit import Beneficiary
from inward.core.classification import Tie
from inward.core.pricing import Wanted
from inward.core.terms import Period, Refusal
from inward.kit import worker
from inward.kit.actor import Actor
from inward.kit.models import Task
from inward.kit.policy import Refused
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.vocabulary import Purpose
from inward.trade import benefit, household, operations, queries, runs
from inward.trade.models import AllowanceUse, Order, OrderHousehold, OrderLine, PayLine, Running, RunningCharge
from inward.trade.operations import AllowanceSpent, PriceChanged
from inward.trade.runningwords import EndedHow
from inward.trade.supposed import dealt
from inward.trade.vocabulary import PayKind, Settlement

DAY = timedelta(days=1)
STAFF, ORDINARY = euro("90.75"), euro("121.00")
"""A coffee machine for whom the scheme is, and for everybody."""
TIES = frozenset({Tie.SPOUSE, Tie.CHILD})


def scheme(**more):
    found = replace(price_book().schemes["abc-staff"], period=Period(), **more)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=found, valid_from=date(ON.year, 1, 1))


@pytest.fixture
def house(house):
    """Sam is married to Maya, Kim is their child; the scheme lets both in."""
    scheme(household=TIES)
    given_household_rule()
    for code, tie in (("sam", Tie.SPOUSE), ("kim", Tie.CHILD)):
        given_person(code, f"{code.title()} Lund")
        given_household(MAYA.code, code, tie=tie)
    return house


def quoted(house, whom="sam", part=MAYA, count=1, at=AT, offering="coffee-machine", **more):
    lines = [Wanted(offering, count)]
    return queries.quote_for(viewer=house.actor(part), at=at, lines=lines, beneficiary=whom, **more)


def ordered(house, whom="sam", part=MAYA, count=1, at=AT, key="k", expected=None, **more):
    total = expected or quoted(house, whom, part, count, at).quote.total
    lines = [Wanted("coffee-machine", count)]
    receipt = operations.place_order(
        by=house.actor(part), at=at, lines=lines, expected=total, key=key, beneficiary=whom, **more
    )
    return Order.objects.get(reference=receipt.reference)


def seen(house, order, part=MAYA):
    return queries.order(viewer=house.actor(part), at=AT, reference=order.reference)


def drawn():
    return {(row.person.code, row.period, row.counted): row.used_minor for row in AllowanceUse.objects.all()}


def refused(code, act):
    with nothing_written(), pytest.raises(Refusal) as found:
        act()
    assert (found.value.reason.code, found.value.where) == (code, "beneficiary")


def test_it_costs_what_it_costs_herself_and_is_her_order_her_allowance_and_her_pay(house):
    view = quoted(house)
    assert (view.quote.total, view.beneficiary.name, view.customer.code) == (STAFF, "Sam Lund", MAYA.code)
    order = ordered(house)
    assert (order.person.code, order.customer.code, order.settlement) == (MAYA.code, MAYA.code, "PAYROLL")
    assert drawn() == {(MAYA.code, "2026", ""): 90_75}
    assert OrderHousehold.objects.values_list("order", "member__code", "tie").get() == (order.pk, "sam", "SPOUSE")


def test_for_whom_it_can_be_is_asked_before_and_nobody_else_is_named(house):
    given_person("aunt", "Aunt Lund")
    given_household(MAYA.code, "aunt", tie=Tie.PARTNER)  # whom the scheme does not name
    given_person("new", "New Lund")
    given_household(MAYA.code, "new", tie=Tie.CHILD, valid_from=ON + DAY)
    assert [each.name for each in quoted(house, None).members] == ["Kim Lund", "Sam Lund"]
    assert quoted(house, None, INES).members == ()
    buyer = house.actor(INES, acting_for="abc")
    assert queries.quote_for(viewer=buyer, at=AT, lines=[Wanted("coffee-machine", 1)]).members == ()


def test_one_reads_for_whom_it_is_and_whoever_serves_her_does_not(house):
    order = ordered(house)
    mine, tors = seen(house, order), seen(house, order, TOR)
    assert (mine.household, mine.beneficiary.name) == (True, "Sam Lund")
    assert (tors.household, tors.beneficiary) == (False, None)
    kept = {field.name: getattr(order, field.attname) for field in Order._meta.fields}
    texts = [str(kept), *map(str, OrderLine.objects.values())]
    assert not any("sam" in text.lower() for text in texts)


def test_why_it_costs_more_for_whoever_has_left_is_hers_to_read_alone(house):
    over = ON - 5 * DAY
    parties.end_household(by=HOUSE, at=AT, household=home_code("sam"), valid_until=over)
    view = quoted(house)
    assert (view.quote.total, quoted(house, None).quote.total) == (ORDINARY, STAFF)
    assert next(each.why.code for each in view.quote.lines[0].trace) == "scheme_household_over"
    assert [each.name for each in view.members] == ["Kim Lund"]
    order = ordered(house)
    assert OrderHousehold.objects.get().tie == ""
    codes = [[each.why.code for each in seen(house, order, part).lines[0].quoted.trace] for part in (MAYA, TOR)]
    assert ("scheme_household_over" in codes[0], "scheme_household_over" in codes[1]) == (True, False)
    assert drawn() == {}


def home_code(member):
    from inward.parties.models import HouseholdMember

    return HouseholdMember.objects.current().get(member__code=member).code


def test_two_of_a_household_never_pass_the_allowance_together(house):
    scheme(household=TIES, allowance_money=euro("100.00"))
    ordered(house, "sam")
    with nothing_written(), pytest.raises(PriceChanged) as found:
        ordered(house, "kim", key="other", expected=STAFF)
    assert (found.value.decision.quote.total, drawn()) == (ORDINARY, {(MAYA.code, "2026", ""): 90_75})


def test_nor_where_both_are_decided_on_what_was_left_before(house, monkeypatch):
    scheme(household=TIES, allowance_money=euro("100.00"))
    first = queries.allowance_used(MAYA.code, on=ON)
    ordered(house, "sam")
    monkeypatch.setattr(queries, "allowance_used", lambda *_args, **_more: first)
    with pytest.raises(AllowanceSpent):
        ordered(house, "kim", key="other", expected=STAFF)
    assert (Order.objects.count(), OrderHousehold.objects.count()) == (1, 1)


def test_only_what_a_person_buys_for_herself_can_be_for_her_household(house):
    refused("household_private_alone", lambda: quoted(house, customer="abc", part=INES, whom="sam"))
    refused("not_of_household", lambda: quoted(house, part=INES))
    refused("not_of_household", lambda: quoted(house, MAYA.code))
    refused("not_of_household", lambda: quoted(house, NORA.code))
    refused("not_of_household", lambda: quoted(house, "ghost"))


def test_no_department_pays_for_it(house):
    assert quoted(house).settlements == (Settlement.PAYROLL,)
    assert Settlement.COST_CENTRE in quoted(house, None).settlements
    with nothing_written(), pytest.raises(Refusal) as found:
        ordered(house, expected=STAFF, settlement=Settlement.COST_CENTRE)
    assert found.value.reason.code == "settlement_not_open"


def test_what_was_declared_for_the_books_alone_serves_no_price(house):
    given_household_rule(Purpose.BOOKS, Purpose.PRICE)
    given_person("eva", "Eva Lund")
    given_household(MAYA.code, "eva", purposes=(Purpose.BOOKS,))
    refused("not_of_household", lambda: quoted(house, "eva"))


def test_her_terms_are_asked_and_what_is_kept_is_told(house):
    scheme(household=TIES, keep_days=180, repays_early=True)
    published(PAYROLL)
    assert [each.accepted for each in quoted(house).terms] == [False]
    with nothing_written(), pytest.raises(Refusal) as found:
        ordered(house, expected=STAFF)
    assert found.value.reason.code == "terms_not_accepted"
    assert quoted(house).quote.lines[0].parts[0].kept.until == ON + 180 * DAY


def test_sent_twice_it_is_one_order_and_for_another_it_is_another_one(house):
    one = ordered(house, "sam", expected=STAFF)
    assert ordered(house, "sam", expected=STAFF).pk == one.pk
    with pytest.raises(Exception, match="key_reused"):
        ordered(house, "kim", expected=STAFF)
    assert Order.objects.count() == 1


def case_of(house, part=MAYA):
    (found,) = benefit._gathered(
        [part.code], benefit.TaxYear("NL", 2026), benefit.law_of("abc", on=ON)[0], ON, companies=None
    )
    return found.case


def test_the_benefit_is_hers_and_says_for_whom_it_is(house):
    ordered(house, "sam")
    ordered(house, "kim", key="2")
    ordered(house, None, key="3")
    whom = [each.beneficiary for each in case_of(house).purchases]
    assert whom == [Beneficiary.SPOUSE, Beneficiary.DEPENDENT_CHILD, Beneficiary.EMPLOYEE]
    sheet = benefit.own(viewer=house.actor(MAYA), at=AT, of=benefit.TaxYear("NL", 2026))
    assert len(sheet.bought) == 3


def test_before_it_is_ordered_the_law_is_asked_for_whom_it_is(house, monkeypatch):
    asked = []
    before = benefit.foresee
    monkeypatch.setattr(benefit, "foresee", lambda **what: asked.append(what["purchase"].beneficiary) or before(**what))
    parties.end_household(by=HOUSE, at=AT, household=home_code("kim"), valid_until=ON)
    for whom in (None, "sam", "kim"):
        benefit.coming(quoted(house, whom), viewer=house.actor(MAYA), at=AT)
    assert asked == [Beneficiary.EMPLOYEE, Beneficiary.SPOUSE, Beneficiary.FRIEND]


def test_it_is_deducted_from_her_pay(house):
    order = ordered(house)
    pay_run(keeper("abc"))
    line = PayLine.objects.get(kind=PayKind.DEDUCTION.value)
    assert (line.person.code, line.order_id, line.amount_minor) == (MAYA.code, order.pk, 90_75)


def test_when_it_was_never_so_or_either_is_erased_the_name_is_gone_and_the_order_stays(house):
    order, other = ordered(house, "sam"), ordered(house, "kim", key="2")
    parties.take_back_household(by=HOUSE, at=AT, household=home_code("sam"))
    worker.drain()
    mine = seen(house, order)
    assert (mine.household, mine.beneficiary, mine.row.total) == (True, None, STAFF)
    assert seen(house, other).beneficiary.code == "kim"
    parties.erase_person(by=HOUSE, at=AT, person="kim", reason="asked for it")
    worker.drain()
    assert OrderHousehold.objects.exclude(member=None).count() == 0
    assert sorted(OrderHousehold.objects.values_list("tie", flat=True)) == ["CHILD", "SPOUSE"]


def test_that_it_ended_leaves_the_name_and_nobody_but_the_house_forgets_it(house):
    ordered(house, "sam")
    parties.end_household(by=HOUSE, at=AT, household=home_code("sam"), valid_until=ON + DAY)
    worker.drain()
    assert OrderHousehold.objects.get().member.code == "sam"
    key = known.keys()["sam"]
    assert operations.forget_beneficiaries(by=HOUSE, at=AT, person_id=key, erased=False) == 0
    for by in (house.actor(SITI), house.actor(MAYA)):
        with nothing_written(), pytest.raises(Refused):
            operations.forget_beneficiaries(by=by, at=AT, person_id=key, erased=True)
    maya = known.keys()[MAYA.code]
    assert operations.forget_beneficiaries(by=Actor.system("x"), at=AT, person_id=maya, erased=True) == 1


def test_asked_again_it_is_asked_for_whom_it_was(house):
    one = ordered(house, "sam")
    parties.end_household(by=HOUSE, at=AT, household=home_code("kim"), valid_until=ON)
    two = ordered(house, "kim", key="2")
    world = known.world(purpose=Purpose.PRICE)
    first, second = dealt([one.pk, two.pk])
    assert (first.home(world).member, second.home(world).period.until) == ("sam", ON)
    OrderHousehold.objects.update(member=None)
    first, second = dealt([one.pk, two.pk])
    assert (first.home(world).tie, first.home(world).period) == (Tie.SPOUSE, Period())
    assert ON not in second.home(world).period
    gone = household.Kept("sam", Tie.SPOUSE).again(known.world(), MAYA.code, ON)
    assert ON not in gone.period


# --- what runs on for somebody of the household -----------------------------------------------------------------------


@pytest.fixture
def line(house):
    """DSL at 40.00 a month, 30.00 for staff of ABC; a cover at 20.00 and 15.00 that ends with what made it a staff one."""
    for code, price, plan in (("dsl", "40.00", DSL), ("cover", "20.00", COVER)):
        given_item(code, "abc", code.upper(), price, cost="5.00", includes_tax=True)
        catalogue.set_plan(by=HOUSE, at=AT, offering=code, plan=plan)
    return house


def taken(house, whom="sam", offering="dsl", key="line"):
    total = quoted(house, whom, offering=offering).quote.total
    receipt = operations.place_order(
        by=house.actor(MAYA), at=AT, lines=[Wanted(offering, 1)], expected=total, key=key, beneficiary=whom
    )
    worker.drain()
    return receipt.reference


def parts(member, until):
    parties.end_household(by=HOUSE, at=AT, household=home_code(member), valid_until=until)
    looked()


def looked(at=AT):
    worker.drain()
    operations.bill_running(by=HOUSE, at=at)
    worker.drain()


def charged(reference):
    rows = RunningCharge.objects.filter(running__reference=reference).order_by("since", "turn")
    return [(str(row.since), str(row.until), row.gross_minor, row.tie) for row in rows]


def ran(house, reference, part=MAYA, at=AT):
    return runs.run(viewer=house.actor(part), at=at, reference=reference)


def test_a_subscription_for_a_member_is_hers_who_ordered_it_and_only_she_reads_for_whom(line):
    assert [each.name for each in quoted(line, None, offering="dsl").members] == ["Kim Lund", "Sam Lund"]
    reference = taken(line)
    assert charged(reference) == [("2026-11-24", "2026-12-24", 30_00, "SPOUSE")]
    mine, tors = ran(line, reference), ran(line, reference, TOR)
    assert (mine.row.household, mine.row.beneficiary.name, mine.settlement) == (True, "Sam Lund", Settlement.PAYROLL)
    assert (tors.row.household, tors.row.beneficiary, tors.row.customer.code) == (False, None, MAYA.code)
    assert not any("sam" in str(row).lower() for model in (Running, RunningCharge) for row in model.objects.values())


def test_on_the_day_a_member_leaves_the_household_it_costs_the_ordinary_price_and_she_is_told_before(line):
    over = ON + 10 * DAY
    reference, own = taken(line), taken(line, None, key="own")
    parts("sam", over)

    (change,) = ran(line, reference).changes
    assert (change.on, str(change.before), str(change.after)) == (over, "30.00 EUR", "40.00 EUR")
    assert [each.code for each in change.why] == ["running_beneficiary_turns"]
    assert Task.objects.filter(name__startswith="letters.running_repriced").count() == 1
    assert ran(line, reference, TOR).changes == ()  # a day still to come is hers alone
    (later,) = ran(line, reference, TOR, AT + timedelta(days=10)).changes
    assert (later.after, later.why) == (change.after, ())  # a price is another one, as for many reasons
    assert runs.changes(viewer=line.actor(TOR), at=AT + timedelta(days=10), params={}).rows[0].why == ()

    assert charged(reference) == [
        ("2026-11-24", "2026-12-24", 30_00, "SPOUSE"),
        ("2026-12-04", "2026-12-24", -20_00, "SPOUSE"),
        ("2026-12-04", "2026-12-24", 26_67, ""),
    ]
    assert charged(own) == [("2026-11-24", "2026-12-24", 30_00, None)]
    whom = [each.beneficiary for each in case_of(line).purchases]
    assert whom == [Beneficiary.SPOUSE, Beneficiary.EMPLOYEE, Beneficiary.FRIEND]
    for _ in range(2):  # however often it is run
        operations.bill_running(by=HOUSE, at=AT + timedelta(days=30))
        assert [row[2] for row in charged(reference)[3:]] == [40_00]
    assert ran(line, reference).earliest_end == over


def test_what_ends_with_its_ground_ends_when_she_leaves_or_the_work_does_whichever_is_first(line):
    one, two = taken(line, "sam", "cover"), taken(line, "kim", "cover", key="two")
    parts("kim", ON + 20 * DAY)
    leaves(MAYA, ON + 25 * DAY)
    looked()
    ends = dict(Running.objects.values_list("reference", "ends_on"))
    assert ends == {one: ON + 25 * DAY, two: ON + 20 * DAY}
    assert {row.ended_how for row in Running.objects.all()} == {EndedHow.GROUND.value}
    assert [sum(row[2] for row in charged(each)) for each in (one, two)] == [12_50, 10_00]


def test_a_household_that_never_was_is_charged_anew_from_the_first_day_and_an_erased_one_from_that_day(line):
    never, erased, gone = (taken(line, *each) for each in (("sam", "dsl"), ("kim", "dsl", "b"), ("kim", "dsl", "c")))
    key = known.keys()["kim"]
    parties.take_back_household(by=HOUSE, at=AT, household=home_code("sam"))
    parts("kim", ON + 5 * DAY)
    parties.erase_person(by=HOUSE, at=AT, person="kim", reason="asked for it")
    forgotten = {"by": Actor.system("x"), "person_id": key, "erased": True}
    operations.forget_beneficiaries(at=AT + timedelta(days=10), **forgotten)
    looked()
    assert charged(never)[1:] == [
        ("2026-11-24", "2026-12-24", -30_00, "SPOUSE"),
        ("2026-11-24", "2026-12-24", 40_00, ""),
    ]
    for each in (erased, gone):
        assert charged(each)[1:] == [
            ("2026-11-29", "2026-12-24", -25_00, "CHILD"),
            ("2026-11-29", "2026-12-24", 33_33, ""),
        ]
    assert (ran(line, erased).row.household, ran(line, erased).row.beneficiary) == (True, None)
    assert ran(line, erased).others == ()


def test_another_plan_is_for_the_same_member_and_for_nobody_once_she_is_forgotten(line):
    given_item("dsl-fast", "abc", "Fast", "60.00", cost="5.00", includes_tax=True)
    catalogue.set_plan(by=HOUSE, at=AT, offering="dsl-fast", plan=DSL)
    reference, by = taken(line), line.actor(MAYA)
    other = next(each for each in ran(line, reference).others if each.code == "dsl-fast")
    change = {"by": by, "at": AT, "offering": "dsl-fast", "expected": other.price}
    fresh = operations.change_running(reference=reference, key="f", **change).reference
    assert ran(line, fresh).row.beneficiary.code == "sam"
    parties.take_back_household(by=HOUSE, at=AT, household=home_code("sam"))
    looked()
    with nothing_written(), pytest.raises(Refusal) as found:
        operations.change_running(reference=fresh, key="g", **{**change, "offering": "dsl"})
    assert found.value.reason.code == "not_of_household"
